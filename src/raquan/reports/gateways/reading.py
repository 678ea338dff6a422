"""Reads any .docx as the layout check sees it: every paragraph in the form that its styles give it."""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from raquan.kernel.refused import N_, Refused
from raquan.reports.gateways.styles import Element, Styles, W, child, is_on, tag, value
from raquan.reports.rules.paper import Align, Paper, PaperParagraph, PaperSection
from raquan.xml import reading as xml

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 3000
MOST_PARAGRAPHS = 40_000
_TWIPS = 56.6929
"""A twentieth of a point: so many in a millimeter."""

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class NotDocx(Refused):
    """The file is no Word document of today's format."""

    code = "layout.not_docx"
    message = N_(
        "Không đọc được tệp này. Chỉ kiểm tra được văn bản Word .docx; tệp .doc thì mở bằng Word rồi lưu thành .docx."
    )


class TooLargeToCheck(Refused):
    """The document unpacks to more than we are willing to read."""

    code = "layout.too_large"
    message = N_("Văn bản quá lớn để kiểm tra. Hãy bỏ bớt ảnh hoặc tách phụ lục.")


def read_paper(data: bytes) -> Paper:
    """Read a document. Raises NotDocx, TooLargeToCheck."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(one.file_size for one in package.infolist()) > MOST_UNPACKED or len(package.namelist()) > MOST_PARTS:
                raise TooLargeToCheck()
            return _Reader(package).paper()
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        if isinstance(error, RecursionError):
            raise TooLargeToCheck() from error
        raise NotDocx() from error


class _Reader:
    """Walks through the parts of a package."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = set(package.namelist())
        root = xml.parse(package.read("word/document.xml"))
        body = child(root, "body")
        if body is None:
            raise ValueError("no body")
        self._body = body
        self._styles = Styles(self._part("word/styles.xml"), self._part("word/theme/theme1.xml"))
        self._parts = self._relations()
        self._tables = 0

    def paper(self) -> Paper:
        paragraphs = []
        for element, cell in self._walk(self._body, None):
            paragraphs.append(self._paragraph(element, cell))
            if len(paragraphs) > MOST_PARAGRAPHS:
                raise TooLargeToCheck()
        return Paper(tuple(self._sections()), tuple(paragraphs))

    def _part(self, name: str) -> Element | None:
        return xml.parse(self._package.read(name)) if name in self._names else None

    def _relations(self) -> dict[str, str]:
        root = self._part("word/_rels/document.xml.rels")
        return {one.get("Id", ""): one.get("Target", "") for one in (root if root is not None else ())}

    def _walk(
        self, container: Element, cell: tuple[int, int, int] | None, depth: int = 0
    ) -> Iterator[tuple[Element, tuple[int, int, int] | None]]:
        if depth > xml.MAX_DEPTH:
            raise TooLargeToCheck()
        for one in container:
            name = tag(one)
            if name == "p":
                yield one, cell
            elif name == "tbl":
                self._tables += 1
                yield from self._rows(one, self._tables, depth)
            elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
                yield from self._walk(one, cell, depth + 1)

    def _rows(self, table: Element, number: int, depth: int) -> Iterator[tuple[Element, tuple[int, int, int] | None]]:
        for row, line in enumerate(_children(table, "tr")):
            for column, one in enumerate(_children(line, "tc")):
                yield from self._walk(one, (number, row, column), depth + 1)

    def _paragraph(self, element: Element, cell: tuple[int, int, int] | None) -> PaperParagraph:
        form = self._styles.of_paragraph(element)
        letters: Counter[tuple[float, bool, bool]] = Counter()
        fonts: dict[str, None] = {}
        colors: dict[str, None] = {}
        text = []
        for run in element.iter(f"{W}r"):
            said = _text(run)
            text.append(said)
            seen = len(said.strip())
            if not seen:
                continue
            shown = self._styles.of_run(run, element)
            letters[(shown.size, shown.bold, shown.italic)] += seen
            fonts[shown.font] = None
            colors[shown.color] = None
        size, bold, italic = letters.most_common(1)[0][0] if letters else (form.size, False, False)
        lengths = self._styles.lengths(element)
        return PaperParagraph(
            text="".join(text),
            size=size,
            bold=bold,
            italic=italic,
            align=_ALIGN.get(lengths.align, Align.LEFT),
            fonts=tuple(fonts),
            colors=tuple(colors),
            cell=cell,
            first_line=lengths.first_line / _TWIPS,
            before=lengths.before / 20,
            after=lengths.after / 20,
            spacing=lengths.spacing,
            has_line=_has_line(element),
            has_picture=any(True for _ in element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")),
        )

    def _sections(self) -> Iterator[PaperSection]:
        last = _Header(None, 0)
        for one in self._body.iter(f"{W}sectPr"):
            header = self._header(one, "default")
            last = header if header is not None else last
            title = child(one, "titlePg")
            first = self._header(one, "first") if title is not None and is_on(title) else last
            size, margins = child(one, "pgSz"), child(one, "pgMar")
            yield PaperSection(
                width=_mm(size, "w"),
                height=_mm(size, "h"),
                top=_mm(margins, "top"),
                bottom=_mm(margins, "bottom"),
                left=_mm(margins, "left"),
                right=_mm(margins, "right"),
                number_at=last.align,
                on_first=first is not None and first.align is not None,
                number_size=last.size,
            )

    def _header(self, section: Element, kind: str) -> "_Header | None":
        for one in section.iterchildren(f"{W}headerReference"):
            if (value(one, "type") or "default") == kind:
                target = self._parts.get(one.get(f"{_R}id", ""), "").lstrip("/")
                root = self._part(target if target.startswith("word/") else f"word/{target}")
                return self._numbered(root) if root is not None else _Header(None, 0)
        return None

    def _numbered(self, root: Element) -> "_Header":
        for one in root.iter(f"{W}p"):
            codes = [code.text or "" for code in one.iter(f"{W}instrText")]
            codes += [value(field, "instr") or "" for field in one.iter(f"{W}fldSimple")]
            if any("PAGE" in code.upper().split() for code in codes):
                runs = [self._styles.of_run(run, one).size for run in one.iter(f"{W}r")]
                align = _ALIGN.get(self._styles.lengths(one).align, Align.LEFT)
                return _Header(align, runs[0] if runs else self._styles.of_paragraph(one).size)
        return _Header(None, 0)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the page number stands in a header, and its size."""

    align: Align | None
    size: float


_ALIGN = {
    "left": Align.LEFT, "start": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT, "end": Align.RIGHT,
    "both": Align.JUSTIFY, "distribute": Align.JUSTIFY,
}  # fmt: skip


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Give the rows of a table, or the cells of a row, wherever content controls wrap them; not those of inner ones."""
    for one in parent:
        if tag(one) == name:
            yield one
        elif tag(one) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(one, name)


def _text(run: Element) -> str:
    said = []
    for one in run:
        name = tag(one)
        if name == "t":
            said.append(one.text or "")
        elif name in ("tab", "br", "cr"):
            said.append(" ")
        elif name == "noBreakHyphen":
            said.append("-")
    return "".join(said)


def _has_line(paragraph: Element) -> bool:
    """Tell whether a line is drawn beneath a paragraph: its border, or a shape that is a line."""
    border = child(paragraph, "pPr", "pBdr", "bottom")
    if border is not None and (value(border, "val") or "single") not in ("nil", "none"):
        return True
    for one in paragraph.iter():
        name = tag(one)
        if name == "prstGeom" and (one.get("prst") or "").lower().startswith(("line", "straight")):
            return True
        if name == "line" and "vml" in str(one.tag):
            return True
        if name == "shape" and "vml" in str(one.tag) and "#_x0000_t32" in (one.get("type") or ""):
            return True
    return False


def _mm(element: Element | None, name: str) -> float:
    if element is None:
        return 0
    return float(value(element, name) or 0) / _TWIPS
