"""Makes the templates of the official reports and of the letter to units behind, which an office may edit in Word.

python scripts/make_report_template.py [FOLDER]

Measures come from raquan.reports.rules (Decree 30/2020/NĐ-CP, appendix I); the places in braces are
filled by docxtpl with the fields of ReportContent and LetterContent. Number, day, signature and stamp stay blank: the
records clerk and the signer put them there.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from raquan.reports.rules import FONT, LAYOUT

OUT = Path(__file__).resolve().parent.parent / "src/raquan/reports/templates_docx"
WIDTH = LAYOUT.page[0] - LAYOUT.margin_left - LAYOUT.margin_right
LEFT, RIGHT = 62, WIDTH - 62
MOTTO_LINE, TITLE_LINE = 59, 45
"""How long lines are, in mm: that beneath the motto as the motto itself, that of a title a third to a half of it."""


def element(name: str, **attributes: object) -> Any:
    """Make a WordprocessingML element."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def write(place: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, **shape: Any) -> Any:
    """Add a paragraph: align, before and after (pt), first and indents (mm), keep with the next."""
    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    fit = paragraph.paragraph_format
    fit.alignment = shape.get("align", ALIGN.CENTER)
    fit.space_before, fit.space_after = Pt(shape.get("before", 0)), Pt(shape.get("after", 0))
    fit.first_line_indent = Mm(shape.get("first", 0))
    fit.left_indent, fit.right_indent = Mm(shape.get("left", 0)), Mm(shape.get("right", 0))
    fit.line_spacing = shape.get("spacing", 1.0)
    fit.keep_with_next = shape.get("keep", False)
    return paragraph


def line(place: Any, width: float, length: float, after: float = 0) -> None:
    """Draw a thin line of a length, centered in a width (mm): the border under an empty small paragraph."""
    side = (width - length) / 2
    paragraph = write(place, "", 2, left=side, right=side, before=1, after=after)
    properties = paragraph._p.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=6, space=0, color="000000"))
    properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")
    # Without a run the empty paragraph would have the body's height.
    mark = element("w:rPr")
    mark.append(element("w:sz", val=4))
    properties.append(mark)


def text(place: Any, words: str, **shape: Any) -> Any:
    """Add a paragraph of the body."""
    shape = {"align": ALIGN.JUSTIFY, "first": LAYOUT.first_line, "after": LAYOUT.paragraph_gap, "spacing": 1.15} | shape
    return write(place, words, LAYOUT.body, **shape)


def control(place: Any, words: str) -> None:
    """Add a paragraph that only steers docxtpl and vanishes."""
    write(place, words, LAYOUT.body, align=ALIGN.LEFT)


def heading(place: Any, words: str) -> None:
    """Add a heading in bold: I. CAPITALS, or 1. Sentence case."""
    text(place, words, bold=True, keep=True)


def first_paragraph(cell: Any) -> None:
    """Drop the empty paragraph that every new cell and header has, once there is another."""
    cell._element.remove(cell.paragraphs[0]._p)


def bare_table(document: Any, widths: tuple[float, float]) -> Any:
    """Add a table of one row without borders and without padding."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=0, type="dxa"))
    table._tbl.tblPr.append(margins)
    set_widths(table, widths)
    return table


def set_widths(table: Any, widths: tuple[float, ...]) -> None:
    """Give a table's columns their widths (mm), which Word reads from cells and LibreOffice from the grid."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def head(document: Any, number: str = "Số: …/{{ c.symbol }}", subject: str = "") -> None:
    """Lay out the head: issuer and number on the left, nation, motto and date on the right; a letter's subject."""
    left, right = bare_table(document, (LEFT, RIGHT)).rows[0].cells
    if not subject:
        control(left, "{%p if c.superior %}")
        write(left, "{{ c.superior }}", LAYOUT.issuer)
        control(left, "{%p endif %}")
    control(left, "{%p for line in c.issuer_lines %}")
    write(left, "{{ line }}", LAYOUT.issuer, bold=True)
    control(left, "{%p endfor %}")
    line(left, LEFT, LEFT * 0.4, after=6)
    write(left, number, LAYOUT.number)
    if subject:
        write(left, subject, LAYOUT.letter_subject, before=4)
    write(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LAYOUT.nation, bold=True)
    write(right, "Độc lập - Tự do - Hạnh phúc", LAYOUT.motto, bold=True)
    line(right, RIGHT, MOTTO_LINE, after=6)
    write(right, "{{ c.place_and_date }}", LAYOUT.place_and_date, italic=True)
    for cell in (left, right):
        first_paragraph(cell)


