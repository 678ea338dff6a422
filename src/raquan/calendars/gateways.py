"""Writes the empty calendar that a unit fills in, with its own communes, sites, people and services to choose from."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext

from raquan.calendars.queries.shapes import TemplateLists
from raquan.calendars.rules import TEMPLATE_LISTS
from raquan.kernel.dates import format_date

# The headings are what the reader knows; a column of services is one drop-down, so there are three.
HEADINGS = (
    ("Ngày", 14), ("Từ giờ", 10), ("Đến giờ", 10), ("Xã, phường, thị trấn", 30), ("Địa điểm", 34),
    ("Tổ trưởng", 24), ("Thành viên", 34), ("Dịch vụ 1", 34), ("Dịch vụ 2", 34), ("Dịch vụ 3", 34),
    ("Số người dự kiến", 12), ("Ghi chú", 30),
)  # fmt: skip
FIRST_ROW, ROWS = 4, 500


def write_template(lists: TemplateLists) -> bytes:
    """Write the workbook; its headings are Vietnamese, as the reader expects them, whatever the reader's language."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E7E1D3", "valign": "vcenter"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    clock = book.add_format({"num_format": "hh:mm"})
    sheet, known = book.add_worksheet("Lịch ra quân"), book.add_worksheet(TEMPLATE_LISTS)
    sheet.write(0, 0, f"LỊCH RA QUÂN – {lists.organization_name}", title)
    hint = gettext("Mỗi dòng một buổi. Ngày từ %(first)s đến %(last)s. Thành viên cách nhau bằng dấu phẩy.")
    sheet.write(1, 0, hint % {"first": format_date(lists.starts_on), "last": format_date(lists.ends_on)})
    for column, (heading, width) in enumerate(HEADINGS):
        sheet.write(FIRST_ROW - 1, column, heading, head)
        sheet.set_column(column, column, width, {0: day, 1: clock, 2: clock}.get(column))
    last = FIRST_ROW + ROWS - 1
    sheet.data_validation(
        FIRST_ROW, 0, last, 0,
        {"validate": "date", "criteria": "between", "minimum": lists.starts_on, "maximum": lists.ends_on,
         "error_message": "Ngày phải nằm trong thời gian của chiến dịch.", "error_type": "warning"},
    )  # fmt: skip
    offered: tuple[tuple[Sequence[str], tuple[int, ...]], ...] = (
        (lists.places, (3,)), (lists.sites, (4,)), (lists.people, (5,)), (lists.services, (7, 8, 9)),
    )  # fmt: skip
    for at, (values, columns) in enumerate(offered):
        known.write_column(0, at, values)
        for column in columns if values else ():
            sheet.data_validation(FIRST_ROW, column, last, column, _choice(at, len(values)))
    known.hide()
    sheet.freeze_panes(FIRST_ROW, 0)
    book.close()
    return out.getvalue()


def _choice(column: int, count: int) -> dict[str, str]:
    """Offer a list without forbidding anything else: a new site, a person who is still to be named."""
    letter = chr(ord("A") + column)
    return {
        "validate": "list",
        "source": f"='{TEMPLATE_LISTS}'!${letter}$1:${letter}${count}",
        "error_type": "information",
    }
