"""Knows a task table by its headings: which column says what, whatever its name, order and number of heading rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.text import fold, normalize
from raquan.readings.rules.document import Cell, Row, Table, has_text


class Column(StrEnum):
    """What a column of a task table says."""

    ORDER = "order"
    TITLE = "title"
    LEAD = "lead"
    COOPERATING = "cooperating"
    UNITS = "units"
    TIME = "time"
    START = "start"
    DEADLINE = "deadline"
    DELIVERABLE = "deliverable"


@dataclass(frozen=True, slots=True)
class Columns:
    """The meaning, the heading and the heading's own cell of each grid column; the content begins at `first_row`."""

    meanings: Mapping[int, Column]
    headings: Mapping[int, str]
    owners: Mapping[int, int]
    first_row: int
    width: int

    def of(self, cell: Cell) -> Column | None:
        """Tell what a cell says: a merged one says the content if it covers that column, else the first it covers."""
        covered = [self.meanings[at] for at in range(cell.start, cell.end) if at in self.meanings]
        return Column.TITLE if Column.TITLE in covered else next(iter(covered), None)

    def is_wide(self, cell: Cell) -> bool:
        """Tell whether a cell covers the content's column and another heading's."""
        owners = {self.owners.get(at, -1 - at) for at in range(cell.start, cell.end)}
        return len(owners) > 1 and self.of(cell) is Column.TITLE

    def heading_of(self, cell: Cell) -> str:
        """Give the heading above a cell."""
        return next((self.headings[at] for at in range(cell.start, cell.end) if at in self.headings), "")


_MOST_HEADING_ROWS = 3
_LONGEST_HEADING = 60
_ORDERS = {"stt", "tt", "so tt", "so thu tu", "thu tu", "s tt", "st t"}


def column_meaning(heading: str) -> Column | None:
    """Tell what a column says by its heading, or None: notes, costs and anything else have no field."""
    folded = " ".join(re.sub(r"[^\w/ ]", " ", fold(heading)).split())
    if folded in _ORDERS:
        return Column.ORDER
    if re.search(r"ghi chu|kinh phi|du toan|thanh tien|chi tieu|dia diem|^nhom ", folded) and "chu tri" not in folded:
        return None
    if folded.startswith(("noi dung", "ten nhiem vu", "ten hoat dong")):
        return Column.TITLE
    return _unit_column(folded) or _time_column(folded) or _text_column(folded)


def _unit_column(folded: str) -> Column | None:
    if "chu tri" in folded:
        return Column.UNITS if "phoi hop" in folded else Column.LEAD
    if "phoi hop" in folded:
        return Column.COOPERATING
    doing = (
        r"(?:(?:co quan|don vi|ca nhan|bo phan)[/ ,]*(?:va )?)+(?:thuc hien|phu trach|trien khai)"
        r"|phan cong.*|nguoi thuc hien|don vi|co quan|co quan don vi|(?:co quan|don vi) (?:chiu trach nhiem|dau moi).*"
    )
    return Column.UNITS if re.fullmatch(doing, folded) else None


def _time_column(folded: str) -> Column | None:
    if re.search(
        r"thoi han|han hoan thanh|thoi gian (?:phai )?hoan thanh|^(?:ngay )?hoan thanh|ket thuc|^den(?: ngay)?$|^han ",
        folded,
    ):
        return Column.DEADLINE
    if re.search(r"^(?:ngay )?bat dau|thoi gian bat dau|^tu(?: ngay)?$", folded):
        return Column.START
    return Column.TIME if re.search(r"thoi gian|thoi diem|^tien do|lo trinh", folded) else None


def _text_column(folded: str) -> Column | None:
    if re.search(r"san pham|ket qua|dau ra", folded):
        return Column.DELIVERABLE
    return Column.TITLE if re.search(r"noi dung|nhiem vu|hoat dong|cong viec|^viec$", folded) else None


def task_columns(table: Table) -> Columns | None:
    """Find a task table's columns: one for the content and, besides, one for units or time; or None."""
    width = max((cell.end for row in table.rows for cell in row.cells), default=0)
    for top in range(min(_MOST_HEADING_ROWS, len(table.rows))):
        found = _columns_under(table.rows, top, width)
        if found is not None:
            return found
    return None


def heading_at(rows: Sequence[Row], at: int) -> Columns | None:
    """Give the columns when a row anywhere in a sheet is the heading of a task table: short words, mostly known."""
    row = rows[at]
    said = [cell.text for cell in row.cells if not cell.continued and has_text(cell.text)]
    if len(said) < 2 or any(len(text) > _LONGEST_HEADING for text in said):
        return None
    found = _columns_under(rows, at, max(cell.end for one in rows for cell in one.cells))
    if found is None or at + 1 > found.first_row:
        return None
    headings = {owner: found.headings[owner] for owner in set(found.owners.values())}
    known = set(found.meanings.values())
    enough = len(known) >= 3 or len(known) == len(headings)
    return found if enough and not any(text.strip().isdigit() for text in said) else None


def _columns_under(rows: Sequence[Row], top: int, width: int) -> Columns | None:
    below = top + 1
    while below < len(rows) and below - top < _MOST_HEADING_ROWS and _is_lower_heading(rows[below], rows[below - 1]):
        below += 1
    headings: dict[int, str] = {}
    owners: dict[int, int] = {}
    for cell in (cell for row in rows[top:below] for cell in row.cells):
        if has_text(cell.text) and not cell.continued:
            headings |= dict.fromkeys(range(cell.start, cell.end), normalize(cell.text))
            owners |= dict.fromkeys(range(cell.start, cell.end), cell.start)
    meanings: dict[int, Column] = {}
    for start in sorted(set(owners.values())):
        meaning = column_meaning(headings[start])
        if meaning is not None and meaning not in meanings.values():
            meanings |= {at: meaning for at, owner in owners.items() if owner == start}
    found = set(meanings.values())
    besides = {Column.LEAD, Column.UNITS, Column.TIME, Column.DEADLINE, Column.START}
    if Column.TITLE not in found or not found & besides:
        return None
    return Columns(meanings, headings, owners, below, width)


def _is_lower_heading(row: Row, above: Row) -> bool:
    """Tell whether a row is the second of a heading: it goes on under the first, and is made of headings."""
    own = [cell for cell in row.cells if not cell.continued and has_text(cell.text)]
    goes_on = any(cell.continued for cell in row.cells)
    under_wide = [cell for cell in own if any(_is_under(cell, wide) for wide in above.cells)]
    return (
        bool(own)
        and (goes_on or len(under_wide) == len(own))
        and all(column_meaning(c.text) for c in under_wide or own)
    )


def _is_under(cell: Cell, wide: Cell) -> bool:
    return wide.start <= cell.start and cell.end <= wide.end and wide.span > cell.span
