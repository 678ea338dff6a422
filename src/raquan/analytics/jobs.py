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
