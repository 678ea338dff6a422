"""A publication's text: paragraphs, headings, lists, and places where figures of a frozen snapshot are filled in.

A place is written {{assists}}, or {{assists by district = 643}} for one row of the figure; nothing else is markup but
"## " before a heading and "- " before a line of a list.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)(?:\s+by\s+([a-z][a-z0-9_]*)\s*=\s*([^{}\s]+))?\s*\}\}")
TOTAL_BY = "group"
"""A total is counted by this dimension; it is the same by any, and small parts of it are hidden alike."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place for a figure: a measure, or one row of it."""

    text: str
    measure: str
    by: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A figure in a place: the value as written, what it is, how sure, of when, and its address (a path)."""

    text: str
    value: str
    name: str
    unit: str
    definition: str
    grade: str
    as_of: str
    address: str


@dataclass(frozen=True, slots=True)
class Span:
    """Words, or a figure among them."""

    text: str
    figure: Filled | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("p"), a heading ("h"), or a list ("ul"), each item a row of spans; the others have one row."""

    kind: str
    rows: tuple[tuple[Span, ...], ...]


def placeholders(*texts: str) -> tuple[Placeholder, ...]:
    """List the places of texts, each once, in order."""
    found: dict[str, Placeholder] = {}
    for text in texts:
        for match in _PLACE.finditer(text):
            measure, by, key = match.groups()
            found.setdefault(match[0], Placeholder(match[0], measure, by or "", key or ""))
    return tuple(found.values())


def is_well_formed(text: str) -> bool:
    """Tell whether every pair of braces is a place for a figure."""
    rest = _PLACE.sub("", text)
    return "{{" not in rest and "}}" not in rest


def blocks(text: str, figures: Mapping[str, Filled]) -> tuple[Block, ...]:
    """Read a text into blocks with its figures filled in; a place without a figure stays as it was typed."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        found += _part(part.strip().split("\n"), figures)
    return tuple(found)


def plain_text(text: str, figures: Mapping[str, Filled]) -> str:
    """Give a text with its figures filled in, as words alone."""
    return "".join(span.text for span in _spans(text, figures))


def _part(lines: list[str], figures: Mapping[str, Filled]) -> Iterable[Block]:
    waiting: list[str] = []
    kind = "p"
    for line in [one.strip() for one in lines if one.strip()]:
        this = "h" if line.startswith("## ") else "ul" if line.startswith("- ") else "p"
        if waiting and (this != kind or this == "h"):
            yield _block(kind, waiting, figures)
            waiting = []
        kind = this
        waiting.append(line.removeprefix("## ").removeprefix("- "))
    if waiting:
        yield _block(kind, waiting, figures)


def _block(kind: str, lines: list[str], figures: Mapping[str, Filled]) -> Block:
    rows = lines if kind == "ul" else [" ".join(lines)]
    return Block(kind, tuple(_spans(row, figures) for row in rows))


def _spans(text: str, figures: Mapping[str, Filled]) -> tuple[Span, ...]:
    found: list[Span] = []
    at = 0
    for match in _PLACE.finditer(text):
        figure = figures.get(match[0])
        if match.start() > at:
            found.append(Span(text[at : match.start()]))
        found.append(Span(figure.value, figure) if figure else Span(match[0]))
        at = match.end()
    if at < len(text):
        found.append(Span(text[at:]))
    return tuple(found)
