"""Figures, live or frozen, for the staff and for the public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from raquan.analytics.queries import counting, geography, labels, snapshots
from raquan.analytics.queries.counting import Facts, Result
from raquan.analytics.rules import (
    GRADE_NAMES,
    Cell,
    Dimension,
    Figure,
    FigureRow,
    GradePart,
    Measure,
    Order,
    check_split,
    dimension,
    figure_address,
    measure,
    records_address,
    suppress,
)
from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.localized import localized
from raquan.kernel.text import sort_key
from raquan.people import commands as people
from raquan.people.rules import Action

Where = Sequence[tuple[str, str]]


def figure(
    actor: Actor,
    measure_key: str,
    by: str,
    *,
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    filters: Where = (),
    now: datetime | None = None,
    map_on: date | None = None,
) -> Figure:
    """Count a measure by a dimension, in a snapshot or live.

    Live figures are of `campaign_id`, or of all campaigns without it; `now` (campaign time) is what
    they say that they are of. Places are those of the map of the day of the event, or with `map_on` of that day's.
    Aggregates are open to whoever may read figures somewhere.
    Raises NoSuchMeasure, NoSuchDimension, NotSplitBy, NotOnMap, NotFound for a snapshot, SnapshotDamaged.
    """
    people.check(actor, Action.FIGURE_READ)
    return make_figure(counting.facts_of(snapshot_id, campaign_id, actor), measure_key, by, filters, now, map_on)


def figures(
    actor: Actor,
    wanted: Sequence[tuple[str, str]],
    *,
    campaign_id: UUID,
    snapshot_id: UUID | None = None,
    filters: Where = (),
    now: datetime | None = None,
    for_all: bool = False,
) -> tuple[Figure, ...]:
    """Count several measures, each by a dimension, from the same facts: for one page. Raises as `figure` does.

    What is handed on to others is counted `for_all`: whoever asks, it tells nothing of a single enterprise.
    """
    people.check(actor, Action.FIGURE_READ)
    facts = counting.facts_of(snapshot_id, campaign_id, None if for_all else actor)
    counting.prepare(facts, *_read(wanted, filters))
    return tuple(make_figure(facts, key, by, filters, now) for key, by in wanted)


def _read(
    wanted: Sequence[tuple[str, str]], filters: Where
) -> tuple[list[tuple[Measure, Dimension]], list[tuple[Dimension, str]]]:
    return [(measure(key), dimension(by)) for key, by in wanted], [(dimension(name), key) for name, key in filters]


def public_figure(
    campaign_id: UUID,
    measure_key: str,
    by: str,
    *,
    snapshot_id: UUID | None = None,
    now: datetime | None = None,
) -> Figure:
    """Count as `figure` does, with small cells hidden: what anybody may see."""
    return suppress(make_figure(counting.facts_of(snapshot_id, campaign_id), measure_key, by, (), now))


def public_figures(
    campaign_id: UUID, wanted: Sequence[tuple[str, str]], *, now: datetime | None = None
) -> tuple[Figure, ...]:
    """Count several measures, each by a dimension, from the same live facts, small cells hidden: for one page."""
    facts = counting.facts_of(None, campaign_id)
    counting.prepare(facts, *_read(wanted, ()))
    return tuple(suppress(make_figure(facts, key, by, (), now)) for key, by in wanted)


def make_figure(
    facts: Facts,
    measure_key: str,
    by_key: str,
    where: Where,
    now: datetime | None,
    map_on: date | None = None,
    *,
    named: bool = True,
) -> Figure:
    """Count, and put beside the numbers all that must be said; who asks has checked who may. Raises as `figure`."""
    of, by = measure(measure_key), dimension(by_key)
    filters = [(dimension(name), key) for name, key in where]
    for one in (by, *(split for split, _ in filters)):
        check_split(of, one)
    result, note = counting.counted(facts, of, by, filters), None
    if map_on is not None:
        result, note = geography.remapped(facts, of, by, filters, map_on)
    wholes = counting.denominators(facts, of, result, filters)
    frozen = facts.frozen
    found = Figure(
        measure=of,
        by=by,
        rows=(),
        total=result.total,
        snapshot=snapshots.view_of(frozen) if frozen else None,
        campaign_id=facts.campaign_id,
        filters=tuple(where),
        as_of=counting.as_of(frozen, now),
        parts=_parts(result),
        under_review=result.under_review,
        synthetic=result.synthetic or bool(frozen and frozen.is_synthetic),
        suppressed=0,
        address=figure_address(
            measure_key,
            by_key,
            snapshot_id=frozen.id if frozen else None,
            campaign_id=facts.campaign_id,
            filters=where,
            map_on=map_on,
        ),
        beside=(
            *counting.beside(facts, of, result.total, filters, wholes, result.without),
            *counting.read_from(result),
            *counting.held_back(result),
        ),
        denominators=wholes,
        without=result.without,
        map_note=note,
        withheld=len(result.withheld),
        guarded=counting.is_guarded(facts, of),
    )
    named_on = map_on or label_day(found.campaign_id, now)
    keys = [*(cell.key for cell in result.cells), *result.withheld]
    names = labels.labels(by, keys, named_on) if named else dict(zip(keys, keys, strict=True))
    return _with_rows(found, result, names)


def label_day(campaign_id: UUID | None, now: datetime | None) -> date:
    """Give the day whose names are used: the campaign's own day, for units are renamed later."""
    day = campaigns.campaign_day(campaign_id) if campaign_id else None
    if day is not None:
        return day
    return local_date(now) if now else date.max


def place_of_key(by: Dimension, cell: Cell, name: str) -> tuple[bool, float, str]:
    """Give a row's place by its dimension's order; rows of what is not known come last."""
    if by.order is Order.KEY:
        return (not cell.key, 0, cell.key)
    if by.order is Order.GIVEN:
        given = list(by.keys or ())
        return (not cell.key, given.index(cell.key) if cell.key in given else len(given), cell.key)
    return (not cell.key, -float(cell.value), sort_key(name))


def _parts(counted: Result) -> tuple[GradePart, ...]:
    return tuple(
        GradePart(grade, GRADE_NAMES.get(grade, localized(grade)), value) for grade, value in counted.grades.items()
    )


def _with_rows(found: Figure, result: Result, names: dict[str, str]) -> Figure:
    cells = (*result.cells, *(Cell(key, 0) for key in result.withheld))
    ordered = sorted(cells, key=lambda cell: place_of_key(found.by, cell, names[cell.key]))
    where: dict[str, Any] = {
        "snapshot_id": found.snapshot.id if found.snapshot else None,
        "campaign_id": found.campaign_id,
        "filters": found.filters,
    }
    rows = tuple(_row(found, result, cell, names[cell.key], where) for cell in ordered)
    return replace(found, rows=rows)


def _row(found: Figure, result: Result, cell: Cell, name: str, where: dict[str, Any]) -> FigureRow:
    """Make a row. Records lie where their own day's map has them: a row of another map has none of its own."""
    if cell.key in result.withheld:
        return FigureRow(cell.key, name, None)
    href = (
        "" if found.map_note or found.guarded else records_address(found.measure.key, found.by.key, cell.key, **where)
    )
    return FigureRow(cell.key, name, cell.value, href=href, basis=result.basis.get(cell.key))
