"""Writes the tables of a report as a workbook in which totals and percentages are formulas."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from raquan.analytics.rules import Measure, Number, formula_text
from raquan.reports.rules import UNSAID, ReportContent, Table

_MADE = datetime(2020, 3, 5, tzinfo=UTC).replace(tzinfo=None)
"""Any fixed time does: the same content must be the same bytes."""
_FIRST = 4
"""The row, from 0, in which the first value stands."""


def write_tables(content: ReportContent, measures: Sequence[Measure]) -> bytes:
    """Give the workbook: a sheet a table, what each number means, where each comes from.

    A total is a sum of the rows above it where they add up; where they do not (who is in two rows is one in the total),
    or where rows are hidden, it is a value.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": content.subject, "author": "raquan", "created": _MADE})
    forms = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"}),
        "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"border": 1, "align": "right", "num_format": "#,##0"}),
        "tenths": book.add_format({"border": 1, "num_format": "#,##0.0"}),
        "percent": book.add_format({"border": 1, "num_format": "0.0%"}),
        "total": book.add_format({"border": 1, "bold": True, "align": "right", "num_format": "#,##0"}),
        "total_text": book.add_format({"border": 1, "bold": True}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for table in _tables(content):
        _sheet(book.add_worksheet(table.number), table, content, forms)
    _definitions(book.add_worksheet("Định nghĩa"), measures, forms)
    _sources(book.add_worksheet("Nguồn số liệu"), content, forms)
    book.close()
    return out.getvalue()


def _tables(content: ReportContent) -> list[Table]:
    more = (content.bottlenecks, content.appendix_table, content.unit_table)
    return [*content.tables, *(one for one in more if one is not None)]


def _sheet(sheet: Any, table: Table, content: ReportContent, forms: dict[str, Any]) -> None:
    columns, last = len(table.headings), _FIRST + len(table.rows) - 1
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, columns + 2, 18)
    sheet.freeze_panes(_FIRST, 2)
    sheet.write_string(0, 0, f"{table.number}. {table.caption}", forms["title"])
    sheet.write_string(1, 0, content.snapshot_lines[0])
    if content.label:
        sheet.write_string(2, 0, content.label)
    for column, text in enumerate(("STT", table.label_heading, *table.headings, "Tỷ lệ (%)")):
        sheet.write_string(_FIRST - 1, column, text, forms["head"])
    for number, row in enumerate(table.rows, start=_FIRST):
        sheet.write_number(number, 0, row.place, forms["number"])
        sheet.write_string(number, 1, row.label, forms["text"])
        for column, (value, said) in enumerate(zip(row.numbers, row.values, strict=True), start=2):
            _value(sheet, number, column, value, said, forms)
        if row.numbers and row.numbers[0] is not None:
            of, whole = _whole(table, last)
            part = Decimal(row.numbers[0])
            formula = f"=IF({of}=0,0,C{number + 1}/{of})"
            sheet.write_formula(number, columns + 2, formula, forms["percent"], float(part / whole) if whole else 0)
        else:
            sheet.write_blank(number, columns + 2, None, forms["percent"])
    _totals(sheet, table, last, forms)
    if table.note:
        sheet.write_string(last + 3, 1, table.note)


def _whole(table: Table, last: int) -> tuple[str, Decimal]:
    """Give what the shares are of: the rows added up, or their total where rows are held back."""
    if table.numbers[0] is not None and UNSAID in {row.values[0] for row in table.rows}:
        return f"C${last + 2}", Decimal(table.numbers[0])
    whole = sum((Decimal(one.numbers[0] or 0) for one in table.rows), Decimal(0))
    return f"SUM(C${_FIRST + 1}:C${last + 1})", whole


def _totals(sheet: Any, table: Table, last: int, forms: dict[str, Any]) -> None:
    under = last + 1
    sheet.write_blank(under, 0, None, forms["total"])
    sheet.write_string(under, 1, "Tổng số", forms["total_text"])
    for column, (total, adds_up) in enumerate(zip(table.numbers, table.adds_up, strict=True), start=2):
        letter = chr(ord("A") + column)
        if adds_up and table.rows and total is not None:
            formula = f"=SUM({letter}{_FIRST + 1}:{letter}{last + 1})"
            sheet.write_formula(under, column, formula, forms["total"], float(total))
        elif total is not None:
            sheet.write_number(under, column, float(total), forms["total"])
        elif table.totals[column - 2] == UNSAID:
            sheet.write_string(under, column, UNSAID, forms["total"])
        else:
            sheet.write_blank(under, column, None, forms["total"])


def _value(sheet: Any, row: int, column: int, value: Number | None, said: str, forms: dict[str, Any]) -> None:
    if said == UNSAID:
        sheet.write_string(row, column, said, forms["number"])
    elif value is None:
        sheet.write_blank(row, column, None, forms["number"])
    else:
        sheet.write_number(row, column, float(value), forms["number" if isinstance(value, int) else "tenths"])


def _definitions(sheet: Any, measures: Sequence[Measure], forms: dict[str, Any]) -> None:
    rows = [(one.name["vi"], one.unit["vi"], one.definition["vi"], formula_text(one.formula)) for one in measures]
    _lines(sheet, (34, 18, 90, 44), ("Chỉ số", "Đơn vị tính", "Định nghĩa", "Công thức"), rows, forms)


def _sources(sheet: Any, content: ReportContent, forms: dict[str, Any]) -> None:
    rows = [(f"[{one.mark}]", one.name, one.address) for one in content.sources]
    rows += [("", line, "") for line in content.snapshot_lines]
    _lines(sheet, (8, 60, 120), ("Dấu", "Số liệu", "Địa chỉ"), rows, forms)


def _lines(sheet: Any, widths: Sequence[int], heads: Sequence[str], rows: Sequence[Sequence[str]], forms: Any) -> None:
    for column, (width, head) in enumerate(zip(widths, heads, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, forms["head"])
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, forms["plain"])
