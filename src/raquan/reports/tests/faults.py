"""Faults of layout, each with how it is planted in a document that has none: written before what finds them."""

from collections.abc import Callable
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

Plant = Callable[[Any], None]


def find(document: Any, start: str) -> Any:
    """Give the first paragraph, in a table or not, that begins with a text."""
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        if paragraph.text.strip().startswith(start):
            return paragraph
    raise AssertionError(f"{start} is not there")


def say(start: str, text: str) -> Plant:
    """Write other words in a paragraph, in the form that it has."""

    def plant(document: Any) -> None:
        first, *others = find(document, start).runs
        first.text = text
        for run in others:
            run.text = ""

    return plant


def form(start: str, **wanted: Any) -> Plant:
    """Change the form of a paragraph's letters."""

    def plant(document: Any) -> None:
        for run in find(document, start).runs:
            for name, value in wanted.items():
                setattr(run.font, name, value)

    return plant


def shape(start: str, **wanted: Any) -> Plant:
    """Change the form of a paragraph."""

    def plant(document: Any) -> None:
        for name, value in wanted.items():
            setattr(find(document, start).paragraph_format, name, value)

    return plant


def section(**wanted: Any) -> Plant:
    """Change the paper."""

    def plant(document: Any) -> None:
        for name, value in wanted.items():
            setattr(document.sections[0], name, value)

    return plant


def drop(start: str) -> Plant:
    """Take a paragraph away."""

    def plant(document: Any) -> None:
        element = find(document, start)._p
        element.getparent().remove(element)

    return plant


def no_line_after(start: str) -> Plant:
    """Take the line beneath a paragraph away."""

    def plant(document: Any) -> None:
        following = find(document, start)._p.getnext()
        border = following.find(qn("w:pPr")).find(qn("w:pBdr"))
        border.getparent().remove(border)

    return plant


def swap(one: str, other: str) -> Plant:
    """Put a paragraph behind another one."""

    def plant(document: Any) -> None:
        find(document, other)._p.addnext(find(document, one)._p)

    return plant


def no_page_number(document: Any) -> None:
    """Take the page number out of the header."""
    for one in list(document.sections[0].header._element.iter(qn("w:instrText"))):
        one.getparent().remove(one)


def number_on_first(document: Any) -> None:
    """Number the first page too."""
    document.sections[0].different_first_page_header_footer = False


def number_below(document: Any) -> None:
    """Number the pages at the right."""
    document.sections[0].header.paragraphs[0].alignment = ALIGN.RIGHT


def nobody_signs(document: Any) -> None:
    """Take the signer's office away."""
    for start in ("TM. ỦY", "CHỦ TỊCH"):
        drop(start)(document)


BODY, BASIS, POINT = "Các hoạt động năm", "Căn cứ Quyết định", "b) Theo cách làm"

