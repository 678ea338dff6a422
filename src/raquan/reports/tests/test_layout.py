"""Reads the report that was built and holds it against the decree's layout and the snapshot's numbers."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from raquan.analytics import queries as analytics
from raquan.kernel.actor import SYSTEM
from raquan.kernel.numbers import parse_integer
from raquan.reports import commands
from raquan.reports.rules import (
    APPENDIX_TABLE,
    FONT,
    POINT_LETTERS,
    SYNTHETIC_LABEL,
    TABLES,
    UNIT_TABLE,
    figures_wanted,
)
from raquan.reports.tests.conftest import Frozen, home_in, make_frozen
from raquan.rounds import commands as rounds
from raquan.rounds.tests.conftest import open_rounds

COLUMNS = ("assists", "self_done", "first_use")


@pytest.fixture
def document(frozen: Frozen, now: datetime) -> Any:
    """The report, as Word would open it, and its world beside it."""
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=frozen.field.campaign_id)
    return Document(io.BytesIO(built.docx))


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Such a report, built once; its world is gone."""
    now = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
    home = home_in(tmp_path_factory.mktemp("home"))
    with django_db_blocker.unblock(), home, translation.override("vi"), transaction.atomic():
        campaign_id = make_frozen(now).field.campaign_id
        docx = commands.build_report(by=SYSTEM, now=now, campaign_id=campaign_id).docx
        transaction.set_rollback(True)
    return docx


@pytest.fixture
def paper(built: bytes) -> Any:
    """The report, as Word would open it, for who only looks at it."""
    return Document(io.BytesIO(built))


def _body(document: Any) -> list[Any]:
    """Every paragraph in the order of the page, those of tables among them."""
    return [_paragraph(document, p) for p in document.element.body.iter(qn("w:p"))]


def _paragraph(document: Any, element: Any) -> Any:
    from docx.text.paragraph import Paragraph

    return Paragraph(element, document)


def _find(document: Any, text: str) -> Any:
    return next(p for p in _body(document) if p.text.strip().startswith(text))


def _mm(length: Any) -> float:
    return float(round(length.mm, 1))


def test_paper_and_margins(paper: Any) -> None:
    assert len(paper.sections) == 5
    for section in paper.sections:
        assert (_mm(section.page_width), _mm(section.page_height)) == (210, 297)
        assert 20 <= _mm(section.top_margin) <= 25
        assert 20 <= _mm(section.bottom_margin) <= 25
        assert 30 <= _mm(section.left_margin) <= 35
        assert 15 <= _mm(section.right_margin) <= 20


def test_one_font_in_black_everywhere(paper: Any) -> None:
    named = {
        fonts.get(qn(f"w:{script}"))
        for part in (paper.element.body, paper.styles.element.find(qn("w:style")))
        for fonts in part.iter(qn("w:rFonts"))
        for script in ("ascii", "hAnsi", "cs")
    } - {None}
    assert named == {FONT}
    colors = {color.get(qn("w:val")) for color in paper.element.body.iter(qn("w:color"))}
    assert colors <= {"000000"}


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "align"),
    [
        ("ỦY BAN NHÂN DÂN", (12, 13), True, False, ALIGN.CENTER),
        ("TỈNH ĐẮK LẮK", (12, 13), True, False, ALIGN.CENTER),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False, ALIGN.CENTER),
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, ALIGN.CENTER),
        ("Số: …/BC-UBND", (13, 13), False, False, ALIGN.CENTER),
        ("Đắk Lắk, ngày …… tháng 10 năm 2023", (13, 14), False, True, ALIGN.CENTER),
        ("BÁO CÁO", (13, 14), True, False, ALIGN.CENTER),
        ("Kết quả tổ chức", (13, 14), True, False, ALIGN.CENTER),
        ("Căn cứ Quyết định", (13, 14), False, True, ALIGN.JUSTIFY),
        ("I. TÌNH HÌNH CHUNG", (13, 14), True, False, ALIGN.JUSTIFY),
        ("1. Chủ đề, thời gian", (13, 14), True, False, ALIGN.JUSTIFY),
        ("a) Tổng số lượt", (13, 14), False, False, ALIGN.JUSTIFY),
        ("Trên đây là báo cáo", (13, 14), False, False, ALIGN.JUSTIFY),
        ("Nơi nhận:", (12, 12), True, True, ALIGN.LEFT),
        ("- Lưu: VT", (11, 11), False, False, ALIGN.LEFT),
        ("TM. ỦY BAN NHÂN DÂN", (13, 14), True, False, ALIGN.CENTER),
        ("Phụ lục I", (14, 14), True, False, ALIGN.CENTER),
        ("NGUỒN SỐ LIỆU", (13, 14), True, False, ALIGN.CENTER),
        ("(Kèm theo Báo cáo", (13, 14), False, True, ALIGN.CENTER),
    ],
)
def test_each_component_has_its_form(
    paper: Any, text: str, size: tuple[int, int], bold: bool, italic: bool, align: Any
) -> None:
    paragraph = _find(paper, text)
    run = next(run for run in paragraph.runs if run.text.strip())
    assert size[0] <= run.font.size.pt <= size[1]
    assert (bool(run.bold), bool(run.italic)) == (bold, italic)
    assert paragraph.alignment == align


