"""Names of places for many outings at once, each as on its own day."""

from collections.abc import Collection
from datetime import date

from raquan.outings.rules import path_codes
from raquan.places import queries as places

Where = tuple[str, date]
"""A stored path and the day on which it is to be named."""


def place_names(wanted: Collection[Where]) -> dict[Where, str]:
    """Name paths from the bottom up, without the province: thị trấn Quảng Phú, huyện Cư M’gar."""
    codes = {code for path, _day in wanted for code in path_codes(path)}
    names = places.names_on_days(codes, {day for _path, day in wanted})
    return {(path, day): _joined(path_codes(path), names[day]) for path, day in wanted}


def _joined(codes: tuple[str, ...], names: dict[str, str]) -> str:
    below_province = codes[1:] or codes
    return ", ".join(names.get(code, code) for code in reversed(below_province))


def place_choices(within: Collection[str], on: date) -> tuple[tuple[str, str], ...]:
    """List the communes of a day within the given units, to choose from."""
    found = places.communes_within(within, on)
    above = places.unit_names({unit.parent_code for unit in found} - {_province(within, on)}, on)
    return tuple(
        (unit.code, ", ".join([unit.full_name, *(above[p] for p in [unit.parent_code] if p in above)]))
        for unit in found
    )


def _province(within: Collection[str], on: date) -> str:
    """Give the province of the given units, which goes without saying; "" when there is none."""
    return next((path[0] for path in (places.path_on(code, on) for code in within) if path), "")
