"""What a workbook becomes, which ones are refused, and that nothing of a workbook goes missing."""

import re
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raquan.kernel.text import normalize
from raquan.readings.gateways import OldFormat, excel, read_document
from raquan.readings.gateways.excel import NotXlsx, read_xlsx
from raquan.readings.gateways.fonts import OldFont
from raquan.readings.gateways.package import TooLarge
from raquan.readings.rules import PlanReading, Use, read_plan
from raquan.readings.tests import books, papers


def _read(document: bytes) -> PlanReading:
    return read_plan(read_xlsx(document))


def test_rows_sheets_and_cells_that_nobody_sees_are_read_too() -> None:
    reading = _read(books.odd_places())
    assert [(one.title, one.lead_units, one.source) for one in reading.tasks] == [
        ("Việc thấy", ("Sở Y tế",), "trang “Plan”, dòng 3"),
        ("Việc ẩn", ("Sở Y tế",), "trang “Plan”, dòng 4"),
    ]
    assert reading.tasks[1].deliverable == '=B3&" xong"'
    assert reading.head.title == "BẢNG PHÂN CÔNG NHIỆM VỤ NĂM 2024"
    assert [(one.source, one.text) for one in reading.leftovers] == [
        ("trang “Plan”, dòng 5", "Tổng số phần việc: hai"),
        ("trang “An”, dòng 2", "In tờ rơi | 5000000"),
        ("trang “An”, dòng 3", "Loa | 1,5"),
        ("trang “Plan”, nhận xét ở ô B3", "Hỏi lại Sở Y tế"),
    ]


def test_days_of_excel_are_days() -> None:
    reading = _read(
        books.plan(
            (1, "Mở lớp", "Sở Y tế", "", date(2024, 9, 20), ""),
            (2.0, "Bế mạc", "Sở Y tế", "", datetime(2024, 10, 10, 7, 30), ""),  # noqa: DTZ001 - as Excel keeps it
        )
    )
    assert [(one.path, one.starts_on, one.due_on) for one in reading.tasks] == [
        ("1", date(2024, 9, 20), date(2024, 9, 20)),
        ("2", date(2024, 10, 10), date(2024, 10, 10)),
    ]
    assert reading.tasks[1].time_as_written == "07:30 10/10/2024"


def test_two_tables_in_a_sheet_and_one_that_goes_on_in_the_next() -> None:
    other = ("TT", "Hoạt động", "Thời hạn", "Cơ quan chủ trì")
    first = [("PHỤ LỤC 1",), books.HEADINGS, (1, "Treo băng rôn", "Sở Y tế", "", "10/10/2024", "")]
    second = [("PHỤ LỤC 2",), other, (1, "Báo cáo", "20/10/2024", "Sở Nội vụ")]
    reading = _read(
        books.saved(books.book(A=[*first, (), *second], B=[(2, "Tổng kết", "30/10/2024", "Sở Nội vụ")] * 2))
    )
    assert [(one.title, one.lead_units, one.due_on) for one in reading.tasks[:2]] == [
        ("Treo băng rôn", ("Sở Y tế",), date(2024, 10, 10)),
        ("Báo cáo", ("Sở Nội vụ",), date(2024, 10, 20)),
    ]
    assert [(one.title, one.source) for one in reading.tasks[2:]] == [
        ("Tổng kết", "trang “B”, dòng 1"),
        ("Tổng kết", "trang “B”, dòng 2"),
    ]
    assert not reading.leftovers


@pytest.mark.parametrize(("font", "in_run"), [(".VnTime", False), ("VNI-Times", True), (".VnTimeH", True)])
def test_old_fonts_are_refused_by_name(font: str, in_run: bool) -> None:
    with pytest.raises(OldFont) as refusal:
        read_xlsx(books.in_font(font, in_run=in_run))
    assert font in refusal.value.text()


def test_an_old_font_without_letters_does_no_harm() -> None:
    assert read_xlsx(books.in_font(".VnTime", text="138")).paragraphs[-1].text == "138"


@pytest.mark.parametrize("data", [b"", b"<html></html>", papers.plain_plan(), papers.bomb(10)])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(NotXlsx):
        read_document(data, "a.xlsx")


def test_older_tables_are_refused_with_the_way_out() -> None:
    with pytest.raises(OldFormat) as refusal:
        read_document(b"", "Kế hoạch.XLS")
    assert ".xls" in refusal.value.text()


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MAX_UNPACKED", 1000)
    with pytest.raises(TooLarge):
        read_xlsx(books.plan())


_WORDS = st.sampled_from(
    [
        "", "", "KẾ HOẠCH", "I. MỤC ĐÍCH", "STT", "Nội dung", "Chủ trì", "Thời gian", "Kết quả", "Ghi chú", "1", "II",
        "a", "Nơi nhận:", "PHỤ LỤC 2", "Sở Y tế; Tỉnh đoàn", "10/10/2024", "xin chào", "Số: 1/KH-UBND", "Căn cứ Luật",
        "TM. UBND", "Mở lớp học", "CỘNG HÒA XÃ HỘI", "Từ 1/9 đến 2/9/2024", "Cư M'gar", "Lễ phát động\n- ở chợ",
    ]
)  # fmt: skip
_HEAD = st.just(["STT", "Nội dung", "Chủ trì", "Thời gian", "Ghi chú"])
_ROWS = st.lists(st.one_of(_HEAD, st.lists(_WORDS, max_size=6)), max_size=10)
_AREAS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 5), st.integers(0, 2), st.integers(0, 2)), max_size=2)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(_ROWS, _AREAS), min_size=1, max_size=3))
def test_no_row_of_a_workbook_vanishes(sheets: list[tuple[list[list[str]], list[tuple[int, int, int, int]]]]) -> None:
    made = books.book(**{f"T{at}": rows for at, (rows, _) in enumerate(sheets)})
    for sheet, (_, areas) in zip(made.worksheets, sheets, strict=True):
        for row, column, down, across in areas:
            if not any(area.min_row <= row + down and row <= area.max_row for area in sheet.merged_cells.ranges):
                sheet.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + across)
    reading = _read(books.saved(made))
    said = {one.source: one for one in reading.pieces}
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            words = {normalize(str(cell.value)) for cell in row if cell.value}
            if any(any(c.isalnum() for c in word) for word in words):
                piece = said[f"trang “{sheet.title}”, dòng {row[0].row}"]
                assert all(word in normalize(piece.text) for word in words)
    _assert_nothing_is_lost(reading)


def _assert_nothing_is_lost(reading: PlanReading) -> None:
    """Every piece is what its use says: a task, section or objective is told, a leftover is listed."""
    told = {
        Use.TASK: {one.source for one in reading.tasks},
        Use.SECTION: {one.source for one in reading.sections},
        Use.OBJECTIVE: {one.source for one in reading.objectives},
        Use.LEFTOVER: {one.source for one in reading.leftovers},
    }
    lost = [
        one
        for one in reading.pieces
        if one.use in told and one.source not in told[one.use] and re.search(r"dòng", one.source)
    ]
    assert lost == []
