"""Keeps the fact files close behind the database."""

from datetime import datetime

from raquan.analytics import commands, queries
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every


@every(seconds=60, when=queries.facts_pending)
def extract_facts(now: datetime) -> None:
    """Write to Parquet what came since the last time."""
    commands.extract_facts(by=SYSTEM, now=now)
