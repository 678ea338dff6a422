"""What may be asked of press items: by the office all, by others none."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound
from raquan.kernel.text import fold
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.press.models import PressItem
from raquan.press.queries.columns import PRESS_ITEMS
from raquan.press.queries.shapes import PressItemView
from raquan.press.rules import PRESS_ITEM_STATE_NAMES, PRESS_ITEM_TRANSITIONS, PressItemState, is_reply_late

PAGE_SIZE = 20
MOST_OUTLETS = 200


def press_items(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    outlet: str = "",
    state: str = "",
    text: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[PressItemView]:
    """List a campaign's press items; `state` may be "late". Raises NotAllowed. At most two queries."""
    people.check(actor, Action.PRESS_WRITE)
    found = readable_items(actor).filter(campaign_id=campaign_id)
    if outlet:
        found = found.filter(outlet=outlet)
    if state == "late":
        found = found.filter(_late(now))
    elif state:
        found = found.filter(state=state)
    if text:
        found = found.filter(search_key__contains=fold(text))
    rows = PRESS_ITEMS.ordered(found, sort)[window(page, size)]
    items = [_view(row, now) for row in rows]
    return Page(items, page, size, total_of(items, page, size, found.count))


def late_replies(actor: Actor, campaign_id: UUID, *, now: datetime) -> int:
    """Count the replies to a campaign's press items that are overdue; none for who may not write them. One query."""
    return readable_items(actor).filter(_late(now), campaign_id=campaign_id).count()


def press_item(actor: Actor, item_id: UUID, *, now: datetime) -> PressItemView:
    """Give a press item to the office. Raises NotAllowed, NotFound."""
    people.check(actor, Action.PRESS_WRITE)
    row = readable_items(actor).filter(id=item_id).first()
    if row is None:
        raise NotFound()
    return _view(row, now)


def outlets(actor: Actor, campaign_id: UUID) -> tuple[str, ...]:
    """List the outlets that wrote about a campaign, by name, at most MOST_OUTLETS. One query."""
    found = readable_items(actor).filter(campaign_id=campaign_id).order_by("outlet_key", "outlet")
    return tuple(found.values_list("outlet", flat=True).distinct()[:MOST_OUTLETS])


def readable_items(actor: Actor) -> QuerySet[PressItem]:
    """Give the press items that an actor may open: the office all, others none."""
    rows = PressItem.objects.select_related("campaign").defer("campaign__theme")
    return rows if may(actor, Action.PRESS_WRITE) else rows.none()


def _late(now: datetime) -> Q:
    """Select what `rules.is_reply_late` says of, said to the database."""
    return Q(state=PressItemState.OWED.value, reply_due_on__lt=local_date(now))


def _view(row: PressItem, now: datetime) -> PressItemView:
    state = PressItemState(row.state)
    return PressItemView(
        id=row.id,
        version=row.version,
        is_synthetic=row.campaign.is_synthetic,
        outlet=row.outlet,
        author=row.author,
        published_at=row.published_at,
        address=row.address,
        title=row.title,
        topic=row.topic,
        state=row.state,
        state_name=gettext(PRESS_ITEM_STATE_NAMES[state]),
        reply_due_on=row.reply_due_on,
        is_late=is_reply_late(state, row.reply_due_on, local_date(now)),
        replied_at=row.replied_at,
        reply_how=row.reply_how,
        replied_by_name=row.replied_by_name,
        aside_reason=row.aside_reason,
        noted_at=row.noted_at,
        noted_by_name=row.noted_by_name,
        changed_at=row.changed_at,
        steps=tuple(step.value for step in PRESS_ITEM_TRANSITIONS.steps_from(state)),
    )
