"""Keeps the index up with what is done, a second or two behind."""

from datetime import datetime

from raquan.ledger.commands import every, follow
from raquan.search.commands import refresh, touch_acts
from raquan.search.queries import is_behind

BATCHES = 200

follow(touch_acts)


@every(seconds=2, when=is_behind)
def read_again(now: datetime) -> None:
    """Read what was touched, batch after batch, within one lease."""
    for _ in range(BATCHES):
        if not refresh():
            return
