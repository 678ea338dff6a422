"""A document as the reader sees it: paragraphs and tables in the order of the page, each with its address."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


def has_text(text: str) -> bool:
    """Tell whether a text says anything: a letter, a digit, a mark; blanks and invisible signs say nothing."""
    return any(unicodedata.category(c)[0] not in "ZC" for c in text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `number` counts from 1, empty ones too, those in tables not.

    `text` is as typed, `label` what Word numbers it with ("1.", "a)") when the number is not typed;
    `place` says where it stands when that is no paragraph of a page, but a row of a sheet.
    """

    number: int
    text: str
    label: str = ""
    style: str = ""
    place: str = ""

    @property
    def source(self) -> str:
        """Say where it stands."""
        return self.place or f"đoạn {self.number}"

    @property
    def full(self) -> str:
        """Give the text with the number that the page shows before it."""
        return f"{self.label} {self.text}" if self.label and has_text(self.text) else self.text


@dataclass(frozen=True, slots=True)
class Aside:
    """A text outside the flow, with the name of its place: a text box, or (`is_note`) a note at the foot of a page."""

    source: str
    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over `span` grid columns from `start`; its paragraphs are joined by line breaks.

    `continued` marks a cell that goes on from the row above: its text is that of the first one.
    `bold` says of each line whether all of it is bold, `numbered` that Word numbers it.
    """

    text: str
    start: int
    span: int = 1
    continued: bool = False
    bold: tuple[bool, ...] = ()
    numbered: bool = False

    @property
    def end(self) -> int:
        """Give the first grid column after it."""
        return self.start + self.span


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; both numbers count from 1, the heading's row too. `place` as for a paragraph."""

    table: int
    number: int
    cells: tuple[Cell, ...]
    place: str = ""

    @property
    def source(self) -> str:
        """Say where it stands."""
        return self.place or f"bảng {self.table}, dòng {self.number}"

    @property
    def own_text(self) -> str:
        """Give what this row itself says, its cells joined by bars."""
        return " | ".join(cell.text for cell in self.cells if not cell.continued and has_text(cell.text))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the body, counted from 1."""

    number: int
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """Give all of its text, a line a cell."""
        return "\n".join(cell.text for row in self.rows for cell in row.cells if not cell.continued)


Block = Paragraph | Table
Placed = Paragraph | Row | Aside


@dataclass(frozen=True, slots=True)
class DocumentText:
    """All that a document says: its body in order, then what stands outside the flow.

    In a workbook (`is_sheets`) the blocks are those of one sheet after the other.
    """

    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...] = ()
    is_sheets: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Give the body's paragraphs, empty ones too."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Give the body's tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Give the address and text of everything that says something, in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                if has_text(block.text):
                    yield block.source, block.full
            else:
                for row in block.rows:
                    if has_text(row.own_text):
                        yield row.source, row.own_text
        for aside in self.asides:
            if has_text(aside.text):
                yield aside.source, aside.text
