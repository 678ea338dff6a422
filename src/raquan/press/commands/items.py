"""What others wrote about the campaign is noted, changed, replied to, set aside."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.calling import is_plain_address
from raquan.kernel.clock import local_date
from raquan.kernel.refused import Conflict, NotFound
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.press.commands.refusals import (
    AsideReasonMissing,
    PressAddressUnreadable,
    PressItemAhead,
    PressItemChanged,
    PressItemIncomplete,
    PressItemKnown,
    ReplyDayPast,
    ReplyIncomplete,
)
from raquan.press.models import PressItem
from raquan.press.rules import (
    PRESS_ITEM_TRANSITIONS,
    PressItemSaid,
    PressItemState,
    PressItemStep,
    changing_step,
)

SUBJECT = "press.PressItem"
LONGEST_ADDRESS = 500


def note_press_item(*, by: Actor, now: datetime, item_id: UUID, campaign_id: UUID, said: PressItemSaid) -> UUID:
    """Note a press item under an id that the form was opened with; the same again is the same item.

    Raises NotAllowed, NotFound for an unknown campaign, PressItemIncomplete, PressItemAhead, PressAddressUnreadable,
    ReplyDayPast, PressItemKnown where its address was noted before, Conflict.
    """
    people.check(by, Action.PRESS_WRITE)
    fields = _cleaned(said, now)
    if not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    known = PressItem.objects.filter(id=item_id).first()
    if known is None:
        _check_day(now, fields)
        try:
            with transaction.atomic():
                _create(by, now, item_id, campaign_id, fields)
        except IntegrityError:  # another request noted it in this moment, or its address was noted before
            known = PressItem.objects.filter(id=item_id).first()
            if known is None:
                raise PressItemKnown() from None
    if known is not None and _differs(known, fields):
        raise Conflict()
    return item_id


def change_press_item(*, by: Actor, now: datetime, item_id: UUID, seen: int, said: PressItemSaid) -> None:
    """Change what was noted, or say that a reply is owed, or no more; the same again does nothing.

    `seen` is the version that was read; of two officers at once one wins. Raises as `note_press_item`, and
    PressItemChanged.
    """
    row, fields = _load(by, item_id), _cleaned(said, now)
    if not _differs(row, fields):
        return
    if fields["reply_due_on"] != row.reply_due_on:
        _check_day(now, fields)
    changed = sorted(name for name in _NOTED if getattr(row, name) != fields[name])
    what = changing_step(PressItemState(row.state), said.reply_due_on)
    _step(by, now, row, what, seen, fields, {"changed": changed})


def reply_to_press_item(
    *, by: Actor, now: datetime, item_id: UUID, seen: int, replied_at: datetime, how: str, who: str
) -> None:
    """Tell when, how and by whom a press item was replied to; the same again does nothing.

    Raises NotAllowed, NotFound, ReplyIncomplete, PressItemAhead, PressItemChanged.
    """
    row, how, who = _load(by, item_id), normalize(how)[:500], normalize(who)[:120]
    if not how or not who or replied_at < row.published_at:
        raise ReplyIncomplete()
    if replied_at > now:
        raise PressItemAhead()
    fields = {"replied_at": replied_at, "reply_how": how, "replied_by_name": who}
    if _differs(row, fields):
        _step(by, now, row, PressItemStep.REPLY, seen, fields, {"how": how, "who": who})


def set_aside_press_item(*, by: Actor, now: datetime, item_id: UUID, seen: int, reason: str) -> None:
    """Set a press item aside: nothing is to be done about it; the same again does nothing.

    Raises NotAllowed, NotFound, AsideReasonMissing, PressItemChanged.
    """
    row, said = _load(by, item_id), normalize(reason)[:500]
    if not said:
        raise AsideReasonMissing()
    if row.aside_reason != said:
        _step(by, now, row, PressItemStep.SET_ASIDE, seen, {"aside_reason": said}, {"reason": said})


_NOTED = ("outlet", "author", "published_at", "address", "title", "topic", "reply_due_on")


def _create(by: Actor, now: datetime, item_id: UUID, campaign_id: UUID, fields: dict[str, Any]) -> None:
    state = PressItemState.OWED if fields["reply_due_on"] else PressItemState.NOTED
    PressItem.objects.create(
        id=item_id,
        campaign_id=campaign_id,
        state=state.value,
        noted_at=now,
        noted_by_name=by.name,
        changed_at=now,
        **fields,
    )
    ledger.record(by=by, verb="note_press_item", subject=SUBJECT, subject_id=item_id)


def _step(
    by: Actor, now: datetime, row: PressItem, what: PressItemStep, seen: int, fields: dict[str, Any], detail: Any
) -> None:
    target = PRESS_ITEM_TRANSITIONS.leads_to(PressItemState(row.state), what)
    same = PressItem.objects.filter(id=row.id, state=row.state, version=seen)
    try:
        with transaction.atomic():
            if target is None or not same.update(**fields, state=target.value, version=seen + 1, changed_at=now):
                raise PressItemChanged()
            ledger.record(by=by, verb=what.value, subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:  # the address belongs to another item
        raise PressItemKnown() from None


def _load(by: Actor, item_id: UUID) -> PressItem:
    people.check(by, Action.PRESS_WRITE)
    row = PressItem.objects.filter(id=item_id).first()
    if row is None:
        raise NotFound()
    return row


def _differs(row: PressItem, fields: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in fields.items())


def _check_day(now: datetime, fields: dict[str, Any]) -> None:
    if fields["reply_due_on"] and fields["reply_due_on"] < local_date(now):
        raise ReplyDayPast()


def _cleaned(said: PressItemSaid, now: datetime) -> dict[str, Any]:
    outlet, title = normalize(said.outlet)[:120], normalize(said.title)[:300]
    author, topic, address = normalize(said.author)[:120], normalize(said.topic)[:120], said.address.strip()
    if not outlet or not title:
        raise PressItemIncomplete()
    if said.published_at > now:
        raise PressItemAhead()
    is_https = address.startswith("https://") and is_plain_address(address, longest=LONGEST_ADDRESS)
    if address and not is_https:
        raise PressAddressUnreadable()
    return {
        "outlet": outlet,
        "outlet_key": sort_key(outlet)[:240],
        "search_key": fold(" ".join((outlet, title, author, topic))),
        "author": author,
        "published_at": said.published_at,
        "address": address,
        "title": title,
        "topic": topic,
        "reply_due_on": said.reply_due_on,
    }
