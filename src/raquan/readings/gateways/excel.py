"""Reads a .xlsx into the rows of its sheets, as the screen shows them; refuses what is none or is too large."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import count
from typing import Any

from lxml.etree import XMLSyntaxError

from raquan.kernel.refused import N_, Refused
from raquan.readings.gateways.fonts import OldFont, is_old_font
from raquan.readings.gateways.package import TooLarge, open_package, refuse_entities, texts_of
from raquan.readings.rules import Aside, Cell, DocumentText, Sheet, SheetRow, document_of_sheets
from raquan.readings.rules.document import has_text

_MOST_ROWS = 20_000
_MOST_COLUMNS = 200
_MAX_UNPACKED = 30 * 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, NotImplementedError, RuntimeError, EOFError, OSError, SyntaxError,
)  # fmt: skip


class NotXlsx(Refused):
    """The file is not a workbook, whatever its name says."""

    code = "plan.not_xlsx"
    message = N_(
        "Tệp này không phải là bảng tính Excel (.xlsx). "
        "Hãy mở tệp bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi nạp lại."
    )


class TooManyCells(Refused):
    """A sheet is longer or wider than we are willing to read."""

    code = "plan.too_many_cells"
    message = N_(
        "Trang tính “{sheet}” quá dài hoặc quá rộng: hơn {rows} dòng hoặc {columns} cột có chữ. "
        "Hãy bỏ bớt phần thừa rồi nạp lại."
    )


def read_xlsx(data: bytes) -> DocumentText:
    """Read a workbook: every sheet and row, hidden ones too. Raises NotXlsx, TooLarge, TooManyCells or OldFont."""
    import openpyxl  # with NumPy 20 MB, which no process holds that reads no workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        package = open_package(data, most=_MAX_UNPACKED)
        refuse_entities(package)
        book = openpyxl.load_workbook(BytesIO(data), rich_text=True)
        results = _results(data) if _has_formulas(book) else None
    except (TooLarge, OldFont):
        raise
    except (*_BROKEN, InvalidFileException) as error:
        # zipfile, openpyxl and lxml each have their own way to say that this is no such package.
        raise NotXlsx() from error
    sheets = [_sheet(sheet, None if results is None else results[sheet.title]) for sheet in book.worksheets]
    asides = [*_comments(book), *_boxes(package)]
    return document_of_sheets([one for one in sheets if one.rows], asides)


def _results(data: bytes) -> Any:
    """Open a workbook once more, for the results of its formulas as they were saved."""
    import openpyxl

    return openpyxl.load_workbook(BytesIO(data), data_only=True)


def _has_formulas(book: Any) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def _sheet(sheet: Any, results: Any) -> Sheet:
    merged = _merged(sheet)
    texts: dict[tuple[int, int], str] = {}
    for row in sheet.iter_rows():
        for cell in row:
            text = _text(cell, results)
            if has_text(text):
                _refuse_old_font(cell, text)
                texts[cell.row, cell.column] = text
    if not texts:
        return Sheet(sheet.title, ())
    last, width = max(row for row, _ in texts), max(column for _, column in texts)
    for (row, column), (top, _, bottom, right) in merged.items():
        if (row, column) in texts and row == top:
            last, width = max(last, bottom), max(width, min(right, _MOST_COLUMNS))
    if last > _MOST_ROWS or width > _MOST_COLUMNS:
        raise TooManyCells(sheet=sheet.title, rows=_MOST_ROWS, columns=_MOST_COLUMNS)
    rows = (SheetRow(at, tuple(_cells(at, width, texts, merged))) for at in range(1, last + 1))
    return Sheet(sheet.title, tuple(rows))


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """Give, for the first column of each row of a merged range, its top, left, bottom and right."""
    found: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, _MOST_ROWS) + 1):
            found[row, area.min_col] = (area.min_row, area.min_col, area.max_row, area.max_col)
    return found


def _cells(
    row: int,
    width: int,
    texts: dict[tuple[int, int], str],
    merged: dict[tuple[int, int], tuple[int, int, int, int]],
) -> Iterator[Cell]:
    column = 1
    while column <= width:
        top, left, _, right = merged.get((row, column), (row, column, row, column))
        right = min(right, width)
        yield Cell(texts.get((top, left), ""), column - 1, right - column + 1, continued=top < row)
        column = right + 1


def _text(cell: Any, results: Any) -> str:
    value = cell.value
    if cell.data_type == "f" and results is not None:
        found = results.cell(cell.row, cell.column).value
        value = f"={value}".replace("==", "=", 1) if found is None else found
    return _written(value)


def _written(value: object) -> str:
    """Write a value as an office reads it: whole numbers without a point, days as 10/10/2024."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime):
        hour = f"{value:%H:%M} " if value.time() != time(0) else ""
        return f"{hour}{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _refuse_old_font(cell: Any, text: str) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not any(c.isalpha() for c in text):
        return
    fonts = [cell.font.name if cell.font else ""]
    if isinstance(cell.value, CellRichText):
        runs = [run for run in cell.value if isinstance(run, TextBlock) and any(c.isalpha() for c in run.text)]
        plain = any(not isinstance(run, TextBlock) and any(c.isalpha() for c in run) for run in cell.value)
        fonts = [run.font.rFont for run in runs] + (fonts if plain else [])
    old = next((font for font in fonts if font and is_old_font(font)), None)
    if old is not None:
        raise OldFont(font=old)


def _comments(book: Any) -> Iterator[Aside]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    yield Aside(f"trang “{sheet.title}”, nhận xét ở ô {cell.coordinate}", cell.comment.text)


def _boxes(package: zipfile.ZipFile) -> Iterator[Aside]:
    """Give the texts of boxes drawn over the sheets."""
    number = count(1)
    for part in sorted(package.namelist()):
        if part.startswith("xl/drawings/drawing") and part.endswith(".xml"):
            for text in texts_of(package.read(part)):
                yield Aside(f"khung chữ {next(number)}", text)
