"""What waits to be sent, and what was sent to whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_
from raquan.notices.models import Dispatch, Notice, Telling
from raquan.notices.rules import CHANNEL_NAMES, STATE_NAMES, UNSENT, Channel, DispatchState, hide
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.ui.columns import Column, Columns, ranked


@dataclass(frozen=True, slots=True)
class DispatchView:
    """A message on its way to a person by a channel; never what it says, and the address only as a hint."""

    id: UUID
    person: str
    channel_name: str
    address: str
    notices: int
    state: str
    state_name: str
    tries: int
    answer: str
    made_at: datetime
    tried_at: datetime | None
    may_be_sent_again: bool


def _way(one: DispatchView) -> str:
    return f"{gettext(one.channel_name)}: {one.address}"


def ungathered() -> QuerySet[Telling]:
    """Select what was told and is in no message yet, unless it was read or settled meanwhile."""
    return Telling.objects.filter(message__isnull=True, read_at__isnull=True, notice__settled_at__isnull=True)


def has_work(now: datetime) -> bool:
    """Tell whether anything is due, overdue, or told and not sent; at most three queries."""
    unsettled = Notice.objects.filter(settled_at__isnull=True)
    return (
        unsettled.filter(spread_at__isnull=True, next_at__lte=now).exists()
        or unsettled.filter(spread_at__isnull=False, escalated_at__isnull=True, escalate_at__lte=now).exists()
        or ungathered().exists()
    )


def may_see_dispatches(actor: Actor) -> bool:
    """Tell whether the actor may see what was sent to anybody."""
    return may(actor, Action.PEOPLE_MANAGE)


def sent_to(actor: Actor, action: Action) -> QuerySet[Dispatch]:
    """Select what was sent to the people of the organizations where the actor may do something. Raises NotAllowed."""
    own = people.organizations_of(actor, action)
    if own is None:
        return Dispatch.objects.all()
    return Dispatch.objects.filter(message__user_id__in=list(people.staff_ids(own)))


DISPATCHES: Columns[DispatchView] = Columns(
    name="tin-da-gui-di",
    title=N_("Tin đã gửi đi"),
    first="-made_at",
    columns=(
        Column("person", N_("Người nhận"), lambda one: one.person, by=("message__user__sort_key",)),
        Column("address", N_("Gửi qua"), _way, by=(ranked("channel", Channel),)),
        Column("notices", N_("Số tin"), lambda one: one.notices, by=("notices",), numeric=True),
        Column("made_at", N_("Lúc"), lambda one: one.tried_at or one.made_at, by=("message__made_at",)),
        Column("state", N_("Trạng thái"), lambda one: gettext(one.state_name), by=(ranked("state", DispatchState),)),
        Column("tries", N_("Số lần"), lambda one: one.tries, unseen=True),
        Column("answer", N_("Bên kia trả lời"), lambda one: one.answer, unseen=True),
    ),
)


def dispatches(
    actor: Actor, *, only_failed: bool = False, sort: str = "", page: int = 1, size: int = 50
) -> Page[DispatchView]:
    """List what was sent to the people whom the actor manages, newest first; four queries. Raises NotAllowed."""
    found = sent_to(actor, Action.PEOPLE_MANAGE)
    if only_failed:
        found = found.filter(state__in=[one.value for one in UNSENT])
    open_ones = Count("message__tellings", filter=Q(message__tellings__isnull=False))
    rows = DISPATCHES.ordered(found.select_related("message").annotate(notices=open_ones), sort)
    listed = list(rows[window(page, size)])
    names = people.user_names({one.message.user_id for one in listed})
    items = [_view(one, names[one.message.user_id], one.notices) for one in listed]
    return Page(items, page, size, total_of(items, page, size, found.count))


def _view(row: Dispatch, person: str, notices: int) -> DispatchView:
    state = DispatchState(row.state)
    return DispatchView(
        id=row.id,
        person=person,
        channel_name=CHANNEL_NAMES[Channel(row.channel)],
        address=row.address if row.channel == Channel.PUSH.value else hide(row.address),
        notices=notices,
        state=state.value,
        state_name=STATE_NAMES[state],
        tries=row.tries,
        answer=row.answer,
        made_at=row.message.made_at,
        tried_at=row.tried_at,
        may_be_sent_again=state in UNSENT,
    )