def title(document: Any) -> None:
    """Lay out the kind of document, its subject, the line, and the label of made-up numbers."""
    write(document, "BÁO CÁO", LAYOUT.title, bold=True, before=18)
    write(document, "{{ c.subject }}", LAYOUT.title, bold=True)
    line(document, WIDTH, TITLE_LINE, after=12)
    control(document, "{%p if c.label %}")
    write(document, "{{ c.label }}", LAYOUT.title, bold=True, after=12)
    control(document, "{%p endif %}")


def body(document: Any, *, unit: bool) -> None:
    """Lay out the bases and the text with its tables and charts; a unit speaks in its own words."""
    if unit:
        write(document, "Kính gửi: {{ c.to }}", LAYOUT.body, after=12)
    loop(document, "basis", "c.bases", italic=True)
    text(document, "{{ c.opening }}")
    heading(document, "I. TÌNH HÌNH CHUNG")
    heading(document, "1. Chủ đề, thời gian")
    text(document, "{{ c.theme }}")
    heading(document, "2. Nguồn số liệu")
    text(document, "{{ c.sources_note }}")
    heading(document, "II. KẾT QUẢ THỰC HIỆN")
    heading(document, "1. Kết quả chung về hỗ trợ người dân")
    points(document, "c.results")
    text(document, "{{ c.cards }}")
    if unit:
        loop(document, "line", "c.own_results")
    charts(document)
    heading(document, "2. Kết quả chi tiết về hỗ trợ người dân")
    where = "ở Phụ lục I." if unit else "ở Phụ lục I, theo đơn vị ở Phụ lục II."
    text(document, f"Kết quả theo địa bàn cấp xã {where}")
    detail(document)
    text(document, "III. HẠN CHẾ, NGUYÊN NHÂN", bold=True, keep=True, before=LAYOUT.paragraph_gap)
    heading(document, "1. Điểm nghẽn")
    text(document, "{{ c.bottlenecks_lead }}")
    control(document, "{%p if c.bottlenecks %}")
    control(document, "{%p set t = c.bottlenecks %}")
    data_table(document, 1)
    control(document, "{%p endif %}")
    text(document, "2. Hạn chế, vướng mắc", bold=True, keep=True, before=LAYOUT.paragraph_gap)
    loop(document, "line", "c.limits")
    heading(document, "3. Nguyên nhân")
    loop(document, "line", "c.causes")
    heading(document, "4. Mức tin cậy của số liệu")
    text(document, "{{ c.review }}")
    heading(document, "IV. ĐỀ XUẤT, KIẾN NGHỊ")
    loop(document, "line", "c.proposals")
    text(document, "{{ c.closing }}", keep=True)


def detail(document: Any) -> None:
    """Lay out the tables, each with the heading of the section that it begins and with what must stand beneath it."""
    control(document, "{%p for t in c.tables %}")
    control(document, "{%p if t.section %}")
    text(document, "{{ t.section }}", bold=True, keep=True, before=LAYOUT.paragraph_gap)
    control(document, "{%p endif %}")
    data_table(document)
    control(document, "{%p if t.note %}")
    text(document, "{{ t.note }}", before=LAYOUT.paragraph_gap)
    control(document, "{%p endif %}")
    control(document, "{%p endfor %}")


def loop(document: Any, one: str, name: str, **shape: Any) -> None:
    """Lay out a paragraph for each of some texts."""
    control(document, "{%p for " + one + " in " + name + " %}")
    text(document, "{{ " + one + " }}", **shape)
    control(document, "{%p endfor %}")


def charts(document: Any) -> None:
    """Lay out the pictures, each with its caption beneath."""
    control(document, "{%p for chart in c.charts %}")
    write(document, "{{r chart.picture }}", LAYOUT.body, before=LAYOUT.paragraph_gap, keep=True)
    write(document, "{{ chart.number }}. {{ chart.caption }}", LAYOUT.body, italic=True, after=LAYOUT.paragraph_gap)
    control(document, "{%p endfor %}")


def letter_body(document: Any) -> None:
    """Lay out a letter: to whom, what is behind, what is asked for."""
    control(document, "{%p if c.label %}")
    write(document, "{{ c.label }}", LAYOUT.title, bold=True, before=12)
    control(document, "{%p endif %}")
    write(document, "Kính gửi: {{ c.to }}", LAYOUT.body, before=18, after=12)
    control(document, "{%p for one in c.addressees %}")
    write(document, "- {{ one }}", LAYOUT.body, align=ALIGN.LEFT, left=45)
    control(document, "{%p endfor %}")
    text(document, "{{ c.opening }}", before=12)
    points(document, "c.sums")
    text(document, "{{ c.request }}")
    points(document, "c.requests")
    text(document, "{{ c.closing }}", keep=True)


