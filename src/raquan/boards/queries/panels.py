"""What each kind of panel shows, made from figures that were counted together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext

from raquan.analytics.queries import Cross
from raquan.analytics.rules import Figure, FigureRow, Number, Ratio
from raquan.boards.rules import (
    PARTS,
    Change,
    CoverRow,
    Draw,
    GroupRow,
    MapPicture,
    Panel,
    by_day,
    change,
    cover,
    groups_of,
    picture,
    worst_first,
)
from raquan.campaign.queries import CampaignView
from raquan.campaign.rules import COMMUNE_GROUP_NAMES, CommuneGroup
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.places import queries as places
from raquan.places.queries import UnitView
from raquan.rounds.queries import IndicatorStanding

Figures = Mapping[tuple[str, str], Figure | None]
FEW = 20
"""With fewer beneath its line a rate says little: it stands after the others."""
TOWN = ("phường", "thị trấn")


@dataclass(frozen=True, slots=True)
class NumberView:
    """A total with what it is a part of, and last year's by the same day."""

    figure: Figure
    whole: tuple[str, Number] | None = None
    share: Decimal | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row of a chart and its table; `basis` of `whole` where the value is a rate."""

    label: str
    value: Number
    href: str = ""
    basis: Number | None = None
    whole: Number | None = None
    before: Number | None = None


@dataclass(frozen=True, slots=True)
class StepView:
    """A rung: how many reached it, and what part of those on the rung before."""

    figure: Figure
    value: Number
    share: Decimal | None
    width: Decimal


@dataclass(frozen=True, slots=True)
class CoverView:
    """Which communes were reached: all, those with an outing held, those with assists; `rows` are the worst."""

    communes: int
    with_outing: int
    reached: int
    rows: tuple[CoverRow, ...]
    unreached: int
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class GroupsView:
    """Groups of communes by name, each with its row, and by whom they were grouped."""

    rows: tuple[tuple[str, GroupRow], ...]
    source: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """A panel as it is shown: `figure` says what is said beside the numbers, `failed` that it could not be read."""

    panel: Panel
    failed: bool = False
    figure: Figure | None = None
    numbers: tuple[NumberView, ...] = ()
    rows: tuple[DrawnRow, ...] = ()
    few: int = 0
    steps: tuple[StepView, ...] = ()
    map: MapPicture | None = None
    unplaced: int = 0
    cover: CoverView | None = None
    groups: GroupsView | None = None
    grid: Cross | None = None
    targets: tuple[IndicatorStanding, ...] = ()
    has_indicators: bool = True
    is_today: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no record to count from, which is not zero."""
        return self.figure is not None and self.figure.is_empty


@dataclass(frozen=True, slots=True)
class Ground:
    """What panels are made from: the figures of this year and of last year, and the campaign that they are of."""

    campaign: CampaignView
    now: datetime
    figures: Figures
    before: Figures = field(default_factory=dict)
    last: CampaignView | None = None
    groups: Mapping[str, CommuneGroup] = field(default_factory=dict)

    def of(self, measure: str, by: str) -> Figure | None:
        """Give a figure; None where it could not be read."""
        return self.figures.get((measure, by))

    def communes(self) -> tuple[UnitView, ...]:
        """List the province's communes of the campaign's day."""
        return places.communes_within([self.campaign.province_code], self.campaign.day_on)


def figures_for(panel: Panel) -> list[tuple[str, str]]:
    """List the measures that a panel needs, each with its dimension."""
    found = [(key, panel.by) for key in panel.measures]
    if panel.draw in (Draw.BARS, Draw.HOURS):
        found += [(PARTS[key], panel.by) for key in panel.measures if key in PARTS]
    if panel.draw is Draw.NUMBERS:
        found += [(PARTS[key], panel.by) for key in panel.measures if key in PARTS]
    return [] if panel.draw is Draw.GRID else found


def numbers(panel: Panel, ground: Ground) -> PanelView:
    """Put totals side by side; one that could not be read is left out, and said."""
    shown = []
    for key in panel.measures:
        figure = ground.of(key, panel.by)
        if figure is not None:
            whole, share = _whole(figure, ground, panel)
            before = ground.before.get((key, panel.by))
            shown.append(NumberView(figure, whole, share, change(figure.total, before.total if before else None)))
    return PanelView(panel, failed=not shown, numbers=tuple(shown), figure=shown[0].figure if shown else None)


