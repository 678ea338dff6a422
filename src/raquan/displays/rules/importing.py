"""Lists of places from a table: which column says what, how a row's words are read, and how rows are written again."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from raquan.displays.rules import CLAIM_NAMES, SITE_KIND_NAMES, Claim, SiteKind
from raquan.kernel.refused import N_
from raquan.kernel.text import fold

COLUMNS = ("Tên nơi", "Loại", "Bắt buộc hay mời", "Xã, phường", "Địa chỉ", "Trang web", "Đơn vị phụ trách")
"""The headings of a list, in the order of SiteRow's fields; Vietnamese, whatever the reader's language."""

MOST_ROWS = 300


class RowState(StrEnum):
    """What would come of a row, or came of it."""

    NEW = "new"
    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"


ROW_STATE_NAMES: Mapping[RowState, str] = {
    RowState.NEW: N_("Sẽ thêm"),
    RowState.ADDED: N_("Đã thêm"),
    RowState.KNOWN: N_("Đã có sẵn"),
    RowState.REFUSED: N_("Cần sửa"),
}


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A place on a list, as written."""

    name: str = ""
    kind: str = ""
    claim: str = ""
    commune: str = ""
    address: str = ""
    page_url: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SiteList:
    """The rows of a list, and the headings of columns that nothing was read from."""

    rows: tuple[SiteRow, ...]
    unused: tuple[str, ...] = ()


_NAMES = tuple(one.name for one in fields(SiteRow))
# The first pattern that is found in a folded heading says what the column is.
_HEADINGS = (
    ("claim", r"bat buoc|\bmoi\b|phai treo"),
    ("page_url", r"trang web|website|dia chi trang|duong dan|\burl\b|\blink\b"),
    ("unit", r"don vi|co quan|phu trach"),
    ("kind", r"\bloai\b|hinh thuc"),
    ("commune", r"\bxa\b|\bphuong\b|thi tran|dia ban"),
    ("address", r"dia chi"),
    ("name", r"\bten\b|\bnoi\b"),
)
_KINDS = (
    (SiteKind.ONE_STOP_SHOP, r"mot cua|trung tam phuc vu hanh chinh"),
    (SiteKind.LED, r"\bled\b|man hinh"),
    (SiteKind.PORTAL, r"\btrang\b|\bcong\b|website|\bweb\b|portal"),
    (SiteKind.SHOP, r"cua hang|sieu thi|\bquan\b|tap hoa|nha sach"),
    (SiteKind.STREET, r"duong|cong cong|nga tu|nga ba|\bcho\b"),
)
_CLAIMS = ((Claim.INVITED, r"\bmoi\b|tu choi|khong|invited"), (Claim.MUST, r"bat buoc|phai|\bco\b|must|\bx\b"))


def read_cells(table: Iterable[Sequence[str]]) -> SiteList:
    """Read the rows of a table; columns are known by a row of headings, without one they stand as in COLUMNS.

    Blank rows are left out, and what stands above the headings, such as a title.
    """
    rows = [[" ".join(cell.split()) for cell in row] for row in table]
    rows = [row for row in rows if any(row)]
    at = next((place for place, row in enumerate(rows[:10]) if _is_head(row)), None)
    if at is None:
        return SiteList(tuple(SiteRow(*_padded(row)) for row in rows))
    meanings = _meanings(rows[at])
    unused = tuple(head for place, head in enumerate(rows[at]) if head and place not in meanings)
    return SiteList(
        tuple(
            SiteRow(**{name: row[place] for place, name in meanings.items() if place < len(row)})
            for row in rows[at + 1 :]
        ),
        unused,
    )


def read_text(text: str) -> SiteList:
    """Read a list that was pasted, its columns divided by tab or semicolon."""
    divider = "\t" if "\t" in text else ";"
    return read_cells(csv.reader(io.StringIO(text), delimiter=divider))


def write_text(rows: Iterable[SiteRow]) -> str:
    """Write rows as `read_text` reads them, with their headings; "" for none."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    lines = [[getattr(row, name) for name in _NAMES] for row in rows]
    writer.writerows([COLUMNS, *lines] if lines else [])
    return out.getvalue()


def read_kind(written: str) -> SiteKind | None:
    """Give the kind of place that a text names; None for no known one."""
    wanted = fold(written)
    named = next((kind for kind, name in SITE_KIND_NAMES.items() if wanted in (fold(name), kind.value)), None)
    return named or next((kind for kind, pattern in _KINDS if re.search(pattern, wanted)), None)


def read_claim(written: str, kind: SiteKind) -> Claim | None:
    """Tell whether a place must show or is invited, by its words; a shop is invited whatever they are."""
    if kind is SiteKind.SHOP:
        return Claim.INVITED
    wanted = fold(written)
    named = next((claim for claim, name in CLAIM_NAMES.items() if wanted in (fold(name), claim.value)), None)
    return named or next((claim for claim, pattern in _CLAIMS if re.search(pattern, wanted)), None)


def _is_head(row: Sequence[str]) -> bool:
    return {"name", "kind"} <= set(_meanings(row).values())


def _meanings(row: Sequence[str]) -> dict[int, str]:
    """Give what each column says; each meaning belongs to the first column that has it."""
    found: dict[int, str] = {}
    for place, head in enumerate(row):
        if len(head) > 60:
            continue
        meaning = next((name for name, pattern in _HEADINGS if re.search(pattern, fold(head))), None)
        if meaning and meaning not in found.values():
            found[place] = meaning
    return found


def _padded(row: Sequence[str]) -> list[str]:
    return [*row[: len(_NAMES)], *[""] * (len(_NAMES) - len(row))]
