"""Counts from facts as they stand or as they were frozen, and says what must be said beside what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.models import Snapshot
from raquan.analytics.queries import activity, snapshots, stores
from raquan.analytics.queries.guarding import sight
from raquan.analytics.rules import (
    CARD,
    DIMENSIONS,
    GUARDED,
    MEASURES,
    Cell,
    Denominator,
    Dimension,
    Kind,
    Measure,
    Number,
    Ratio,
    Withheld,
    as_of_text,
    divided,
    kinds_of,
    scaled,
    withheld,
)
from raquan.analytics.rules.figures import (
    FROZEN_AS_OF,
    LIVE,
    LIVE_AS_OF,
    PART_OF,
    ROLLED_UP,
    SPEAKS_FOR,
    WITHHELD,
    WITHOUT,
)
from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.localized import DEFAULT_LANGUAGE, in_language
from raquan.kernel.numbers import format_number, format_percent
from raquan.kernel.refused import NotAllowed
from raquan.kernel.remembering import Remembered
from raquan.places import queries as places

NO_SHARE = "–"


@dataclass(frozen=True, slots=True)
class Facts:
    """Where to count: a snapshot's facts, or those of now, of one campaign or of all; each kind is opened at need.

    `upto` is the number of the last fact, `acts` what was done around the assists, where they are known already.
    `sees` are the guarded kinds of which the reader may know each enterprise's numbers (see guarding.sight).
    """

    frozen: Snapshot | None
    campaign_id: UUID | None
    _sources: dict[Kind, Source] = field(default_factory=dict)
    upto: int | None = None
    acts: activity.Acts | None = None
    sees: frozenset[Kind] = frozenset()

    def of(self, kind: Kind) -> Source:
        """Give the facts of a kind. Raises SnapshotDamaged."""
        if kind not in self._sources:
            self._sources[kind] = self._open(kind)
        return self._sources[kind]

    def knows(self, what: Measure) -> bool:
        """Tell whether the facts say what the measure counts: an old snapshot may not."""
        if self.frozen is None:
            return True
        name = "fact_schema" if what.kinds[0] is Kind.ASSIST else "activity_schema"
        return int(self.frozen.manifest.get(name, 0)) >= what.since

    def _open(self, kind: Kind) -> Source:
        if self.frozen is not None:
            return snapshots.frozen_source(self.frozen, kind)
        campaign = str(self.campaign_id) if self.campaign_id else None
        if kind is Kind.ASSIST:
            return stores.live_source(campaign, self.upto)
        return activity.live_activity(kind, campaign, self.acts)


@dataclass(frozen=True, slots=True)
class Result:
    """What a measure gave, in its own unit. `total` is None where there is nothing to count from or to divide by.

    `without` counts the keys that have no cell because the number beneath the line is nothing there. `basis` has the
    records' own numbers behind each cell of a ratio; `below` is what was divided by. `rollup` was read, "" for facts.
    `withheld` are keys whose numbers this reader may not know.
    """

    cells: tuple[Cell, ...]
    total: Number | None
    grades: Mapping[str, Number]
    under_review: Number
    synthetic: bool
    without: int = 0
    basis: Mapping[str, int] = field(default_factory=dict)
    below: Number | None = None
    rollup: str = ""
    withheld: frozenset[str] = frozenset()


UNKNOWN = Result((), None, {}, 0, synthetic=False)


def facts_of(snapshot_id: UUID | None, campaign_id: UUID | None, actor: Actor | None = None) -> Facts:
    """Give where to count, for a reader or (without one) for everybody. Raises NotFound for a snapshot."""
    sees = sight(actor) if actor else frozenset()
    if snapshot_id is None:
        return Facts(None, campaign_id, sees=sees)
    frozen = snapshots.load(snapshot_id)
    return Facts(frozen, frozen.campaign_id, sees=sees)


def as_of(frozen: Snapshot | None, now: datetime | None) -> str:
    """Say of when the numbers are."""
    if frozen is not None:
        return as_of_text(gettext(FROZEN_AS_OF), frozen.frozen_at)
    return as_of_text(gettext(LIVE_AS_OF), now) if now else gettext(LIVE)


def counted(facts: Facts, what: Measure, by: Dimension, filters: engine.Filters = ()) -> Result:
    """Count; what an old snapshot's facts do not say is not known, which is not zero."""
    if isinstance(what.formula, Ratio):
        part = counted(facts, MEASURES[what.formula.part], by, filters)
        whole = counted(facts, MEASURES[what.formula.whole], by, filters)
        return divide(what.formula, part, whole)
    if not facts.knows(what):
        return UNKNOWN
    found = _evaluated(facts, what, by, filters)
    return _guarded(facts, what, by, filters, found) if is_guarded(facts, what) else found


def is_guarded(facts: Facts, what: Measure) -> bool:
    """Tell whether the reader may know of a measure only what tells of no single enterprise."""
    return any(kind in GUARDED and kind not in facts.sees for kind in kinds_of(what))


