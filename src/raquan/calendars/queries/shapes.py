"""What pages are told about calendars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from raquan.calendars.models import CalendarLine
from raquan.calendars.rules import BLOCKING, DOUBT_NAMES, CalendarState, Doubt, Show, Use
from raquan.catalogue import queries as catalogue
from raquan.kernel.clock import local_date
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page
from raquan.outings import queries as outings
from raquan.outings.queries import ServiceGroupChoices
from raquan.people import queries as people
from raquan.places import queries as places

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar, how far it is read, and how many of its rows are to be put right, ready, asked for and taken in."""

    id: UUID
    file_name: str
    file_sha256: str
    state: CalendarState
    organization_id: UUID
    organization_name: str
    done: int
    total: int
    open: int
    ready: int
    asked: int
    taken: int
    asked_by: str
    asked_at: datetime

    @property
    def is_under_way(self) -> bool:
        """Tell whether it is still being read."""
        return self.state is CalendarState.UNDER_WAY

    @property
    def can_be_corrected(self) -> bool:
        """Tell whether its rows may be put right and taken in."""
        return self.state is CalendarState.READ


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell by its address, the heading above it, and its text."""

    address: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A doubt in words, with the address of its cell; a blocking one must be put right first."""

    doubt: Doubt
    words: str
    address: str
    text: str
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A row as the sheet has it, beside what was understood of it, in the reader's language."""

    id: UUID
    version: int
    sheet: str
    row: int
    cells: tuple[CellView, ...]
    use: Use
    held_on: date | None
    starts_at: time | None
    ends_at: time | None
    place_code: str
    place_name: str
    site_id: UUID | None
    site_name: str
    site_kind: str
    organization_id: UUID | None
    organization_name: str
    team: tuple[UUID, ...]
    team_names: tuple[str, ...]
    service_codes: tuple[str, ...]
    service_names: tuple[str, ...]
    expected_people: int | None
    notes: str
    doubts: tuple[DoubtView, ...]
    is_open: bool
    outing_id: UUID | None
    outing_code: str

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be taken in as it is."""
        return self.use is Use.WAITING and not self.is_open


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A page of a calendar's rows; `counts` says how many each way of showing has."""

    calendar: CalendarView
    show: Show
    counts: Mapping[Show, int]
    lines: Page[LineView]


@dataclass(frozen=True, slots=True)
class LineOptions:
    """What can be chosen for a row."""

    organizations: Choices
    places: Choices
    sites: Choices
    people: Choices
    services: tuple[ServiceGroupChoices, ...]


@dataclass(frozen=True, slots=True)
class LinePage:
    """A row with what can be chosen for it."""

    calendar: CalendarView
    line: LineView
    options: LineOptions


@dataclass(frozen=True, slots=True)
class TemplateLists:
    """What an empty calendar of a unit offers to choose from."""

    organization_name: str
    starts_on: date
    ends_on: date
    places: tuple[str, ...]
    sites: tuple[str, ...]
    people: tuple[str, ...]
    services: tuple[str, ...]


def calendar_view(found: Any, names: Mapping[UUID, str]) -> CalendarView:
    """Show a calendar that was counted."""
    return CalendarView(
        id=found.id,
        file_name=found.file_name,
        file_sha256=found.file_sha256,
        state=CalendarState(found.state),
        organization_id=found.organization_id,
        organization_name=found.organization.name,
        done=found.done,
        total=found.total,
        open=found.open,
        ready=found.ready,
        asked=found.asked,
        taken=found.taken,
        asked_by=names.get(found.asked_by, ""),
        asked_at=found.asked_at,
    )


def line_views(rows: Sequence[CalendarLine]) -> tuple[LineView, ...]:
    """Show rows with four further queries at most, however many there are."""
    organizations = people.organization_names({one.organization_id for one in rows if one.organization_id})
    users = people.user_names({UUID(user) for one in rows for user in one.team})
    codes = outings.outing_codes({one.outing_id for one in rows if one.outing_id})
    services = catalogue.service_names({code for one in rows for code in one.service_codes})
    language = get_language() or "vi"
    names = {code: in_language(name, language) for code, name in services.items()}
    # A row whose day is not clear is named as on the day on which its calendar was sent.
    days = {one.id: one.held_on or local_date(one.calendar.asked_at) for one in rows}
    communes = places.names_on_days({one.place_code for one in rows if one.place_code}, set(days.values()))
    return tuple(_line_view(one, organizations, users, codes, names, communes[days[one.id]]) for one in rows)


def _line_view(
    one: CalendarLine,
    organizations: Mapping[UUID, str],
    users: Mapping[UUID, str],
    codes: Mapping[UUID, str],
    services: Mapping[str, str],
    communes: Mapping[str, str],
) -> LineView:
    team = tuple(UUID(user) for user in one.team)
    return LineView(
        id=one.id,
        version=one.version,
        sheet=one.sheet,
        row=one.row,
        cells=tuple(CellView(*cell) for cell in one.cells),
        use=Use(one.use),
        held_on=one.held_on,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place_code=one.place_code,
        place_name=communes.get(one.place_code, one.place_code),
        site_id=one.site_id,
        site_name=one.site_name,
        site_kind=one.site_kind,
        organization_id=one.organization_id,
        organization_name=organizations.get(one.organization_id, "") if one.organization_id else "",
        team=team,
        team_names=tuple(users.get(user, "") for user in team),
        service_codes=tuple(one.service_codes),
        service_names=tuple(services.get(code, code) for code in one.service_codes),
        expected_people=one.expected_people,
        notes=one.notes,
        doubts=tuple(_doubt_view(*said) for said in one.doubts),
        is_open=one.is_open,
        outing_id=one.outing_id,
        outing_code=codes.get(one.outing_id, "") if one.outing_id else "",
    )


def _doubt_view(doubt: str, address: str, text: str) -> DoubtView:
    known = Doubt(doubt)
    return DoubtView(known, gettext(DOUBT_NAMES[known]), address, text, known in BLOCKING)
