"""The figures of every unit at once: one question grouped by unit for each figure, not one a unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from raquan.analytics.models import Snapshot
from raquan.analytics.queries import counting, labels, snapshots
from raquan.analytics.queries.figures import label_day, place_of_key
from raquan.analytics.rules import (
    CARD,
    GRADE_NAMES,
    Cell,
    Dimension,
    Figure,
    FigureRow,
    GradePart,
    Measure,
    Number,
    SnapshotView,
    check_split,
    dimension,
    figure_address,
    measure,
    records_address,
)
from raquan.kernel.actor import Actor
from raquan.kernel.localized import localized
from raquan.people import commands as people
from raquan.people.rules import Action

UNIT = "organization"
Wanted = Sequence[tuple[str, str]]
Pairs = Mapping[str, Sequence[tuple[str, Number]]]


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What was counted of all units; `of` makes the figures of one, without another question to the engine."""

    snapshot: SnapshotView
    as_of: str
    synthetic: bool
    _wanted: tuple[tuple[Measure, Dimension], ...]
    _totals: Mapping[str, Mapping[str, Number]]
    _cells: Mapping[tuple[str, str], Pairs]
    _names: Mapping[str, Mapping[str, str]]
    _grades: Pairs

    def of(self, organization_id: UUID) -> dict[tuple[str, str], Figure]:
        """Give a unit's figures by measure and dimension, as `figure` with a filter by that unit has them.

        `parts` stand with the assists alone; how many records are under review is not said.
        """
        return {(what.key, by.key): self._figure(what, by, str(organization_id)) for what, by in self._wanted}

    def _figure(self, what: Measure, by: Dimension, unit: str) -> Figure:
        where = ((UNIT, unit),)
        kept: dict[str, Any] = {
            "snapshot_id": self.snapshot.id,
            "campaign_id": self.snapshot.campaign_id,
            "filters": where,
        }
        names = self._names[by.key]
        cells = [Cell(key, value) for key, value in self._cells[what.key, by.key].get(unit, ())]
        rows = tuple(
            FigureRow(one.key, names[one.key], one.value, records_address(what.key, by.key, one.key, **kept))
            for one in sorted(cells, key=lambda cell: place_of_key(by, cell, names[cell.key]))
        )
        total = self._totals[what.key].get(unit)
        return Figure(
            measure=what,
            by=by,
            rows=rows,
            total=total,
            snapshot=self.snapshot,
            campaign_id=self.snapshot.campaign_id,
            filters=where,
            as_of=self.as_of,
            parts=self._parts(unit) if what.key == "assists" else (),
            under_review=0,
            synthetic=self.synthetic,
            suppressed=0,
            address=figure_address(what.key, by.key, **kept),
            beside=self._beside(what, unit) if total is not None else (),
        )

    def _parts(self, unit: str) -> tuple[GradePart, ...]:
        found = sorted(self._grades.get(unit, ()))
        return tuple(GradePart(one, GRADE_NAMES.get(one, localized(one)), value) for one, value in found if value)

    def _beside(self, what: Measure, unit: str) -> tuple[str, ...]:
        if what.source != CARD:
            return ()
        part, whole = (self._totals[key].get(unit) or 0 for key in counting.CARDS)
        return (counting.speaks_for(part, whole),)


def figures_by_unit(actor: Actor, wanted: Wanted, *, snapshot_id: UUID) -> UnitFigures:
    """Count several measures, each by a dimension, for every unit of a snapshot.

    Who asks decides which units they may be shown: aggregates are open to whoever may read figures.
    Raises NotFound, NoSuchMeasure, NoSuchDimension, NotSplitBy, SnapshotDamaged.
    """
    people.check(actor, Action.FIGURE_READ)
    facts = counting.facts_of(snapshot_id, None)
    pairs = [(measure(key), dimension(by)) for key, by in dict.fromkeys(wanted)]
    unit = dimension(UNIT)
    for what, by in pairs:
        check_split(what, by)
        check_split(what, unit)
    needed = {what.key: what for what, _ in pairs} | {key: measure(key) for key in counting.CARDS}
    counted = {key: counting.counted(facts, what, unit) for key, what in needed.items()}
    frozen = _frozen(facts)
    cells = {(what.key, by.key): _by_unit(counting.crossed(facts, what, unit, by)) for what, by in pairs}
    day = label_day(facts.campaign_id, None)
    return UnitFigures(
        snapshot=snapshots.view_of(frozen),
        as_of=counting.as_of(frozen, None),
        synthetic=frozen.is_synthetic or any(one.synthetic for one in counted.values()),
        _wanted=tuple(pairs),
        _totals={key: {cell.key: cell.value for cell in one.cells} for key, one in counted.items()},
        _cells=cells,
        _names={by.key: labels.labels(by, sorted(_keys(cells, by.key)), day) for _, by in pairs},
        _grades=_by_unit(counting.crossed(facts, measure("assists"), unit, dimension("grade"))),
    )


def _frozen(facts: counting.Facts) -> Snapshot:
    assert facts.frozen is not None  # noqa: S101 - tells the type checker: the facts are a snapshot's
    return facts.frozen


def _by_unit(found: Mapping[tuple[str, str], Number]) -> Pairs:
    units: dict[str, list[tuple[str, Number]]] = defaultdict(list)
    for (unit, key), value in found.items():
        units[unit].append((key, value))
    return units


def _keys(cells: Mapping[tuple[str, str], Pairs], by: str) -> set[str]:
    return {
        key for (_, split), units in cells.items() if split == by for pairs in units.values() for key, _ in pairs
    } | {""}
