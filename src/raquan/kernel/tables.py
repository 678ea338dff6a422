"""How a table becomes a file that Excel opens, CSV or a workbook, row by row in little memory."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from typing import IO, Any

BOM = "\ufeff"
EXCEL_CELL = 32_767
"""The most signs that a cell of Excel holds."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?")


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a text that somebody typed: a formula becomes a text, a number stays."""
    if not text.startswith(_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def as_text(cell: Any) -> str:
    """Write a cell as text; a list or mapping as JSON."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False) if cell else ""
    return "" if cell is None else str(cell)


def csv_row(cells: Sequence[Any]) -> bytes:
    """Give a line of CSV in UTF-8, in which no cell would run as a formula."""
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(as_text(cell)) for cell in cells])
    return out.getvalue().encode()


def sheet_head(heads: Sequence[str], above: Sequence[str] = ()) -> bytes:
    """Give a sheet's beginning: lines that say what it is, and a row of heads; all of it stays in sight."""
    rows = "".join(f"<row>{_text_cell(line)}</row>" for line in above)
    cells = "".join(f'<c t="inlineStr" s="1"><is><t>{escape(head, quote=False)}</t></is></c>' for head in heads)
    top = len(above) + 1
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" topLeftCell="A{top + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<sheetData>{rows}<row>{cells}</row>"
    ).encode()


def sheet_row(cells: Sequence[Any]) -> bytes:
    """Give a row of a sheet; plain numbers are numbers, all else is text that Excel never runs."""
    return f"<row>{''.join(_sheet_cell(cell) for cell in cells)}</row>".encode()


def sheet_tail() -> bytes:
    """Give a sheet's end."""
    return b"</sheetData></worksheet>"


def _sheet_cell(cell: Any) -> str:
    text = as_text(cell)
    if not isinstance(cell, bool) and isinstance(cell, int | float) and _NUMBER.fullmatch(text):
        return f"<c><v>{text}</v></c>"
    return _text_cell(text)


def _text_cell(text: str) -> str:
    # The text stands in its cell: a shared table of texts could not grow by rows.
    shown = _UNPRINTABLE.sub("", text)[:EXCEL_CELL]
    return (
        f'<c t="inlineStr"><is><t xml:space="preserve">{escape(shown, quote=False)}</t></is></c>' if shown else "<c/>"
    )


def write_csv(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV with the mark by which Excel knows UTF-8."""
    file.write(BOM.encode() + csv_row(heads))
    for row in rows:
        file.write(csv_row(row))


def write_workbook(
    file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Any]], above: Sequence[str] = ()
) -> None:
    """Write a table as an Excel workbook of one sheet; `above` are lines that say what it is."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as package:
        for name, part in WORKBOOK:
            package.writestr(name, part)
        with package.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(sheet_head(heads, above))
            for row in rows:
                sheet.write(sheet_row(row))
            sheet.write(sheet_tail())


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
            '<xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
            'builtinId="0"/></cellStyles></styleSheet>',
        ),
    )
)
"""The parts of a workbook beside its one sheet."""

SHEET = "xl/worksheets/sheet1.xml"
