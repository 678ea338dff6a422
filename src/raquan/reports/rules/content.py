"""Composes the report on a campaign from one snapshot's figures: every number carries the mark of its source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from raquan.analytics.rules import Figure, Number, SnapshotView
from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_date, long_date
from raquan.kernel.layout import POINT_LETTERS
from raquan.kernel.numbers import format_number

SYNTHETIC_LABEL = "SỐ LIỆU MÔ PHỎNG, KHÔNG CÓ THẬT"
NO_DATA = "chưa có dữ liệu"

FiguresWanted = tuple[tuple[str, str], ...]
"""Pairs of measure and dimension."""

_TYPE = re.compile(r"^(tỉnh|thành phố)\s+", re.IGNORECASE)
_PLAN = re.compile(r"^kế hoạch\s+", re.IGNORECASE)
_COLUMNS = ("assists", "self_done", "first_use")
TABLES = (
    ("group", "Kết quả theo nhóm dịch vụ"),
    ("service", "Kết quả theo dịch vụ"),
    ("district", "Kết quả theo địa bàn cấp huyện"),
    ("day", "Kết quả theo ngày"),
)
APPENDIX_TABLE = ("commune", "Kết quả theo địa bàn cấp xã")
_HOW = ("self_done", "guided", "done_for")
_LADDER = ("installed", "activated", "first_use")


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
        return _TYPE.sub("", self.province)


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
    """A row of a table as it is printed."""

    place: int
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table by one dimension: a column a measure, each heading with the mark of its source."""

    by: str
    number: str
    caption: str
    label_heading: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitTold:
    """What a unit told in its last approved report, each part under its name; empty parts are left out."""

    unit: str
    period: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All texts of the report in the order of the page; the template places them."""

    issuer_name: str
    issuer_lines: tuple[str, str]
    place_and_date: str
    subject: str
    label: str
    bases: tuple[str, ...]
    opening: str
    theme: str
    sources_note: str
    results: tuple[Point, ...]
    tables: tuple[Table, ...]
    bottlenecks_lead: str
    bottlenecks: tuple[Point, ...]
    review: str
    closing: str
    signer: str
    recipients: tuple[str, ...]
    appendix_table: Table
    snapshot_lines: tuple[str, ...]
    sources: tuple[Source, ...]
    told: tuple[UnitTold, ...] = ()


def figures_wanted() -> FiguresWanted:
    """List the figures that the report is made of."""
    tables = [(measure, by) for by, _ in (*TABLES, APPENDIX_TABLE) for measure in _COLUMNS]
    totals = [(measure, "group") for measure in (*_HOW, *_LADDER, "outings_with_records")]
    return tuple(dict.fromkeys([("assists", "group"), *totals, *tables, ("stuck", "bottleneck")]))


def compose(
    facts: ReportFacts,
    snapshot: SnapshotView,
    figures: Mapping[tuple[str, str], Figure],
    told: Sequence[UnitTold] = (),
) -> ReportContent:
    """Write the report; `figures` has those of figures_wanted(), all of `snapshot`; `told` are the units' own words."""
    marks = _Marks(figures, facts.public_url)
    results = _results(marks)
    tables = tuple(_table(marks, by, f"Bảng {place}", caption) for place, (by, caption) in enumerate(TABLES, start=1))
    lead, bottlenecks = _bottlenecks(marks)
    appendix = _table(marks, APPENDIX_TABLE[0], "Bảng I.1", APPENDIX_TABLE[1])
    is_synthetic = snapshot.synthetic or any(figure.synthetic for figure in figures.values())
    subject = f"Kết quả tổ chức {facts.campaign}"
    return ReportContent(
        issuer_name=facts.issuer,
        issuer_lines=in_two(facts.issuer.upper()),
        place_and_date=undated(facts.place, facts.written_at),
        subject=subject,
        label=SYNTHETIC_LABEL if is_synthetic else "",
        bases=_bases(facts),
        opening=f"{facts.issuer} báo cáo kết quả tổ chức {facts.campaign} như sau:",
        theme=_theme(facts),
        sources_note=_sources_note(snapshot),
        results=results,
        tables=tables,
        bottlenecks_lead=lead,
        bottlenecks=bottlenecks,
        review=_review(figures[("assists", "group")]),
        closing=f"Trên đây là báo cáo kết quả tổ chức {facts.campaign} của {facts.issuer}./.",
        signer="TM. ỦY BAN NHÂN DÂN",
        recipients=(
            "- Thường trực Ủy ban nhân dân tỉnh;",
            "- Các sở, ban, ngành của tỉnh;",
            "- Ủy ban nhân dân cấp huyện, cấp xã;",
            "- Lưu: VT.",
        ),
        appendix_table=appendix,
        snapshot_lines=_snapshot_lines(snapshot, facts.public_url),
        sources=marks.sources(),
        told=tuple(told),
    )


