"""Turns stored desks into what pages show, with names in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, UUIDField
from django.utils.translation import get_language

from raquan.catalogue import queries as catalogue
from raquan.helpdesks.models import Closure, HelpDesk, HelpDeskService, OpeningHours
from raquan.helpdesks.rules import WEEKDAY_NAMES, Calendar, Span, hours_on, next_opening, week_lines
from raquan.kernel import clock
from raquan.kernel.dates import format_time
from raquan.kernel.localized import in_language
from raquan.ledger.queries import Question, Told, among
from raquan.outings.queries import place_names
from raquan.outings.rules import LANGUAGE_NAMES, SITE_KIND_NAMES, SiteKind, path_codes
from raquan.ui.texts import text as gettext


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Days of the week with the same hours, in words: "Thứ Hai – Thứ Sáu", "07:30–11:00, 13:30–16:30"."""

    days: str
    hours: str


@dataclass(frozen=True, slots=True)
class ClosureView:
    """Days on which a desk is closed; `is_everywhere` when every desk is."""

    id: UUID
    first_on: date
    last_on: date
    reason: str
    is_everywhere: bool


@dataclass(frozen=True, slots=True)
class HelpDeskView:
    """A help desk at a moment; `opens_at` and `closes_at` are of the opening that runs, else of the next one."""

    id: UUID
    code: str
    organization_id: UUID
    organization_name: str
    site_id: UUID
    site_name: str
    site_kind_name: str
    address: str
    place_code: str
    place_path: tuple[str, ...]
    place_name: str
    lat: float | None
    lon: float | None
    language: str
    language_name: str
    capacity: int | None
    service_codes: tuple[str, ...]
    service_names: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    end_reason: str
    spans: tuple[Span, ...]
    hours: tuple[HoursLine, ...]
    closures: tuple[ClosureView, ...]
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """Give the hours of a day from today on; () when the desk is closed on it."""
        return hours_on(self.spans, _calendar(self.valid_from, self.valid_to, self.closures), day)


class DeskRow(NamedTuple):
    """What is read of a desk to show it, in the order of SHOWN."""

    id: UUID
    code: str
    organization_id: UUID
    organization_name: str
    site_id: UUID
    site_name: str
    site_kind: str
    address: str
    place_code: str
    lat: float | None
    lon: float | None
    place_path: str
    language: str
    capacity: int | None
    valid_from: date
    valid_to: date | None
    end_reason: str


SHOWN = (
    *("id", "code", "organization_id", "organization__name", "site_id", "site__name", "site__kind", "site__address"),
    *("site__place_code", "site__lat", "site__lon", "place_path", "language", "capacity", "valid_from", "valid_to"),
    "end_reason",
)


def rows_of(found: QuerySet[HelpDesk]) -> list[DeskRow]:
    """Read desks, in one query."""
    return [DeskRow(*values) for values in found.values_list(*SHOWN)]


def views_of(rows: Sequence[DeskRow], now: datetime) -> list[HelpDeskView]:
    """Turn rows into views, with six further queries at most."""
    if not rows:
        return []
    ids, today = [row.id for row in rows], clock.local_date(now)
    services: dict[UUID, list[str]] = defaultdict(list)
    for desk_id, code in _SERVICES.rows(len(ids), ids=ids):
        services[desk_id].append(code)
    names = catalogue.service_names({code for codes in services.values() for code in codes})
    spans: dict[UUID, list[Span]] = defaultdict(list)
    for desk_id, *hours in _HOURS.rows(len(ids), ids=ids):
        spans[desk_id].append(Span(*hours))
    closures = _CLOSURES.rows(len(ids), ids=ids, today=today)
    places = place_names({(row.place_path, row.valid_from) for row in rows})
    language = get_language() or "vi"
    return [
        _view(
            row,
            now,
            codes=tuple(services[row.id]),
            names=tuple(in_language(names[code], language) if code in names else code for code in services[row.id]),
            spans=tuple(spans[row.id]),
            closures=tuple(_closure(one) for one in closures if one[-1] in (None, row.id)),
            place_name=places[row.place_path, row.valid_from],
        )
        for row in rows
    ]


def _services_of(count: int) -> QuerySet[HelpDeskService, Any]:
    found = HelpDeskService.objects.filter(among("desk_id", "ids", UUIDField(), count))
    return found.order_by("position").values_list("desk_id", "service_code")


def _hours_of(count: int) -> QuerySet[OpeningHours, Any]:
    found = OpeningHours.objects.filter(among("desk_id", "ids", UUIDField(), count), ended_at__isnull=True)
    return found.order_by("weekday", "opens_at").values_list("desk_id", "weekday", "opens_at", "closes_at")


def _closures_of(count: int) -> QuerySet[Closure, Any]:
    closed = Closure.objects.filter(Q(desk_id__isnull=True) | Q(among("desk_id", "ids", UUIDField(), count)))
    found = closed.filter(withdrawn_at__isnull=True, last_on__gte=Told("today", DateField()))
    return found.order_by("first_on", "id").values_list("id", "first_on", "last_on", "reason", "desk_id")


_SERVICES, _HOURS, _CLOSURES = Question(_services_of), Question(_hours_of), Question(_closures_of)


def _view(
    row: DeskRow,
    now: datetime,
    *,
    codes: tuple[str, ...],
    names: tuple[str, ...],
    spans: tuple[Span, ...],
    closures: tuple[ClosureView, ...],
    place_name: str,
) -> HelpDeskView:
    opening = next_opening(spans, _calendar(row.valid_from, row.valid_to, closures), now=now)
    return HelpDeskView(
        id=row.id,
        code=row.code,
        organization_id=row.organization_id,
        organization_name=row.organization_name,
        site_id=row.site_id,
        site_name=row.site_name,
        site_kind_name=gettext(SITE_KIND_NAMES[SiteKind(row.site_kind)]),
        address=row.address,
        place_code=row.place_code,
        place_path=path_codes(row.place_path),
        place_name=place_name,
        lat=row.lat,
        lon=row.lon,
        language=row.language,
        language_name=gettext(LANGUAGE_NAMES.get(row.language, row.language)),
        capacity=row.capacity,
        service_codes=codes,
        service_names=names,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        end_reason=row.end_reason,
        spans=spans,
        hours=_lines(spans),
        closures=closures,
        is_open=opening is not None and opening.is_now,
        opens_at=opening.starts if opening else None,
        closes_at=opening.ends if opening else None,
    )


def _lines(spans: Sequence[Span]) -> tuple[HoursLine, ...]:
    return tuple(
        HoursLine(
            days=", ".join(" – ".join(gettext(WEEKDAY_NAMES[day]) for day in dict.fromkeys(run)) for run in line.runs),
            hours=", ".join(f"{format_time(one.opens_at)}–{format_time(one.closes_at)}" for one in line.spans),
        )
        for line in week_lines(spans)
    )


def _calendar(valid_from: date, valid_to: date | None, closures: Iterable[ClosureView]) -> Calendar:
    return Calendar(valid_from, valid_to, tuple((one.first_on, one.last_on) for one in closures))


def _closure(values: tuple[Any, ...]) -> ClosureView:
    closure_id, first_on, last_on, reason, desk_id = values
    return ClosureView(closure_id, first_on, last_on, reason, desk_id is None)


def closure_view(one: Closure) -> ClosureView:
    """Turn a stored closure into a view."""
    return ClosureView(one.id, one.first_on, one.last_on, one.reason, one.desk_id is None)
