"""Names of places for many outings at once, each as on its own day."""

from collections.abc import Collection
from datetime import date

from raquan.outings.rules import path_codes
from raquan.places import queries as places
from raquan.places.rules import Level

Where = tuple[str, date]
"""A stored path and the day on which it is to be named."""


def place_names(wanted: Collection[Where]) -> dict[Where, str]:
    """Name paths from the bottom up, without the province: thị trấn Quảng Phú, huyện Cư M’gar.

    At most two queries, unless a unit among them was renamed between the first and the last day.
    """
    if not wanted:
        return {}
    codes = {code for path, _day in wanted for code in path_codes(path)}
    days = sorted({day for _path, day in wanted})
    first = places.unit_names(codes, days[0])
    last = places.unit_names(codes, days[-1]) if len(days) > 1 else first
    moved = {code for code in codes if first.get(code) != last.get(code)}
    by_day = {day: places.unit_names(moved, day) for day in days} if moved else {}
    return {(path, day): _joined(path_codes(path), {**first, **by_day.get(day, {})}) for path, day in wanted}


def _joined(codes: tuple[str, ...], names: dict[str, str]) -> str:
    below_province = codes[1:] or codes
    return ", ".join(names.get(code, code) for code in reversed(below_province))


def place_choices(within: Collection[str], on: date) -> tuple[tuple[str, str], ...]:
    """List the communes of a day within the given units, to choose from; 200 a unit, more than a province has."""
    found: dict[str, places.UnitView] = {}
    for code in within:
        found |= {one.code: one for one in places.units_on(on, level=Level.COMMUNE, within=code, size=200).items}
    above = places.unit_names({unit.parent_code for unit in found.values()} - {_province(within, on)}, on)
    return tuple(
        (code, ", ".join([unit.full_name, *(above[p] for p in [unit.parent_code] if p in above)]))
        for code, unit in found.items()
    )


def _province(within: Collection[str], on: date) -> str:
    """Give the province of the given units, which goes without saying; "" when there is none."""
    return next((path[0] for path in (places.path_on(code, on) for code in within) if path), "")
