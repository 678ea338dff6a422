"""What a tally sheet is, and how many of its people count beside the records of its outing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_


class TallyState(StrEnum):
    """Where a printed tally sheet stands."""

    ISSUED = "issued"
    ENTERED = "entered"
    WITHDRAWN = "withdrawn"


class TallySource(StrEnum):
    """How what stands on a sheet reached us."""

    PAGE = "page"
    EXCEL = "excel"
    TELEPHONE = "telephone"


TALLY_STATE_NAMES: Mapping[TallyState, str] = {
    TallyState.ISSUED: N_("Chưa nhập"),
    TallyState.ENTERED: N_("Đã nhập"),
    TallyState.WITHDRAWN: N_("Đã hủy"),
}
TALLY_SOURCE_NAMES: Mapping[TallySource, str] = {
    TallySource.PAGE: N_("Nhập trên trang"),
    TallySource.EXCEL: N_("Tệp Excel"),
    TallySource.TELEPHONE: N_("Đọc qua điện thoại"),
}
TALLIED = "tallied"
"""The grade of what a sheet says: ticks on paper, several people at once."""

MOST_PEOPLE = 999
"""The most people that one cell of a sheet can stand for."""


@dataclass(frozen=True, slots=True, order=True)
class TallyKey:
    """A cell of a sheet: how many people reached this result with this service in this way."""

    service: str
    rung: str
    how: str


Tally = Mapping[TallyKey, int]
"""People by cell; a cell that is not there is 0."""


@dataclass(frozen=True, slots=True)
class TalliedSheet:
    """What a sheet says; `recorded_too` when its people, or some of them, also have a record each."""

    number: str
    cells: Tally
    recorded_too: bool


def reconcile(sheets: Sequence[TalliedSheet], records: Tally) -> dict[str, dict[TallyKey, int]]:
    """Say how many people of each sheet's cells count, beside the records of the same outing, so that none does twice.

    A sheet whose people have no records of their own counts whole. Of a sheet whose people, or some of them,
    were also recorded one by one, nobody can tell who is who, for it holds no names; so of the two numbers for a
    service only the larger counts: the records do, and of the sheets only what goes beyond them. It is compared
    by service, not by result, because two people may have judged one result differently; and a number that may
    be too small stands up better than one that may be too large. What overlaps is taken from the cell that is most
    like the records: the same result and way first, then the same result, then the fullest cells.
    """
    counted = {sheet.number: {key: count for key, count in sheet.cells.items() if count} for sheet in sheets}
    doubled = [counted[s.number] for s in sorted(sheets, key=lambda s: s.number) if s.recorded_too]
    left = {key: count for key, count in records.items() if count}
    for is_like in _LIKENESSES:
        for cells in doubled:
            for key in sorted(cells, key=lambda key: (-cells[key], key)):
                for record in sorted(left):
                    if is_like(key, record):
                        both = min(cells[key], left[record])
                        cells[key] -= both
                        left[record] -= both
    return counted


_LIKENESSES: tuple[Callable[[TallyKey, TallyKey], bool], ...] = (
    lambda cell, record: cell == record,
    lambda cell, record: (cell.service, cell.rung) == (record.service, record.rung),
    lambda cell, record: cell.service == record.service,
)


def tally_number(outing_code: str, position: int) -> str:
    """Number a sheet by its outing: CMG-7K2Q-P01."""
    return f"{outing_code}-P{position:02d}"