def test_components_stand_in_their_order(paper: Any) -> None:
    texts = [p.text.strip() for p in _body(paper)]
    order = [
        "ỦY BAN NHÂN DÂN",
        "Số: …/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đắk Lắk, ngày",
        "BÁO CÁO",
        "Kết quả tổ chức",
        "Căn cứ",
        "I. TÌNH HÌNH CHUNG",
        "II. KẾT QUẢ",
        "Bảng 1",
        "III. HẠN CHẾ, NGUYÊN NHÂN",
        "IV. ĐỀ XUẤT",
        "Trên đây",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
        "[1]",
    ]
    places = [next(n for n, text in enumerate(texts) if text.startswith(start)) for start in order]
    assert places == sorted(places)


def test_the_head_is_two_columns_without_lines_around(paper: Any) -> None:
    head = paper.tables[0]
    assert len(head.columns) == 2
    assert head.style is None or head.style.name != "Table Grid"
    lines = [p for p in head._tbl.iter(qn("w:pBdr")) if p.find(qn("w:bottom")) is not None]
    assert len(lines) == 2


def test_body_paragraphs(paper: Any) -> None:
    body = [p for p in paper.paragraphs if p.alignment == ALIGN.JUSTIFY]
    assert len(body) > 15
    for paragraph in body:
        fit = paragraph.paragraph_format
        assert _mm(fit.first_line_indent) in (10.0, 12.7)
        assert fit.space_after.pt >= 6
        assert 1 <= fit.line_spacing <= 1.5


def test_punctuation_and_what_is_left_to_others(paper: Any) -> None:
    texts = [p.text.strip() for p in paper.paragraphs]
    assert next(t for t in texts if t.startswith("Trên đây")).endswith("./.")
    bases = [t for t in texts if t.startswith("Căn cứ")]
    assert [t[-1] for t in bases] == [";"] * (len(bases) - 1) + ["."]
    kept = [p.text for p in paper.tables[-3].rows[0].cells[0].paragraphs]
    assert all(t.endswith(";") for t in kept[1:-1])
    assert kept[-1] == "- Lưu: VT."
    signer = [p.text for p in paper.tables[-3].rows[0].cells[1].paragraphs]
    assert signer[:2] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert not any(signer[2:])
    for place in (paper.tables[0], paper.tables[-3], *paper.tables[:1]):
        assert not list(place._tbl.iter(qn("w:drawing")))


def test_pages_are_numbered_in_the_top_margin_but_the_first(paper: Any) -> None:
    for section in paper.sections:
        assert section.different_first_page_header_footer
        assert _mm(section.header_distance) < _mm(section.top_margin)
    header = paper.sections[0].header
    assert "PAGE" in header.paragraphs[0]._p.xml
    assert header.paragraphs[0].alignment == ALIGN.CENTER
    assert "PAGE" not in "".join(p._p.xml for p in paper.sections[0].first_page_header.paragraphs)
    for section in paper.sections[1:]:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_made_up_numbers_are_called_so(paper: Any) -> None:
    header = paper.sections[0].header
    first = paper.sections[0].first_page_header
    for place in (header, first):
        assert SYNTHETIC_LABEL in [p.text for p in place.paragraphs]
    assert SYNTHETIC_LABEL in [p.text for p in paper.paragraphs[:6]]


