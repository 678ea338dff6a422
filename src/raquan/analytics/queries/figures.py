"""Figures, live or frozen, for the staff and for the public, and the records behind a number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from raquan.analytics import engine
from raquan.analytics.engine import Counted, Source
from raquan.analytics.models import Snapshot
from raquan.analytics.queries import counting, labels, snapshots
from raquan.analytics.rules import (
    GRADE_NAMES,
    Cell,
    Dimension,
    Figure,
    FigureRow,
    GradePart,
    Order,
    dimension,
    figure_address,
    measure,
    records_address,
    suppress,
)
from raquan.campaign import queries as campaigns
from raquan.capture import queries as capture
from raquan.capture.queries import AssistView
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.localized import localized
from raquan.kernel.paging import Page, window
from raquan.kernel.text import sort_key
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.tallies import queries as tallies
from raquan.tallies.queries import TalliedView

Where = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The records behind a row of a figure, and the cells of tally sheets: those of this page that the reader may see.

    `value` is what the row says, None where it says nothing. `page.total` counts records and cells;
    `hidden` are on this page and outside the reader's duties.
    """

    figure: Figure
    key: str
    label: str
    value: int | None
    page: Page[AssistView]
    tallied: tuple[TalliedView, ...]
    hidden: int


def figure(
    actor: Actor,
    measure_key: str,
    by: str,
    *,
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    filters: Where = (),
    now: datetime | None = None,
) -> Figure:
    """Count a measure by a dimension, in a snapshot or live.

    Live figures are of `campaign_id`, or of all campaigns without it; `now` (campaign time) is what
    they say that they are of. Aggregates are open to whoever may read figures somewhere.
    Raises NoSuchMeasure, NoSuchDimension, NotFound for a snapshot, SnapshotDamaged.
    """
    people.check(actor, Action.FIGURE_READ)
    return _figure(measure_key, by, snapshot_id, campaign_id, filters, now)


def figures(
    actor: Actor,
    wanted: Sequence[tuple[str, str]],
    *,
    campaign_id: UUID,
    snapshot_id: UUID | None = None,
    filters: Where = (),
    now: datetime | None = None,
) -> tuple[Figure, ...]:
    """Count several measures, each by a dimension, from the same facts: for one page. Raises as `figure` does."""
    people.check(actor, Action.FIGURE_READ)
    sourced = counting.source_of(snapshot_id, campaign_id)
    return tuple(_figure(key, by, snapshot_id, campaign_id, filters, now, sourced) for key, by in wanted)


def public_figure(
    campaign_id: UUID,
    measure_key: str,
    by: str,
    *,
    snapshot_id: UUID | None = None,
    now: datetime | None = None,
) -> Figure:
    """Count as `figure` does, with small cells hidden: what anybody may see."""
    return suppress(_figure(measure_key, by, snapshot_id, campaign_id, (), now))


def public_figures(
    campaign_id: UUID, wanted: Sequence[tuple[str, str]], *, now: datetime | None = None
) -> tuple[Figure, ...]:
    """Count several measures, each by a dimension, from the same live facts, small cells hidden: for one page."""
    sourced = counting.source_of(None, campaign_id)
    return tuple(suppress(_figure(key, by, None, campaign_id, (), now, sourced)) for key, by in wanted)


