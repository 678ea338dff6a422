"""Opens reporting rounds and reminds units by the clock; lets what this room keeps be found."""

from datetime import datetime

from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every
from raquan.rounds import commands
from raquan.rounds.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@every(seconds=60)
def open_rounds(now: datetime) -> None:
    """Open what is due; nothing is opened twice."""
    commands.open_due_rounds(by=SYSTEM, now=now)


@every(seconds=300)
def remind_units(now: datetime) -> None:
    """Remind of what is due; nothing is told twice."""
    commands.remind_units(by=SYSTEM, now=now)


@every(seconds=900)
def tell_silent_outings(now: datetime) -> None:
    """Tell of outings of yesterday without records; nothing is told twice."""
    commands.tell_silent_outings(by=SYSTEM, now=now)
