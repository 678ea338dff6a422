"""Lets what this room keeps be found, and its history be shown; empties contacts whose day has come."""

from datetime import datetime

from raquan.exhibitions.commands import purge_contacts
from raquan.exhibitions.queries.searching import KINDS
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@every(seconds=6 * 3600)
def purge(now: datetime) -> None:
    """Empty what visitors left, on its day."""
    purge_contacts(by=SYSTEM, now=now)
