"""The programme of the Day: items are added, changed, cancelled."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.refused import Conflict, NotFound
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.press.commands.refusals import ChangedMeanwhile, ItemIncomplete, ProgrammeFull, ReasonMissing
from raquan.press.models import ProgrammeItem
from raquan.press.queries.programme import MOST_ITEMS

SUBJECT = "press.ProgrammeItem"


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """When, where, what, who."""

    starts_at: time
    place: str
    what: str
    ends_at: time | None = None
    who: str = ""


def add_programme_item(*, by: Actor, now: datetime, item_id: UUID, campaign_id: UUID, said: ItemSaid) -> UUID:
    """Add an item under an id that the form was opened with; the same again is the same item.

    Raises NotAllowed, NotFound for an unknown campaign, ItemIncomplete, ProgrammeFull, Conflict.
    """
    people.check(by, Action.PRESS_WRITE)
    fields = _cleaned(said)
    if not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    try:
        with transaction.atomic():
            if not ProgrammeItem.objects.filter(id=item_id).exists():
                if ProgrammeItem.objects.filter(campaign_id=campaign_id).count() >= MOST_ITEMS:
                    raise ProgrammeFull(most=MOST_ITEMS)
                ProgrammeItem.objects.create(id=item_id, campaign_id=campaign_id, changed_at=now, **fields)
                ledger.record(by=by, verb="add_programme_item", subject=SUBJECT, subject_id=item_id)
    except IntegrityError:  # another request added it in this moment
        pass
    row = ProgrammeItem.objects.get(id=item_id)
    if _differs(row, fields):
        raise Conflict()
    return item_id


def change_programme_item(*, by: Actor, now: datetime, item_id: UUID, seen: int, said: ItemSaid) -> None:
    """Change an item; `seen` is the version that was read. The same again does nothing.

    Raises NotAllowed, NotFound, ItemIncomplete, ChangedMeanwhile.
    """
    row, fields = _load(by, item_id), _cleaned(said)
    if _differs(row, fields):
        _change(by, now, row, seen, "change_programme_item", fields)


def cancel_programme_item(*, by: Actor, now: datetime, item_id: UUID, seen: int, reason: str) -> None:
    """Cancel an item with a reason that the public reads; the same again does nothing.

    Raises NotAllowed, NotFound, ReasonMissing, ChangedMeanwhile.
    """
    row, said = _load(by, item_id), normalize(reason)[:300]
    if not said:
        raise ReasonMissing()
    if row.cancel_reason != said:
        _change(by, now, row, seen, "cancel_programme_item", {"cancel_reason": said, "cancelled_at": now})


def _change(by: Actor, now: datetime, row: ProgrammeItem, seen: int, verb: str, fields: dict[str, Any]) -> None:
    with transaction.atomic():
        same = ProgrammeItem.objects.filter(id=row.id, version=seen, cancelled_at__isnull=True)
        if not same.update(**fields, version=seen + 1, changed_at=now):
            raise ChangedMeanwhile()
        detail = {"changed": sorted(fields)} if verb == "change_programme_item" else {"reason": fields["cancel_reason"]}
        ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=row.id, detail=detail)


def _load(by: Actor, item_id: UUID) -> ProgrammeItem:
    people.check(by, Action.PRESS_WRITE)
    row = ProgrammeItem.objects.filter(id=item_id).first()
    if row is None:
        raise NotFound()
    return row


def _differs(row: ProgrammeItem, fields: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in fields.items())


def _cleaned(said: ItemSaid) -> dict[str, Any]:
    place, what = normalize(said.place)[:200], normalize(said.what)[:200]
    if not place or not what or (said.ends_at is not None and said.ends_at <= said.starts_at):
        raise ItemIncomplete()
    return {
        "starts_at": said.starts_at,
        "ends_at": said.ends_at,
        "place": place,
        "what": what,
        "who": normalize(said.who)[:200],
    }
