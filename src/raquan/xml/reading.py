"""The one parser of XML from outside; what the elements mean is said by the adapters of the rooms."""

from lxml import etree

from raquan.kernel.text import nfc

Element = etree._Element

MAX_DEPTH = 30
"""How deep adapters follow elements: no form of people nests further, and recursion stays far from its limit."""


class Malformed(ValueError):
    """The bytes are no XML, and where that shows."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}")
        self.line, self.column = line, column


class DoctypeDeclared(ValueError):
    """The XML declares a document type, which nothing that we take needs and attacks do."""


def parse(xml: bytes) -> Element:
    """Give the root element; raises Malformed and DoctypeDeclared, and nothing else whatever the bytes are."""
    # A parser a call: lxml's parsers are not for several threads at once, and making one costs little.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in xml[:4096]:
        raise DoctypeDeclared()
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Malformed(*error.position) from error
    if root.getroottree().docinfo.doctype:
        raise DoctypeDeclared()
    return root


def name_of(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child_of(element: Element, name: str) -> Element | None:
    """Give the first child of a name, whatever its namespace."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def text_of(element: Element | None) -> str:
    """Give an element's text, trimmed and in NFC; "" where there is none."""
    return "" if element is None else nfc((element.text or "").strip())


def add_child(above: Element, *, like: Element, name: str) -> Element:
    """Add an empty child of another name in the namespace that a sibling has."""
    return etree.SubElement(above, etree.QName(etree.QName(like).namespace, name))


def write(root: Element) -> bytes:
    """Write a document that was parsed and changed, as UTF-8."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