def test_points_follow_the_alphabet_of_points(paper: Any) -> None:
    letters = [m[1] for p in paper.paragraphs if (m := re.match(r"([a-zđ])\) ", p.text))]
    assert letters[:4] == list(POINT_LETTERS[:4])
    assert letters[4:] == []


def test_every_number_in_the_tables_is_the_snapshot_s(document: Any, frozen: Frozen) -> None:
    tables = [table for table in document.tables if table.rows[0].cells[0].text == "STT"]
    tables = [table for table in tables if len(table.columns) == 6]
    dimensions = [by for by, _ in (*TABLES, APPENDIX_TABLE, UNIT_TABLE)]
    assert len(tables) == len(dimensions)
    checked = 0
    for table, by in zip(tables, dimensions, strict=True):
        printed = [[cell.text for cell in row.cells] for row in table.rows]
        for column, measure in enumerate(COLUMNS, start=2):
            figure = analytics.figure(SYSTEM, measure, by, snapshot_id=frozen.snapshot_id)
            labels = {row.label: row.value for row in figure.rows}
            assert {line[1] for line in printed[1:-1]} == set(labels)
            for line in printed[1:-1]:
                assert parse_integer(line[column]) == labels[line[1]]
                checked += 1
            assert parse_integer(printed[-1][column]) == figure.total
    assert checked >= 3 * len(dimensions)


def test_every_mark_leads_to_an_address_that_opens(document: Any, frozen: Frozen, settings: Any) -> None:
    texts = [p.text for p in _body(document)]
    used = {int(n) for t in texts if not t.startswith("[") for n in re.findall(r"\[(\d+)\]", t)}
    listed = [int(m[1]) for t in texts if (m := re.match(r"\[(\d+)\] ", t))]
    assert sorted(used) == listed == list(range(1, len(listed) + 1))
    assert 20 < len(listed) <= len(figures_wanted())
    links = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert len(links) == len(listed)
    start = f"{settings.RAQUAN_PUBLIC_URL}/desk/figures/"
    assert all(one.startswith(start) and str(frozen.snapshot_id) in one for one in links)


def test_the_snapshot_is_named(document: Any, frozen: Frozen, settings: Any) -> None:
    view = analytics.snapshot(SYSTEM, frozen.snapshot_id)
    whole = "\n".join(p.text for p in document.paragraphs)
    for said in (
        "Bản chốt số liệu số 1, chốt lúc 09 giờ 00 ngày 05/10/2023",
        view.manifest_sha256,
        settings.RAQUAN_PUBLIC_URL + view.address,
    ):
        assert said in whole


def test_units_speak_in_their_own_words(frozen: Frozen, now: datetime) -> None:
    field, report_id = frozen.field, open_rounds(frozen.field, now)
    told = {"results": "Giúp 12 người ở buôn Sut M’đưng.", "proposals": "Thêm trạm phát sóng."}
    rounds.save_draft(by=field.officer, now=now, report_id=report_id, edition=0, told=told)
    rounds.submit_report(by=field.officer, now=now, report_id=report_id, edition=1)
    before = commands.build_report(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    rounds.approve_report(by=field.office, now=now, report_id=report_id, edition=1)
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    said = [one.text for one in Document(io.BytesIO(built.docx)).paragraphs]
    place = said.index("1. Ủy ban nhân dân huyện Cư M’gar (kỳ 05/10/2023–05/10/2023)")
    assert said[place + 1 : place + 3] == [
        "Kết quả: Giúp 12 người ở buôn Sut M’đưng.",
        "Đề xuất, kiến nghị: Thêm trạm phát sóng.",
    ]
    unsaid = [one.text for one in Document(io.BytesIO(before.docx)).paragraphs]
    assert "Chưa có báo cáo nào của đơn vị được duyệt." in unsaid  # what waits for a decision is not told
