"""Asks for later work, hands it to workers, and sees to it that each piece is done in the end."""

import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from raquan.ledger.commands.holders import is_dead, this_process
from raquan.ledger.commands.registry import SCHEDULES, SLOW, SUBSCRIBERS
from raquan.ledger.models import OutboxMessage
from raquan.ledger.rules import LEASE, MAX_ATTEMPTS, Lane, wait_before

KEEP_DONE = timedelta(days=7)


def publish(
    *,
    topic: str,
    payload: Mapping[str, Any] | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Ask for later work in this transaction; False when an open message with `key` asks for it already.

    `due_at` is real time; without it the work is due at once.
    """
    due = {} if due_at is None else {"due_at": due_at}
    try:
        with transaction.atomic():
            OutboxMessage.objects.create(topic=topic, payload=dict(payload or {}), key=key, **due)
    except IntegrityError:
        return False
    return True


def hand_over_due(*, real_now: datetime, enqueue: Callable[[UUID, int, Lane], None], limit: int = 100) -> int:
    """Lease the messages that are due to the queue; count them.

    `enqueue(message id, attempt, lane)` puts a message on the lane's queue. A message whose worker has died is handed
    over again: at once when the worker was on this machine, else when its lease has run out.
    """
    handed = 0
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=real_now) | Q(leased_by__in=_dead_holders())
        due = _open().filter(free, due_at__lte=real_now).order_by("due_at", "id")
        for message in due.values("id", "attempts", "topic")[:limit]:
            taken = _open().filter(free, id=message["id"], attempts=message["attempts"])
            if taken.update(leased_until=real_now + LEASE, leased_by=""):
                enqueue(message["id"], message["attempts"], Lane.SLOW if message["topic"] in SLOW else Lane.QUICK)
                handed += 1
    return handed


def take_back() -> int:
    """Give back what was handed over and no worker has begun; count it. The clock does so as it starts.

    A worker that dies between taking a message from the queue and its first word leaves no trace of itself.
    A message that is on the queue twice is delivered once.
    """
    taken_back: int = _open().filter(leased_until__isnull=False, leased_by="").update(leased_until=None)
    return taken_back


def deliver(*, message_id: UUID, attempt: int, now: datetime, real_now: datetime) -> bool:
    """Do the work of a message; False when another worker has it or it is done.

    A failure is kept with its trace and tried again later, at most MAX_ATTEMPTS times.
    """
    taken = _open().filter(id=message_id, attempts=attempt)
    if not taken.update(attempts=attempt + 1, leased_until=real_now + LEASE, leased_by=this_process()):
        return False
    message = OutboxMessage.objects.get(id=message_id)
    mine = OutboxMessage.objects.filter(id=message_id, attempts=attempt + 1)
    try:
        SUBSCRIBERS[message.topic](message.payload, now)
    except Exception:
        again = real_now + wait_before(attempt + 2)
        failed = {"failed_at": real_now} if attempt + 1 >= MAX_ATTEMPTS else {"due_at": again}
        mine.update(leased_until=None, leased_by="", last_error=traceback.format_exc()[-4000:], **failed)
        raise
    mine.update(done_at=real_now, leased_until=None, leased_by="")
    return True


def renew_lease(*, message_id: UUID, attempt: int, real_now: datetime) -> bool:
    """Hold a message for another LEASE while its work goes on; False when `attempt` holds it no more."""
    mine = _open().filter(id=message_id, attempts=attempt + 1, leased_by=this_process())
    return bool(mine.update(leased_until=real_now + LEASE))


def publish_scheduled(*, last_runs: dict[str, float], monotonic: float) -> int:
    """Ask for every scheduled job whose time has come; `last_runs` is the clock's memory (seconds, monotonic)."""
    asked = 0
    for schedule in SCHEDULES.values():
        if monotonic - last_runs.get(schedule.topic, float("-inf")) < schedule.seconds:
            continue
        last_runs[schedule.topic] = monotonic
        if schedule.when is None or schedule.when():
            asked += publish(topic=schedule.topic, key=schedule.topic)
    return asked


def forget_done(*, real_now: datetime) -> int:
    """Delete messages that were done more than a week ago; count them."""
    return OutboxMessage.objects.filter(done_at__lt=real_now - KEEP_DONE).delete()[0]


def _open() -> Any:
    return OutboxMessage.objects.filter(done_at__isnull=True, failed_at__isnull=True)


def _dead_holders() -> list[str]:
    holders = _open().exclude(leased_by="").values_list("leased_by", flat=True).distinct()
    return [one for one in holders if is_dead(one)]
