"""Looks at pages on schedule, takes up records of displays, reminds, lists what is to come down; lets all be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.capture.commands import on_change
from raquan.displays import commands, queries
from raquan.ledger.commands import every, subscribe
from raquan.search.commands import offer

for kind in queries.KINDS:
    offer(kind)

on_change(commands.note_reports)


@every(seconds=300)
def ask_checks(now: datetime) -> None:
    """Ask for a look at each page that is due."""
    commands.claim_checks(now=now)


# One worker does slow work, one page after the other: no two hosts are asked at once.
@subscribe(commands.CHECK_TOPIC, slow=True)
def check(payload: dict[str, Any], now: datetime) -> None:
    """Look at a page."""
    commands.check_page(now=now, site_id=UUID(payload["site"]))


@every(seconds=3600)
def look_after(now: datetime) -> None:
    """Remind whoever must show and has no proof, and list what is over."""
    commands.expire_displays(now=now)
    commands.remind_displays(now=now)


@every(seconds=2, when=queries.has_new_reports)
def take_reports(now: datetime) -> None:
    """Make proofs of the records of displays that came."""
    while commands.take_reports(now=now):
        pass


@every(seconds=60)
def look_for_photos(now: datetime) -> None:
    """Go on with the records whose photos have come since."""
    commands.look_for_photos(now=now)