def _whole(figure: Figure, ground: Ground, panel: Panel) -> tuple[tuple[str, Number] | None, Decimal | None]:
    known = [one for one in figure.denominators if one.value]
    if not known or figure.total is None:
        return None, None
    one = known[0]
    if isinstance(figure.formula, Ratio):
        return (one.name, one.value or 0), None
    return (one.name, one.value or 0), Decimal(figure.total) / Decimal(one.value or 1)


def trend(panel: Panel, ground: Ground) -> PanelView:
    """Draw a number by day from the first day to today, with last year's of the same day of the campaign."""
    figure = ground.of(panel.measures[0], panel.by)
    if figure is None or figure.total is None:
        return PanelView(panel, failed=figure is None, figure=figure)
    campaign, last = ground.campaign, ground.last
    own = {row.key: row for row in figure.rows}
    until = min(max(local_date(ground.now), campaign.starts_on), campaign.ends_on)
    days = by_day({key: row.value or 0 for key, row in own.items()}, campaign.starts_on, until)
    earlier = ground.before.get((panel.measures[0], panel.by))
    past = {row.key: row.value or 0 for row in earlier.rows} if earlier else {}
    rows = []
    for day, value in days:
        same = (last.starts_on + timedelta(days=(day - campaign.starts_on).days)).isoformat() if last else ""
        row = own.get(day.isoformat())
        before = past.get(same, 0) if earlier and earlier.total is not None else None
        rows.append(DrawnRow(format_date(day), value, row.href if row else "", before=before))
    return PanelView(panel, figure=figure, rows=tuple(rows), is_today=days[-1][0] == local_date(ground.now))


def bars(panel: Panel, ground: Ground) -> PanelView:
    """Draw a number by a dimension; of a rate, those with few beneath the line come last."""
    figure = ground.of(panel.measures[0], panel.by)
    if figure is None:
        return PanelView(panel, failed=True)
    rows, few = _drawn(figure, ground, panel)
    return PanelView(panel, figure=figure, rows=tuple(rows), few=few)


def hours(panel: Panel, ground: Ground) -> PanelView:
    """Draw a number by the hour, from the first hour with a record to the last."""
    figure = ground.of(panel.measures[0], panel.by)
    if figure is None:
        return PanelView(panel, failed=True)
    known = {int(row.key): row for row in figure.rows if row.key}
    wholes = _wholes(figure, ground, panel)
    rows = []
    for hour in range(min(known), max(known) + 1) if known else ():
        row = known.get(hour)
        whole = wholes.get(f"{hour:02d}") if wholes is not None else None
        if row is not None and row.value is not None:
            rows.append(DrawnRow(f"{hour}:00", row.value, row.href, row.basis, whole))
        elif wholes is None:  # nothing was recorded in that hour; a rate of nothing is not zero
            rows.append(DrawnRow(f"{hour}:00", 0))
    few = sum(1 for row in rows if row.whole is not None and row.whole < FEW)
    return PanelView(panel, figure=figure, rows=tuple(rows), few=few)


def _wholes(figure: Figure, ground: Ground, panel: Panel) -> dict[str, Number] | None:
    if not isinstance(figure.formula, Ratio):
        return None
    below = ground.of(figure.formula.whole, panel.by)
    return {row.key: row.value or 0 for row in below.rows} if below else {}


def _drawn(figure: Figure, ground: Ground, panel: Panel) -> tuple[list[DrawnRow], int]:
    wholes = _wholes(figure, ground, panel)
    # What is not known and is nothing is no bar: outcomes without a reason, where reasons are counted.
    known = [row for row in figure.rows if row.value is not None and (row.key or row.value)]
    if wholes is None:
        return [DrawnRow(row.label, row.value or 0, row.href) for row in known], 0
    few = [row for row in known if wholes.get(row.key, 0) < FEW]
    ordered = [row for row in known if row not in few] + few
    return [_rate(row, wholes.get(row.key)) for row in ordered], len(few)


def _rate(row: FigureRow, whole: Number | None) -> DrawnRow:
    return DrawnRow(row.label, row.value or 0, row.href, row.basis, whole)


