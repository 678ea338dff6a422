"""Goes on reading calendars, and taking their rows in, when that is too long to wait; lets them be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.calendars import commands
from raquan.calendars.queries.searching import KINDS
from raquan.ledger.commands import publish, subscribe
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@subscribe(commands.TOPIC, slow=True)
def read(payload: dict[str, Any], now: datetime) -> None:
    """Go on with a calendar; what is left is asked for again, so that no lease runs out under it."""
    if commands.continue_calendar(now=now, calendar_id=UUID(payload["calendar"])):
        publish(topic=commands.TOPIC, payload=payload)


@subscribe(commands.TAKING_TOPIC, slow=True)
def take(payload: dict[str, Any], now: datetime) -> None:
    """Go on making outings of the rows that were asked for."""
    if commands.continue_taking(now=now, calendar_id=UUID(payload["calendar"])):
        publish(topic=commands.TAKING_TOPIC, payload=payload)
