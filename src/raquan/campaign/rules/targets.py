"""Targets of indicators: to whom they are given, and how many of them are read from pasted rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.numbers import parse_integer
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import fold, normalize

MOST_ROWS = 1000
MOST_VALUE = 2_000_000_000


class TargetScope(StrEnum):
    """To whom a target is given."""

    ALL = "all"
    UNIT = "unit"
    PLACE = "place"
    GROUP = "group"


class CommuneGroup(StrEnum):
    """The groups of communes that have minimums of their own."""

    URBAN = "urban"
    MARKET = "market"
    REMOTE = "remote"


COMMUNE_GROUP_NAMES: Mapping[CommuneGroup, str] = {
    CommuneGroup.URBAN: N_("Nhóm xã, phường đô thị"),
    CommuneGroup.MARKET: N_("Nhóm xã có chợ, trung tâm cụm xã"),
    CommuneGroup.REMOTE: N_("Nhóm xã vùng sâu, vùng xa"),
}
ALL_NAME = N_("Toàn tỉnh")
_ALL = frozenset({"toan tinh", "ca tinh"})
_GROUPS = {"do thi": CommuneGroup.URBAN, "cho": CommuneGroup.MARKET, "vung xa": CommuneGroup.REMOTE}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A pasted row: whom it names, in what words, and the number; `error` says why it cannot be read."""

    line: int
    written: str
    value: int | None
    error: str = ""


def split_rows(text: str) -> list[tuple[int, str, str]]:
    """Part rows of two columns, from Excel (tabs) or CSV (";" or the last comma), each with its line's number.

    Empty lines are left out.
    """
    rows = []
    for line, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if raw.strip():
            mark = next((one for one in ("\t", ";", ",") if one in raw), None)
            name, _, last = raw.rpartition(mark) if mark else (raw, "", "")
            rows.append((line, normalize(name.strip(' \t;,"')), last.strip(' "')))
    return rows


def read_rows(text: str) -> tuple[TargetRow, ...]:
    """Read rows of a name and a number."""
    return tuple(_row(*one) for one in split_rows(text))


def _row(line: int, name: str, number: str) -> TargetRow:
    if not name or not number:
        return TargetRow(line, name, None, N_("Hãy ghi tên rồi đến số, cách nhau bằng dấu chấm phẩy hoặc ô của Excel."))
    try:
        value = parse_integer(number)
    except Refused:
        return TargetRow(line, name, None, N_("Cột cuối không phải là số nguyên. Hãy viết như 1200 hoặc 1.200."))
    if not 0 < value <= MOST_VALUE:
        return TargetRow(line, name, None, N_("Mức giao phải lớn hơn 0."))
    return TargetRow(line, name, value)


def group_named(written: str) -> CommuneGroup | None:
    """Give the group of communes that a text names: "nhóm đô thị", "xã vùng sâu, vùng xa"."""
    words = fold(written)
    if not words.startswith("nhom"):
        return None
    return next((group for name, group in _GROUPS.items() if name in words), None)


def names_all(written: str) -> bool:
    """Tell whether a text names the whole province."""
    return fold(written) in _ALL
