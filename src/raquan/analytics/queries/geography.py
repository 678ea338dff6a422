"""Leads numbers by commune from the map of the day of the event to the map of another day, by weights."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from raquan.analytics import engine
from raquan.analytics.queries import counting
from raquan.analytics.queries.counting import Facts, Result
from raquan.analytics.rules import DIMENSIONS, DISTINCT, MEASURES, Cell, Dimension, MapNote, Measure, NotOnMap, Ratio
from raquan.places import queries as places

_TENTH = Decimal("0.1")


def remapped(
    facts: Facts, of: Measure, by: Dimension, filters: engine.Filters, on: date
) -> tuple[Result, MapNote | None]:
    """Count by commune as on the map of a day. Raises NotOnMap for what does not add up or is split otherwise.

    What a commune counted goes to those that took its place, by the part of its people that each took; the sum stays
    what it was.
    """
    if by.key != "commune" or isinstance(of.formula, DISTINCT):
        raise NotOnMap(measure=of.name["vi"])
    if isinstance(of.formula, Ratio):
        part, note = remapped(facts, MEASURES[of.formula.part], by, filters, on)
        whole, _ = remapped(facts, MEASURES[of.formula.whole], by, filters, on)
        return counting.divide(of.formula, part, whole), note
    result = counting.counted(facts, of, by, filters)
    pairs = counting.crossed(facts, of, by, DIMENSIONS["day"], filters)
    days = {(code, date.fromisoformat(day)): Decimal(value) for (code, day), value in pairs.items()}
    cells, note = _led(days, places.crosswalk([key for key in days if key[0]], on), on)
    return replace(result, cells=tuple(Cell(key, _plain(value)) for key, value in sorted(cells.items()))), note


def _led(
    days: dict[tuple[str, date], Decimal], walk: dict[tuple[str, date], places.Crossing], on: date
) -> tuple[dict[str, Decimal], MapNote]:
    cells: dict[str, Decimal] = defaultdict(Decimal)
    split, guessed, lost = Decimal(0), Decimal(0), Decimal(0)
    split_units, guessed_units = set(), set()
    for (code, day), value in days.items():
        crossing = walk.get((code, day))
        if crossing is None:
            cells[""] += value
            lost += value
            continue
        for to, weight in crossing.weights.items():
            cells[to] += value * weight
        if value and crossing.is_split:
            split += value
            split_units.add(code)
        elif value and crossing.is_guessed:
            guessed += value
            guessed_units.add(code)
    note = MapNote(on, _plain(split), len(split_units), _plain(guessed), len(guessed_units), _plain(lost))
    return cells, note


def _plain(value: Decimal) -> int | Decimal:
    """Give a whole number as one; others to a tenth."""
    return int(value) if value == value.to_integral_value() else value.quantize(_TENTH, ROUND_HALF_UP)
