"""Gives the demo short links about its outings and pages, by channel, that have been opened; nobody opened them."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.commands.market import MARK, SPACE
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.links import commands
from raquan.links.rules import Channel
from raquan.outings import queries as outings

OUTINGS, DAYS_BEFORE = 6, 3
CHANNELS = ((Channel.ZALO, 14), (Channel.POSTER, 5), (Channel.FACEBOOK, 8))
"""By what outings are told of, and how often at most a link is opened on a day."""


def load_links(now: datetime) -> None:
    """Make links about outings of the last days and pages of the year, and count visits; to be done once."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    today, lot = local_date(now), Random("links")  # noqa: S311 - the same demo each time
    refs = outings.outing_refs(SYSTEM, campaign.id, on_from=campaign.starts_on, on_to=today)
    told = [one for one in refs if one.state != "cancelled"][-OUTINGS:]
    unit = told[0].organization_id
    with transaction.atomic():
        for one in told:
            days = [one.held_on - timedelta(days=back) for back in range(DAYS_BEFORE)]
            for channel, most in CHANNELS:
                target = f"/{campaign.year}/outings/{one.code}/"
                _link(now, one.organization_id, target, f"Buổi {one.code}", channel, days, most, lot)
        week = [today - timedelta(days=back) for back in range(7)]
        _link(now, unit, f"/{campaign.year}/offers/", "Ưu đãi của tháng", Channel.ZALO, week, 20, lot)
        _link(now, unit, f"/{campaign.year}/", "Trang của chiến dịch", Channel.LEAFLET, week, 6, lot)
        commands.write_visits()


def _link(
    now: datetime, unit: UUID, target: str, label: str, channel: Channel, days: list[date], most: int, lot: Random
) -> None:
    request_id = uuid5(SPACE, f"link {target} {channel}")
    told = {"label": f"{MARK}{label}", "channel": channel, "unit": unit, "request_id": request_id}
    made = commands.make_link(by=SYSTEM, now=now, target=target, **told)  # type: ignore[arg-type]
    for day in days:
        for _ in range(lot.randint(most // 3, most)):
            commands.count_visit(link_id=made.id, day=day)
