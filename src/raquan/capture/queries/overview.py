"""How many records there are where, when, by whom and in which state: the map and a form's overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians, sqrt
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext

from raquan.capture.queries.search import found_rows, last_day
from raquan.capture.rules import REVIEW_STATE_NAMES, RecordFilter
from raquan.forms import queries as forms
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import NotFound
from raquan.kernel.text import sort_key
from raquan.places import queries as places

MOST_ROWS = 200
MAP_WIDTH = 640
_LARGEST = 34.0
_MARGIN = 40.0


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many records something has; `key` is what a search is narrowed by, "" where there is no such search."""

    label: str
    value: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A place on the map: center and radius in the picture's units."""

    x: float
    y: float
    radius: float
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class RecordMap:
    """The records of a search by commune: bubbles where the place is known, and the table of all."""

    bubbles: tuple[Bubble, ...]
    width: int
    height: int
    rows: tuple[CountRow, ...]
    unplaced: int
    total: int


@dataclass(frozen=True, slots=True)
class FormOverview:
    """A form and what has come for it; `by_helper` lists those who sent most."""

    form_id: str
    title: str
    total: int
    by_day: tuple[CountRow, ...]
    by_place: tuple[CountRow, ...]
    by_helper: tuple[CountRow, ...]
    by_state: tuple[CountRow, ...]


def record_map(actor: Actor, filters: RecordFilter, *, on: date) -> RecordMap:
    """Count the records of a search by commune and place them by the communes' coordinates, as on their last day."""
    counts = _counts(actor, filters, "place_code")
    codes = [code for code, _ in counts if code]
    units = places.units_by_codes(codes, last_day(found_rows(actor, filters).order_by(), on))
    rows = _named(counts, {code: unit.full_name for code, unit in units.items()})
    placed = [
        (float(unit.lon), float(unit.lat), row)
        for row in rows
        if row.key and (unit := units.get(row.key)) and unit.lat is not None and unit.lon is not None
    ]
    total = sum(row.value for row in rows)
    bubbles, height = _bubbles(placed)
    return RecordMap(bubbles, MAP_WIDTH, height, rows, total - sum(row.value for _, _, row in placed), total)


def form_overview(actor: Actor, form_id: str, *, on: date) -> FormOverview:
    """Count a form's records of what the actor may read, in a fixed number of queries; raises NotFound."""
    title = dict(forms.form_titles()).get(form_id)
    if title is None:
        raise NotFound()
    filters = RecordFilter(form_id=form_id)
    days = sorted(_counts(actor, filters, "occurred_on"))
    by_place = _counts(actor, filters, "place_code")
    names = places.unit_names([code for code, _ in by_place if code], min(days[-1][0], on) if days else on)
    states = dict(_counts(actor, filters, "submission__review_state"))
    return FormOverview(
        form_id=form_id,
        title=title,
        total=sum(states.values()),
        by_day=tuple(CountRow(format_date(day), count, day.isoformat()) for day, count in days),
        by_place=_named(by_place, names),
        by_helper=tuple(
            CountRow(name or gettext("Không rõ"), count, name)
            for name, count in _counts(actor, filters, "submission__sent_by_name")[:MOST_ROWS]
        ),
        by_state=tuple(
            CountRow(gettext(name), states[state.value], state.value)
            for state, name in REVIEW_STATE_NAMES.items()
            if states.get(state.value)
        ),
    )


def _counts(actor: Actor, filters: RecordFilter, column: str) -> list[tuple[Any, int]]:
    found = found_rows(actor, filters).order_by().values_list(column).annotate(n=Count("id"))
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))


def _named(counts: Sequence[tuple[str, int]], names: dict[str, str]) -> tuple[CountRow, ...]:
    rows = [CountRow(names.get(code, code) or gettext("Không rõ nơi"), count, code) for code, count in counts]
    return tuple(sorted(rows, key=lambda row: (-row.value, sort_key(row.label))))


def _bubbles(placed: Sequence[tuple[float, float, CountRow]]) -> tuple[tuple[Bubble, ...], int]:
    """Draw from the largest to the smallest, so that none hides another; an area says a number, not a radius."""
    if not placed:
        return (), 0
    west, east = min(lon for lon, _, _ in placed), max(lon for lon, _, _ in placed)
    south, north = min(lat for _, lat, _ in placed), max(lat for _, lat, _ in placed)
    narrow = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    span = max((east - west) * narrow, north - south, 0.05)
    scale = (MAP_WIDTH - 2 * _MARGIN) / span
    left = (MAP_WIDTH - (east - west) * narrow * scale) / 2
    most = max(row.value for _, _, row in placed)
    bubbles = tuple(
        Bubble(
            x=round(left + (lon - west) * narrow * scale, 1),
            y=round(_MARGIN + (north - lat) * scale, 1),
            radius=round(max(_LARGEST * sqrt(row.value / most), 4.0), 1),
            label=row.label,
            value=row.value,
        )
        for lon, lat, row in sorted(placed, key=lambda one: -one[2].value)
    )
    return bubbles, round((north - south) * scale + 2 * _MARGIN)
