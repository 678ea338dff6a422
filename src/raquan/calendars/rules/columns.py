"""Knows a calendar by its headings: which column says what, whatever its name, order and number of heading rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.text import fold
from raquan.readings.rules import Cell, SheetRow, has_text


class Column(StrEnum):
    """What a column of a calendar says; `TIME` is a day, hours, or both."""

    ORDER = "order"
    WEEKDAY = "weekday"
    DAY = "day"
    UNTIL = "until"
    TIME = "time"
    HOURS = "hours"
    START = "start"
    END = "end"
    PLACE = "place"
    DISTRICT = "district"
    SITE = "site"
    UNIT = "unit"
    LEADER = "leader"
    TEAM = "team"
    SERVICES = "services"
    EXPECTED = "expected"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Heading:
    """The meaning and the heading's words of each grid column; the content begins at `first_row` of the list."""

    meanings: Mapping[int, Column]
    words: Mapping[int, str]
    first_row: int


_LONGEST = 60
# A number alone, an hour or a day: no heading has them, while "Xã Ea Tul" could be one.
_CONTENT = re.compile(r"^\s*\d+\s*$|\d\s?[h:]\s?\d{2}|\d{1,2}h\b|\d/\d{1,2}(?!\d)")
_WHEN = frozenset({Column.DAY, Column.TIME, Column.HOURS, Column.START, Column.WEEKDAY})
_WHERE = frozenset({Column.SITE, Column.PLACE})
# The first pattern that is found in a folded heading says what the column is.
_PATTERNS: tuple[tuple[str, Column | None], ...] = (
    (r"^(stt|tt|so tt|so thu tu|s tt)$", Column.ORDER),
    (r"ghi chu|luu y|chuan bi", Column.NOTES),
    (r"dien thoai|^sdt|so dt|lien he|kinh phi|phoi hop|email|ket qua", None),
    (r"^thu$|^thu trong tuan$", Column.WEEKDAY),
    (r"du kien|so nguoi|so luong|so ho", Column.EXPECTED),
    (r"^den ngay|ngay ket thuc", Column.UNTIL),
    (r"^(tu|tu luc|tu gio|gio bat dau|bat dau|gio den)$", Column.START),
    (r"^(den|den luc|den gio|gio ket thuc|ket thuc)$", Column.END),
    (r"don vi hanh chinh|^(xa|phuong|thi tran)\b|dia ban|dia phuong", Column.PLACE),
    (r"^(huyen|thi xa|thanh pho)\b", Column.DISTRICT),
    (r"don vi|co quan|chu tri", Column.UNIT),
    (r"to truong|doi truong|truong doan|truong nhom|phu trach|dau moi|chi dao|chi huy", Column.LEADER),
    (r"thanh vien|doi vien|luc luong|thanh phan|tham gia|nhan su|can bo|nguoi thuc hien|ho tro vien", Column.TEAM),
    (r"dia diem|\bdiem\b|noi to chuc|\bthon\b|\bbuon\b|to dan pho|dia chi", Column.SITE),
    (r"dich vu|noi dung|chu de|hoat dong|linh vuc", Column.SERVICES),
    (r"(?<!ca )\bngay\b", Column.DAY),
    (r"\bgio\b|\bbuoi\b", Column.HOURS),
    (r"thoi gian|thoi diem|\bmoc\b", Column.TIME),
)


def column_meaning(heading: str) -> Column | None:
    """Tell what a column says by its heading, or None: telephone numbers, costs and anything else have no field."""
    folded = " ".join(re.sub(r"[^\w ]", " ", fold(heading)).split())
    return next((meaning for pattern, meaning in _PATTERNS if re.search(pattern, folded)), None)


def heading_at(rows: Sequence[SheetRow], at: int) -> Heading | None:
    """Give the columns when a row is the heading of a calendar: short words that say when and where."""
    own = own_cells(rows[at])
    if len(own) < 2 or any(len(cell.text) > _LONGEST or _CONTENT.search(cell.text) for cell in own):
        return None
    below = at + 1
    if below < len(rows) and _is_lower_heading(rows[below], rows[at]):
        below += 1
    words = {
        column: cell.text for row in rows[at:below] for cell in own_cells(row) for column in range(cell.start, cell.end)
    }
    meanings = {column: found for column, text in words.items() if (found := column_meaning(text)) is not None}
    said = set(meanings.values())
    return Heading(meanings, words, below) if said & _WHEN and said & _WHERE and len(said) > 2 else None


def own_cells(row: SheetRow) -> list[Cell]:
    """Give the cells of a row that say something themselves, not from the row above."""
    return [cell for cell in row.cells if not cell.continued and has_text(cell.text)]


def address(cell: Cell, row: int) -> str:
    """Give a cell's address as a sheet shows it: B5."""
    letters, left = "", cell.start + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def _is_lower_heading(row: SheetRow, above: SheetRow) -> bool:
    """Tell whether a row is the second of a heading: each of its cells is a heading and parts a wide one above."""
    own = own_cells(row)
    wide = [cell for cell in above.cells if cell.span > 1]
    return bool(own) and all(
        column_meaning(cell.text) and any(one.start <= cell.start and cell.end <= one.end for one in wide)
        for cell in own
    )
