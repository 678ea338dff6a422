"""A link's life: made for a unit, changed without a new code, stopped, resumed."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.links import queries
from raquan.links.models import Link
from raquan.links.rules import (
    LINK_TRANSITIONS,
    About,
    Channel,
    LinkState,
    LinkStep,
    about_of,
    code_path,
    make_code,
    read_target,
)
from raquan.people import commands as people
from raquan.people.rules import Action

SUBJECT = "links.Link"
_TRIES = 6


class TargetRefused(Refused):
    """Where it would lead is neither a public page of ours nor an https address."""

    code = "links.target_refused"
    message = N_(
        "Đường dẫn ngắn chỉ mở một trang công khai của hệ thống này (như /2023/outings/) hoặc một địa chỉ "
        "bắt đầu bằng https://. Hãy chép nguyên địa chỉ từ trình duyệt."
    )


class LabelMissing(Refused):
    """Nobody would know later what it was for."""

    code = "links.label_missing"
    message = N_("Hãy ghi đường dẫn này để làm gì.")


class Changed(Conflict):
    """Somebody else has changed it since the page was opened."""

    code = "links.changed"
    message = N_("Có người vừa sửa đường dẫn này. Hãy xem lại rồi làm tiếp; chữ đã gõ vẫn còn ở ô dưới.")


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A link as it is printed: its code, and its whole address."""

    id: UUID
    code: str
    address: str


def make_link(
    *,
    by: Actor,
    now: datetime,
    target: str,
    label: str,
    channel: Channel,
    unit: UUID,
    about: About | None = None,
    ends_on: date | None = None,
    request_id: UUID | None = None,
) -> LinkMade:
    """Make a short link of a unit; the same request again is the same link.

    `target` is a public path of ours or an https address, `ends_on` the last day on which it leads there; a page of
    an outing says by itself what the link is about. Raises NotAllowed, TargetRefused, LabelMissing, RequestReused.
    """
    people.check_unit(by, Action.LINK_MAKE, unit)
    where, called = _target(target), _label(label)
    for_what = about or about_of(where)
    told = [where, called, channel.value, str(unit), for_what.kind, for_what.id, str(ends_on)]

    def do() -> dict[str, Any]:
        row = _insert(
            Link(
                target=where,
                label=called,
                sort_key=sort_key(called)[:400],
                search_key=fold(called)[:400],
                channel=channel.value,
                about_kind=for_what.kind,
                about_id=for_what.id,
                organization_id=unit,
                made_at=now,
                ends_on=ends_on,
                state=LinkState.LIVE.value,
            )
        )
        detail = {"code": row.code, "target": where, "channel": channel.value}
        ledger.record(by=by, verb="make_link", subject=SUBJECT, subject_id=row.id, detail=detail)
        return {"id": str(row.id), "code": row.code}

    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    with transaction.atomic():
        made = ledger.once(request_id=request_id, by=by, digest=digest, do=do)
    return LinkMade(UUID(made["id"]), made["code"], settings.RAQUAN_PUBLIC_URL + code_path(made["code"]))


def change_link(
    *, by: Actor, now: datetime, link_id: UUID, target: str, label: str, ends_on: date | None, seen: int
) -> None:
    """Let a link that is printed already lead elsewhere, or longer; `seen` is the edition that the page showed.

    The same again does nothing. Raises NotFound, NotAllowed, TargetRefused, LabelMissing, Changed.
    """
    found = _load(by, link_id)
    where, called = _target(target), _label(label)
    if found.edition == seen + 1 and (found.target, found.label, found.ends_on) == (where, called, ends_on):
        return
    about = About(found.about_kind, found.about_id)
    if about == about_of(found.target):  # it was about what it led to; it is about what it leads to
        about = about_of(where)
    _write(
        found,
        seen,
        by=by,
        verb="change_link",
        target=where,
        label=called,
        sort_key=sort_key(called)[:400],
        search_key=fold(called)[:400],
        ends_on=ends_on,
        about_kind=about.kind,
        about_id=about.id,
    )


def stop_link(*, by: Actor, now: datetime, link_id: UUID, seen: int) -> None:
    """Let a link lead nowhere; whoever follows it is told so. Raises NotFound, NotAllowed, Changed."""
    _step(by, link_id, seen, LinkStep.STOP)


def resume_link(*, by: Actor, now: datetime, link_id: UUID, seen: int) -> None:
    """Let a stopped link lead where it led. Raises NotFound, NotAllowed, Changed."""
    _step(by, link_id, seen, LinkStep.RESUME)


def _step(by: Actor, link_id: UUID, seen: int, step: LinkStep) -> None:
    found = _load(by, link_id)
    result = LINK_TRANSITIONS.result_of(step)
    if found.edition == seen + 1 and found.state == result.value:
        return
    if LINK_TRANSITIONS.leads_to(LinkState(found.state), step) is None:
        raise Changed()
    verb = "stop_link" if step is LinkStep.STOP else "resume_link"
    _write(found, seen, by=by, verb=verb, state=result.value)


def _write(found: Link, seen: int, verb: str, *, by: Actor, **values: Any) -> None:
    """Change a link from the edition that was seen; of two at once one wins, on both databases."""
    with transaction.atomic():
        same = Link.objects.filter(id=found.id, edition=seen)
        if not same.update(edition=seen + 1, **values):
            raise Changed()
        detail = {"code": found.code} | ({"target": values["target"]} if "target" in values else {})
        ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=found.id, detail=detail)
        transaction.on_commit(queries.forget_links)


def _insert(row: Link) -> Link:
    for _ in range(_TRIES):
        row.code = make_code(secrets.choice)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not Link.objects.filter(code=row.code).exists():
                raise
        else:
            return row
    raise RuntimeError("six random codes were all in use: the alphabet is nearly used up")


def _load(by: Actor, link_id: UUID) -> Link:
    found = Link.objects.filter(id=link_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.LINK_MAKE, found.organization_id)
    return found


def _target(typed: str) -> str:
    where = read_target(typed, settings.RAQUAN_PUBLIC_URL)
    if where is None:
        raise TargetRefused()
    return where


def _label(typed: str) -> str:
    called = normalize(typed)[:200]
    if not called:
        raise LabelMissing()
    return called
