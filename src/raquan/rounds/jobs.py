"""Opens reporting rounds by the clock."""

from datetime import datetime

from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every
from raquan.rounds import commands


@every(seconds=60)
def open_rounds(now: datetime) -> None:
    """Open what is due; nothing is opened twice."""
    commands.open_due_rounds(by=SYSTEM, now=now)
