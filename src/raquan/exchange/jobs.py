"""Goes on with exports and imports, tells webhooks, and clears away what is old; lets what this room keeps be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.capture.commands import on_change
from raquan.exchange import commands, queries
from raquan.exchange.queries.searching import KINDS
from raquan.kernel import clock
from raquan.ledger.commands import every, publish, subscribe
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)

on_change(commands.note_changes)


@subscribe("exchange.export", slow=True)
def export(payload: dict[str, Any], now: datetime) -> None:
    """Go on with an export; what is left is asked for again, so that no lease runs out under it."""
    if commands.run_export(now=now, export_id=UUID(payload["export"])):
        publish(topic="exchange.export", payload=payload)


@subscribe("exchange.import", slow=True)
def import_(payload: dict[str, Any], now: datetime) -> None:
    """Go on with an import."""
    if commands.run_import(now=now, import_id=UUID(payload["import"])):
        publish(topic="exchange.import", payload=payload)


@subscribe("exchange.deliver", slow=True)
def deliver(payload: dict[str, Any], now: datetime) -> None:
    """Send a message; a failure is raised, and the outbox tries again later and later."""
    commands.send_delivery(now=now, real_now=clock.real_now(), delivery_id=UUID(payload["delivery"]))


@every(seconds=2, when=queries.has_changes)
def tell(now: datetime) -> None:
    """Make the deliveries for what has happened to records."""
    while commands.tell_webhooks(now=now):
        pass


@every(seconds=60)
def tell_of_posts(now: datetime) -> None:
    """Tell webhooks of channels of the messages whose time has come."""
    commands.tell_of_posts(now=now)


@every(seconds=3600)
def remove_old(now: datetime) -> None:
    """Remove the exports that are older than a week."""
    commands.remove_exports(now=now)
