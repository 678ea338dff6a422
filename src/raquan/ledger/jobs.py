"""The bridge between the outbox and the queue, and the clock's own work."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import Error, connection
from django_tasks import task

from raquan.kernel import clock
from raquan.ledger import commands
from raquan.ledger.commands.public import count_public_changes
from raquan.ledger.rules import RENEW, Lane

commands.follow(count_public_changes)


@task()
def deliver_message(message_id: str, attempt: int) -> bool:
    """Do one message's work; the queue calls this in a worker."""
    message = UUID(message_id)
    with renewing(message, attempt):
        return commands.deliver(message_id=message, attempt=attempt, now=clock.now(), real_now=clock.real_now())


@contextmanager
def renewing(message_id: UUID, attempt: int, seconds: float = RENEW.total_seconds()) -> Iterator[None]:
    """Renew a message's lease every `seconds` for as long as its work goes on, in a thread beside it."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(seconds):
            try:
                commands.renew_lease(message_id=message_id, attempt=attempt, real_now=clock.real_now())
            except Error:  # busy or away: the lease outlasts two missed renewals
                connection.close()
        connection.close()

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _enqueue(message_id: UUID, attempt: int, lane: Lane) -> None:
    deliver_message.using(queue_name=lane.value).enqueue(str(message_id), attempt)


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
