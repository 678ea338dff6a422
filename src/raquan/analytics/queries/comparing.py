"""Two snapshots of a campaign side by side: what differs, why, and which records make the difference."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from django.conf import settings

from raquan.analytics import engine
from raquan.analytics.engine import ChangedRecord, Source
from raquan.analytics.models import Snapshot
from raquan.analytics.queries import counting, labels, snapshots
from raquan.analytics.queries.counting import Facts
from raquan.analytics.queries.figures import label_day
from raquan.analytics.queries.guarding import sight
from raquan.analytics.rules import (
    DIMENSIONS,
    DISTINCT,
    GUARDED,
    MEASURES,
    Comparison,
    Dimension,
    DimensionComparison,
    KeyChange,
    Kind,
    Measure,
    MeasureChange,
    Number,
    Ratio,
    check_split,
    dimension,
    divided,
    is_alone,
    measure,
    scaled,
)
from raquan.capture import queries as capture
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.kernel.remembering import Remembered
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.tallies import queries as tallies


class NotComparable(Refused):
    """The snapshots are of two campaigns, or are the same one."""

    code = "snapshot.not_comparable"
    message = N_("Chỉ so sánh được hai bản chốt khác nhau của cùng một chiến dịch.")


@dataclass(frozen=True, slots=True)
class SeenChange:
    """A changed record that the reader may see: what it is called, where it opens ("" for nowhere), keys by name."""

    change: ChangedRecord
    title: str
    submission_id: UUID | None
    sheet_number: str
    label_before: str
    label_after: str


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page of changed records: those that the reader may see; `hidden` are on this page and not theirs to see."""

    page: Page[SeenChange]
    hidden: int


def compare_snapshots(actor: Actor, before_id: UUID, after_id: UUID) -> Comparison:
    """Compare every measure in two snapshots, the earlier number first whatever the order of asking.

    Raises NotAllowed, NotFound, NotComparable, SnapshotDamaged.
    """
    pair = _pair(actor, before_id, after_id)
    was, now = _totals_of(pair.earlier, pair.before), _totals_of(pair.later, pair.after)
    # Who may not know each enterprise's numbers is told of none: what changes since yesterday would tell them.
    seen = {key: one for key, one in MEASURES.items() if not counting.is_guarded(pair.after, one)}
    found = [MeasureChange(one, was[key], now[key]) for key, one in seen.items()]
    reasons: dict[str, int] = defaultdict(int)
    for change in pair.changes(MEASURES["assists"], DIMENSIONS["grade"]):
        reasons[change.reason] += change.records
    return Comparison(snapshots.view_of(pair.earlier), snapshots.view_of(pair.later), tuple(found), reasons)


def compare_measure(
    actor: Actor, before_id: UUID, after_id: UUID, measure_key: str, by_key: str
) -> DimensionComparison:
    """Compare a measure by a dimension. Raises as `compare_snapshots`, NoSuchMeasure, NoSuchDimension, NotSplitBy."""
    pair = _pair(actor, before_id, after_id)
    of, by = measure(measure_key), dimension(by_key)
    check_split(of, by)
    if counting.is_guarded(pair.after, of):
        raise NotAllowed()
    was, now = counting.counted(pair.before, of, by), counting.counted(pair.after, of, by)
    cells_before = {cell.key: cell.value for cell in was.cells}
    cells_after = {cell.key: cell.value for cell in now.cells}
    adds_up = not isinstance(of.formula, (Ratio, *DISTINCT))
    reasons: dict[str, dict[str, Number]] = defaultdict(dict)
    for change in pair.changes(of, by) if adds_up else ():
        reasons[change.key][change.reason] = scaled(change.value, of.formula)
    keys = {*cells_before, *cells_after}
    keys = {key for key in keys if cells_before.get(key) != cells_after.get(key) or reasons.get(key)}
    names = labels.labels(by, keys, label_day(pair.earlier.campaign_id, None))
    rows = [
        KeyChange(key, names[key], cells_before.get(key, 0), cells_after.get(key, 0), reasons.get(key, {}))
        for key in keys
    ]
    return DimensionComparison(
        before=snapshots.view_of(pair.earlier),
        after=snapshots.view_of(pair.later),
        measure=of,
        by=by,
        total=MeasureChange(of, was.total, now.total),
        rows=tuple(sorted(rows, key=lambda row: (-abs(float(row.difference)), row.label))),
        is_explained=adds_up,
    )