def steps(panel: Panel, ground: Ground) -> PanelView:
    """Draw the rungs, each with its part of the rung before."""
    found = [ground.of(key, panel.by) for key in panel.measures]
    if any(one is None for one in found):
        return PanelView(panel, failed=True)
    known = [one for one in found if one is not None and one.total is not None]
    first = known[0].total if known else None
    shown: list[StepView] = []
    before = first
    for one in known:
        share = Decimal(one.total or 0) / Decimal(before) if before and shown else None
        width = Decimal(one.total or 0) * 100 / Decimal(first) if first else Decimal(0)
        shown.append(StepView(one, one.total or 0, share, width.quantize(Decimal("0.01"))))
        before = one.total
    return PanelView(panel, figure=known[0] if known else found[0], steps=tuple(shown))


def on_map(panel: Panel, ground: Ground) -> PanelView:
    """Draw a number by commune on the ground."""
    figure = ground.of(panel.measures[0], "commune")
    if figure is None:
        return PanelView(panel, failed=True)
    units = ground.communes()
    values = {row.key: row.value or 0 for row in figure.rows if row.key}
    borders = places.borders(ground.campaign.province_code, ground.campaign.day_on)
    located = [
        (one.code, one.full_name[:1].upper() + one.full_name[1:], *middle)
        for one in units
        if (middle := _middle(one, borders.get(one.code, ()))) is not None
    ]
    drawn = picture(located, values, borders)
    at = {code for code, *_ in located}
    rows = [DrawnRow(row.label, row.value or 0, row.href) for row in figure.rows if row.value is not None]
    unplaced = sum(1 for row in figure.rows if row.key not in at)
    return PanelView(panel, figure=figure, rows=tuple(rows), map=drawn, unplaced=unplaced)


def _middle(unit: UnitView, rings: places.Rings) -> tuple[float, float] | None:
    """Give a unit's latitude and longitude, or the middle of its border where it has none of its own."""
    if unit.lat is not None and unit.lon is not None:
        return float(unit.lat), float(unit.lon)
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    return sum(lat for _, lat in points) / len(points), sum(lon for lon, _ in points) / len(points)


def coverage(panel: Panel, ground: Ground) -> PanelView:
    """Say which communes had an outing and a record, and list those that had not."""
    found = [ground.of(key, "commune") for key in panel.measures]
    if any(one is None for one in found):
        return PanelView(panel, failed=True)
    assists, held, planned = ({r.key: r.value or 0 for r in one.rows} for one in found if one is not None)
    communes = [(one.code, one.full_name[:1].upper() + one.full_name[1:]) for one in ground.communes()]
    rows = cover(communes, held, planned, assists)
    worst = worst_first(rows)
    view = CoverView(
        communes=len(rows),
        with_outing=sum(1 for one in rows if one.held),
        reached=sum(1 for one in rows if one.is_reached),
        rows=tuple(worst[: max(panel.most, 0)]),
        unreached=sum(1 for one in rows if not one.is_reached),
        source=gettext("danh mục đơn vị hành chính"),
        on=ground.campaign.day_on,
    )
    return PanelView(panel, cover=view, figure=found[0])


def groups(panel: Panel, ground: Ground) -> PanelView:
    """Compare the groups of communes; without groups of the campaign, towns and the country."""
    found = [ground.of(key, "commune") for key in panel.measures]
    if any(one is None for one in found):
        return PanelView(panel, failed=True)
    counted = [{row.key: row.value or 0 for row in one.rows} for one in found if one is not None]
    kept = ground.groups
    if kept:
        names = {one.value: gettext(COMMUNE_GROUP_NAMES[one]) for one in CommuneGroup}
        members = {unit.code: str(kept.get(unit.code, "")) for unit in ground.communes()}
        if "" in members.values():
            names |= {"": gettext("Xã, phường chưa xếp nhóm")}
        source = gettext("nhóm xã của kế hoạch")
    else:
        names = {"town": gettext("Phường, thị trấn"), "country": gettext("Xã")}
        members = {one.code: "town" if one.type in TOWN else "country" for one in ground.communes()}
        source = gettext(
            "Kế hoạch chưa xếp nhóm xã, nên tạm chia theo loại đơn vị hành chính (danh mục đơn vị hành chính, {day})"
        ).format(day=format_date(ground.campaign.day_on))
    rows = groups_of(members, list(names), counted)
    return PanelView(panel, figure=found[0], groups=GroupsView(tuple((names[one.key], one) for one in rows), source))
