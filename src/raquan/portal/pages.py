"""What the public pages show, joined from the rooms' public queries."""

from dataclasses import dataclass
from datetime import date, datetime

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture import queries as capture
from raquan.capture.queries import CardStep
from raquan.cards import queries as cards
from raquan.cards.queries import HeldCard
from raquan.catalogue import queries as catalogue
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.clock import local_date
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.outings.rules import Wish
from raquan.outreach import queries as outreach
from raquan.outreach.queries import MessageView
from raquan.portal import sharing
from raquan.press import queries as press
from raquan.press.queries import PublicationLine

NEXT_OUTINGS = 5
DESKS_TODAY = 4
NEWS = 3
CARD_OUTINGS = 3
HEADLINES = (("assists", "group"), ("activated", "group"), ("first_use", "group"))
"""The numbers that pages begin with: measure and dimension."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home: the campaign of now, where help is had today and next, and what has been achieved.

    All empty before a plan. `desks` are those still open today, at most DESKS_TODAY of the `desks_total`.
    """

    campaign: CampaignView | None
    days_left: int | None
    desks: tuple[HelpDeskView, ...]
    desks_total: int
    outings_today: tuple[OutingView, ...]
    outings_later: tuple[OutingView, ...]
    today: date
    headlines: tuple[Figure, ...]
    news: tuple[PublicationLine, ...] = ()
    message: MessageView | None = None


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A year's campaign: theme, window, how many outings, and the figures that anybody may see."""

    campaign: CampaignView
    days_left: int | None
    outing_counts: outings.OutingCounts
    headlines: tuple[Figure, ...]
    by_day: Figure
    by_group: Figure
    by_district: Figure


@dataclass(frozen=True, slots=True)
class CardPage:
    """What the holder of a companion card sees: how far they have come, and where to go on; never who they are.

    `guided` are the services that have a guide; `outings` are near where the card was shown last, or else where it was
    handed out (`is_near_last` tells which).
    """

    campaign: CampaignView
    card: HeldCard
    steps: tuple[CardStep, ...]
    guided: frozenset[str]
    outings: tuple[OutingView, ...]
    is_near_last: bool
    today: date


def home_page(*, now: datetime) -> HomePage:
    """Build the home."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        return HomePage(None, None, (), 0, (), (), local_date(now), ())
    today = local_date(now)
    desks = sharing.desks(now=now, still_today=True, size=DESKS_TODAY)
    coming = outings.next_outings(campaign.id, now=now, limit=NEXT_OUTINGS)
    return HomePage(
        campaign=campaign,
        days_left=_days_left(campaign, now),
        desks=tuple(desks.items),
        desks_total=desks.total,
        outings_today=tuple(one for one in coming if one.held_on == today),
        outings_later=tuple(one for one in coming if one.held_on > today),
        today=today,
        headlines=analytics.public_figures(campaign.id, HEADLINES, now=now),
        news=press.last_news(campaign.id, now=now, limit=NEWS),
        message=outreach.newest_message(campaign.id, now=now),
    )


def campaign_page(year: int, *, now: datetime) -> CampaignPage | None:
    """Build the page of a year's campaign; None where the year has none."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    charts = [("assists", by) for by in ("day", "group", "district")]
    figures = analytics.public_figures(campaign.id, [*HEADLINES, *charts], now=now)
    by_day, by_group, by_district = figures[len(HEADLINES) :]
    return CampaignPage(
        campaign=campaign,
        days_left=_days_left(campaign, now),
        outing_counts=outings.outing_counts(campaign.id),
        headlines=figures[: len(HEADLINES)],
        by_day=by_day,
        by_group=by_group,
        by_district=by_district,
    )


def card_page(code: str, *, now: datetime) -> CardPage | None:
    """Build the page of the card that has this code; None where no card has it."""
    card = cards.held_card(code)
    campaign = next((one for one in campaigns.campaigns() if card and one.id == card.campaign_id), None)
    if card is None or campaign is None:
        return None
    today = local_date(now)
    last = _near(campaign, capture.card_place(card.id), now)
    return CardPage(
        campaign=campaign,
        card=card,
        steps=capture.card_steps(card.id),
        guided=frozenset(one.service_code for one in catalogue.guides_on(today)),
        outings=last or _near(campaign, card.place_code or "", now),
        is_near_last=bool(last),
        today=today,
    )


def _near(campaign: CampaignView, place_code: str, now: datetime) -> tuple[OutingView, ...]:
    if not place_code:
        return ()
    return tuple(outings.public_outings(campaign.id, now=now, wish=Wish((place_code,)), size=CARD_OUTINGS).items)


def _days_left(campaign: CampaignView, now: datetime) -> int | None:
    """Count the days to the Day; 0 on the day itself, None after it."""
    left = (campaign.day_on - local_date(now)).days
    return left if left >= 0 else None