def changed_page(
    actor: Actor, before_id: UUID, after_id: UUID, measure_key: str, by_key: str, *, page: int = 1, size: int = 50
) -> ChangedPage:
    """Give a page of the records that make the difference, as far as the reader's duties go.

    There are none for measures that are not made of assists, or do not add up. Raises as `compare_measure`.
    """
    pair = _pair(actor, before_id, after_id)
    of, by = measure(measure_key), dimension(by_key)
    check_split(of, by)
    is_traced = of.kinds == (Kind.ASSIST,) and not isinstance(of.formula, DISTINCT)
    if not is_traced or not may(actor, Action.RECORD_READ):
        return ChangedPage(Page((), 1, size, 0), 0)
    cut = window(page, size)

    def look_up() -> tuple[list[ChangedRecord], int]:
        bounds = {"offset": cut.start, "limit": cut.stop - cut.start}
        return engine.changed_records(*pair.sources(of), of.formula, by, pair.cut_on(), **bounds)

    key = pair.earlier.id, pair.later.id, of.key, by.key, cut.start, cut.stop
    found, total = _records.get(key, look_up, seconds=_seconds()) or ([], 0)
    seen = _seen(actor, found, by, pair.earlier.campaign_id)
    return ChangedPage(Page(seen, max(page, 1), size, total), len(found) - len(seen))


def _seen(actor: Actor, found: list[ChangedRecord], by: Dimension, campaign_id: UUID | None) -> list[SeenChange]:
    ids = [one.id for one in found]
    assists = {str(one.id): one for one in capture.assists_by_ids(actor, [UUID(one) for one in ids])}
    cells = {str(one.id): one for one in tallies.tallies_by_ids(actor, ids)} if len(assists) < len(ids) else {}
    keys = {key for one in found for key in (one.key_before, one.key_after)}
    names = labels.labels(by, keys, label_day(campaign_id, None))
    seen = []
    for one in found:
        record, cell = assists.get(one.id), cells.get(one.id)
        if record is None and cell is None:
            continue
        title = f"{record.outing_code} · {record.service_name}" if record else ""
        title = f"{cell.number} · {cell.service_name}" if cell else title
        before = names[one.key_before] if one.before else ""
        after = names[one.key_after] if one.after else ""
        seen.append(
            SeenChange(one, title, record.submission_id if record else None, cell.number if cell else "", before, after)
        )
    return seen


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two snapshots of a campaign, the earlier one first."""

    earlier: Snapshot
    later: Snapshot
    before: Facts
    after: Facts

    def sources(self, of: Measure) -> tuple[Source, Source]:
        return self.before.of(of.kinds[0]), self.after.of(of.kinds[0])

    def cut_on(self) -> date:
        return local_date(self.earlier.frozen_at)

    def changes(self, of: Measure, by: Dimension) -> list[engine.Change]:
        key = (self.earlier.id, self.later.id, of.key, by.key)
        found = _changes.get(key, partial(self._look_for_changes, of, by), seconds=_seconds())
        return found or []

    def _look_for_changes(self, of: Measure, by: Dimension) -> list[engine.Change]:
        return engine.changes(*self.sources(of), of.formula, by, self.cut_on())


def _pair(actor: Actor, before_id: UUID, after_id: UUID) -> _Pair:
    people.check(actor, Action.FIGURE_READ)
    earlier, later = sorted((snapshots.load(before_id), snapshots.load(after_id)), key=lambda one: one.number)
    if earlier.campaign_id != later.campaign_id or earlier.id == later.id:
        raise NotComparable()
    sees = sight(actor)
    before, after = (Facts(one, one.campaign_id, sees=sees) for one in (earlier, later))
    return _Pair(earlier, later, before, after)


# What is frozen does not change: who turns pages of a comparison counts once a minute.
_changes: Remembered[tuple[UUID, UUID, str, str], list[engine.Change]] = Remembered(200)
_records: Remembered[tuple[UUID, UUID, str, str, int, int], tuple[list[ChangedRecord], int]] = Remembered(50)
_counted: Remembered[UUID, dict[str, Number | None]] = Remembered(50)


def _seconds() -> float:
    return settings.RAQUAN_REMEMBER_REFERENCE_SECONDS


def _totals_of(snapshot: Snapshot, facts: Facts) -> dict[str, Number | None]:
    """Count all of a snapshot, for whom it may be shown or not."""
    whole = replace(facts, sees=GUARDED)
    return _counted.get(snapshot.id, partial(_totals, whole), seconds=_seconds()) or {}


def _totals(facts: Facts) -> dict[str, Number | None]:
    """Count every measure of a snapshot, each table of facts in one reading."""
    found: dict[str, Number | None] = {}
    for kind in Kind:
        ones = [one for one in MEASURES.values() if one.kinds == (kind,) and facts.knows(one)]
        ones = [one for one in ones if not is_alone(one.formula)]
        values = engine.totals(facts.of(kind), tuple(one.formula for one in ones)) if ones else None
        for place, one in enumerate(ones):
            found[one.key] = None if values is None else scaled(values[place], one.formula)
    for one in MEASURES.values():
        formula = one.formula
        if not isinstance(formula, Ratio) and is_alone(formula):
            found[one.key] = counting.counted(facts, one, counting.any_split(one)).total
        elif isinstance(formula, Ratio):
            part, whole = found.get(formula.part), found.get(formula.whole)
            found[one.key] = divided(part, whole, formula.times) if part is not None and whole else None
        else:
            found.setdefault(one.key, None)
    return found
