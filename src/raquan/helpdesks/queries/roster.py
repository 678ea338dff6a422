"""What may be asked about a desk's roster: who is on it, and who is there on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from raquan.helpdesks.models import HelpDesk, Shift
from raquan.helpdesks.queries.shapes import HelpDeskView, rows_of, views_of
from raquan.helpdesks.rules import EVERY_DAY, WEEKDAY_NAMES, RosteredDays
from raquan.kernel import clock
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action, may


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A person's days at a desk, in words: "Thứ Hai", or each day that it is open."""

    id: UUID
    user_id: UUID
    name: str
    days: str
    first_on: date
    last_on: date | None


def roster(actor: Actor, view: HelpDeskView, on: date) -> tuple[ShiftView, ...]:
    """List a desk's shifts that hold on a day or later, by day of the week and name; one query. Raises NotAllowed."""
    _check(actor, view)
    found = _standing().filter(desk_id=view.id).filter(Q(last_on__isnull=True) | Q(last_on__gte=on))
    return tuple(
        ShiftView(
            id=one.id,
            user_id=one.user_id,
            name=one.user.full_name,
            days=gettext("Mọi ngày mở cửa") if one.weekday == EVERY_DAY else gettext(WEEKDAY_NAMES[one.weekday]),
            first_on=one.first_on,
            last_on=one.last_on,
        )
        for one in found.select_related("user").order_by("weekday", "user__full_name", "first_on", "id")[:200]
    )


def people_on(actor: Actor, view: HelpDeskView, day: date) -> tuple[str, ...]:
    """Name who is at a desk on a day by its roster, by name; nobody when it is closed. Raises NotAllowed."""
    _check(actor, view)
    if not view.hours_on(day):
        return ()
    found = _on(day).filter(desk_id=view.id)
    return tuple(dict.fromkeys(found.order_by("user__full_name", "id").values_list("user__full_name", flat=True)))


def own_desks(actor: Actor, *, now: datetime) -> tuple[HelpDeskView, ...]:
    """List the desks that are open today and whose roster the person is on."""
    today = clock.local_date(now)
    if actor.kind is not ActorKind.USER or actor.id is None:
        return ()
    ids = _on(today).filter(user_id=actor.id).values("desk_id")
    rows = rows_of(HelpDesk.objects.filter(id__in=ids).order_by("site__sort_key", "id")[:20])
    return tuple(one for one in views_of(rows, now) if one.hours_on(today))


def rostered(desk_ids: Collection[UUID], days: Collection[date]) -> dict[tuple[UUID, date], frozenset[UUID]]:
    """Tell which users are on the rosters of some desks on some days, in one query; who asks decides who may see."""
    found = _standing().filter(desk_id__in=desk_ids)
    shifts = [(one.desk_id, one.user_id, RosteredDays(one.weekday, one.first_on, one.last_on)) for one in found]
    return {
        (desk_id, day): frozenset(user for desk, user, shift in shifts if desk == desk_id and shift.has(day))
        for desk_id in desk_ids
        for day in days
    }


def may_read_roster(actor: Actor, view: HelpDeskView) -> bool:
    """Tell whether the actor may know who is at a desk; where it is and when it is open, everybody may."""
    return may(actor, Action.OUTING_READ, organization_id=view.organization_id, place_path=view.place_path)


def _check(actor: Actor, view: HelpDeskView) -> None:
    if not may_read_roster(actor, view):
        raise NotAllowed()


def _on(day: date) -> QuerySet[Shift]:
    """Keep the shifts of a day; the same rule as `rules.RosteredDays`, said to the database."""
    found = _standing().filter(weekday__in=(EVERY_DAY, day.isoweekday()), first_on__lte=day)
    return found.filter(Q(last_on__isnull=True) | Q(last_on__gte=day))


def _standing() -> QuerySet[Shift]:
    return Shift.objects.filter(withdrawn_at__isnull=True)
