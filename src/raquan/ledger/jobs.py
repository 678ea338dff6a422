"""The bridge between the outbox and the queue, and the clock's own work."""

import time
from datetime import datetime
from uuid import UUID

from django_tasks import task

from raquan.kernel import clock
from raquan.ledger import commands


@task()
def deliver_message(message_id: str, attempt: int) -> bool:
    """Do one message's work; the queue calls this in a worker."""
    return commands.deliver(message_id=UUID(message_id), attempt=attempt, now=clock.now(), real_now=clock.real_now())


def _enqueue(message_id: UUID, attempt: int) -> None:
    deliver_message.enqueue(str(message_id), attempt)


def tick(last_runs: dict[str, float]) -> int:
    """Ask for scheduled jobs and hand over what is due; the clock process calls this twice a second."""
    if not last_runs:  # its first tick: what an earlier clock handed over may have died with its worker
        commands.take_back()
    commands.publish_scheduled(last_runs=last_runs, monotonic=time.monotonic())
    return commands.hand_over_due(real_now=clock.real_now(), enqueue=_enqueue)


@commands.every(seconds=3600)
def forget_done_messages(now: datetime) -> None:
    """Drop what was done more than a week ago."""
    commands.forget_done(real_now=clock.real_now())
