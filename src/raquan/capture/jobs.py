"""Turns waiting records into facts, soon after they came."""

from datetime import datetime

from raquan.capture import queries
from raquan.capture.commands import project_pending
from raquan.ledger.commands import every

BATCH = 500
"""How many records a transaction reads: on SQLite those that come wait meanwhile, since one alone may write."""

BATCHES = 400


@every(seconds=2, when=queries.has_pending)
def project(now: datetime) -> None:
    """Project what waits, batch after batch, within one lease."""
    for _ in range(BATCHES):
        if not project_pending(now=now, limit=BATCH):
            return
