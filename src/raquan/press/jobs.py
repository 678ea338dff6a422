"""Packs the public figures of what was frozen; lets what this room keeps be found, and its history be shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every, publish, subscribe
from raquan.press import commands, queries
from raquan.press.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@every(seconds=120, when=queries.any_unpacked)
def ask_for_packs(now: datetime) -> None:
    """Ask for the packing of what was frozen since the last time."""
    for campaign in campaigns.campaigns():
        publish(topic="press.pack_results", payload={"campaign": str(campaign.id)}, key=f"press.pack {campaign.id}")


@subscribe("press.pack_results", slow=True)
def pack_results(payload: Mapping[str, Any], now: datetime) -> None:
    """Pack a campaign's last snapshot, unless it is packed."""
    commands.pack_results(by=SYSTEM, now=now, campaign_id=UUID(payload["campaign"]))
