"""Spreads, escalates and gathers notices every few seconds, and sends messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every, subscribe
from raquan.notices import commands, queries


@every(seconds=10, when=lambda: queries.has_work(clock.now()))
def spread(now: datetime) -> None:
    """Tell what is due to whom it is for, to the level above what is late, and gather it into messages."""
    commands.spread_due(now=now)
    commands.escalate_overdue(now=now)
    commands.gather(now=now)


@subscribe("notices.send", slow=True)
def send(payload: dict[str, Any], now: datetime) -> None:
    """Send a message by a channel; a failure is raised, and the outbox tries again later and later."""
    commands.send_dispatch(now=now, real_now=clock.real_now(), dispatch_id=UUID(payload["dispatch"]))


@subscribe("people.invitation_accepted")
def tell_accepted(payload: dict[str, Any], now: datetime) -> None:
    """Tell who invited a person that they have come."""
    ids = {"invitation_id": "invitation", "to": "to", "user_id": "user"}
    commands.tell_accepted(by=SYSTEM, now=now, **{name: UUID(payload[key]) for name, key in ids.items()})
