"""How long a message is leased and when it is tried again."""

from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=5)
"""How long a worker may be silent before another one takes its message over."""

RENEW = timedelta(seconds=LEASE.total_seconds() / 3)
"""How often a worker says that it is still at work."""

MAX_ATTEMPTS = 12


class Lane(StrEnum):
    """The queues of later work: what is done in seconds never waits behind what takes minutes."""

    QUICK = "quick"
    SLOW = "slow"


def wait_before(attempt: int) -> timedelta:
    """Give the pause before attempt number `attempt` (2 is the first retry): 2, 4, 8 … seconds, at most an hour."""
    return timedelta(seconds=min(2 ** max(attempt - 1, 0), 3600))
