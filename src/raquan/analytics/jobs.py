"""Keeps the fact files close behind the database; lets what this room keeps be found."""

from datetime import datetime

from raquan.analytics import commands, queries
from raquan.analytics.queries.searching import KINDS
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@every(seconds=60, when=queries.facts_pending)
def extract_facts(now: datetime) -> None:
    """Write to Parquet what came since the last time."""
    commands.extract_facts(by=SYSTEM, now=now)


@every(seconds=300, when=queries.activity_changed)
def extract_activity(now: datetime) -> None:
    """Write anew the days of outings, attendance, sheets and desks that have changed."""
    mark = queries.activity_mark()
    commands.extract_activity(by=SYSTEM, now=now)
    queries.note_extracted(mark)
