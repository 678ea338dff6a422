"""Writes a unit's sub-plan as a Word document in the layout of official documents (Decree 30/2020/NĐ-CP)."""

import io
from typing import Any

from raquan.campaign.queries import SubPlanPage
from raquan.kernel.dates import format_date
from raquan.kernel.layout import FONT, LAYOUT

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADINGS = ("TT", "Nội dung công việc", "Địa điểm", "Thời gian", "Người, bộ phận thực hiện")
WIDTHS = (11, 60, 32, 30, 32)


def write_sub_plan(page: SubPlanPage) -> bytes:
    """Give a sub-plan as .docx; number, day, signature and stamp are left to the records clerk and the signer."""
    from docx import Document

    document = Document()
    _prepare(document)
    _head(document, page)
    words = page.words
    assert words is not None  # noqa: S101 - the view asks for those that may be read
    _write(document, "KẾ HOẠCH", LAYOUT.title, bold=True, before=18)
    _write(document, words.title, LAYOUT.title, bold=True, after=12)
    named = f"Căn cứ Kế hoạch số {page.plan_number} {_subject(page.plan_title)}".strip()
    _text(document, f"{named};", italic=True)
    _text(document, f"{page.row.organization_name} ban hành kế hoạch thực hiện với các nội dung sau:")
    _text(document, "I. MỤC ĐÍCH, YÊU CẦU", bold=True)
    for line in words.aims.splitlines() or ["…"]:
        if line.strip():
            _text(document, line.strip())
    _text(document, "II. NỘI DUNG THỰC HIỆN", bold=True)
    _table(document, page)
    _text(document, "III. TỔ CHỨC THỰC HIỆN", bold=True)
    _text(document, "Các bộ phận, cá nhân được phân công triển khai thực hiện và báo cáo kết quả đúng thời hạn./.")
    _end(document)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _subject(title: str) -> str:
    return title[9:].strip() if title.lower().startswith("kế hoạch ") else title


def _prepare(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(LAYOUT.page[0]), Mm(LAYOUT.page[1])
    section.top_margin, section.bottom_margin = Mm(LAYOUT.margin_top), Mm(LAYOUT.margin_bottom)
    section.left_margin, section.right_margin = Mm(LAYOUT.margin_left), Mm(LAYOUT.margin_right)
    section.header_distance = Mm(LAYOUT.header_from_edge)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(LAYOUT.body)
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    _number_pages(section.header.paragraphs[0])


def _number_pages(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(LAYOUT.page_number)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = words or None
        run._r.append(part)


def _head(document: Any, page: SubPlanPage) -> None:
    left, right = _columns(document, (70, 95))
    _write(left, page.row.organization_name.upper(), LAYOUT.issuer, bold=True)
    _write(left, "_______", LAYOUT.issuer)
    _write(left, "Số: …/KH-…", LAYOUT.number)
    _write(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LAYOUT.nation, bold=True)
    _write(right, "Độc lập - Tự do - Hạnh phúc", LAYOUT.motto, bold=True)
    _write(right, "_______________________", LAYOUT.motto)
    _write(right, "…, ngày … tháng … năm …", LAYOUT.place_and_date, italic=True)


def _end(document: Any) -> None:
    left, right = _columns(document, (82, 83))
    _write(left, "Nơi nhận:", LAYOUT.recipients_label, bold=True, italic=True, side="left")
    for line in ("- Cơ quan thường trực chiến dịch;", "- Các bộ phận thực hiện;", "- Lưu: VT, …"):
        _write(left, line, LAYOUT.recipients, side="left")
    _write(right, "THỦ TRƯỞNG ĐƠN VỊ", LAYOUT.signer, bold=True)


def _columns(document: Any, widths: tuple[int, int]) -> tuple[Any, Any]:
    from docx.shared import Mm

    row = document.add_table(rows=1, cols=2).rows[0]
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
    return row.cells[0], row.cells[1]


def _table(document: Any, page: SubPlanPage) -> None:
    from docx.shared import Mm

    lines = page.words.lines if page.words else ()
    table = document.add_table(rows=1, cols=len(HEADINGS))
    table.style = "Table Grid"
    for at, one in enumerate(lines, start=1):
        cells = table.add_row().cells
        for cell, words in zip(cells, (str(at), one.what, one.place, one.period, one.who), strict=True):
            _write(cell, words, LAYOUT.table, side="left")
    for cell, words in zip(table.rows[0].cells, HEADINGS, strict=True):
        _write(cell, words, LAYOUT.table, bold=True)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Mm(width)


def _text(document: Any, words: str, *, bold: bool = False, italic: bool = False) -> None:
    from docx.shared import Mm, Pt

    paragraph = _write(document, words, LAYOUT.body, bold=bold, italic=italic, side="both")
    paragraph.paragraph_format.first_line_indent = Mm(LAYOUT.first_line)
    paragraph.paragraph_format.space_after = Pt(LAYOUT.paragraph_gap)


def _write(
    place: Any,
    words: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    side: str = "center",
    before: int = 0,
    after: int = 0,
) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    sides = {"center": "CENTER", "left": "LEFT", "both": "JUSTIFY"}
    first = place.paragraphs[0] if len(place.paragraphs) == 1 and not place.paragraphs[0].runs else None
    paragraph = first if first is not None and not hasattr(place, "sections") else place.add_paragraph()
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, sides[side])
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def sub_plan_name(page: SubPlanPage) -> str:
    """Name the document's file."""
    day = f" {format_date(page.row.issued_on).replace('/', '-')}" if page.row.issued_on else ""
    return f"Ke hoach thuc hien{day}.docx"
