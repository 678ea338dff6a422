"""A workbook of results: which columns it has, and what each row says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from raquan.kernel.numbers import parse_integer
from raquan.kernel.refused import Refused
from raquan.kernel.text import fold
from raquan.readings.rules import Sheet, SheetRow

_HEADS: Mapping[str, str] = {  # the list of results, downloaded and filled in, can be sent back
    "ma uu dai": "code",
    "ma": "code",
    "thang": "month",
    "luot dung": "redeemed",
    "khach hang moi": "new_customers",
    "khach moi": "new_customers",
    "gia tri": "value",
}
_NEEDED = {"code", "month", "redeemed"}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row: its line in the sheet, the offer's code, the month's first day, times used, new customers, dong given."""

    line: int
    code: str
    month: date
    redeemed: int
    new_customers: int | None
    value: int | None


def read_results(sheets: Sequence[Sheet]) -> list[ResultRow]:
    """Read the first sheet with the needed heads; raises ValueError with the line that says no month or number."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows):
            names = {cell.start: _HEADS.get(fold(cell.text).split(" (")[0], "") for cell in row.cells}
            if set(names.values()) >= _NEEDED:
                rows = ((one, _said(one, names)) for one in sheet.rows[place + 1 :])
                return [_row(one.number, said) for one, said in rows if said.get("code")]
    raise ValueError("")


def _said(row: SheetRow, names: Mapping[int, str]) -> dict[str, str]:
    return {names[cell.start]: cell.text.strip() for cell in row.cells if names.get(cell.start)}


def _row(line: int, said: Mapping[str, str]) -> ResultRow:
    try:
        return ResultRow(
            line,
            said["code"],
            _month(said.get("month", "")),
            parse_integer(said.get("redeemed", "")),
            *(parse_integer(said[name]) if said.get(name) else None for name in ("new_customers", "value")),
        )
    except (ValueError, Refused) as error:
        raise ValueError(f"({line})") from error


def _month(text: str) -> date:
    """Read 10/2023, or the day that Excel makes of it: 01/10/2023."""
    *_day, month, year = text.split("/")
    return date(int(year), int(month), 1)
