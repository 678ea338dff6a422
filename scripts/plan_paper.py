"""Lays out a sample plan as a Vietnamese office does and saves the same bytes each time."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LEFT, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
# Word writes the hour of saving into the file; a sample must not change when nothing in it changed.
SAVED_AT = datetime(2023, 8, 17, tzinfo=UTC)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Head:
    """What stands above the title: the superior in light type, the issuer in bold, number, place and date."""

    issuer: tuple[str, ...]
    number: str
    dated: str
    superior: str | None = None


def new_element(tag: str) -> Any:
    """Make a bare XML element; python-docx and lxml type it differently."""
    return OxmlElement(tag)


def set_font(run: Run, font: str, size: float | None = None) -> None:
    """Set one font for every script, or Word shows Vietnamese letters in another one."""
    run.font.name = font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)
    if size is not None:
        run.font.size = Pt(size)


class PlanPaper:
    """A plan on A4 with the margins of Decree 30/2020, written from top to bottom."""

    def __init__(
        self,
        *,
        font: str = "Times New Roman",
        size: float = 14,
        style_font: str | None = None,
        bare_runs: bool = False,
    ):
        """Write runs in `font`, with another one in the Normal style if asked, or name it in the style alone."""
        self.document = Document()
        self.font = font
        self.size = size
        self.bare_runs = bare_runs
        normal = self.document.styles["Normal"]
        normal.font.name = style_font or font
        normal.font.size = Pt(size)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), style_font or font)
        self._set_page(landscape=False)

    # --- body -----------------------------------------------------------------

    def paragraph(
        self,
        text: str = "",
        *,
        bold: bool = False,
        italic: bool = False,
        align: WD_ALIGN_PARAGRAPH = JUSTIFY,
        indent: bool = True,
        size: float | None = None,
        after: float = 6,
        keep_with_next: bool = False,
    ) -> str:
        """Add a body paragraph and return where it stands: "đoạn 12", empty ones counted, tables not."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.space_after, shape.space_before = Pt(after), Pt(0)
        shape.line_spacing = 1.05
        shape.keep_with_next = keep_with_next
        if indent and align == JUSTIFY:
            shape.first_line_indent = Cm(1.27)
        self.write(paragraph, text, bold=bold, italic=italic, size=size)
        return self.here()

    def here(self) -> str:
        """Say where the last body paragraph stands."""
        return f"đoạn {len(self.document.paragraphs)}"

    def write(
        self,
        paragraph: Paragraph,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float | None = None,
    ) -> Run:
        """Add one run in the paper's font."""
        run = paragraph.add_run(text)
        if not self.bare_runs:
            set_font(run, self.font)
        run.font.size = Pt(size or self.size)
        run.bold, run.italic = bold or None, italic or None
        return run

    def heading(self, text: str) -> str:
        """Add a section's heading, bold as offices write it, without Word's heading styles."""
        return self.paragraph(text, bold=True, keep_with_next=True)

    def title(self, *lines: str, kind: str = "KẾ HOẠCH") -> None:
        """Add the kind of document, its title over one or more lines, and the rule below it."""
        self.paragraph("", after=0, size=8)
        self.paragraph(kind, bold=True, align=CENTER, after=0)
        for line in lines:
            self.paragraph(line, bold=True, align=CENTER, after=0)
        self.paragraph("", align=CENTER, size=6)
        self._rule(self.document.paragraphs[-1], side=Cm(6.2))

    def landscape(self) -> None:
        """Begin a landscape section on a new page (Word keeps the break in an empty body paragraph)."""
        self.document.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(landscape=True)

    # --- tables ---------------------------------------------------------------

    def head(self, head: Head) -> None:
        """Add the two-column borderless table with issuer and number, country, motto, place and date."""
        table = self._plain_table(1, (Cm(6.3), Cm(10.2)))
        left, right = table.rows[0].cells
        lines = [(head.superior, False)] if head.superior else []
        for text, bold in [*lines, *((line, True) for line in head.issuer)]:
            self.add_line(left, text, bold=bold, size=13)
        self._rule_in(left, Cm(2.1))
        self.add_line(left, f"Số: {head.number}", size=13)
        self.add_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=13)
        self.add_line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=14)
        self._rule_in(right, Cm(2.35))
        self.add_line(right, head.dated, italic=True, size=14)

    def closing(self, recipients: Sequence[str], signer: Sequence[str], note: str | None = None) -> None:
        """Add the borderless table with the recipients and the signer's office; nobody signs a sample."""
        if self.document.element.body[-2].tag == qn("w:tbl"):  # the last child is the page's shape
            self.paragraph()  # Word would join two tables that touch
        table = self._plain_table(1, (Cm(8.5), Cm(8)))
        left, right = table.rows[0].cells
        self.add_line(left, "Nơi nhận:", bold=True, italic=True, size=12, align=LEFT)
        for recipient in recipients:
            self.add_line(left, f"- {recipient}", size=11, align=LEFT)
        for line in signer:
            self.add_line(right, line, bold=True, size=14)
        if note:
            self.add_line(right, "", size=14)
            self.add_line(right, note, italic=True, size=12)

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        header_rows: int = 1,
        size: float = 12,
        centered: Sequence[int] = (0,),
    ) -> Table:
        """Add a bordered table, widths in cm; a newline in a cell begins a paragraph of its own."""
        table: Table = self.document.add_table(rows=len(rows), cols=len(widths))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._set_widths(table, [Cm(width) for width in widths])
        for y, row in enumerate(rows):
            is_head = y < header_rows
            for x, text in enumerate(row):
                align = CENTER if is_head or x in centered else LEFT
                self.fill(table.cell(y, x), text, bold=is_head, size=size, align=align)
            properties = table.rows[y]._tr.get_or_add_trPr()
            properties.append(new_element("w:cantSplit"))
            if is_head:
                properties.append(new_element("w:tblHeader"))
        return table

    def fill(
        self,
        cell: _Cell,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float = 12,
        align: WD_ALIGN_PARAGRAPH = LEFT,
    ) -> None:
        """Replace what a cell holds."""
        for paragraph in cell.paragraphs[1:]:
            paragraph._element.getparent().remove(paragraph._element)
        for run in cell.paragraphs[0].runs:
            run._element.getparent().remove(run._element)
        for line in text.split("\n"):
            shape = self.add_line(cell, line, bold=bold, italic=italic, size=size, align=align).paragraph_format
            shape.space_before = shape.space_after = Pt(2)
            shape.keep_with_next = bold or None  # a heading does not stay alone at a page's foot
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER

    def span(self, table: Table, row: int, first: int, last: int, text: str, *, bold: bool = True) -> None:
        """Merge cells first..last of a row and write one text into them."""
        for column in range(first, last + 1):
            self.fill(table.cell(row, column), "")
        self.fill(table.cell(row, first).merge(table.cell(row, last)), text, bold=bold)

    def stack(self, table: Table, column: int, first: int, last: int, text: str, *, bold: bool = False) -> None:
        """Merge the cells of a column over the rows first..last and write one text into them."""
        for row in range(first, last + 1):
            self.fill(table.cell(row, column), "")
        merged = table.cell(first, column).merge(table.cell(last, column))
        self.fill(merged, text, bold=bold, align=CENTER if bold else LEFT)

    def add_line(
        self,
        cell: _Cell,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float = 12,
        align: WD_ALIGN_PARAGRAPH = CENTER,
    ) -> Paragraph:
        """Add a paragraph to a cell, in place of the empty one that a new cell holds."""
        first = cell.paragraphs[0]
        empty = len(cell.paragraphs) == 1 and not first.runs
        paragraph: Paragraph = first if empty else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        self.write(paragraph, text, bold=bold, italic=italic, size=size)
        return paragraph

    # --- page -----------------------------------------------------------------

    def running_note(self, text: str) -> None:
        """Print a note at the top of every page, and the page's number from the second page on."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        self._header_line(section.first_page_header.paragraphs[0], text)
        number = section.header.paragraphs[0]
        number.alignment = CENTER
        run = self.write(number, "", size=13)
        field = new_element("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        field.append(run._element)
        number._element.append(field)
        self._header_line(section.header.add_paragraph(), text)

    def save(self, path: Path) -> None:
        """Save with fixed dates, so that the same script gives the same bytes."""
        core = self.document.core_properties
        core.author, core.last_modified_by, core.comments = "raquan", "raquan", ""
        core.language, core.revision = "vi-VN", 1
        core.created = core.modified = SAVED_AT.replace(tzinfo=None)
        buffer = BytesIO()
        self.document.save(buffer)
        with zipfile.ZipFile(buffer) as loose:
            parts = [(name, loose.read(name)) for name in loose.namelist()]
        write_zip(path, parts)

    def _header_line(self, paragraph: Paragraph, text: str) -> None:
        paragraph.alignment = CENTER
        self.write(paragraph, text, italic=True, size=10)

    def _set_page(self, *, landscape: bool) -> None:
        section = self.document.sections[-1]
        short, long = Mm(210), Mm(297)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = (Mm(20), Mm(20)) if landscape else (Mm(30), Mm(15))
        section.header_distance = Mm(8)
        section.different_first_page_header_footer = False

    def _plain_table(self, rows: int, widths: Sequence[Length]) -> Table:
        table: Table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._set_widths(table, widths)
        return table

    def _set_widths(self, table: Table, widths: Sequence[Length]) -> None:
        """Set the widths of the grid and of each cell: Word heeds the one, LibreOffice the other."""
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width

    def _rule_in(self, cell: _Cell, side: Length) -> None:
        self._rule(self.add_line(cell, "", size=4), side=side)

    def _rule(self, paragraph: Paragraph, *, side: Length) -> None:
        """Draw a short line: a paragraph's top border between two indents."""
        paragraph.paragraph_format.space_before = Pt(3)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
        borders = new_element("w:pBdr")
        top = new_element("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        properties = paragraph._element.get_or_add_pPr()
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def write_zip(path: Path, parts: Sequence[tuple[str, bytes]]) -> None:
    """Write a package whose bytes depend on nothing but its parts."""
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, data, compresslevel=9)
