"""Reads units and changes from the CSV files whose columns data/PROVENANCE.md describes, and borders from GeoJSON."""

import csv
import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from typing import TypeVar

from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import normalize
from raquan.places.rules import ChangeRow, Level, UnitRow

Row = TypeVar("Row")


class UnitsUnreadable(Refused):
    """A line of a file of units lacks a column or holds something else than its column says."""

    code = "places.units_unreadable"
    message = N_("Dòng {line} của tệp đơn vị hành chính không đọc được: {reason}.")


def read_packaged() -> tuple[list[UnitRow], list[ChangeRow]]:
    """Read the units that come with the project."""
    data = files("raquan.places") / "data"
    with (data / "units.csv").open(encoding="utf-8") as units, (data / "changes.csv").open() as changes:
        return read_units(units), read_changes(changes)


def read_units(lines: Iterable[str]) -> list[UnitRow]:
    """Read the lines of a units.csv. Raises UnitsUnreadable."""
    return _read(lines, _to_unit)


def read_changes(lines: Iterable[str]) -> list[ChangeRow]:
    """Read the lines of a changes.csv. Raises UnitsUnreadable."""
    return _read(lines, _to_change)


def _read(lines: Iterable[str], to_row: Callable[[dict[str, str]], Row]) -> list[Row]:
    reader = csv.DictReader(lines, restval="")
    rows = []
    for record in reader:
        try:
            rows.append(to_row(record))
        except (KeyError, ValueError, InvalidOperation) as error:
            raise UnitsUnreadable(line=reader.line_num, reason=str(error) or repr(error)) from error
    return rows


def _to_unit(record: dict[str, str]) -> UnitRow:
    return UnitRow(
        code=record["code"].strip(),
        valid_from=date.fromisoformat(record["valid_from"]),
        valid_to=date.fromisoformat(record["valid_to"]) if record["valid_to"] else None,
        level=Level(record["level"]),
        type=normalize(record["type"]).lower(),
        name=normalize(record["name"]),
        parent_code=record["parent_code"].strip(),
        lat=_decimal(record["lat"]),
        lon=_decimal(record["lon"]),
        aliases=tuple(normalize(alias) for alias in record["aliases"].split("|") if alias),
    )


def _to_change(record: dict[str, str]) -> ChangeRow:
    return ChangeRow(
        from_code=record["from_code"].strip(),
        from_valid_from=date.fromisoformat(record["from_valid_from"]),
        to_code=record["to_code"].strip(),
        to_valid_from=date.fromisoformat(record["to_valid_from"]),
        is_default=bool(int(record["is_default"])),
        share=_decimal(record["share"]),
    )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


Ring = list[list[float]]


class BordersUnreadable(Refused):
    """The text is no GeoJSON of polygons that name their units."""

    code = "places.borders_unreadable"
    message = N_("Tệp ranh giới không đọc được: {reason}.")


def read_borders(text: str) -> dict[str, list[Ring]]:
    """Read the outer and inner rings of each feature by the code of its unit. Raises BordersUnreadable."""
    try:
        features = json.loads(text)["features"]
        found = {}
        for one in features:
            code = str(one.get("properties", {}).get("code") or one["id"])
            shape = one["geometry"]
            polygons = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}[shape["type"]]
            found[code] = [[[float(x), float(y)] for x, y, *_ in ring] for polygon in polygons for ring in polygon]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BordersUnreadable(reason=str(error) or repr(error)) from error
    return found