def letter_table(document: Any) -> None:
    """Lay out which unit is behind with what."""
    widths = (12.0, 68.0, 85.0)
    table = document.add_table(rows=4, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, widths)
    rows = (
        ("STT", "Đơn vị", "Nội dung chậm"),
        ("{%tr for r in c.rows %}", "", ""),
        ("{{ r.place }}", "{{ r.unit }}", "{{ r.owes }}"),
        ("{%tr endfor %}", "", ""),
    )
    for place, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if place == 0:
            properties.append(element("w:tblHeader"))
        for column, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
            align = ALIGN.CENTER if place == 0 or column == 0 else ALIGN.LEFT
            fill(cell, said, align=align, bold=place == 0, keep=place == 0)


def points(document: Any, name: str) -> None:
    """Lay out lettered points."""
    control(document, "{%p for point in " + name + " %}")
    text(document, "{{ point.letter }}) {{ point.text }}")
    control(document, "{%p endfor %}")


def data_table(document: Any, measures: int = 3) -> None:
    """Lay out the table `t`: its caption, headings that come again on every page, rows, shares, and totals."""
    write(
        document,
        "{{ t.number }}. {{ t.caption }}",
        LAYOUT.body,
        bold=True,
        before=LAYOUT.paragraph_gap,
        after=4,
        keep=True,
    )
    widths = (12.0, 57.0, 24.0, 24.0, 24.0, 24.0) if measures == 3 else (12.0, 93.0, 36.0, 24.0)
    table = document.add_table(rows=5, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, widths)
    some = range(measures)
    rows = (
        ("STT", "{{ t.label_heading }}", *[f"{{{{ t.headings[{n}] }}}}" for n in some], "Tỷ lệ (%)"),
        ("{%tr for r in t.rows %}", "", *["" for _ in some], ""),
        ("{{ r.place }}", "{{ r.label }}", *[f"{{{{ r.values[{n}] }}}}" for n in some], "{{ r.share }}"),
        ("{%tr endfor %}", "", *["" for _ in some], ""),
        ("", "Tổng số", *[f"{{{{ t.totals[{n}] }}}}" for n in some], "{{ t.whole }}"),
    )
    for place, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
        row_properties = row._tr.get_or_add_trPr()
        row_properties.append(element("w:cantSplit"))
        if place == 0:
            row_properties.append(element("w:tblHeader"))
        for column, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
            align = (ALIGN.CENTER, ALIGN.LEFT)[column] if column < 2 else ALIGN.RIGHT
            fill(cell, said, align=ALIGN.CENTER if place == 0 else align, bold=place in (0, 4), keep=place == 0)


def fill(cell: Any, words: str, *, align: Any, bold: bool, keep: bool) -> None:
    """Write a cell of a data table."""
    write(cell, words, LAYOUT.table, bold=bold, align=align, before=2, after=2, keep=keep)
    first_paragraph(cell)


def signature(document: Any, *, letter: bool = False) -> None:
    """Lay out the recipients and the signer's block, with room for a signature and a name that others add."""
    write(document, "", 6, keep=True)
    row = bare_table(document, (80, WIDTH - 80)).rows[0]
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    left, right = row.cells
    write(left, "Nơi nhận:", LAYOUT.recipients_label, bold=True, italic=True, align=ALIGN.LEFT)
    control(left, "{%p for one in c.recipients %}")
    write(left, "{{ one }}", LAYOUT.recipients, align=ALIGN.LEFT)
    control(left, "{%p endfor %}")
    if letter:
        write(right, "{{ c.signer }}", LAYOUT.signer, bold=True)
        write(right, "CHỦ TỊCH", LAYOUT.signer, bold=True)
    else:
        control(right, "{%p if c.signer %}")
        write(right, "{{ c.signer }}", LAYOUT.signer, bold=True)
        control(right, "{%p endif %}")
        write(right, "{{ c.position }}", LAYOUT.signer, bold=True)
    for _ in range(4):
        write(right, "", LAYOUT.signer)
    for cell in (left, right):
        first_paragraph(cell)


