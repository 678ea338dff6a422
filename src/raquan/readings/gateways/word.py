"""Reads a .docx into paragraphs and tables in the order of its body; refuses what is none or is too large."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import count

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from raquan.kernel.refused import N_, Refused
from raquan.readings.gateways.elements import (
    Element,
    blocks_of,
    cells_of,
    child,
    is_on,
    rows_of,
    shown,
    text_of,
    value,
)
from raquan.readings.gateways.fonts import Styles, refuse_old_fonts
from raquan.readings.gateways.numbering import Numbering
from raquan.readings.gateways.package import open_package
from raquan.readings.rules import Aside, Cell, DocumentText, Paragraph, Row, Table

_MAX_COLUMNS = 200


class NotDocx(Refused):
    """The file is not a Word document, whatever its name says."""

    code = "plan.not_docx"
    message = N_(
        "Tệp này không phải là văn bản Word (.docx). "
        "Hãy mở tệp bằng Word hoặc LibreOffice, lưu thành .docx rồi nạp lại."
    )


def read_docx(data: bytes) -> DocumentText:
    """Read a document. Raises NotDocx, TooLarge or OldFont."""
    document = _open(data)
    body = document.element.body
    styles = Styles(document.styles.element)
    refuse_old_fonts(body, styles)
    numbering = Numbering(_numbering(document), styles)
    blocks: list[Paragraph | Table] = []
    paragraphs, tables = count(1), count(1)
    for element in blocks_of(body):
        if element.tag == qn("w:p"):
            label = numbering.label(element)
            blocks.append(Paragraph(next(paragraphs), text_of(element), label, styles.name_of(element)))
        else:
            blocks.append(_table(element, next(tables), numbering))
    return DocumentText(tuple(blocks), tuple(_asides(document)))


def _open(data: bytes) -> Document:
    try:
        open_package(data)
        document = docx.Document(BytesIO(data))
    except (
        zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError,
        NotImplementedError, RuntimeError, EOFError, OSError,
    ) as error:  # fmt: skip
        # zipfile, python-docx and lxml each have their own way to say that this is no such package.
        raise NotDocx() from error
    if document.element.find(qn("w:body")) is None:
        raise NotDocx()
    return document


def _numbering(document: Document) -> Element | None:
    related = document.part.rels.values()
    part = next((one.target_part for one in related if one.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
    return None if part is None else parse_xml(part.blob)


def _table(element: Element, number: int, numbering: Numbering) -> Table:
    rows: list[Row] = []
    above: dict[int, Cell] = {}
    for at, row in enumerate(rows_of(element), start=1):
        cells = tuple(_cells(row, above, numbering))
        above = {cell.start: cell for cell in cells}
        rows.append(Row(number, at, cells))
    return Table(number, tuple(rows))


def _cells(row: Element, above: dict[int, Cell], numbering: Numbering) -> Iterator[Cell]:
    start = _count(child(row, "trPr", "gridBefore"), 0)
    for element in cells_of(row):
        span = _count(child(element, "tcPr", "gridSpan"), 1)
        lines = list(_lines(element))
        text = "\n".join(line for line, _ in lines)
        numbered = any(numbering.is_numbered(one) for one in element.findall(qn("w:p")))
        merged = child(element, "tcPr", "vMerge")
        goes_on = merged is not None and value(merged) != "restart" and start in above
        if goes_on and not text.strip():
            first = above[start]
            yield Cell(first.text, start, span, continued=True, bold=first.bold, numbered=first.numbered)
        else:
            yield Cell(text, start, span, bold=tuple(bold for _, bold in lines), numbered=numbered)
        start += span


def _count(element: Element | None, otherwise: int) -> int:
    said = value(element) or ""
    return min(int(said), _MAX_COLUMNS) if said.isdigit() else otherwise


def _lines(cell: Element) -> Iterator[tuple[str, bool]]:
    """Give a cell's lines and whether each is bold; a table within the cell gives a line a row."""
    for element in blocks_of(cell):
        if element.tag == qn("w:p"):
            bold = _is_bold(element)
            yield from ((line, bold) for line in text_of(element).split("\n"))
        else:
            for row in rows_of(element):
                inner = (" ".join(line for line, _ in _lines(one)) for one in cells_of(row))
                yield " | ".join(inner), False


def _is_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(qn("w:r")) if text_of(run).strip()]
    return bool(runs) and all(is_on(child(run, "rPr", "b")) for run in runs)


def _asides(document: Document) -> Iterator[Aside]:
    """Give the texts outside the flow: boxes in the body, then notes at the foot of pages and at the end."""
    boxes = count(1)
    for element in document.element.body.iter(qn("w:txbxContent")):
        if not any(one.tag.endswith("}Fallback") for one in element.iterancestors()):
            text = "\n".join(text_of(one) for one in shown(element) if one.tag == qn("w:p"))
            yield Aside(f"khung chữ {next(boxes)}", text)
    notes = count(1)
    for part in document.part.rels.values():
        if part.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            for note in parse_xml(part.target_part.blob):
                if value(note, "type") is None and note.tag in (qn("w:footnote"), qn("w:endnote")):
                    text = "\n".join(text_of(one) for one in note.iter(qn("w:p")))
                    yield Aside(f"chú thích {next(notes)}", text, is_note=True)
