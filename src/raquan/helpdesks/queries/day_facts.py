"""The days on which help desks are open, as plain rows: for the room that counts them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from raquan.helpdesks.models import Closure, HelpDesk, OpeningHours, Shift
from raquan.helpdesks.rules import Calendar, DatedSpan, RosteredDays, Span
from raquan.kernel.clock import VIETNAM
from raquan.outings.rules import path_codes


@dataclass(frozen=True, slots=True)
class DeskDayFact:
    """A day of a desk by its own hours: how many minutes it is open, and how many people are on its roster."""

    desk_id: UUID
    organization_id: UUID
    place_path: tuple[str, ...]
    site_kind: str
    language: str
    day: date
    minutes: int
    people: int


@dataclass(frozen=True, slots=True)
class DeskRef:
    """A desk by its code, where it stands and whose it is."""

    id: UUID
    code: str
    site_name: str
    organization_name: str


def desk_day_facts(first_on: date, last_on: date) -> list[DeskDayFact]:
    """List the open days of all desks between two days, in four queries; hours are those that held on the day."""
    desks = HelpDesk.objects.filter(valid_from__lte=last_on).select_related("site").order_by("id")
    spans: dict[UUID, list[DatedSpan]] = defaultdict(list)
    for row in OpeningHours.objects.order_by("weekday", "opens_at"):
        spans[row.desk_id].append(DatedSpan(Span(row.weekday, row.opens_at, row.closes_at), row.begun_at, row.ended_at))
    closures = list(Closure.objects.filter(withdrawn_at__isnull=True, last_on__gte=first_on, first_on__lte=last_on))
    shifts: dict[UUID, list[tuple[UUID, RosteredDays]]] = defaultdict(list)
    for one in Shift.objects.filter(withdrawn_at__isnull=True, first_on__lte=last_on):
        shifts[one.desk_id].append((one.user_id, RosteredDays(one.weekday, one.first_on, one.last_on)))
    days = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    facts = []
    for desk in desks:
        closed = tuple((one.first_on, one.last_on) for one in closures if one.desk_id in (None, desk.id))
        calendar = Calendar(desk.valid_from, desk.valid_to, closed)
        for day in days:
            if minutes := _open_minutes(spans[desk.id], calendar, day):
                people = len({user for user, shift in shifts[desk.id] if shift.has(day)})
                facts.append(_fact(desk, day, minutes, people))
    return facts


def _fact(desk: HelpDesk, day: date, minutes: int, people: int) -> DeskDayFact:
    return DeskDayFact(
        desk_id=desk.id,
        organization_id=desk.organization_id,
        place_path=path_codes(desk.place_path),
        site_kind=desk.site.kind,
        language=desk.language,
        day=day,
        minutes=minutes,
        people=people,
    )


def _open_minutes(spans: list[DatedSpan], calendar: Calendar, day: date) -> int:
    """Add up a day's hours as they stood at its noon; 0 where the desk is closed."""
    if not calendar.has(day):
        return 0
    noon = datetime.combine(day, time(12), tzinfo=VIETNAM)
    held = {one.span for one in spans if one.span.weekday == day.isoweekday() and one.held(noon)}
    return sum(
        (one.closes_at.hour - one.opens_at.hour) * 60 + one.closes_at.minute - one.opens_at.minute for one in held
    )


def desks_by_ids(ids: Collection[UUID]) -> dict[UUID, DeskRef]:
    """Give the codes and names of some desks, in one query; public."""
    rows = HelpDesk.objects.filter(id__in=set(ids)).select_related("site", "organization")
    return {row.id: DeskRef(row.id, row.code, row.site.name, row.organization.name) for row in rows}