def figure_records(
    actor: Actor,
    measure_key: str,
    by: str,
    key: str,
    snapshot_id: UUID | None = None,
    page: int = 1,
    *,
    campaign_id: UUID | None = None,
    filters: Where = (),
    now: datetime | None = None,
    size: int = 50,
) -> RecordsPage:
    """Open a row of a figure: a page of its records, latest first, as far as the reader's duties go."""
    people.check(actor, Action.RECORD_READ)
    people.check(actor, Action.FIGURE_READ)
    sourced = counting.source_of(snapshot_id, campaign_id)
    whole = _figure(measure_key, by, snapshot_id, campaign_id, filters, now, sourced)
    source, _ = sourced
    cut = window(page, size)
    ids, total = engine.matching_ids(
        source, whole.formula, whole.by, key, _dimensions(filters), offset=cut.start, limit=cut.stop - cut.start
    )
    seen = capture.assists_by_ids(actor, [UUID(one) for one in ids])
    tallied = tuple(tallies.tallies_by_ids(actor, ids)) if len(seen) < len(ids) else ()
    label = labels.labels(whole.by, [key], _label_day(campaign_id, whole, now))[key]
    return RecordsPage(
        figure=whole,
        key=key,
        label=label,
        value=next((row.value for row in whole.rows if row.key == key), None),
        tallied=tallied,
        page=Page(tuple(seen), max(page, 1), cut.stop - cut.start, total),
        hidden=len(ids) - len(seen) - len(tallied),
    )


def _figure(
    measure_key: str,
    by_key: str,
    snapshot_id: UUID | None,
    campaign_id: UUID | None,
    where: Where,
    now: datetime | None,
    sourced: tuple[Source, Snapshot | None] | None = None,
) -> Figure:
    counted_by, by = measure(measure_key), dimension(by_key)
    filters = _dimensions(where)
    source, frozen = sourced or counting.source_of(snapshot_id, campaign_id)
    counted = counting.counted(source, frozen, counted_by, by, filters)
    found = Figure(
        measure=counted_by,
        by=by,
        rows=(),
        total=counted.total,
        snapshot=snapshots.view_of(frozen) if frozen else None,
        campaign_id=frozen.campaign_id if frozen else campaign_id,
        filters=tuple(where),
        as_of=counting.as_of(frozen, now),
        parts=_parts(counted),
        under_review=counted.under_review,
        synthetic=counted.synthetic or bool(frozen and frozen.is_synthetic),
        suppressed=0,
        address=figure_address(measure_key, by_key, snapshot_id=snapshot_id, campaign_id=campaign_id, filters=where),
        beside=counting.beside(source, counted_by, counted.total, filters),
    )
    on = _label_day(campaign_id, found, now)
    names = labels.labels(by, [cell.key for cell in counted.cells], on)
    return _with_rows(found, counted.cells, names)


def _dimensions(where: Where) -> list[tuple[Dimension, str]]:
    return [(dimension(name), key) for name, key in where]


def _parts(counted: Counted) -> tuple[GradePart, ...]:
    return tuple(
        GradePart(grade, GRADE_NAMES.get(grade, localized(grade)), value) for grade, value in counted.grades.items()
    )


def _label_day(campaign_id: UUID | None, found: Figure, now: datetime | None) -> date:
    """Give the day whose names are used: the campaign's own day, for units are renamed later."""
    wanted = found.campaign_id or campaign_id
    day = campaigns.campaign_day(wanted) if wanted else None
    if day is not None:
        return day
    return local_date(now) if now else date.max


def _with_rows(found: Figure, cells: Sequence[Cell], names: dict[str, str]) -> Figure:
    ordered = sorted(cells, key=lambda cell: _place(found.by, cell, names))
    where: dict[str, Any] = {
        "snapshot_id": found.snapshot.id if found.snapshot else None,
        "campaign_id": found.campaign_id,
        "filters": found.filters,
    }
    rows = tuple(
        FigureRow(
            cell.key,
            names[cell.key],
            cell.value,
            href=records_address(found.measure.key, found.by.key, cell.key, **where),
        )
        for cell in ordered
    )
    return replace(found, rows=rows)


def _place(by: Dimension, cell: Cell, names: dict[str, str]) -> tuple[bool, int, str]:
    """Give a row's place; rows of what is not known come last."""
    if by.order is Order.KEY:
        return (not cell.key, 0, cell.key)
    if by.order is Order.GIVEN:
        given = list(by.keys or ())
        return (not cell.key, given.index(cell.key) if cell.key in given else len(given), cell.key)
    return (not cell.key, -cell.value, sort_key(names[cell.key]))
