"""Builds small workbooks for the tests."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

HEADINGS = ("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Kết quả")


def book(**sheets: Iterable[Sequence[object]]) -> Any:
    """Make a workbook of sheets by name, a row a sequence."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(tuple(row))
    return made


def saved(made: Any) -> bytes:
    """Give a workbook's bytes."""
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def plan(*tasks: Sequence[object], title: str = "KẾ HOẠCH RA QUÂN NĂM 2024") -> bytes:
    """Give a workbook with a title and a task table."""
    return saved(book(Plan=[(title,), (), HEADINGS, *tasks]))


def in_font(font: str, *, in_run: bool = False, text: str = "KÕ ho¹ch") -> bytes:
    """A workbook with a cell, or with a part of a cell, in a font."""
    made = book(Plan=[("Thường",)])
    cell = made["Plan"]["A2"]
    cell.value = CellRichText("Kế hoạch ", TextBlock(InlineFont(rFont=font), text)) if in_run else text
    cell.font = Font(name="Times New Roman" if in_run else font)
    return saved(made)


def odd_places() -> bytes:
    """Text in a hidden row, a hidden sheet, a formula nobody has reckoned, a remark, a cell merged down and across."""
    made = book(
        Plan=[
            ("BẢNG PHÂN CÔNG NHIỆM VỤ NĂM 2024",),
            HEADINGS,
            (1, "Việc thấy", "Sở Y tế", None, "10/10", None),
            (2, "Việc ẩn", None, "Tỉnh đoàn", None, '=B3&" xong"'),
            (None, "Tổng số phần việc: hai"),
        ],
        An=[("Chi phí", "Tiền"), ("In tờ rơi", 5_000_000), ("Loa", 1.5)],
    )
    sheet = made["Plan"]
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("B5:F5")
    sheet.row_dimensions[4].hidden = True
    sheet["B3"].comment = Comment("Hỏi lại Sở Y tế", "A")
    made["An"].sheet_state = "hidden"
    return saved(made)