def _guarded(facts: Facts, what: Measure, by: Dimension, filters: engine.Filters, found: Result) -> Result:
    """Hold back what would tell one enterprise's numbers (rules.guarding)."""
    source = facts.of(what.kinds[0])
    hidden = _hidden.get(
        _asked(source, what, by, filters),
        lambda: withheld(_by_enterprise(source, what, by, filters, found.cells)),
        seconds=_seconds(source),
    )
    assert hidden is not None  # noqa: S101 - tells the type checker
    kept = replace(found, cells=tuple(one for one in found.cells if one.key not in hidden.keys), withheld=hidden.keys)
    return replace(kept, total=None, grades={}, under_review=0) if hidden.total else kept


def _by_enterprise(
    source: Source, what: Measure, by: Dimension, filters: engine.Filters, cells: Sequence[Cell]
) -> dict[str, dict[str, int]]:
    parts: dict[str, dict[str, int]] = {cell.key: {} for cell in cells}
    for (key, enterprise), value in engine.cross(source, what.formula, by, DIMENSIONS["organization"], filters).items():
        parts.setdefault(key, {})[enterprise] = value
    return parts


_hidden: Remembered[tuple[object, ...], Withheld] = Remembered(200)


def crossed(
    facts: Facts, what: Measure, by: Dimension, across: Dimension, filters: engine.Filters = ()
) -> dict[tuple[str, str], Number]:
    """Count by two dimensions: pairs of keys with a record, or with both sides of the line, each with its number.

    Raises NotAllowed for a measure of which the reader may not know each enterprise's numbers.
    """
    if is_guarded(facts, what):
        raise NotAllowed()
    if isinstance(what.formula, Ratio):
        part = crossed(facts, MEASURES[what.formula.part], by, across, filters)
        whole = crossed(facts, MEASURES[what.formula.whole], by, across, filters)
        return {pair: divided(part.get(pair, 0), below, what.formula.times) for pair, below in whole.items() if below}
    if not facts.knows(what):
        return {}
    found = engine.cross(facts.of(what.kinds[0]), what.formula, by, across, filters)
    return {pair: scaled(value, what.formula) for pair, value in found.items()}


def divide(formula: Ratio, part: Result, whole: Result) -> Result:
    """Divide what one measure gave by what another gave, key by key; without something below there is no cell."""
    above = {cell.key: cell.value for cell in part.cells}
    hidden = part.withheld | whole.withheld
    cells = [
        Cell(cell.key, divided(above.get(cell.key, 0), cell.value, formula.times))
        for cell in whole.cells
        if cell.value and cell.key not in hidden
    ]
    keys = {cell.key for cell in cells} | hidden
    known = part.total is not None and bool(whole.total)
    return Result(
        cells=tuple(cells),
        total=divided(part.total or 0, whole.total or 1, formula.times) if known else None,
        grades=part.grades,
        under_review=part.under_review,
        synthetic=part.synthetic or whole.synthetic,
        without=len([key for key, value in above.items() if value and key not in keys]),
        basis={cell.key: int(above.get(cell.key, 0)) for cell in cells},
        below=whole.total,
        rollup=part.rollup or whole.rollup,
        withheld=hidden,
    )


# -- what stands beside a number ------------------------------------------------------------------


def denominators(facts: Facts, of: Measure, result: Result, filters: engine.Filters) -> tuple[Denominator, ...]:
    """Give what a number is a part of, each with where that comes from and of which day."""
    found: list[Denominator] = []
    if isinstance(of.formula, Ratio):
        below = MEASURES[of.formula.whole]
        found.append(Denominator(below.key, _said(below.name), result.below, gettext("cùng dữ kiện của con số này")))
    if of.of:
        whole = counted(facts, MEASURES[of.of], any_split(of), filters).total
        name = _said(MEASURES[of.of].name)
        found.append(Denominator(of.of, name, whole, gettext("cùng dữ kiện của con số này")))
    if of.out_of == "communes" and (communes := _communes(facts.campaign_id, filters)):
        found.append(communes)
    return tuple(found)


def _communes(campaign_id: UUID | None, filters: engine.Filters) -> Denominator | None:
    """Count the communes of the province, or of the district that a figure keeps to, on the campaign's day."""
    campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None)
    if campaign is None or any(by.key not in ("district", "day") for by, _ in filters):
        return None
    within = [key for by, key in filters if by.key == "district"] or [campaign.province_code]
    number = len(places.communes_within(within, campaign.day_on))
    source = gettext("danh mục đơn vị hành chính")
    return Denominator("communes", gettext("xã, phường, thị trấn"), number or None, source, campaign.day_on)


