"""Lists of people to invite: how a row is read, and written again when it was refused."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from raquan.kernel.text import fold
from raquan.people.rules.duties import ROLE_NAMES, Role

COLUMNS = ("Họ và tên", "Đăng nhập", "Vai trò", "Đơn vị", "Từ ngày", "Đến ngày")
MOST_ROWS = 500
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")


class RowsUnreadable(ValueError):
    """The row of this number (from 1) cannot be read: a day is none, or there are too few columns."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person on a list, as written; days None where the cell is empty."""

    full_name: str
    login: str
    role: str
    organization: str
    starts_on: date | None = None
    ends_on: date | None = None


def read_people(text: str) -> tuple[PersonRow, ...]:
    """Read a list with the columns of COLUMNS, divided by tab, semicolon or comma; a first row of titles is skipped.

    Raises RowsUnreadable.
    """
    lines = [line for line in text.splitlines() if line.strip(" \t;,")]
    first = lines[0] if lines else ""
    divider = next((one for one in "\t;" if one in first), ",")
    found = []
    for number, cells in enumerate(csv.reader(lines, delimiter=divider), start=1):
        said = [cell.strip() for cell in cells]
        if number == 1 and fold(said[0]) in ("ho va ten", "ho ten"):
            continue
        if len(said) < 4:
            raise RowsUnreadable(number)
        starts, ends = (_day(said[place] if len(said) > place else "", number) for place in (4, 5))
        found.append(PersonRow(said[0], said[1], said[2], said[3], starts, ends))
    return tuple(found)


def write_people(rows: Iterable[PersonRow]) -> str:
    """Write rows as `read_people` reads them, with semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    for row in rows:
        days = [f"{one:%d/%m/%Y}" if one else "" for one in (row.starts_on, row.ends_on)]
        writer.writerow([row.full_name, row.login, row.role, row.organization, *days])
    return out.getvalue()


def read_role(written: str) -> Role | None:
    """Give the role of a name or a code, marks and case aside; None when there is none."""
    wanted = fold(written)
    return next((role for role, name in ROLE_NAMES.items() if wanted in (fold(name), fold(role.value))), None)


def _day(written: str, number: int) -> date | None:
    if not written:
        return None
    for shape in _DAYS:
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RowsUnreadable(number)
