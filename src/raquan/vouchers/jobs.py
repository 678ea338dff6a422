"""Settles leases on time; lets what this room keeps be found, and its history be shown."""

from datetime import datetime

from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every
from raquan.search.commands import offer
from raquan.vouchers import commands
from raquan.vouchers.queries.searching import KINDS

for kind in KINDS:
    offer(kind)


@every(seconds=300)
def settle(now: datetime) -> None:
    """Give back what overdue leases hold; nothing is given back twice."""
    commands.settle_leases(by=SYSTEM, now=now)
