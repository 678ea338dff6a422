"""How rows become bytes in each format; a file grows by rows alone, so that it can be gone on with."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol

from raquan.exchange.rules import EXCEL_CELL, safe_cell

BOM = "\ufeff"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?")


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
        return BOM.encode() + self.row(Line(tuple(heads)))

    def row(self, line: Line) -> bytes:
        """Give a line."""
        out = io.StringIO()
        csv.writer(out).writerow([safe_cell(as_text(cell)) for cell in line.cells])
        return out.getvalue().encode()

    def tail(self) -> bytes:
        """Give nothing."""
        return b""


class SheetWriter:
    """The sheet of an Excel workbook; texts stand in their cells, since a shared table could not grow by rows."""

    def head(self, heads: Sequence[str]) -> bytes:
        """Give the sheet's beginning: a first row that stays in sight."""
        cells = "".join(f'<c t="inlineStr" s="1"><is><t>{escape(head, quote=False)}</t></is></c>' for head in heads)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
            'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"<sheetData><row>{cells}</row>"
        ).encode()

    def row(self, line: Line) -> bytes:
        """Give a row; plain numbers are numbers."""
        return f"<row>{''.join(self._cell(cell) for cell in line.cells)}</row>".encode()

    def tail(self) -> bytes:
        """Give the sheet's end."""
        return b"</sheetData></worksheet>"

    @staticmethod
    def _cell(cell: Any) -> str:
        text = _UNPRINTABLE.sub("", as_text(cell))[:EXCEL_CELL]
        if not text:
            return "<c/>"
        if not isinstance(cell, bool) and isinstance(cell, int | float) and _NUMBER.fullmatch(text):
            return f"<c><v>{text}</v></c>"
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'


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


def as_text(cell: Any) -> str:
    """Write a cell as text; a list or mapping as JSON."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False) if cell else ""
    return "" if cell is None else str(cell)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

WORKBOOK: tuple[tuple[str, bytes], ...] = tuple(
    (name, (_XML + text).encode())
    for name, text in (
        (
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="raquan" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>",
        ),
        (
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
            '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            '</fill></fills><borders count="1"><border/></borders>'
            '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0"/>'
            '<xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
        ),
    )
)
"""The parts of a workbook beside its one sheet."""

SHEET = "xl/worksheets/sheet1.xml"