class _Marks:
    """Gives every figure its mark in the order in which the report first uses it."""

    def __init__(self, figures: Mapping[tuple[str, str], Figure], public_url: str) -> None:
        self.figures = figures
        self._public_url = public_url
        self._used: dict[tuple[str, str], int] = {}

    def mark(self, measure: str, by: str) -> str:
        """Give the mark of a figure: [1]."""
        return f"[{self._used.setdefault((measure, by), len(self._used) + 1)}]"

    def total(self, measure: str, by: str = "group") -> str:
        """Write a figure's total with its unit and mark."""
        figure = self.figures[(measure, by)]
        mark = self.mark(measure, by)
        if figure.total is None:
            return f"{NO_DATA} {mark}"
        return f"{format_number(figure.total)} {figure.measure.unit['vi']} {mark}"

    def sources(self) -> tuple[Source, ...]:
        """List the figures that were used, in the order of their marks."""
        return tuple(
            Source(
                mark,
                f"{figure.measure.name['vi']}, theo {figure.by.name['vi'].lower()}",
                self._public_url + figure.address,
            )
            for key, mark in self._used.items()
            for figure in [self.figures[key]]
        )


def in_two(issuer: str) -> tuple[str, str]:
    """Break ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK as its head has it; another body stands in one line."""
    for of in (" TỈNH ", " THÀNH PHỐ "):
        body, found, place = issuer.partition(of)
        if found:
            return body, f"{of.strip()} {place}"
    return issuer, ""


def undated(place: str, written_at: datetime) -> str:
    """Leave the day blank: the clerk writes it when the document is issued."""
    local = written_at.astimezone(VIETNAM)
    month = f"{local.month:02d}" if local.month <= 2 else str(local.month)
    return f"{place}, ngày …… tháng {month} năm {local.year}"


def _bases(facts: ReportFacts) -> tuple[str, ...]:
    bases = [
        "Căn cứ Quyết định số 505/QĐ-TTg ngày 22 tháng 4 năm 2022 của Thủ tướng Chính phủ về "
        "Ngày Chuyển đổi số quốc gia"
    ]
    if facts.plan:
        dated = f" {long_date(facts.plan_issued_on)}" if facts.plan_issued_on else ""
        bases.append(f"Căn cứ Kế hoạch số {facts.plan}{dated} của {facts.issuer}{_about(facts.plan_title)}")
    return tuple(f"{text}{'.' if text is bases[-1] else ';'}" for text in bases)


def _about(title: str) -> str:
    """Give what a plan is about as the end of a sentence; "" where its title is in capitals or missing."""
    bare = _PLAN.sub("", title.strip()).rstrip(".;")
    return f" về {bare[:1].lower()}{bare[1:]}" if bare and not bare.isupper() else ""


def _theme(facts: ReportFacts) -> str:
    window = f"từ ngày {format_date(facts.starts_on)} đến ngày {format_date(facts.ends_on)}"
    about = f"theo chủ đề “{facts.theme}”, " if facts.theme else ""
    return f"Các hoạt động năm {facts.year} được tổ chức {about}{window}."


