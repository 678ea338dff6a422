"""Keeps the files of facts close behind the database, and holds the two against each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from raquan.analytics import engine, extract
from raquan.analytics.engine import Source
from raquan.analytics.queries import activity, stores
from raquan.analytics.rules import (
    ACTIVITIES,
    ACTIVITY,
    ASSISTS,
    ActivityFact,
    Checked,
    Kind,
    part_folder,
    row_digest,
    rows_digest,
)
from raquan.campaign import queries as campaigns
from raquan.capture import queries as capture
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed

READ_PAGE = 10_000

Day = tuple[str, date]


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """How many facts were written to files, up to which fact_seq there are files now, and how many days anew."""

    facts: int
    watermark: int
    days: int = 0


def extract_facts(*, by: Actor, now: datetime) -> ExtractReport:
    """Write to Parquet what no file has yet; doing it again does nothing. The system alone does this."""
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    return extract_assists()


def extract_activity(*, by: Actor, now: datetime) -> ExtractReport:
    """Write the days of outings, attendance, sheets and desks that have changed, each as its next generation.

    A run that was broken off is gone on with by the next: a day is there whole or not at all. The system alone does
    this.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    written = 0
    for kind in ACTIVITIES:
        days = _days_of(kind)
        for campaign_id, day in sorted({*days, *_days_written(kind)}):
            folder = stores.facts_root() / part_folder(kind, campaign_id, day)
            written += extract.write_part(folder, days.get((campaign_id, day), ()))
    return ExtractReport(0, 0, written)


def verify_facts(*, by: Actor, now: datetime) -> list[Checked]:
    """Hold each day's files against the database, by count and by hash; the system alone does this.

    Of assists up to the last one that files have: what came since is not theirs to know. Of rollups only the days
    that are not what the files add up to are listed, each with how many of its rows are wrong.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    return [*_verify_assists(), *_verify_rollups(), *(one for kind in ACTIVITIES for one in _verify_kind(kind))]


def extract_assists() -> ExtractReport:
    """Write the facts about assists that no file has yet."""
    stores.fact_chain()  # refuses files of another database before adding to them
    done = extract.append_facts(stores.facts_folder(), capture.facts_after)
    return ExtractReport(done.facts, done.watermark)


def _days_of(kind: Kind) -> dict[Day, Sequence[ActivityFact]]:
    facts = [fact for campaign in campaigns.campaigns() for fact in activity.activity_facts(kind, campaign)]
    ordered = sorted(facts, key=lambda one: (one.campaign_id, one.occurred_on))
    return {day: list(found) for day, found in groupby(ordered, key=lambda one: (one.campaign_id, one.occurred_on))}


def _days_written(kind: Kind) -> Iterator[Day]:
    """List the days that have files: one that has nothing any more is written once more, empty."""
    for path in (stores.facts_root() / kind).glob("campaign=*/day=*"):
        yield path.parent.name.removeprefix("campaign="), date.fromisoformat(path.name.removeprefix("day="))


def _verify_kind(kind: Kind) -> Iterator[Checked]:
    days = _days_of(kind)
    for campaign_id, day in sorted({*days, *_days_written(kind)}):
        facts = days.get((campaign_id, day), ())
        rows = extract.part_rows(stores.facts_root() / part_folder(kind, campaign_id, day))
        wanted = rows_digest([getattr(fact, name) for name in ACTIVITY.columns] for fact in facts)
        yield Checked(kind, campaign_id, day, len(facts), len(rows), wanted == rows_digest(rows))


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    sum: int = 0

    def add(self, values: Sequence[Any]) -> None:
        self.rows += 1
        self.sum = (self.sum + row_digest(values)) % 2**128


def _verify_assists() -> Iterator[Checked]:
    chain = stores.fact_chain()
    changed = {fact.assist_id for fact in stores.tail_after(chain.watermark)}
    columns = list(ASSISTS.columns)
    at = {name: columns.index(name) for name in ("assist_id", "campaign_id", "occurred_on")}
    in_files: dict[Day, _Tally] = defaultdict(_Tally)
    in_database: dict[Day, _Tally] = defaultdict(_Tally)
    files = tuple(stores.facts_folder() / file.name for file in chain.files)
    for table in engine.current_facts(Source(files), chain.watermark, READ_PAGE) if files else ():
        for values in zip(*(table.column(name).to_pylist() for name in columns), strict=True):
            if values[at["assist_id"]] not in changed:
                in_files[values[at["campaign_id"]] or "", values[at["occurred_on"]]].add(values)
    for fact in _filed(chain.watermark):
        in_database[fact.campaign_id or "", fact.occurred_on].add([getattr(fact, name) for name in columns])
    for campaign_id, day in sorted({*in_files, *in_database}):
        mine, theirs = in_database[campaign_id, day], in_files[campaign_id, day]
        yield Checked(Kind.ASSIST, campaign_id, day, mine.rows, theirs.rows, mine == theirs)


def _verify_rollups() -> Iterator[Checked]:
    source = stores.live_source(None)
    if source.rollups:
        for (campaign_id, day), rows in sorted(engine.rollup_faults(source.files, source.rollups).items()):
            yield Checked("rollup", campaign_id, day, 0, rows, is_same=False)


def _filed(watermark: int) -> Iterator[capture.AssistFact]:
    last = 0
    while page := [fact for fact in capture.facts_after(last, READ_PAGE) if fact.fact_seq <= watermark]:
        yield from page
        last = page[-1].fact_seq
