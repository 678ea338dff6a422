"""What every page's shell says: who is signed in, that data is synthetic, what the demo's clock shows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from raquan.campaign.queries import current_campaign
from raquan.kernel import clock
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.dates import format_datetime


@dataclass(frozen=True, slots=True)
class Shell:
    """The shell's content; `clock_text` is empty outside the demo."""

    actor: Actor
    synthetic: bool
    clock_text: str

    @property
    def campaign_year(self) -> int | None:
        """Tell of which year the campaign of now is, for pages that are of none; None before any."""
        campaign = current_campaign(clock.now())
        return campaign.year if campaign else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates their shell."""
    in_demo = bool(clock.offset())
    text = format_datetime(clock.now().astimezone(clock.VIETNAM)) if in_demo else ""
    return {"shell": Shell(getattr(request, "actor", ANONYMOUS), in_demo, text)}
