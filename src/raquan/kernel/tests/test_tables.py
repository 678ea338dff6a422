"""Tables become files that Excel opens and that run nothing."""

import csv
import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from raquan.kernel.tables import safe_cell, write_csv, write_workbook

ROWS = [
    ("Xã Cư Dliê M’nông", 12, True, None),
    ('=HYPERLINK("http://x")', -3.5, False, "dòng một\ndòng hai"),
    ("<b>&", "@SUM(A1)", [1], "\x07"),
]


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    said = safe_cell(text)
    try:
        float(said)
    except ValueError:
        assert not said.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_has_its_mark_and_no_formula() -> None:
    file = io.BytesIO()
    write_csv(file, ["Tên", "Số", "Có", "Lời"], ROWS)
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert lines == [
        ["Tên", "Số", "Có", "Lời"],
        ["Xã Cư Dliê M’nông", "12", "1", ""],
        ['\'=HYPERLINK("http://x")', "-3.5", "0", "dòng một\ndòng hai"],
        ["<b>&", "'@SUM(A1)", "[1]", "\x07"],
    ]


def test_a_workbook_opens_with_what_it_is_on_top() -> None:
    file = io.BytesIO()
    write_workbook(file, ["Tên", "Số", "Có", "Lời"], ROWS, above=["Các buổi ra quân"])
    sheet = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active
    assert sheet.freeze_panes == "A3"
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found == [
        ["Các buổi ra quân", None, None, None],
        ["Tên", "Số", "Có", "Lời"],
        ["Xã Cư Dliê M’nông", 12, "1", None],
        ['=HYPERLINK("http://x")', -3.5, "0", "dòng một\ndòng hai"],
        ["<b>&", "@SUM(A1)", "[1]", None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}, "no formula"
