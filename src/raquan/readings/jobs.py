"""Goes on reading documents that are too long for the officer to wait; lets what this room keeps be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.ledger.commands import publish, subscribe
from raquan.readings import commands
from raquan.readings.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@subscribe(commands.TOPIC, slow=True)
def read(payload: dict[str, Any], now: datetime) -> None:
    """Go on with a reading; what is left is asked for again, so that no lease runs out under it."""
    if commands.read_on(now=now, reading_id=UUID(payload["reading"])):
        publish(topic=commands.TOPIC, payload=payload)
