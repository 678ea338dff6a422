"""Turns stored outings into what pages show, with names in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.utils.translation import get_language

from raquan.catalogue import queries as catalogue
from raquan.kernel.localized import in_language
from raquan.ledger.queries import Question, among
from raquan.outings.models import Assignment, Outing, OutingService
from raquan.outings.queries.places import place_names
from raquan.outings.rules import (
    AIM_NAMES,
    LANGUAGE_NAMES,
    SITE_KIND_NAMES,
    STATE_NAMES,
    Aim,
    SiteKind,
    State,
    path_codes,
)
from raquan.ui.texts import text as gettext


@dataclass(frozen=True, slots=True)
class OutingView:
    """An outing as its page shows it; names are in the reader's language, times are Viet Nam's."""

    id: UUID
    code: str
    campaign_id: UUID
    year: int
    task_id: UUID | None
    task_title: str
    organization_id: UUID
    organization_name: str
    site_id: UUID
    site_name: str
    site_kind: str
    site_kind_name: str
    address: str
    place_code: str
    place_path: tuple[str, ...]
    place_name: str
    held_on: date
    starts_at: time
    ends_at: time
    aim: str
    aim_name: str
    language: str
    language_name: str
    expected_people: int | None
    capacity: int | None
    state: str
    state_name: str
    planned_at: datetime
    cancel_reason: str
    service_codes: tuple[str, ...]
    service_names: tuple[str, ...]
    lat: float | None
    lon: float | None
    team_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearOuting:
    """What a phone needs to find the nearest outing by itself; latitude and longitude in degrees (WGS 84)."""

    code: str
    site_name: str
    place_name: str
    held_on: date
    starts_at: time
    ends_at: time
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class OutingRef:
    """What a record needs to know of the outing whose code it carries."""

    id: UUID
    code: str
    campaign_id: UUID
    organization_id: UUID
    place_code: str
    place_path: tuple[str, ...]
    held_on: date
    starts_at: time
    ends_at: time
    state: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site that can be chosen."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    place_code: str
    place_name: str
    place_path: tuple[str, ...]
    address: str
    lat: float | None
    lon: float | None
    ended_on: date | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class OutingCounts:
    """How many outings of a campaign are in each state."""

    planned: int
    open: int
    done: int
    cancelled: int

    @property
    def total(self) -> int:
        """Count all but the cancelled."""
        return self.planned + self.open + self.done


class OutingRow(NamedTuple):
    """What is read of an outing to show it, in the order of SHOWN."""

    id: UUID
    code: str
    campaign_id: UUID
    year: int
    task_id: UUID | None
    task_title: str | None
    organization_id: UUID
    organization_name: str
    site_id: UUID
    site_name: str
    site_kind: str
    address: str
    place_code: str
    place_path: str
    held_on: date
    starts_at: time
    ends_at: time
    aim: str
    language: str
    expected_people: int | None
    capacity: int | None
    state: str
    planned_at: datetime
    cancel_reason: str
    lat: float | None
    lon: float | None


SHOWN = (
    *("id", "code", "campaign_id", "campaign__year", "task_id", "task__title", "organization_id", "organization__name"),
    *("site_id", "site__name", "site__kind", "site__address", "site__place_code", "place_path", "held_on", "starts_at"),
    *("ends_at", "aim", "language", "expected_people", "capacity", "state", "planned_at", "cancel_reason"),
    *("site__lat", "site__lon"),
)
"""Values and no models: a list has a hundred outings, each of which would be five of them."""


def rows_of(found: QuerySet[Outing]) -> list[OutingRow]:
    """Read outings, in one query."""
    return [OutingRow(*values) for values in found.values_list(*SHOWN)]


def views_of(rows: Sequence[OutingRow], *, with_team: bool = True) -> list[OutingView]:
    """Turn rows into views with four further queries, however many rows there are."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    services = _by_outing(_SERVICES.rows(len(ids), ids=ids))
    service_names = catalogue.service_names({code for codes in services.values() for code in codes})
    team = _teams_of(ids) if with_team else {}
    places_named = place_names({(row.place_path, row.held_on) for row in rows})
    language = get_language() or "vi"
    return [
        _view(
            row,
            services=tuple(services.get(row.id, ())),
            service_names=tuple(
                in_language(service_names[code], language) if code in service_names else code
                for code in services.get(row.id, ())
            ),
            team=tuple(team.get(row.id, ())),
            place_name=places_named[row.place_path, row.held_on],
        )
        for row in rows
    ]


def _teams_of(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    standing = Assignment.objects.filter(outing_id__in=ids, ended_at__isnull=True)
    # "leader" after "helper": the leader stands first
    return _by_outing(standing.order_by("-part", "id").values_list("outing_id", "user__full_name"))


def _services_of(count: int) -> QuerySet[OutingService, Any]:
    found = OutingService.objects.filter(among("outing_id", "ids", UUIDField(), count))
    return found.order_by("position").values_list("outing_id", "service_code")


_SERVICES = Question(_services_of)


def _by_outing(pairs: Iterable[tuple[Any, ...]]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for outing_id, text in pairs:
        found.setdefault(outing_id, []).append(text)
    return found


def _view(
    row: OutingRow, *, services: tuple[str, ...], service_names: tuple[str, ...], team: tuple[str, ...], place_name: str
) -> OutingView:
    return OutingView(
        id=row.id,
        code=row.code,
        campaign_id=row.campaign_id,
        year=row.year,
        task_id=row.task_id,
        task_title=row.task_title or "",
        organization_id=row.organization_id,
        organization_name=row.organization_name,
        site_id=row.site_id,
        site_name=row.site_name,
        site_kind=row.site_kind,
        site_kind_name=gettext(SITE_KIND_NAMES[SiteKind(row.site_kind)]),
        address=row.address,
        place_code=row.place_code,
        place_path=path_codes(row.place_path),
        place_name=place_name,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        aim=row.aim,
        aim_name=gettext(AIM_NAMES[Aim(row.aim)]),
        language=row.language,
        language_name=gettext(LANGUAGE_NAMES.get(row.language, row.language)),
        expected_people=row.expected_people,
        capacity=row.capacity,
        state=row.state,
        state_name=gettext(STATE_NAMES[State(row.state)]),
        planned_at=row.planned_at,
        cancel_reason=row.cancel_reason,
        service_codes=services,
        service_names=service_names,
        lat=row.lat,
        lon=row.lon,
        team_names=team,
    )
