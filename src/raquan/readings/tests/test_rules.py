"""How single texts are read, and that nothing of a document goes missing."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raquan.kernel.text import normalize
from raquan.readings.rules import (
    Aside,
    Cell,
    DocumentText,
    Doubt,
    Paragraph,
    Row,
    Table,
    TaskRead,
    Use,
    doubts_of,
    read_plan,
)
from raquan.readings.rules.columns import Column, column_meaning
from raquan.readings.rules.dates import Period, read_period
from raquan.readings.rules.sentences import read_sentence
from raquan.readings.rules.units import split_parts, split_units


def _day(text: str) -> date | None:
    day, month, year = (int(part) for part in text.split("/")) if text else (0, 0, 0)
    return date(year, month, day) if text else None


@pytest.mark.parametrize(
    ("written", "starts", "due"),
    [
        ("từ ngày 15/9 đến ngày 15/10/2023", "15/9/2023", "15/10/2023"),
        ("Từ 15/9/2023 đến 15/10", "15/9/2023", "15/10/2023"),
        ("15 - 20/10", "15/10/2023", "20/10/2023"),
        ("từ ngày 01 tháng 10 đến ngày 10 tháng 10 năm 2024", "1/10/2024", "10/10/2024"),
        ("từ 15/12/2023 đến 15/01", "15/12/2023", "15/1/2024"),
        ("từ 15/12 đến 15/01/2024", "15/12/2023", "15/1/2024"),
        ("trước 20/9", "", "20/9/2023"),
        ("Hoàn thành trong ngày 05-10-2023", "", "5/10/2023"),
        ("Xong trước tháng 10", "", "30/9/2023"),
        ("Hoàn thành trong tháng 9", "", "30/9/2023"),
        ("Tháng 2/2024", "1/2/2024", "29/2/2024"),
        ("Tháng 9, 10", "1/9/2023", "31/10/2023"),
        ("Từ tháng 12/2023 đến tháng 01/2024", "1/12/2023", "31/1/2024"),
        ("Quý III, IV/2023", "1/7/2023", "31/12/2023"),
        ("Quý 4 năm 2024", "1/10/2024", "31/12/2024"),
        ("Năm 2024", "1/1/2024", "31/12/2024"),
        ("Quý III/2023 - Quý IV/2023", "1/7/2023", "31/12/2023"),
        ("Từ tháng 9", "1/9/2023", ""),
        ("9/2023", "1/9/2023", "30/9/2023"),
        ("Từ 15-9 đến 15-10-2023", "15/9/2023", "15/10/2023"),
        ("Trước 17h00 ngày 20-9", "", "20/9/2023"),
        ("Ngày 09 và 10/10", "9/10/2023", "10/10/2023"),
        ("20/09/23", "20/9/2023", "20/9/2023"),
        ("Tuần 1 tháng 10", "", ""),
        ("Cuối tháng 9", "", ""),
        ("Sau ngày 20/9", "", ""),
        ("10.10.2023", "10/10/2023", "10/10/2023"),
        ("Giai đoạn 2021-2025", "", ""),
        ("31/9", "", ""),
        ("Thường xuyên", "", ""),
        ("Theo kế hoạch của Bộ", "", ""),
    ],
)
def test_a_time_as_offices_write_it(written: str, starts: str, due: str) -> None:
    assert read_period(written, 2023) == Period(_day(starts), _day(due))


def test_a_day_without_any_year_is_no_day() -> None:
    assert read_period("từ 15/9 đến 15/10", None) == Period()


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)), st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_a_whole_range_is_read_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    written = f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    assert read_period(written, 1999) == Period(first, last)


@given(st.text(max_size=80), st.integers(1, 9999))
def test_no_text_breaks_the_reading_of_times(text: str, year: int) -> None:
    read_period(text, year)


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Công Thương", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Công Thương"]),
        ("các sở, ban, ngành", ["các sở, ban, ngành"]),
        ("Các Sở, Ban, ngành", ["Các Sở, Ban, ngành"]),
        ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
        ("Sở Thông tin\nvà Truyền thông", ["Sở Thông tin và Truyền thông"]),
        ("- Tỉnh đoàn;\n- Hội Nông dân.", ["Tỉnh đoàn", "Hội Nông dân"]),
        ("Văn phòng HĐND và UBND huyện", ["Văn phòng HĐND và UBND huyện"]),
        ("UBND TP. Buôn Ma Thuột", ["UBND TP. Buôn Ma Thuột"]),
        ("SỞ Y TẾ, SỞ TÀI CHÍNH", ["SỞ Y TẾ", "SỞ TÀI CHÍNH"]),
        ("1. Sở Y tế\n2. Tỉnh đoàn", ["Sở Y tế", "Tỉnh đoàn"]),
        ("-", []),
    ],
)
def test_units_are_parted_where_a_name_begins(written: str, units: list[str]) -> None:
    assert list(split_units(written)) == units


def test_a_cell_may_say_both_who_leads_and_who_helps() -> None:
    assert split_parts("Chủ trì: Sở Y tế\nPhối hợp: Công an tỉnh; UBND các xã") == (
        ("Sở Y tế",),
        ("Công an tỉnh", "UBND các xã"),
    )


def test_a_role_may_stand_after_the_names() -> None:
    told = "Sở Y tế chủ trì; Công an tỉnh, Sở Tài chính phối hợp"
    assert split_parts(told) == (("Sở Y tế",), ("Công an tỉnh", "Sở Tài chính"))
    assert split_parts("Sở Y tế (chủ trì)\nSở TT&TT (phối hợp).") == (("Sở Y tế",), ("Sở TT&TT",))


def test_a_number_that_says_its_heading_already_stands_as_it_is() -> None:
    lines = ("KẾ HOẠCH", "Năm 2023", "I. NỘI DUNG", "1. Tuyên truyền", "1.1. Báo Đắk Lắk chủ trì đăng tin.")
    reading = read_plan(DocumentText(tuple(Paragraph(at, text) for at, text in enumerate(lines, start=1))))
    assert [one.path for one in reading.tasks] == ["I.1.1"]


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Cơ quan, đơn vị\nchủ trì", Column.LEAD),
        ("ĐƠN VỊ PHỐI HỢP THỰC HIỆN", Column.COOPERATING),
        ("Thời gian thực hiện nhiệm vụ", Column.TIME),
        ("Thời gian hoàn thành", Column.DEADLINE),
        ("Kết quả thực hiện nhiệm vụ", Column.DELIVERABLE),
        ("Tên nhiệm vụ/hoạt động", Column.TITLE),
        ("Kinh phí thực hiện nhiệm vụ", None),
        ("Ghi chú", None),
    ],
)
def test_a_column_is_known_by_its_meaning(heading: str, meaning: Column | None) -> None:
    assert column_meaning(heading) is meaning


def test_a_law_s_date_is_not_a_task_s_date() -> None:
    told = "Sở Y tế chủ trì thực hiện Kế hoạch số 138/KH-UBND ngày 17/8/2023 về Ngày Chuyển đổi số 10/10"
    assert read_sentence(told, 2023).period == Period()


def test_to_take_the_leading_role_is_not_to_lead() -> None:
    assert read_sentence("Nâng cao vai trò chủ trì của ngành", 2023).lead_units == ()


def _task(**changes: object) -> TaskRead:
    given: dict[str, Any] = {"path": "1", "title": "Việc", "lead_units": ("Sở Y tế",), "cooperating_units": ()}
    given |= {"starts_on": None, "due_on": date(2023, 9, 1), "deliverable": None, "source": "đoạn 1"}
    return TaskRead(**(given | changes))


def test_what_an_officer_should_look_at() -> None:
    assert doubts_of(_task(), known_units={"Sở Y tế"}, left=()) == ()
    assert doubts_of(_task(), known_units=(), left={"đoạn 1"}) == (Doubt.UNKNOWN_LEAD, Doubt.PART_LEFT)
    assert doubts_of(_task(lead_units=("Các sở, ngành",)), known_units=(), left=()) == ()
    assert doubts_of(_task(lead_units=(), due_on=None), known_units=(), left=()) == (Doubt.NO_LEAD, Doubt.NO_TIME)
    unsure = doubts_of(_task(), known_units={"Sở Y tế"}, left=(), unsure_units={"Sở Y tế"})
    assert unsure == (Doubt.UNSURE_LEAD,)
    assert doubts_of(_task(due_on=None, time_as_written="Thường xuyên"), known_units={"Sở Y tế"}, left=()) == ()


# --- nothing goes missing ---

_WORDS = st.sampled_from(
    [
        "KẾ HOẠCH", "I. MỤC ĐÍCH", "II. NỘI DUNG", "III. LẠ LẪM", "1. Mục đích", "a) Sở Y tế chủ trì khám bệnh",
        "- Đơn vị chủ trì: Sở Y tế", "Thời gian: từ 1/9 đến 2/9/2023", "chủ đề “Số”", "PHỤ LỤC II", "Nơi nhận:",
        "Căn cứ Luật", "TM. UBND", "Số: 1/KH-UBND", "Tháng 9", "Sở A; Sở B", "STT", "Nội dung", "Chủ trì",
        "Phối hợp", "Thời hạn", "Kết quả", "Ghi chú", "1", "2.1", "I", "A", "-", "", "xin chào", "Cư M'gar", "(1)",
        "10/10", "Kế hoạch tổ chức", "Lễ phát động",
    ]
)  # fmt: skip
_TEXTS = st.one_of(_WORDS, st.lists(_WORDS, min_size=2, max_size=3).map("\n".join), st.text(max_size=12))


@st.composite
def _rows(draw: st.DrawFn, number: int) -> Table:
    width, rows = draw(st.integers(1, 7)), []
    above: list[Cell] = []
    for at in range(1, draw(st.integers(1, 7)) + 1):
        cells, start = [], 0
        while start < width:
            span = draw(st.integers(1, width - start))
            over = next((cell for cell in above if cell.start == start), None)
            if over is not None and draw(st.integers(0, 5)) == 0:
                cells.append(Cell(over.text, start, span, continued=True))
            else:
                cells.append(Cell(draw(_TEXTS), start, span))
            start += span
        above = cells
        rows.append(Row(number, at, tuple(cells)))
    return Table(number, tuple(rows))


@st.composite
def _documents(draw: st.DrawFn) -> DocumentText:
    blocks: list[Paragraph | Table] = []
    paragraphs = tables = 0
    for _ in range(draw(st.integers(0, 14))):
        if draw(st.integers(0, 3)):
            paragraphs += 1
            blocks.append(Paragraph(paragraphs, draw(_TEXTS), draw(st.sampled_from(["", "", "1.", "-"]))))
        else:
            tables += 1
            blocks.append(draw(_rows(tables)))
    asides = tuple(Aside(f"khung chữ {at}", draw(_TEXTS)) for at in range(1, draw(st.integers(1, 2))))
    return DocumentText(tuple(blocks), asides)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(_documents())
def test_every_paragraph_and_row_is_accounted_for_once_and_in_order(document: DocumentText) -> None:
    reading = read_plan(document)
    assert [(one.source, one.text) for one in reading.pieces] == list(document.pieces())
    left = {one.source for one in reading.leftovers}
    assert {one.source for one in reading.pieces if one.use is Use.LEFTOVER} <= left
    told = {one.source for one in reading.tasks} | {one.source for one in reading.sections}
    told |= {one.source for one in reading.objectives}
    used = {one.source for one in reading.pieces if one.use is not Use.LEFTOVER}
    assert told <= used
    assert {one.source for one in reading.pieces if one.use is Use.TASK and one.source.startswith("bảng")} <= told


@st.composite
def _task_tables(draw: st.DrawFn) -> DocumentText:
    headings = draw(st.permutations(["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Kết quả", "Ghi chú"]))
    cell = st.one_of(
        st.sampled_from(["", "Sở Y tế", "Tháng 9", "1", "xin chào", "10/10", "II"]), st.text("ab 1.", max_size=8)
    )
    rows = [Row(1, 1, tuple(Cell(text, at) for at, text in enumerate(headings)))]
    for number in range(2, draw(st.integers(2, 6))):
        texts = draw(st.lists(cell, min_size=7, max_size=7))
        rows.append(Row(1, number, tuple(Cell(text, at) for at, text in enumerate(texts))))
    return DocumentText((Table(1, tuple(rows)),))


@settings(deadline=None)
@given(_task_tables())
def test_every_word_of_a_task_s_row_is_in_the_task_or_left(document: DocumentText) -> None:
    reading = read_plan(document)
    named = {cell.start for cell in document.tables[0].rows[0].cells if cell.text in ("Chủ trì", "Phối hợp")}
    for row in document.tables[0].rows[1:]:
        # The number of a list of units, such as the 1 of "1. Sở Y tế", is no word of it.
        cells = [
            re.sub(r"^\s*\d{1,2}[.)]\s+(?=\D)", "", one.text) if one.start in named else one.text for one in row.cells
        ]
        said = set(re.findall(r"\w+", normalize(" ".join(cells))))
        told: list[str] = [one.text for one in reading.leftovers if one.source == row.source]
        for task in (one for one in reading.tasks if one.source == row.source):
            told += [task.path, task.title, *task.lead_units, *task.cooperating_units]
            told += [task.time_as_written, task.deliverable or ""]
        told += [f"{one.path} {one.title}" for one in reading.sections if one.source == row.source]
        headings = [one for one in reading.pieces if one.source == row.source and one.use is Use.TABLE_HEADING]
        assert headings or said <= set(re.findall(r"\w+", " ".join(told)))
