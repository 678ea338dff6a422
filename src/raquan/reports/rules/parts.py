"""The parts that an official report is made of, as its template places them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from raquan.analytics.rules import Figure, Number
from raquan.kernel.clock import VIETNAM
from raquan.kernel.layout import POINT_LETTERS

_TYPE = re.compile(r"^(tỉnh|thành phố|huyện|thị xã|thị trấn|xã|phường)\s+", re.IGNORECASE)
_BODIES = (" TỈNH ", " THÀNH PHỐ ", " HUYỆN ", " THỊ XÃ ", " THỊ TRẤN ", " XÃ ", " PHƯỜNG ")
_COMMITTEE = re.compile(r"^UBND\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the report must know besides figures; texts are Vietnamese, `province` with its type (Tỉnh Đắk Lắk)."""

    province: str
    campaign: str
    year: int
    theme: str
    starts_on: date
    ends_on: date
    plan: str
    plan_title: str
    plan_issued_on: date | None
    written_at: datetime
    public_url: str

    @property
    def issuer(self) -> str:
        """Name the body that reports: Ủy ban nhân dân tỉnh Đắk Lắk."""
        return f"Ủy ban nhân dân {self.province[:1].lower()}{self.province[1:]}"

    @property
    def place(self) -> str:
        """Name the place that stands before the date: the province without its type."""
        return bare_place(self.province)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit that reports: its name as registered, its level, and its commune or district with its type ("" none)."""

    name: str
    level: str
    place: str = ""

    @property
    def issuer(self) -> str:
        """Name it in full: Ủy ban nhân dân huyện Cư M’gar."""
        return _COMMITTEE.sub("Ủy ban nhân dân ", self.name)

    @property
    def is_committee(self) -> bool:
        """Tell whether it is a people's committee, which names no superior body and signs as a collective."""
        return self.issuer.lower().startswith("ủy ban nhân dân")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number of the report comes from: its mark, what it is, and the printed address."""

    mark: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Point:
    """A lettered point: a) …;"""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table as it is printed; `numbers` are the values before they were written out."""

    place: int
    label: str
    values: tuple[str, ...]
    share: str = ""
    numbers: tuple[Number | None, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table by one dimension: a column a measure, each heading with the mark of its source; a share of the first.

    `adds_up` says of each column whether its total is the sum of its rows; `whole` is what the shares add up to.
    `measures` are the keys of the columns' measures;
    `section` is the heading of the section that the table begins, `note` what must stand beneath it; both may be "".
    """

    by: str
    number: str
    caption: str
    label_heading: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[str, ...]
    numbers: tuple[Number | None, ...] = ()
    adds_up: tuple[bool, ...] = ()
    whole: str = "100,0"
    measures: tuple[str, ...] = ()
    section: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a figure, under which its caption stands; the picture is drawn when the report is filled."""

    number: str
    caption: str
    figure: Figure = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnitTold:
    """What a unit told in its last approved report, each part under its name; empty parts are left out."""

    unit: str
    period: str
    parts: tuple[str, ...]
    results: str = ""
    limits: str = ""
    causes: str = ""
    proposals: str = ""


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All texts of a report in the order of the page; the template places them.

    `superior` and `to` are "" where none is named. The report of the province has `unit_table` and `told`; a unit's
    has what it told itself in `limits`, `causes` and `proposals`.
    """

    superior: str
    issuer_name: str
    issuer_lines: tuple[str, ...]
    symbol: str
    place_and_date: str
    subject: str
    label: str
    to: str
    bases: tuple[str, ...]
    opening: str
    theme: str
    sources_note: str
    results: tuple[Point, ...]
    cards: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    own_results: tuple[str, ...]
    bottlenecks_lead: str
    bottlenecks: Table | None
    review: str
    limits: tuple[str, ...]
    causes: tuple[str, ...]
    proposals: tuple[str, ...]
    closing: str
    signer: str
    position: str
    recipients: tuple[str, ...]
    appendix_table: Table
    unit_table: Table | None
    snapshot_lines: tuple[str, ...]
    sources: tuple[Source, ...]
    told: tuple[UnitTold, ...] = ()


def bare_place(name: str) -> str:
    """Drop the type of a place: Đắk Lắk for Tỉnh Đắk Lắk."""
    return _TYPE.sub("", name)


def in_two(issuer: str) -> tuple[str, ...]:
    """Break ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK as its head has it; another body stands in one line."""
    if issuer.startswith("ỦY BAN NHÂN DÂN "):
        for of in _BODIES:
            body, found, place = issuer.partition(of)
            if found:
                return body, f"{of.strip()} {place}"
    return (issuer,)


def undated(place: str, written_at: datetime) -> str:
    """Leave the day blank: the clerk writes it when the document is issued."""
    local = written_at.astimezone(VIETNAM)
    month = f"{local.month:02d}" if local.month <= 2 else str(local.month)
    return f"{place}, ngày …… tháng {month} năm {local.year}"


def points_of(texts: Sequence[str]) -> tuple[Point, ...]:
    """Give texts their letters."""
    return tuple(Point(letter, text) for letter, text in zip(POINT_LETTERS, texts, strict=False))