def beside(
    facts: Facts,
    of: Measure,
    total: Number | None,
    filters: engine.Filters,
    wholes: tuple[Denominator, ...],
    without: int = 0,
) -> tuple[str, ...]:
    """Say what a number is a part of, and, of people with a card, for how many of all assists it speaks."""
    if isinstance(of.formula, Ratio) and without and total is not None:
        return (gettext(WITHOUT).format(rows=without),)
    if total is None or isinstance(of.formula, Ratio):
        return ()
    said = [
        _share(PART_OF, total, one.value or 0, name=_lower(one.name) + _dated(one))
        for one in wholes
        if one.value is not None
    ]
    if of.source == CARD:
        part, whole = (counted(facts, MEASURES[key], DIMENSIONS["stage"], filters).total for key in CARDS)
        said.append(speaks_for(part or 0, whole or 0))
    return tuple(said)


CARDS = ("assists_with_card", "assists")
"""What tells for how many of all assists the figures on people with a card speak."""


def read_from(result: Result) -> tuple[str, ...]:
    """Say that a number was added up beforehand, where it was."""
    return (gettext(ROLLED_UP),) if result.rollup else ()


def held_back(result: Result) -> tuple[str, ...]:
    """Say that numbers are held back, where some are."""
    if not result.withheld:
        return ()
    return (gettext(WITHHELD).format(rows=format_number(len(result.withheld))),)


def speaks_for(part: Number, whole: Number) -> str:
    """Say for how many of all assists the figures on people with a card speak."""
    return _share(SPEAKS_FOR, part, whole)


def any_split(of: Measure) -> Dimension:
    """Give a dimension that a measure's facts know, where only the total is wanted."""
    return DIMENSIONS["stage" if of.kinds[0] is Kind.ASSIST else "organization"]


def _dated(one: Denominator) -> str:
    return f" ({one.source}, {format_date(one.on)})" if one.on else ""


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _said(value: Mapping[str, str]) -> str:
    return in_language(value, (get_language() or DEFAULT_LANGUAGE)[:2])


def _share(template: str, part: Number, whole: Number, **names: str) -> str:
    share = format_percent(Decimal(part) / Decimal(whole), 0) if whole else NO_SHARE
    return gettext(template).format(part=format_number(part), whole=format_number(whole), share=share, **names)


_remembered: Remembered[tuple[object, ...], Result] = Remembered(500)


def prepare(facts: Facts, wanted: Sequence[tuple[Measure, Dimension]], filters: engine.Filters = ()) -> None:
    """Count many measures, each by a dimension, in one reading of each table: `counted` then finds them counted.

    Without it `counted` gives the same, one after another.
    """
    of_kinds: dict[Kind, list[tuple[Measure, Dimension]]] = {}
    once = {(one.key, by.key): (one, by) for whole, by in wanted for one in _sides(whole)}
    for what, by in once.values():
        if facts.knows(what) and _known(facts, what, by, filters) is None:
            of_kinds.setdefault(what.kinds[0], []).append((what, by))
    for kind, asked in of_kinds.items():
        source = facts.of(kind)
        if len(asked) < 2 or not source.mark:
            continue
        found = engine.evaluate_all(source, [(what.formula, by) for what, by in asked], filters)
        for what, by in asked:
            result = _scaled(found[what.formula, by.column], what)
            _remembered.get(_asked(source, what, by, filters), lambda result=result: result, seconds=_seconds(source))  # type: ignore[misc]


def _sides(of: Measure) -> tuple[Measure, ...]:
    """Give what a measure is counted from: itself, or both sides of a ratio."""
    if isinstance(of.formula, Ratio):
        return (MEASURES[of.formula.part], MEASURES[of.formula.whole])
    return (of,)


def _known(facts: Facts, what: Measure, by: Dimension, filters: engine.Filters) -> Result | None:
    asked = _asked(facts.of(what.kinds[0]), what, by, filters)
    return _remembered.get(asked, lambda: None, seconds=0)


def _asked(source: Source, what: Measure, by: Dimension, filters: engine.Filters) -> tuple[object, ...]:
    return (source.mark, what.key, by.key, *((one.key, key) for one, key in filters))


def _seconds(source: Source) -> float:
    return float(settings.RAQUAN_REMEMBER_REFERENCE_SECONDS) if source.mark else 0.0


def _evaluated(facts: Facts, what: Measure, by: Dimension, filters: engine.Filters) -> Result:
    """Count, or give what the very same facts gave before."""
    source = facts.of(what.kinds[0])
    asked = _asked(source, what, by, filters)
    found = _remembered.get(asked, lambda: _result(source, what, by, filters), seconds=_seconds(source))
    assert found is not None  # noqa: S101 - tells the type checker
    return found


def _result(source: Source, what: Measure, by: Dimension, filters: engine.Filters) -> Result:
    return _scaled(engine.evaluate(source, what.formula, by, filters), what)


def _scaled(found: engine.Counted, what: Measure) -> Result:
    return Result(
        cells=tuple(Cell(cell.key, scaled(int(cell.value), what.formula)) for cell in found.cells),
        total=None if found.total is None else scaled(int(found.total), what.formula),
        grades={grade: scaled(value, what.formula) for grade, value in found.grades.items()},
        under_review=scaled(int(found.under_review), what.formula),
        synthetic=found.synthetic,
        rollup=found.rollup,
    )
