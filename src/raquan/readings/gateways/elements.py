"""The parts of WordprocessingML that we look at, by their names, and the text that they show."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap, qn

Element = Any
"""An lxml element; python-docx and lxml type it differently."""

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is inside a paragraph and is not its text: settings, what was deleted or moved away, boxes, older copies.
_HIDDEN = frozenset(
    {qn(f"w:{name}") for name in ("pPr", "rPr", "del", "moveFrom", "txbxContent", "tblPr", "trPr", "tcPr")}
    | {f"{MC}Fallback"}
)
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT = qn("w:t")
WORD = nsmap["w"]


def child(element: Element, *path: str) -> Element | None:
    """Follow child names ("pPr", "numPr"); None where one is absent."""
    for name in path:
        element = None if element is None else element.find(qn(f"w:{name}"))
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """Give an attribute of an element that may be absent."""
    found = None if element is None else element.get(qn(f"w:{name}"))
    return None if found is None else str(found)


def is_on(element: Element | None) -> bool:
    """Tell whether a switch such as <w:b/> is on."""
    return element is not None and value(element) not in ("0", "false", "off")


def shown(element: Element) -> Iterator[Element]:
    """Go through the elements that are shown: what was deleted, and the older copy of a drawing, are not."""
    for one in element:
        if one.tag not in _HIDDEN:
            yield one
            yield from shown(one)


def text_of(paragraph: Element) -> str:
    """Give a paragraph's text, with tabs and line breaks."""
    return "".join(
        (one.text or "") if one.tag == _TEXT else _SIGNS.get(one.tag, "")
        for one in shown(paragraph)
        if one.tag == _TEXT or one.tag in _SIGNS
    )


def blocks_of(container: Element) -> Iterator[Element]:
    """Give the paragraphs and tables of a body or cell in order, also those in content controls."""
    for one in container:
        if one.tag in (qn("w:p"), qn("w:tbl")):
            yield one
        elif one.tag == f"{MC}AlternateContent":
            yield from blocks_of(one.find(f"{MC}Choice") if one.find(f"{MC}Choice") is not None else ())
        elif one.tag in (
            qn("w:sdt"),
            qn("w:sdtContent"),
            qn("w:customXml"),
            qn("w:ins"),
            qn("w:moveTo"),
            qn("w:smartTag"),
        ):
            yield from blocks_of(one)


def rows_of(table: Element) -> Iterator[Element]:
    """Give a table's rows in order, also those in content controls."""
    yield from _wrapped(table, qn("w:tr"))


def cells_of(row: Element) -> Iterator[Element]:
    """Give a row's cells in order, also those in content controls."""
    yield from _wrapped(row, qn("w:tc"))


def _wrapped(parent: Element, tag: str) -> Iterator[Element]:
    for one in parent:
        if one.tag == tag:
            yield one
        elif one.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _wrapped(one, tag)
