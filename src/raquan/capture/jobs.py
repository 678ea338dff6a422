"""Turns waiting records into facts, soon after they came; goes on with what is done to many; forgets lost photos."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.capture import queries
from raquan.capture.commands import forget_unfinished_photos, project_pending, run_bulk_task
from raquan.capture.commands.bulk import TOPIC
from raquan.ledger.commands import every, publish, subscribe

BATCH = 500
"""How many records a transaction reads: on SQLite those that come wait meanwhile, since one alone may write."""

BATCHES = 400


@every(seconds=2, when=queries.has_pending)
def project(now: datetime) -> None:
    """Project what waits, batch after batch, within one lease."""
    for _ in range(BATCHES):
        if not project_pending(now=now, limit=BATCH):
            return


@subscribe(TOPIC, slow=True)
def bulk(payload: dict[str, Any], now: datetime) -> None:
    """Go on with a task; what is left is asked for again, so that no lease runs out under it."""
    if run_bulk_task(now=now, task_id=UUID(payload["task"])):
        publish(topic=TOPIC, payload=payload)


@every(seconds=24 * 3600)
def forget_photos(now: datetime) -> None:
    """Drop the parts of photos whose rest never came."""
    forget_unfinished_photos(now=now)