FAULTS: tuple[tuple[str, str, Plant], ...] = (
    ("paper", "letter paper", section(page_width=Mm(216), page_height=Mm(279))),
    ("paper", "on its side without need", section(orientation=WD_ORIENT.LANDSCAPE, page_width=Mm(297), page_height=Mm(210))),
    ("margin_top", "30 mm above", section(top_margin=Mm(30))),
    ("margin_bottom", "15 mm below", section(bottom_margin=Mm(15))),
    ("margin_left", "25 mm at the left", section(left_margin=Mm(25))),
    ("margin_right", "30 mm at the right", section(right_margin=Mm(30))),
    ("font", "Arial in the body", form(BODY, name="Arial")),
    ("old_font", ".VnTime in the body", form(BODY, name=".VnTime")),
    ("old_font", "VNI-Times in the body", form(BODY, name="VNI-Times")),
    ("color", "red letters", lambda document: setattr(find(document, BODY).runs[0].font.color, "rgb", RGBColor(255, 0, 0))),
    ("nfc", "decomposed letters", say(BODY, "Ca\u0301c hoa\u0323t động năm 2023 được tổ chức theo kế hoạch đã ban hành của tỉnh.")),
    ("nation_missing", "no nation", drop("CỘNG HÒA")),
    ("nation_form", "the nation in 10", form("CỘNG HÒA", size=Pt(10))),
    ("nation_form", "the nation not bold", form("CỘNG HÒA", bold=False)),
    ("motto_missing", "no motto", drop("Độc lập")),
    ("motto_form", "the motto in italics", form("Độc lập", italic=True)),
    ("motto_form", "a motto with long dashes", say("Độc lập", "Độc lập – Tự do – Hạnh phúc")),
    ("motto_line", "no line under the motto", no_line_after("Độc lập")),
    ("issuer_form", "the issuer not bold", form("TỈNH ĐẮK LẮK", bold=False)),
    ("issuer_line", "no line under the issuer", no_line_after("TỈNH ĐẮK LẮK")),
    ("number_missing", "no number", drop("Số: …")),
    ("number_form", "spaces in the symbol", say("Số: …", "Số: 123 / BC - UBND")),
    ("number_form", "a number in bold", form("Số: …", bold=True)),
    ("number_padded", "number 5 without a nought", say("Số: …", "Số: 5/BC-UBND")),
    ("date_missing", "no place and date", drop("Đắk Lắk, ngày")),
    ("date_form", "a date that is upright", form("Đắk Lắk, ngày", italic=False)),
    ("date_padded", "day 5 and month 1 without noughts", say("Đắk Lắk, ngày", "Đắk Lắk, ngày 5 tháng 1 năm 2024")),
    ("title_missing", "no kind of document", drop("BÁO CÁO")),
    ("title_form", "a kind of document that is not bold", form("BÁO CÁO", bold=False)),
    ("subject_form", "a subject in capitals", say("Kết quả tổ chức", "KẾT QUẢ TỔ CHỨC NGÀY CHUYỂN ĐỔI SỐ")),
    ("title_line", "no line under the subject", no_line_after("Kết quả tổ chức")),
    ("basis_form", "an upright basis", form(BASIS, italic=False)),
    ("basis_end", "a basis that ends as a sentence", say(BASIS, "Căn cứ Quyết định số 505/QĐ-TTg của Thủ tướng Chính phủ về Ngày Chuyển đổi số quốc gia.")),
    ("body_size", "a body in 11", form(BODY, size=Pt(11))),
    ("body_align", "a body that is not justified", shape(BODY, alignment=ALIGN.LEFT)),
    ("first_line", "no first line", shape(BODY, first_line_indent=Mm(0))),
    ("paragraph_gap", "no gap between paragraphs", shape(BODY, space_after=Pt(0))),
    ("line_spacing", "double spacing", shape(BODY, line_spacing=2.0)),
    ("heading_form", "a heading of parts that is not bold", form("II. KẾT QUẢ", bold=False)),
    ("heading_form", "a heading of parts in small letters", say("II. KẾT QUẢ", "II. Kết quả hỗ trợ người dân")),
    ("heading_order", "parts that skip a number", say("II. KẾT QUẢ", "V. KẾT QUẢ HỖ TRỢ NGƯỜI DÂN")),
    ("point_order", "points that skip a letter", say(POINT, "d) Theo cách làm: người dân tự làm 7 lượt;")),
    ("closing_end", "an end with one stop", say("Trên đây là", "Trên đây là báo cáo kết quả của Ủy ban nhân dân tỉnh.")),
    ("recipients_missing", "no recipients", drop("Nơi nhận:")),
    ("recipients_form", "upright recipients", form("Nơi nhận:", italic=False)),
    ("recipients_form", "recipients in 14", form("- Các sở", size=Pt(14))),
    ("recipients_end", "a recipient that ends with a comma", say("- Các sở", "- Các sở, ban, ngành của tỉnh,")),
    ("recipients_archive", "no copy for the archive", say("- Lưu: VT", "- Ủy ban Mặt trận Tổ quốc tỉnh.")),
    ("signer_missing", "nobody signs", nobody_signs),
    ("signer_form", "a signer's office that is not bold", form("TM. ỦY", bold=False)),
    ("page_number", "no page numbers", no_page_number),
    ("page_number", "page numbers at the right", number_below),
    ("page_number_first", "a number on the first page", number_on_first),
    ("appendix_form", "an appendix that is not bold", form("Phụ lục I", bold=False)),
    ("order", "the bases before the kind of document", swap("BÁO CÁO", BASIS)),
    ("order", "the motto above the nation", swap("CỘNG HÒA", "Độc lập")),
)  # fmt: skip
"""The code of the finding, what is wrong, how it is planted."""
