"""A figure as every page, file and report has it, with the words that belong to it and its small cells hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from raquan.analytics.rules.dimensions import Dimension
from raquan.analytics.rules.formulas import Formula, Measure, Number, Ratio
from raquan.analytics.rules.tables import Kind
from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_

SMALL_CELL = 5
ANNOUNCED = frozenset({Kind.OUTING, Kind.DESK_DAY})
"""The kinds of facts that are public one by one."""

NO_DATA = N_("chưa có dữ liệu")

FROZEN_AS_OF = N_("Số liệu chốt lúc {hour} giờ {minute} ngày {day}")
LIVE_AS_OF = N_("Số liệu trực tiếp lúc {hour} giờ {minute} ngày {day}")
LIVE = N_("Số liệu trực tiếp")

PART_OF = N_("{part} trên {whole} ({share}): {name}.")
ROLLED_UP = N_("Cộng từ bảng gộp theo ngày và địa bàn, được đối chiếu với từng bản ghi.")
WITHOUT = N_(
    "{rows} dòng chưa có gì để chia nên không hiện: không tính được, không phải bằng không. "
    "Phần trên dấu chia của các dòng đó vẫn nằm trong tổng."
)
WITHHELD = N_(
    "{rows} dòng được giữ kín để không lộ số liệu của một doanh nghiệp: dưới ba doanh nghiệp, hoặc một doanh nghiệp "
    "chiếm quá ba phần tư, hoặc tính ra được từ các dòng còn lại."
)
SPEAKS_FOR = N_(
    "Chỉ tính người có thẻ đồng hành: {part} trên {whole} lượt hỗ trợ có quét thẻ ({share}). "
    "Không suy ra cho tất cả người dân."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What the engine counted for one key ("" where the column is empty)."""

    key: str
    value: Number


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a number is a part of or divided by: its value, where it comes from and of which day; None is not known."""

    key: str
    name: str
    value: Number | None
    source: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class MapNote:
    """What leading numbers to the map of another day has done to them.

    `split` of the number, counted in `split_units` units, was divided by the people that each new unit took; `guessed`,
    of `guessed_units`, went to the main one for want of weights; `lost` lies in no unit of that map.
    """

    on: date
    split: Number = 0
    split_units: int = 0
    guessed: Number = 0
    guessed_units: int = 0
    lost: Number = 0


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row: key, its name, the path of its records, and the value, None where it is too small to be published.

    `basis` is how many records stand above the line, where the value is a ratio.
    """

    key: str
    label: str
    value: Number | None
    href: str = ""
    basis: int | None = None


@dataclass(frozen=True, slots=True)
class GradePart:
    """How many of the figure's records have a grade (counted, tallied, supplied, stated)."""

    grade: str
    name: Mapping[str, str]
    value: Number


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A frozen set of facts; `address` is its page's path, `signed_by` the id of its signature's key, "" for none."""

    id: UUID
    campaign_id: UUID
    number: int
    frozen_at: datetime
    fact_seq: int
    rows: int
    note: str
    manifest_sha256: str
    previous_sha256: str
    synthetic: bool
    files: int
    address: str
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """Measure × dimension × snapshot (or live) with all that must be said beside it.

    `total` is None where there is no record to count from: not known, which is not zero.
    `parts`, `under_review` and `synthetic` speak of the records that the measure counts. `beside` are sentences that
    must stand wherever the figure does: what it is a part of, and for how many it speaks. `without` counts the keys
    that have no row, because there is nothing to divide by; `withheld` those whose value would tell one enterprise's.
    A `guarded` figure is not opened: who reads it may not know each enterprise's numbers.
    """

    measure: Measure
    by: Dimension
    rows: tuple[FigureRow, ...]
    total: Number | None
    snapshot: SnapshotView | None
    campaign_id: UUID | None
    filters: tuple[tuple[str, str], ...]
    as_of: str
    parts: tuple[GradePart, ...]
    under_review: Number
    synthetic: bool
    suppressed: int
    address: str
    beside: tuple[str, ...] = ()
    denominators: tuple[Denominator, ...] = ()
    without: int = 0
    map_note: MapNote | None = None
    withheld: int = 0
    guarded: bool = False

    @property
    def formula(self) -> Formula:
        """Give the measure's formula."""
        return self.measure.formula

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to count from."""
        return self.total is None and not self.rows


def as_of_text(template: str, moment: datetime) -> str:
    """Fill a sentence on the time of the numbers: 17 giờ 00 ngày 12/10/2023, Viet Nam's time."""
    local = moment.astimezone(VIETNAM)
    return template.format(hour=f"{local.hour:02d}", minute=f"{local.minute:02d}", day=format_date(local))


