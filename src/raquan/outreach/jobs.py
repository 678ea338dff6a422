"""Makes artwork for units after it was asked for, ends approvals; lets what this room keeps be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.ledger.commands import every, publish, subscribe
from raquan.outreach import commands
from raquan.outreach.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@subscribe(commands.RUN_WANTED, slow=True)
def run(payload: dict[str, Any], now: datetime) -> None:
    """Go on with a run; what is left is asked for again, so that no lease runs out under it."""
    if commands.run_artwork(now=now, run_id=UUID(payload["run"])):
        publish(topic=commands.RUN_WANTED, payload=payload)


@every(seconds=900)
def expire(now: datetime) -> None:
    """End the approvals whose last day is over."""
    commands.expire_artworks(now=now)


@every(seconds=60)
def show(now: datetime) -> None:
    """Tell of the portal's messages that their time has come."""
    commands.finish_portal_posts(now=now)
