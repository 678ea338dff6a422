"""Tells of what somebody on duty should act on, and settles it; called by the commands and jobs of other rooms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict
from raquan.ledger import commands as ledger
from raquan.notices.models import Notice
from raquan.notices.rules import OnDuty, Person
from raquan.people import queries as people


class NoticeDiffers(Conflict):
    """The same was told before in other words or to somebody else."""

    code = "notices.differs"
    message = N_("Tin báo này đã có với nội dung khác. Hãy xem lại tin cũ trước.")


def tell(
    *,
    by: Actor,
    now: datetime,
    kind: str,
    key: str,
    text: str,
    href: str,
    to: Person | OnDuty,
    params: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
    escalate_at: datetime | None = None,
) -> UUID:
    """Tell a person, or who is on duty when it becomes due; give the notice's id. Who calls has checked who may.

    `kind` ("rounds.due") and `key` (the thing's id, with the period when it comes again) name it once: the same
    again is the same one, settled or not. `text` is a message id marked with N_, its {names} filled from `params`,
    plain JSON. Without `due_at` it is due at once; what is not settled by `escalate_at` is told to the level above.
    Raises NoticeDiffers for other words, another address or another recipient under the same name.
    """
    said: dict[str, Any] = {"text": text, "params": dict(params or {}), "href": href, **_recipient(to)}
    due = due_at or now
    try:
        with transaction.atomic():
            made = Notice.objects.create(
                kind=kind, key=key, told_at=now, due_at=due, next_at=due, escalate_at=escalate_at, **said
            )
            detail = {"kind": kind, "key": key}
            ledger.record(by=by, verb="tell", subject="notices.Notice", subject_id=made.id, detail=detail)
            return made.id
    except IntegrityError:
        known = Notice.objects.filter(kind=kind, key=key).first()
        if known is None:
            raise
    if any(getattr(known, name) != value for name, value in said.items()):
        raise NoticeDiffers()
    return known.id


ACCEPTED = N_("{name} đã nhận lời mời và đặt mật khẩu.")


def tell_accepted(*, by: Actor, now: datetime, invitation_id: UUID, to: UUID, user_id: UUID) -> None:
    """Tell who made an invitation that it was taken; the same again does nothing."""
    name = people.user_names([user_id]).get(user_id, "")
    tell(
        by=by,
        now=now,
        kind="people.accepted",
        key=str(invitation_id),
        to=Person(to),
        text=ACCEPTED,
        params={"name": name},
        href=f"/desk/people/{user_id}/",
    )


def settle(*, by: Actor, now: datetime, key: str, kind: str = "") -> int:
    """Say that a thing was acted on: its notices of a kind, or of every kind, are withdrawn; count them.

    What has not been sent is not sent any more, and nobody above is told.
    """
    with transaction.atomic():
        open_ones = Notice.objects.filter(key=key, settled_at__isnull=True, **({"kind": kind} if kind else {}))
        ids = list(open_ones.values_list("id", flat=True))
        settled: int = Notice.objects.filter(id__in=ids, settled_at__isnull=True).update(settled_at=now)
        if settled:
            ledger.record_many(by=by, verb="settle", subject="notices.Notice", subject_ids=ids, detail={"key": key})
    return settled


def _recipient(to: Person | OnDuty) -> dict[str, Any]:
    if isinstance(to, Person):
        return {"user_id": to.user_id, "organization_id": to.organization_id, "role": ""}
    return {"user_id": None, "organization_id": to.organization_id, "role": to.role.value}
