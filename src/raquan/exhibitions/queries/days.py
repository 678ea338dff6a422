"""A day of an exhibition: each booth's visits by grade, contacts and incidents."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from raquan.exhibitions.models import BoothApplication, BoothDay, BoothVisit, Contact, Exhibition, Incident
from raquan.exhibitions.queries.applications import application
from raquan.exhibitions.queries.exhibitions import row_for, views
from raquan.exhibitions.queries.shapes import BoothDayLine, DaySheet, IncidentView
from raquan.exhibitions.rules import ApplicationState, Grade, booth_order
from raquan.kernel.actor import Actor
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.refused import NotAllowed, NotFound


def day_sheet(actor: Actor, exhibition_id: UUID, held_on: date, *, now: datetime) -> DaySheet:
    """Give a day of an exhibition to its organizer. Raises NotFound for no day of it, NotAllowed. Six queries."""
    row = row_for(actor, exhibition_id)
    view = views([row], now=now, actor=actor)[0]
    if not view.manages:
        raise NotAllowed()
    if not row.starts_on <= held_on <= row.ends_on:
        raise NotFound()
    booths = list(_booths(row))
    lines = tuple(_lines(booths, held_on))
    return DaySheet(
        exhibition=view,
        held_on=held_on,
        lines=lines,
        incidents=tuple(
            IncidentView(one.at, one.booth, one.text, one.by_name)
            for one in Incident.objects.filter(exhibition=row, held_on=held_on).order_by("at", "id")
        ),
        counted=sum(one.counted for one in lines),
        tallied=_sum(one.tallied for one in lines),
        stated=_sum(one.stated for one in lines),
        contacts=sum(one.contacts for one in lines),
    )


def booth_days(actor: Actor, application_id: UUID, *, now: datetime) -> tuple[tuple[date, BoothDayLine], ...]:
    """Give the days of a booth until today to its enterprise or the organizer. Raises NotFound, NotAllowed."""
    view = application(actor, application_id, now=now)
    if not view.booth:
        return ()
    row = BoothApplication.objects.select_related("exhibition", "organization").get(id=application_id)
    last = min(row.exhibition.ends_on, local_date(now))
    count = (last - row.exhibition.starts_on).days + 1
    days = [date.fromordinal(row.exhibition.starts_on.toordinal() + one) for one in range(max(0, count))]
    by_day = _numbers([row], days)
    return tuple((day, _line(row, by_day.get((row.id, day), {}))) for day in days)


def days_of(row_starts: date, row_ends: date) -> tuple[date, ...]:
    """Give the days from a first to a last, at most sixty."""
    first = row_starts.toordinal()
    return tuple(date.fromordinal(one) for one in range(first, min(row_ends.toordinal(), first + 59) + 1))


def _booths(row: Exhibition) -> list[BoothApplication]:
    given = row.applications.filter(state=ApplicationState.ALLOCATED.value).select_related("organization")
    return sorted(given, key=lambda one: booth_order(one.booth))


def _lines(booths: list[BoothApplication], held_on: date) -> Iterable[BoothDayLine]:
    found = _numbers(booths, [held_on])
    return (_line(one, found.get((one.id, held_on), {})) for one in booths)


def _numbers(booths: list[BoothApplication], days: list[date]) -> dict[tuple[UUID, date], dict[str, object]]:
    """Gather what was counted, said and left at booths on days, three queries."""
    found: dict[tuple[UUID, date], dict[str, object]] = {}
    if not days:
        return found
    visits = BoothVisit.objects.filter(application__in=booths, visited_on__in=days)
    for id_, day, count in visits.values_list("application_id", "visited_on").annotate(n=Count("id")).order_by():
        found.setdefault((id_, day), {})[Grade.COUNTED.value] = count
    for one in BoothDay.objects.filter(application__in=booths, held_on__in=days).order_by("grade"):
        here = found.setdefault((one.application_id, one.held_on), {})
        here[one.grade] = one
    for id_, at in Contact.objects.filter(application__in=booths).values_list("application_id", "left_at"):
        day = at.astimezone(VIETNAM).date()
        here = found.setdefault((id_, day), {})
        here["contacts"] = int(str(here.get("contacts", 0))) + 1
    return found


def _line(one: BoothApplication, numbers: dict[str, object]) -> BoothDayLine:
    said = {grade: row for grade, row in numbers.items() if isinstance(row, BoothDay)}
    return BoothDayLine(
        application_id=one.id,
        booth=one.booth,
        organization_name=one.organization.name,
        title=one.title,
        counted=int(str(numbers.get(Grade.COUNTED.value, 0))),
        tallied=said[Grade.TALLIED.value].heads if Grade.TALLIED.value in said else None,
        stated=said[Grade.STATED.value].heads if Grade.STATED.value in said else None,
        contacts=int(str(numbers.get("contacts", 0))),
        notes=tuple(row.note for row in said.values() if row.note),
        editions={grade: row.edition for grade, row in said.items()},
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """Add up what was said; None where nobody said anything."""
    said = [one for one in numbers if one is not None]
    return sum(said) if said else None
