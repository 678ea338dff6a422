"""The whole catalogue of measures in plain Python, from records alone: slow, short, and held against every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from raquan.analytics.rules import MEASURES, Cell, Dimension, Kind, Measure, Ratio, Sum, divided, scaled
from raquan.analytics.tests.facts import Fact, current, key_of, slow_value

Records = Mapping[Kind, Sequence[Any]]
OLD_MAP: Mapping[str, Mapping[str, Decimal]] = {
    "24001": {"24001": Decimal("0.8547"), "24010": Decimal("0.1453")},
    "24002": {"24001": Decimal(1)},
    "24003": {"24010": Decimal(1)},
}
"""Where the communes of before July 2025 went; what stands on no map goes to nobody."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out; `total` is None where nothing can be said, which is never zero."""

    cells: Mapping[str, Any]
    total: Any


def expected(of: Measure, by: Dimension, records: Records) -> Expected:
    """Count a measure record by record, by the map of the day."""
    if isinstance(of.formula, Ratio):
        part = expected(MEASURES[of.formula.part], by, records)
        return _divided(of.formula, part, expected(MEASURES[of.formula.whole], by, records))
    kept = holding(records[of.kinds[0]])
    if isinstance(of.formula, Sum) and of.formula.known:
        kept = [one for one in kept if is_said(one, of.formula)]
    if not kept:
        return Expected({}, None)
    apart = {
        key: [one for one in kept if key_of(one, by.column) == key] for key in {key_of(o, by.column) for o in kept}
    }
    cells = {key: scaled(slow_value(ones, of.formula), of.formula) for key, ones in apart.items()}
    if getattr(of.formula, "column", None) == by.column:
        cells = {key: value for key, value in cells.items() if value}
    return Expected(cells, scaled(slow_value(kept, of.formula), of.formula))


def expected_on(of: Measure, records: Records, reform: date) -> Mapping[str, Any]:
    """Count by commune on the map from `reform` on: each commune and day goes where its people went."""
    if isinstance(of.formula, Ratio):
        part, whole = (expected_on(MEASURES[key], records, reform) for key in (of.formula.part, of.formula.whole))
        return _divided(of.formula, Expected(part, 0), Expected(whole, 0)).cells
    led: dict[str, Decimal] = {}
    kept = holding(records[of.kinds[0]])
    for code, day in {(key_of(one, "commune_code"), one.occurred_on) for one in kept}:
        there = [one for one in kept if (key_of(one, "commune_code"), one.occurred_on) == (code, day)]
        value = Decimal(scaled(slow_value(there, of.formula), of.formula))
        for to, weight in _went_to(code, day, reform).items():
            led[to] = led.get(to, Decimal(0)) + value * weight
    return {
        code: value if value == int(value) else value.quantize(Decimal("0.1"), "ROUND_HALF_UP")
        for code, value in led.items()
    }


def holding(records: Sequence[Any]) -> Sequence[Any]:
    """Keep the records that hold: of assists the latest versions, of anything what was not withdrawn."""
    if records and isinstance(records[0], Fact):
        return current(records)
    return [one for one in records if not one.withdrawn]


def is_said(one: Any, formula: Sum) -> bool:
    """Tell whether a record says what is added up, and meets the conditions."""
    met = all(getattr(one, column) in values for column, values in formula.where)
    return met and getattr(one, formula.column) is not None


def found_cells(cells: Sequence[Cell]) -> dict[str, Any]:
    """Give cells by key."""
    return {cell.key: cell.value for cell in cells}


def _went_to(code: str, day: date, reform: date) -> Mapping[str, Decimal]:
    if day >= reform:
        return {code: Decimal(1)} if code in ("24001", "24010") else {"": Decimal(1)}
    return OLD_MAP.get(code, {"": Decimal(1)})


def _divided(formula: Ratio, part: Expected, whole: Expected) -> Expected:
    cells = {k: divided(part.cells.get(k, 0), v, formula.times) for k, v in whole.cells.items() if v}
    known = part.total is not None and whole.total
    return Expected(cells, divided(part.total, whole.total, formula.times) if known else None)
