"""The letter to units that are behind: what it says, and how Word would open it."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from docx import Document

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.clock import install_offset, real_now
from raquan.outings.tests.test_views_field import client_of
from raquan.reports.rules import SYNTHETIC_LABEL, LateUnit, ReportFacts, compose_letter
from raquan.rounds.rules import Owes
from raquan.rounds.tests.conftest import open_rounds

LETTER = "/desk/reports/letter/"
FACTS = ReportFacts(
    province="Tỉnh Đắk Lắk",
    campaign="Ngày Chuyển đổi số năm 2023",
    year=2023,
    theme="",
    starts_on=date(2023, 9, 15),
    ends_on=date(2023, 10, 15),
    plan="163/KH-UBND",
    plan_title="",
    plan_issued_on=date(2023, 9, 8),
    written_at=datetime.fromisoformat("2023-10-05T17:05+07:00"),
    public_url="",
)


def units(count: int, owes: Owes) -> list[LateUnit]:
    return [LateUnit(f"Ủy ban nhân dân xã {n}", owes, ["báo cáo các kỳ: 05/10/2023–05/10/2023"]) for n in range(count)]


def test_a_letter_names_its_units_or_points_to_the_list() -> None:
    few = compose_letter(FACTS, units(2, Owes(report=1, missed=2)), synthetic=False)
    assert few.addressees == ("Ủy ban nhân dân xã 0;", "Ủy ban nhân dân xã 1.")
    assert [one.text for one in few.sums] == [
        "2 báo cáo quá hạn chưa nộp;",
        "4 buổi ra quân đã qua ngày mà chưa diễn ra.",
    ]
    assert few.opening.startswith("Thực hiện Kế hoạch số 163/KH-UBND ngày 08 tháng 9 năm 2023")
    assert "đến 17 giờ 05 ngày 05/10/2023, còn 2 đơn vị chậm" in few.opening
    assert (few.label, few.closing[-3:]) == ("", "./.")
    many = compose_letter(FACTS, units(16, Owes(task=1)), synthetic=True)
    assert (many.to, many.addressees, many.label) == ("Các đơn vị tại Phụ lục.", (), SYNTHETIC_LABEL)
    assert len(many.rows) == 16
    assert compose_letter(FACTS, units(1, Owes(silent=1)), synthetic=False).to == "Ủy ban nhân dân xã 0."


@pytest.fixture
def field(db: None, now: datetime) -> Iterator[Field]:
    """Two units that owe two reports each, and the campaign's time."""
    install_offset(now - real_now())
    made = make_field(now)
    open_rounds(made, now)
    yield made
    install_offset(timedelta(0))


def test_the_office_gets_a_draft_as_word_opens_it(field: Field) -> None:
    office = client_of(field.office)
    assert client_of(field.officer).get(LETTER).status_code == 403
    answer = office.get(f"{LETTER}?kind=report")
    assert answer["Content-Disposition"].endswith('.docx"')
    document = Document(io.BytesIO(answer.content))
    section = document.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.left_margin) if one] == [210, 30]
    words = "\n".join(one.text for one in document.paragraphs)
    words += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for said in (SYNTHETIC_LABEL, "Kính gửi:", "V/v đôn đốc", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "- Như trên;"):
        assert said in words
    assert "Ủy ban nhân dân huyện Cư M’gar" in words
    assert "{" not in words
    assert answer.content == office.get(f"{LETTER}?kind=report").content
    assert office.get(f"{LETTER}?level=union")["Location"] == "/desk/rounds/behind/"
