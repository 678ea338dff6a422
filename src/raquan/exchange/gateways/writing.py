"""How rows become bytes in each format; a file grows by rows alone, so that it can be gone on with."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from raquan.kernel.tables import BOM, csv_row, sheet_head, sheet_row, sheet_tail


@dataclass(frozen=True, slots=True)
class Line:
    """A row to be written: its cells, and where on the earth it is (longitude, latitude)."""

    cells: tuple[Any, ...]
    point: tuple[float, float] | None = None


class Writer(Protocol):
    """Writes a file by pieces: a head, rows, a tail."""

    def head(self, heads: Sequence[str]) -> bytes:
        """Give what stands before the first row."""

    def row(self, line: Line) -> bytes:
        """Give a row."""

    def tail(self) -> bytes:
        """Give what stands after the last row."""


class CsvWriter:
    """CSV that Excel opens: UTF-8 with its mark, and no cell that would run as a formula."""

    def head(self, heads: Sequence[str]) -> bytes:
        """Give the mark and the line of heads."""
        return BOM.encode() + csv_row(heads)

    def row(self, line: Line) -> bytes:
        """Give a line."""
        return csv_row(line.cells)

    def tail(self) -> bytes:
        """Give nothing."""
        return b""


class SheetWriter:
    """The sheet of an Excel workbook."""

    def head(self, heads: Sequence[str]) -> bytes:
        """Give the sheet's beginning: a first row that stays in sight."""
        return sheet_head(heads)

    def row(self, line: Line) -> bytes:
        """Give a row; plain numbers are numbers."""
        return sheet_row(line.cells)

    def tail(self) -> bytes:
        """Give the sheet's end."""
        return sheet_tail()


class FeatureWriter:
    """A GeoJSON collection (RFC 7946); what is nowhere has no geometry."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)

    def head(self, heads: Sequence[str]) -> bytes:
        """Give the collection's beginning; an empty first element is no feature, so the first row has no comma."""
        return b'{"type":"FeatureCollection","features":[\n'

    def row(self, line: Line) -> bytes:
        """Give a feature and a comma."""
        geometry = {"type": "Point", "coordinates": list(line.point)} if line.point else None
        feature = {
            "type": "Feature",
            "id": line.cells[1],
            "geometry": geometry,
            "properties": dict(zip(self._names, line.cells, strict=True)),
        }
        return json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode() + b",\n"

    def tail(self) -> bytes:
        """Give the collection's end; the comma before it is taken away first (`cut`)."""
        return b"\n]}\n"


CUT = b",\n"
"""What a collection ends with before its tail, where it has any feature."""