def _sources_note(snapshot: SnapshotView) -> str:
    return (
        f"Mọi số liệu trong báo cáo lấy từ bản chốt số liệu số {snapshot.number}, {_frozen_at(snapshot)}. "
        "Mỗi lượt là một bản ghi tại chỗ; làm hộ tính riêng với tự làm và cầm tay chỉ việc. Số trong ngoặc vuông "
        "là thứ tự trong Phụ lục II, nơi ghi địa chỉ để mở từng con số đến các bản ghi."
    )


def _results(marks: _Marks) -> tuple[Point, ...]:
    total = marks.total
    texts = [
        f"Tổng số lượt hỗ trợ người dân: {total('assists')};",
        f"Theo cách làm: người dân tự làm {total('self_done')}, cầm tay chỉ việc {total('guided')}, "
        f"làm hộ {total('done_for')};",
        f"Theo kết quả đạt được: từ bậc cài đặt trở lên {total('installed')}, từ bậc kích "
        f"hoạt trở lên {total('activated')}, dùng thật lần đầu {total('first_use')};",
        f"Số buổi ra quân có ghi nhận lượt hỗ trợ: {total('outings_with_records')}.",
    ]
    return points_of(texts)


def points_of(texts: Sequence[str]) -> tuple[Point, ...]:
    """Give texts their letters."""
    return tuple(Point(letter, text) for letter, text in zip(POINT_LETTERS, texts, strict=False))


def _table(marks: _Marks, by: str, number: str, caption: str) -> Table:
    columns = [marks.figures[(measure, by)] for measure in _COLUMNS]
    headings = tuple(f"{figure.measure.name['vi']} {marks.mark(figure.measure.key, by)}" for figure in columns)
    values = [{row.key: row.value for row in figure.rows} for figure in columns]
    rows = tuple(
        TableRow(place, row.label, tuple(_printed(column.get(row.key)) for column in values))
        for place, row in enumerate(columns[0].rows, start=1)
    )
    totals = tuple(_printed(figure.total) for figure in columns)
    return Table(by, number, caption, columns[0].by.name["vi"], headings, rows, totals)


def _printed(value: Number | None) -> str:
    return "–" if value is None else format_number(value)


def _bottlenecks(marks: _Marks) -> tuple[str, tuple[Point, ...]]:
    figure = marks.figures[("stuck", "bottleneck")]
    if not figure.total:
        return f"Lượt gặp điểm nghẽn: {marks.total('stuck', 'bottleneck')}.", ()
    shown = figure.rows[: len(POINT_LETTERS)]
    unit = figure.measure.unit["vi"]
    texts = [f"{row.label}: {_printed(row.value)} {unit}{'.' if row is shown[-1] else ';'}" for row in shown]
    lead = f"Có {marks.total('stuck', 'bottleneck')} chưa làm xong và có ghi lý do, gồm:"
    return lead, points_of(texts)


def _review(figure: Figure) -> str:
    if figure.total is None:
        return "Chưa có bản ghi nào để xem xét."
    parts = "; ".join(f"{part.name['vi']} ({format_number(part.value)})" for part in figure.parts)
    return (
        f"Trong tổng số lượt hỗ trợ có {format_number(figure.under_review)} bản ghi đang chờ xem xét. "
        f"Mức tin cậy của số liệu: {parts or NO_DATA}."
    )


def _frozen_at(snapshot: SnapshotView) -> str:
    local = snapshot.frozen_at.astimezone(VIETNAM)
    return f"chốt lúc {local.hour:02d} giờ {local.minute:02d} ngày {format_date(snapshot.frozen_at)}"


def _snapshot_lines(snapshot: SnapshotView, public_url: str) -> tuple[str, ...]:
    return (
        f"Bản chốt số liệu số {snapshot.number}, {_frozen_at(snapshot)}, gồm {format_number(snapshot.rows)} bản ghi.",
        f"Địa chỉ: {public_url}{snapshot.address}",
        f"Mã băm SHA-256 của bản kê: {snapshot.manifest_sha256}",
    )
