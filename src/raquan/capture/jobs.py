"""Turns waiting records into facts, soon after they came, and forgets photos whose rest never came."""

from datetime import datetime

from raquan.capture import queries
from raquan.capture.commands import forget_unfinished_photos, project_pending
from raquan.ledger.commands import every

BATCHES = 100


@every(seconds=2, when=queries.has_pending)
def project(now: datetime) -> None:
    """Project what waits, batch after batch, within one lease."""
    for _ in range(BATCHES):
        if not project_pending(now=now):
            return


@every(seconds=24 * 3600)
def forget_photos(now: datetime) -> None:
    """Drop the parts of photos whose rest never came."""
    forget_unfinished_photos(now=now)
