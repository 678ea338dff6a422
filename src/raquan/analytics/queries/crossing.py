"""Figures by two dimensions at once: services down, communes across."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.analytics.queries import counting, labels
from raquan.analytics.queries.counting import Facts
from raquan.analytics.queries.figures import Where, label_day, make_figure, place_of_key
from raquan.analytics.rules import (
    Cell,
    Dimension,
    Figure,
    Number,
    check_split,
    cross_address,
    dimension,
)
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, window
from raquan.people import commands as people
from raquan.people.rules import Action

MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A row: its key and name, a value for each column (None where no record has both keys), and its own total."""

    key: str
    label: str
    values: tuple[Number | None, ...]
    total: Number | None


@dataclass(frozen=True, slots=True)
class Cross:
    """A measure by two dimensions. `columns` are keys and names, the greatest first; `left_out` are those not shown.

    `figure` is the same measure by the rows' dimension alone, with all that is said beside it.
    """

    figure: Figure
    across: Dimension
    columns: tuple[tuple[str, str], ...]
    rows: Page[CrossRow]
    left_out: int
    address: str


def cross_figure(
    actor: Actor,
    measure_key: str,
    by: str,
    across: str,
    *,
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    filters: Where = (),
    now: datetime | None = None,
    page: int = 1,
    size: int = 50,
    most_columns: int = MOST_COLUMNS,
    facts: Facts | None = None,
) -> Cross:
    """Count a measure by two dimensions, a page of rows at a time, from facts already opened or those named.

    Raises as `figure` does.
    """
    people.check(actor, Action.FIGURE_READ)
    facts = facts or counting.facts_of(snapshot_id, campaign_id, actor)
    whole = make_figure(facts, measure_key, by, filters, now)
    other = dimension(across)
    check_split(whole.measure, other)
    where = [(dimension(name), key) for name, key in filters]
    found = counting.crossed(facts, whole.measure, whole.by, other, where)
    columns, left_out = _columns(found, other, label_day(whole.campaign_id, now), most_columns)
    cut = window(page, size)
    rows = [
        CrossRow(row.key, row.label, tuple(found.get((row.key, key)) for key, _ in columns), row.value)
        for row in whole.rows[cut]
    ]
    where_to = {"snapshot_id": snapshot_id, "campaign_id": whole.campaign_id}
    return Cross(
        figure=whole,
        across=other,
        columns=columns,
        rows=Page(rows, max(page, 1), size, len(whole.rows)),
        left_out=left_out,
        address=cross_address(measure_key, by, across, filters=filters, **where_to),
    )


def _columns(
    found: dict[tuple[str, str], Number], across: Dimension, day: date, most: int
) -> tuple[tuple[tuple[str, str], ...], int]:
    totals: dict[str, Number] = defaultdict(int)
    for (_, key), value in found.items():
        totals[key] += value
    names = labels.labels(across, list(totals), day)
    cells = [Cell(key, value) for key, value in totals.items()]
    kept = sorted(cells, key=lambda cell: -float(cell.value))[:most]
    ordered = sorted(kept, key=lambda cell: place_of_key(across, cell, names[cell.key]))
    return tuple((cell.key, names[cell.key]) for cell in ordered), len(cells) - len(kept)