def appendix(document: Any, number: str, name: str, of: str = "Báo cáo số: …/{{ c.symbol }}") -> None:
    """Begin an appendix on a new page, numbered on its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section._sectPr.append(element("w:pgNumType", start=1))
    write(document, f"Phụ lục {number}".strip(), LAYOUT.title, bold=True)
    write(document, name, LAYOUT.title, bold=True)
    kept = f"(Kèm theo {of} ngày …… tháng …… năm …… của {{{{ c.issuer_name }}}})"
    write(document, kept, LAYOUT.body, italic=True, after=12)


def sources(document: Any) -> None:
    """Lay out where every number comes from."""
    control(document, "{%p for one in c.snapshot_lines %}")
    text(document, "{{ one }}", align=ALIGN.LEFT, first=0)
    control(document, "{%p endfor %}")
    control(document, "{%p for one in c.sources %}")
    write(
        document,
        "[{{ one.mark }}] {{ one.name }}",
        LAYOUT.table,
        align=ALIGN.LEFT,
        keep=True,
        before=6,
    )
    write(document, "{{r one.link }}", LAYOUT.recipients, align=ALIGN.LEFT, left=8)
    control(document, "{%p endfor %}")


def told(document: Any) -> None:
    """Lay out what each unit told, in its own words."""
    control(document, "{%p if not c.told %}")
    text(document, "Chưa có báo cáo nào của đơn vị được duyệt.")
    control(document, "{%p endif %}")
    control(document, "{%p for one in c.told %}")
    text(document, "{{ loop.index }}. {{ one.unit }} ({{ one.period }})", bold=True, keep=True)
    control(document, "{%p for part in one.parts %}")
    text(document, "{{ part }}")
    control(document, "{%p endfor %}")
    control(document, "{%p endfor %}")


def page_header(section: Any) -> None:
    """Number the pages in the top margin, not the first; label made-up numbers on every page."""
    section.different_first_page_header_footer = True
    first = section.first_page_header
    write(first, "{{ c.label }}", LAYOUT.recipients, bold=True)
    first_paragraph(first)
    others = section.header
    number = write(others, "", LAYOUT.page_number)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run = number.add_run()
        run.font.size = Pt(LAYOUT.page_number)
        code = element("w:fldChar", fldCharType=kind) if kind else element("w:instrText")
        code.text = words
        run._r.append(code)
    write(others, "{{ c.label }}", LAYOUT.recipients, bold=True)
    first_paragraph(others)


def page(document: Any) -> None:
    """Set paper, margins and the font of everything."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(LAYOUT.page[0]), Mm(LAYOUT.page[1])
    section.top_margin, section.bottom_margin = Mm(LAYOUT.margin_top), Mm(LAYOUT.margin_bottom)
    section.left_margin, section.right_margin = Mm(LAYOUT.margin_left), Mm(LAYOUT.margin_right)
    section.header_distance = section.footer_distance = Mm(LAYOUT.header_from_edge)
    for name in ("Normal", "Header", "Table Grid"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    document.styles["Normal"].font.size = Pt(LAYOUT.body)
    language = element("w:lang", val="vi-VN", eastAsia="vi-VN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def report(*, unit: bool = False) -> Any:
    """Make the template of the province's report, or of a unit's."""
    document = Document()
    page(document)
    page_header(document.sections[0])
    head(document)
    title(document)
    body(document, unit=unit)
    signature(document)
    appendix(document, "I", "KẾT QUẢ THEO ĐỊA BÀN CẤP XÃ")
    control(document, "{%p set t = c.appendix_table %}")
    data_table(document)
    if not unit:
        appendix(document, "II", "KẾT QUẢ THEO ĐƠN VỊ")
        control(document, "{%p set t = c.unit_table %}")
        data_table(document)
    appendix(document, "II" if unit else "III", "NGUỒN SỐ LIỆU")
    sources(document)
    if not unit:
        appendix(document, "IV", "PHẦN LỜI CỦA CÁC ĐƠN VỊ")
        told(document)
    return document


def letter() -> Any:
    """Make the template of the letter to units that are behind."""
    document = Document()
    page(document)
    page_header(document.sections[0])
    head(document, "Số: …/UBND-…", "{{ c.subject }}")
    letter_body(document)
    signature(document, letter=True)
    appendix(document, "", "CÁC ĐƠN VỊ CÒN CHẬM", "Công văn số: …/UBND-…")
    letter_table(document)
    return document


def main() -> None:
    """Make the templates."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    made = (
        ("report", "Báo cáo", report()),
        ("unit", "Báo cáo của đơn vị", report(unit=True)),
        ("letter", "Công văn", letter()),
    )
    for name, title_, document in made:
        properties = document.core_properties
        properties.author, properties.title, properties.comments = "raquan", title_, ""
        properties.created = properties.modified = datetime(2023, 1, 1, tzinfo=UTC)
        document.save(str(folder / f"{name}.docx"))
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    main()
