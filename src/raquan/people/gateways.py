"""Reads lists of organizations from CSV files, and writes lists as such."""

import csv
from dataclasses import dataclass
from pathlib import Path

from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import normalize
from raquan.people.rules import Level

PACKAGED = Path(__file__).parent / "data" / "organizations.csv"
COLUMNS = {"name", "short_name", "level", "place_code", "aliases"}


_COLUMNS_SAID = ", ".join(sorted(COLUMNS))


class ListUnreadable(Refused):
    """The file is not a list of organizations."""

    code = "people.list_unreadable"
    message = N_("Không đọc được danh sách đơn vị: tệp phải là CSV (UTF-8) có các cột {columns}.")


class RowUnreadable(Refused):
    """A row has no name, or a level that is none."""

    code = "people.row_unreadable"
    message = N_("Không đọc được dòng của đơn vị “{name}”: cấp “{level}” phải là một trong {levels}.")


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One organization of a list."""

    name: str
    short_name: str
    level: Level
    place_code: str
    aliases: tuple[str, ...]


def read_organizations(path: Path | None) -> list[OrganizationRow]:
    """Read rows with the columns name, short_name, level, place_code, aliases (divided by |). Raises ListUnreadable."""
    try:
        with (path or PACKAGED).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not set(reader.fieldnames or ()) >= COLUMNS:
                raise ListUnreadable(columns=_COLUMNS_SAID)
            return [_row(row) for row in reader]
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise ListUnreadable(columns=_COLUMNS_SAID) from error


def _row(row: dict[str, str]) -> OrganizationRow:
    name, level = normalize(row["name"] or ""), (row["level"] or "").strip()
    if not name or level not in set(Level):
        raise RowUnreadable(name=name or "?", level=level, levels=", ".join(Level))
    aliases = (normalize(alias) for alias in (row["aliases"] or "").split("|"))
    return OrganizationRow(
        name=name,
        short_name=normalize(row["short_name"] or ""),
        level=Level(level),
        place_code=(row["place_code"] or "").strip(),
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias)),
    )