def figure_address(
    measure: str,
    by: str,
    *,
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    filters: Sequence[tuple[str, str]] = (),
    map_on: date | None = None,
) -> str:
    """Give a figure's path: the same for ever, whatever the page's language."""
    on_map = f"&map={map_on.isoformat()}" if map_on else ""
    return f"/desk/figures/{measure}/?{_query(by, snapshot_id, campaign_id, filters)}{on_map}"


def records_address(
    measure: str,
    by: str,
    key: str,
    *,
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    filters: Sequence[tuple[str, str]] = (),
) -> str:
    """Give the path of the records behind a row."""
    query = _query(by, snapshot_id, campaign_id, filters)
    return f"/desk/figures/{measure}/records/?{query}&{urlencode({'key': key})}"


def public_address(year: int, measure: str, by: str, snapshot_id: UUID | None = None) -> str:
    """Give the path of a figure that anybody may see."""
    params = {"by": by} | ({"snapshot": str(snapshot_id)} if snapshot_id else {})
    return f"/{year}/numbers/{measure}/?{urlencode(params)}"


def cross_address(
    measure: str,
    by: str,
    across: str,
    *,
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    filters: Sequence[tuple[str, str]] = (),
) -> str:
    """Give the path of a figure by two dimensions."""
    return f"/desk/figures/{measure}/across/{across}/?{_query(by, snapshot_id, campaign_id, filters)}"


def ladder_address(group: str, *, snapshot_id: UUID | None = None, campaign_id: UUID | None = None) -> str:
    """Give the path of the ladder of people with a card."""
    params = {"snapshot": snapshot_id} if snapshot_id else {"campaign": campaign_id} if campaign_id else {}
    query = urlencode({name: str(value) for name, value in params.items()} | ({"group": group} if group else {}))
    return f"/desk/figures/ladder/?{query}" if query else "/desk/figures/ladder/"


def snapshot_address(snapshot_id: UUID) -> str:
    """Give a snapshot's path."""
    return f"/desk/figures/snapshots/{snapshot_id}/"


def _query(by: str, snapshot_id: UUID | None, campaign_id: UUID | None, filters: Sequence[tuple[str, str]]) -> str:
    params: list[tuple[str, str]] = [("by", by)]
    if snapshot_id:
        params.append(("snapshot", str(snapshot_id)))
    elif campaign_id:
        params.append(("campaign", str(campaign_id)))
    params += [("where", f"{name}:{key}") for name, key in filters]
    return urlencode(params, safe=":")


def suppress(figure: Figure) -> Figure:
    """Hide what could point at a person before a figure is published.

    Values from 1 to 4 are hidden; where that hides one row only, the next smallest is hidden too, for
    the total would give the first away; where nothing else can be hidden, the total is. What else would
    give small numbers away (parts, records under review) is left out. What is announced anyway (outings,
    help desks) points at nobody and is not hidden.
    """
    if figure.measure.kinds and set(figure.measure.kinds) <= ANNOUNCED:
        shown = tuple(replace(row, href="") for row in figure.rows)
        return replace(figure, rows=shown, under_review=0)
    hidden = {row.key for row in figure.rows if 0 < _behind(row) < SMALL_CELL}
    total = figure.total
    if len(hidden) == 1:
        others = [row for row in figure.rows if row.value and row.key not in hidden]
        if others:
            hidden.add(min(others, key=lambda row: (_behind(row), row.key)).key)
        else:
            total = None
    above = sum(_behind(row) for row in figure.rows) if isinstance(figure.formula, Ratio) else total
    if above is not None and 0 < above < SMALL_CELL:
        total = None
    rows = tuple(replace(row, value=None if row.key in hidden else row.value, href="") for row in figure.rows)
    beside = figure.beside if total is not None else ()
    return replace(figure, rows=rows, total=total, parts=(), under_review=0, suppressed=len(hidden), beside=beside)


def _behind(row: FigureRow) -> Number:
    """Give how many records a row could point at."""
    return (row.value or 0) if row.basis is None else row.basis
