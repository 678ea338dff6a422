"""An indicator's own page: how it stands, and day by day beside the line to its last day."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from raquan.analytics.rules import Number
from raquan.boards.rules import by_day
from raquan.campaign.queries import CampaignView
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotFound
from raquan.rounds import queries as rounds
from raquan.rounds.queries import IndicatorStanding


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator as it stands, and by day what was counted in all beside what the line wants by the day's end."""

    standing: IndicatorStanding
    campaign: CampaignView
    days: tuple[tuple[date, Number, Number], ...]


def indicator_page(actor: Actor, indicator_id: UUID, *, now: datetime, campaign: CampaignView) -> IndicatorPage:
    """Give an indicator of a campaign with all its targets. Raises NotAllowed, NotFound."""
    found = rounds.standings(actor, campaign, now=now, only=[indicator_id], by_day=True)
    if not found:
        raise NotFound()
    return IndicatorPage(found[0], campaign, _days(found[0], campaign, now))


def _days(one: IndicatorStanding, campaign: CampaignView, now: datetime) -> tuple[tuple[date, Number, Number], ...]:
    whole = one.first.whole if one.first else 0
    last = min(max(local_date(now), campaign.starts_on), campaign.ends_on)
    length = (campaign.ends_on - campaign.starts_on).days + 1
    rows, total = [], Decimal(0)
    for day, value in by_day(one.attained.by_day, campaign.starts_on, last):
        total += value
        passed = min(max((day - campaign.starts_on).days + 1, 0), length)
        rows.append((day, int(total), -(-whole * passed // length)))
    return tuple(rows)
