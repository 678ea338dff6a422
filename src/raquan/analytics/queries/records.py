"""The records behind a number: assists, cells of tally sheets, outings, days of help desks, of counters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.analytics import engine
from raquan.analytics.queries import counting, labels
from raquan.analytics.queries.figures import Where, label_day, make_figure
from raquan.analytics.queries.opening import OPENERS, Opened
from raquan.analytics.rules import MEASURES, Figure, Kind, Measure, Number, Ratio, dimension
from raquan.capture import queries as capture
from raquan.capture.queries import AssistView
from raquan.helpdesks import queries as helpdesks
from raquan.helpdesks.queries import DeskRef
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotAllowed
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.tallies import queries as tallies
from raquan.tallies.queries import TalliedView


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The records behind a row of a figure, and the cells of tally sheets: those of this page that the reader may see.

    `value` is what the row says, None where it says nothing. `page.total` counts records and cells, or outings and
    days of desks where the measure counts those; `hidden` are on this page and outside the reader's duties. `above`
    is the measure above the line, whose records they are, where the figure is a ratio.
    """

    figure: Figure
    key: str
    label: str
    value: Number | None
    page: Page[AssistView]
    tallied: tuple[TalliedView, ...]
    hidden: int
    outings: tuple[OutingView, ...] = ()
    desk_days: tuple[tuple[DeskRef, date], ...] = ()
    above: Measure | None = None
    things: tuple[Opened, ...] = ()


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
    """Open a row of a figure: a page of its records, latest first, as far as the reader's duties go.

    Raises NotAllowed where the row would tell an enterprise's number to who may not know it.
    """
    people.check(actor, Action.RECORD_READ)
    people.check(actor, Action.FIGURE_READ)
    facts = counting.facts_of(snapshot_id, campaign_id, actor)
    whole = make_figure(facts, measure_key, by, filters, now)
    above = MEASURES[whole.formula.part] if isinstance(whole.formula, Ratio) else None
    of = above or whole.measure
    if counting.is_guarded(facts, of):
        raise NotAllowed()
    cut = window(page, size)
    where = [(dimension(name), one) for name, one in filters]
    kind = of.kinds[0]
    ids, total = engine.matching_ids(
        facts.of(kind), of.formula, whole.by, key, where, offset=cut.start, limit=cut.stop - cut.start
    )
    seen = _open(actor, kind, ids)
    return RecordsPage(
        figure=whole,
        key=key,
        label=labels.labels(whole.by, [key], label_day(whole.campaign_id, now))[key],
        value=next((row.value for row in whole.rows if row.key == key), None),
        tallied=seen.tallied,
        page=Page(tuple(seen.assists), max(page, 1), cut.stop - cut.start, total),
        hidden=len(ids) - sum(map(len, (seen.assists, seen.tallied, seen.outings, seen.desk_days, seen.things))),
        outings=seen.outings,
        desk_days=seen.desk_days,
        above=above,
        things=seen.things,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the reader may see of some records."""

    assists: Sequence[AssistView] = ()
    tallied: tuple[TalliedView, ...] = ()
    outings: tuple[OutingView, ...] = ()
    desk_days: tuple[tuple[DeskRef, date], ...] = ()
    things: tuple[Opened, ...] = ()


def _open(actor: Actor, kind: Kind, ids: Mapping[str, int]) -> _Seen:
    if kind in OPENERS:
        return _Seen(things=OPENERS[kind](actor, ids))
    if kind is Kind.ASSIST:
        assists = capture.assists_by_ids(actor, [UUID(one) for one in ids])
        tallied = tuple(tallies.tallies_by_ids(actor, list(ids))) if len(assists) < len(ids) else ()
        return _Seen(assists, tallied)
    if kind is Kind.DESK_DAY:
        days = [(UUID(desk), date.fromisoformat(day)) for desk, day in (one.split(" ", 1) for one in ids)]
        desks = helpdesks.desks_by_ids({desk for desk, _ in days})
        return _Seen(desk_days=tuple((desks[desk], day) for desk, day in days if desk in desks))
    return _Seen(outings=outings.outings_by_ids(actor, [UUID(one) for one in ids]))
