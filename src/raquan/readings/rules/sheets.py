"""Finds the text and the tables in a workbook's sheets, where nothing says which rows are which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from raquan.kernel.text import fold
from raquan.readings.rules.columns import Columns, heading_at
from raquan.readings.rules.document import Aside, Block, Cell, DocumentText, Paragraph, Row, Table, has_text
from raquan.readings.rules.head import is_closing_line, is_motto


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet with its number as the sheet shows it; cells without a text are kept."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name: its rows from the first to the last that says something, blank ones too."""

    name: str
    rows: tuple[SheetRow, ...]


def document_of_sheets(sheets: Sequence[Sheet], asides: Sequence[Aside] = ()) -> DocumentText:
    """Part each sheet into paragraphs and tables, and put the sheets one below the other."""
    maker = _Maker()
    for sheet in sheets:
        maker.add(sheet)
    return DocumentText(tuple(maker.blocks), tuple(asides), is_sheets=True)


@dataclass(slots=True)
class _Maker:
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def add(self, sheet: Sheet) -> None:
        """Add a sheet: text down to a row of headings, then a table down to the next text."""
        rows = [Row(0, row.number, row.cells, f"trang “{sheet.name}”, dòng {row.number}") for row in sheet.rows]
        at = 0
        while at < len(rows):
            begin = next((one for one in range(at, len(rows)) if heading_at(rows, one) is not None), len(rows))
            self._add_text(rows[at:begin])
            if begin == len(rows):
                return
            end = _end_of_table(rows, begin)
            self._add_table(rows[begin:end])
            at = end

    def _add_text(self, rows: Sequence[Row]) -> None:
        """Add rows without task headings: several rows of several cells are a table, the rest are lines."""
        for chunk in _chunks(rows):
            if _is_grid(chunk):
                self._add_table(chunk)
            else:
                for row in chunk:
                    self.paragraphs += 1
                    self.blocks.append(Paragraph(self.paragraphs, _line(row), place=row.source))

    def _add_table(self, rows: Sequence[Row]) -> None:
        """Add a table as wide as what it says; a sheet is as wide as the widest of its tables."""
        self.tables += 1
        width = max((cell.end for row in rows for cell in row.cells if has_text(cell.text)), default=0)
        kept = [replace(row, cells=tuple(cell for cell in row.cells if cell.start < width)) for row in rows]
        self.blocks.append(Table(self.tables, tuple(replace(row, table=self.tables) for row in kept)))


def _end_of_table(rows: Sequence[Row], begin: int) -> int:
    """Give the row after a table: that of the closing, or the caption above other headings, or the end."""
    own = heading_at(rows, begin)
    for at in range(begin + 1, len(rows)):
        if _closes(rows[at]):
            return at
        other = heading_at(rows, at)
        if own is not None and other is not None and at >= own.first_row and not _is_repeated(own, other):
            while at > own.first_row and has_text(rows[at - 1].own_text) and len(_said(rows[at - 1])) == 1:
                at -= 1
            return at
    return len(rows)


def _closes(row: Row) -> bool:
    said = _said(row)
    return len(said) <= 2 and any(is_closing_line(cell.text) for cell in said)


def _is_repeated(own: Columns, other: Columns) -> bool:
    return {fold(one) for one in other.headings.values()} <= {fold(one) for one in own.headings.values()}


def _chunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Part rows where a blank one stands; a blank one is a chunk of its own."""
    chunk: list[Row] = []
    for row in rows:
        if has_text(row.own_text):
            chunk.append(row)
            continue
        if chunk:
            yield chunk
        yield [row]
        chunk = []
    if chunk:
        yield chunk


def _is_grid(chunk: Sequence[Row]) -> bool:
    """Tell whether rows are a table and not lines: two or more of several cells, and neither head nor closing."""
    texts = [cell.text for row in chunk for cell in _said(row)]
    if any(is_motto(text) or is_closing_line(text) for text in texts):
        return False
    several = sum(1 for row in chunk if len(_said(row)) > 1)
    return several > 1 and several * 2 > len(chunk)


def _said(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.continued and has_text(cell.text)]


def _line(row: Row) -> str:
    """Give a row as a line, its cells parted by tabs as in a head that is set by them."""
    return "\t".join(cell.text for cell in _said(row))
