"""What the page of the Day shows: the programme, and on the Day itself today's numbers and where to go now."""

from dataclasses import dataclass
from datetime import date, datetime

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure, FigureRow
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.ical import Happening, calendar
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.outings.rules import Wish
from raquan.portal import sharing
from raquan.press import queries as press
from raquan.press.queries import ProgrammeLine

DESKS_NOW = 3
OUTINGS_NOW = 6
BEFORE, TODAY, AFTER = "before", "today", "after"
LIVE = (("assists", "day"), ("activated", "day"), ("first_use", "day"))
"""The numbers of the Day: measures by day."""


@dataclass(frozen=True, slots=True)
class DayFigure:
    """A measure's number of the Day; `row` is None while nothing of the Day has come in."""

    figure: Figure
    row: FigureRow | None


@dataclass(frozen=True, slots=True)
class DayPage:
    """The Day of a campaign. `phase` is before, today or after; `days` how far away the Day is.

    `going_on` is whether an item of the programme runs now, by its id. Desks and outings stand on the Day alone.
    """

    campaign: CampaignView
    phase: str
    days: int
    now: datetime
    today: date
    programme: tuple[ProgrammeLine, ...]
    going_on: frozenset[object]
    figures: tuple[DayFigure, ...]
    desks: tuple[HelpDeskView, ...]
    desks_total: int
    outings: tuple[OutingView, ...]
    outings_total: int


def day_page(year: int, *, now: datetime) -> DayPage | None:
    """Build the page of a year's Day; None where the year has no campaign."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    today = local_date(now)
    apart = (campaign.day_on - today).days
    phase = BEFORE if apart > 0 else TODAY if apart == 0 else AFTER
    programme = press.programme(campaign.id)
    is_today = phase == TODAY
    desks = sharing.desks(now=now, still_today=True, size=DESKS_NOW) if is_today else None
    wish = Wish(on_from=today, on_to=today)
    coming = outings.public_outings(campaign.id, now=now, wish=wish, size=OUTINGS_NOW) if is_today else None
    return DayPage(
        campaign=campaign,
        phase=phase,
        days=abs(apart),
        now=now,
        today=today,
        programme=programme,
        going_on=frozenset(one.id for one in programme if is_today and _is_going_on(one, now)),
        figures=() if phase == BEFORE else _figures(campaign, now),
        desks=tuple(desks.items) if desks else (),
        desks_total=desks.total if desks else 0,
        outings=tuple(coming.items) if coming else (),
        outings_total=coming.total if coming else 0,
    )


def day_calendar(year: int, *, now: datetime) -> bytes | None:
    """Write the Day's programme as a calendar; None where the year has no campaign."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    lines = press.programme(campaign.id)
    return calendar((_happening(one, campaign.day_on) for one in lines), name=campaign.name, now=now)


def _figures(campaign: CampaignView, now: datetime) -> tuple[DayFigure, ...]:
    key = campaign.day_on.isoformat()
    found = analytics.public_figures(campaign.id, LIVE, now=now)
    return tuple(DayFigure(one, next((row for row in one.rows if row.key == key), None)) for one in found)


def _is_going_on(one: ProgrammeLine, now: datetime) -> bool:
    clock = now.astimezone(VIETNAM).time()
    return not one.cancel_reason and one.ends_at is not None and one.starts_at <= clock < one.ends_at


def _happening(one: ProgrammeLine, on: date) -> Happening:
    return Happening(
        id=one.id,
        starts=datetime.combine(on, one.starts_at, VIETNAM),
        ends=datetime.combine(on, one.ends_at, VIETNAM) if one.ends_at else None,
        summary=one.what,
        location=one.place,
        description=one.who,
        is_cancelled=bool(one.cancel_reason),
    )
