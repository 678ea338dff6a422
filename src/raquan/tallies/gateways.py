"""A workbook of tally sheets, a worksheet each: written to be filled in, and read back cell by cell."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import python_calamine
from django.utils.translation import gettext

from raquan.catalogue.rules import HOW_NAMES, How
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import fold
from raquan.tallies.queries.layout import TallyRow
from raquan.tallies.rules import MOST_PEOPLE, TallyKey

MAX_WORKBOOK = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024

# Where things stand on a worksheet, counted from 0.
NUMBER, RECORDED = (1, 1), (3, 1)
HEADINGS = 5
FIRST_HOW = 2
CODE = FIRST_HOW + len(How) + 1
YES, NO = N_("có"), N_("không")


class WorkbookUnreadable(Refused):
    """Not an .xlsx workbook, or too large to be one of ours."""

    code = "workbook.unreadable"
    message = N_("Không đọc được tệp này. Hãy gửi tệp .xlsx lấy từ trang của buổi ra quân.")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell; `column` is its letter, `row` is counted from 1 as on the screen."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What a worksheet says; `recorded_too` None where that was not answered."""

    number: str
    cells: dict[TallyKey, int]
    recorded_too: bool | None
    problems: tuple[Problem, ...]


def write_workbook(sheets: Iterable[tuple[str, str, tuple[TallyRow, ...]]]) -> bytes:
    """Write a workbook of sheets (number, what outing, rows), to be filled in."""
    import xlsxwriter  # 13 MB, which no process holds that writes no workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "vcenter"}),
        "box": book.add_format({"border": 1, "align": "center"}),
        "shut": book.add_format({"bg_color": "#D8D2C4"}),
        "total": book.add_format({"bold": True, "align": "center"}),
        "text": book.add_format({"text_wrap": True}),
    }
    for number, outing, rows in sheets:
        _write_sheet(book.add_worksheet(number[:31]), styles, number, outing, rows)
    if not book.worksheets():
        book.add_worksheet().write(0, 0, gettext("Không còn phiếu nào chưa nhập."))
    book.close()
    return out.getvalue()


def read_workbook(data: bytes) -> list[ReadSheet]:
    """Read the worksheets on which something was filled in, with all that is wrong. Raises WorkbookUnreadable."""
    if len(data) > MAX_WORKBOOK:
        raise WorkbookUnreadable()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MAX_UNPACKED:
                raise WorkbookUnreadable()
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise WorkbookUnreadable() from error
    found = [_read_sheet(name, table) for name, table in tables]
    return [one for one in found if one.cells or one.problems or one.recorded_too is not None]


def _write_sheet(sheet: Any, styles: dict[str, Any], number: str, outing: str, rows: tuple[TallyRow, ...]) -> None:
    sheet.set_column(0, 1, 34, styles["text"])
    sheet.set_column(FIRST_HOW, CODE - 1, 13)
    sheet.set_column(CODE, CODE, None, None, {"hidden": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write(0, 0, gettext("Phiếu kiểm đếm"), styles["title"])
    sheet.write_row(NUMBER[0], 0, [gettext("Số phiếu"), number])
    sheet.write_row(2, 0, [gettext("Buổi ra quân"), outing])
    sheet.write(
        RECORDED[0], 0, gettext("Những người này có được ghi từng người trên điện thoại không?"), styles["text"]
    )
    sheet.write_blank(*RECORDED, None, styles["box"])
    sheet.data_validation(*RECORDED, *RECORDED, {"validate": "list", "source": [gettext(NO), gettext(YES)]})
    hows = [gettext(HOW_NAMES[how]) for how in How]
    sheet.write_row(HEADINGS, 0, [gettext("Dịch vụ"), gettext("Kết quả"), *hows, gettext("Cộng")], styles["head"])
    first, last = HEADINGS + 1, HEADINGS + len(rows)
    whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_PEOPLE}
    for at, row in enumerate(rows, first):
        sheet.write_row(at, 0, [row.service_name, row.rung_name], styles["text"])
        for column, how in enumerate(How, FIRST_HOW):
            is_open = how.value in row.hows
            sheet.write_blank(at, column, None, styles["box" if is_open else "shut"])
            if is_open:
                sheet.data_validation(at, column, at, column, whole)
        sheet.write_formula(at, CODE - 1, f"=SUM(C{at + 1}:E{at + 1})", styles["total"])
        sheet.write(at, CODE, f"{row.service_code}|{row.rung}")
    sheet.write(last + 1, 1, gettext("Tổng cộng"), styles["total"])
    for column in range(FIRST_HOW, CODE):
        letter = _letter(column)
        sheet.write_formula(last + 1, column, f"=SUM({letter}{first + 1}:{letter}{last + 1})", styles["total"])
    sheet.freeze_panes(HEADINGS + 1, 2)


class _Table:
    """A worksheet as it was read, and what is found wrong in it."""

    def __init__(self, name: str, rows: list[list[Any]]) -> None:
        self.name, self.rows = name, rows
        self.problems: list[Problem] = []

    def at(self, row: int, column: int) -> Any:
        """Give a cell's value, "" where there is none."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def wrong(self, row: int, column: int, text: str) -> None:
        """Say what is wrong in a cell."""
        self.problems.append(Problem(self.name, row + 1, _letter(column), text))


def _read_sheet(name: str, rows: list[list[Any]]) -> ReadSheet:
    table = _Table(name, rows)
    cells: dict[TallyKey, int] = {}
    for row in range(HEADINGS + 1, len(rows)):
        cells |= _read_row(table, row)
    said = table.at(*RECORDED)
    answer = _answer(said)
    if said != "" and answer is None:
        table.wrong(*RECORDED, gettext("Hãy trả lời “có” hoặc “không”."))
    elif cells and answer is None:
        table.wrong(*RECORDED, gettext("Chưa trả lời: những người này có được ghi từng người trên điện thoại không?"))
    return ReadSheet(str(table.at(*NUMBER)).strip(), cells, answer, tuple(table.problems))


def _read_row(table: _Table, row: int) -> dict[TallyKey, int]:
    service, _bar, rung = str(table.at(row, CODE)).partition("|")
    filled = [(column, how) for column, how in enumerate(How, FIRST_HOW) if table.at(row, column) not in ("", None)]
    if not rung:
        if filled and table.at(row, 0) != "":  # the line of totals has no name
            table.wrong(row, CODE, gettext("Thiếu mã của dòng: dòng này không có trên phiếu in."))
        return {}
    cells: dict[TallyKey, int] = {}
    for column, how in filled:
        count = _count(table.at(row, column))
        if count is None:
            text = gettext("“%(said)s” không phải là số người từ 0 đến %(most)s.")
            table.wrong(row, column, text % {"said": table.at(row, column), "most": MOST_PEOPLE})
        elif count:
            cells[TallyKey(service, rung, how.value)] = count
    return cells


def _count(said: Any) -> int | None:
    """Read a number of people as spreadsheets keep it: 12, 12.0 or "12"; None when it is none."""
    if isinstance(said, bool):
        return None
    if isinstance(said, float) and said.is_integer():
        said = int(said)
    text = str(said).strip()
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    return count if 0 <= count <= MOST_PEOPLE else None


def _answer(said: Any) -> bool | None:
    text = fold(str(said))
    return {"co": True, "yes": True, "khong": False, "no": False}.get(text)


def _letter(column: int) -> str:
    return chr(ord("A") + column)
