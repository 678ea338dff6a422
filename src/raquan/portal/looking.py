"""Looking for help near home: what was wished for, what there is on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language, gettext

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.catalogue.queries import ServiceView
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page
from raquan.outings import queries as outings
from raquan.outings.queries import NearOuting, OutingView
from raquan.outings.rules import LANGUAGE_NAMES, Wish
from raquan.places import queries as places
from raquan.places.queries import UnitView
from raquan.portal import sharing

DESKS_NEAR = 6
MOST_IN_FEED = 200
NEAR_DAYS = 7
NO_PLACE = "-"
TODAY, WEEKEND = "today", "weekend"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says: a place in words, a day (today, weekend, 2023-10-07), a service, a language."""

    text: str = ""
    when: str = ""
    service: str = ""
    language: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether more than a place was asked for."""
        return bool(self.when or self.service or self.language)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter; `name` in the reader's language."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class OutingsPage:
    """The desks and the outings to come that were wished for; desks stand on the first page alone.

    `when_text` says the wished days in words, "" for any day. `services` and `languages` are what can be wished.
    """

    campaign: CampaignView
    asked: Asked
    when_text: str
    places: tuple[UnitView, ...]
    services: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    desks: tuple[HelpDeskView, ...]
    desks_total: int
    page: Page[OutingView]
    today: date


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: how many outings are still to come on it."""

    on: date
    outings: int
    is_today: bool
    is_of_month: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month in weeks from Monday; `before` and `after` are the first days of the neighbours that have outings."""

    campaign: CampaignView
    asked: Asked
    places: tuple[UnitView, ...]
    month: date
    weeks: tuple[tuple[Day, ...], ...]
    total: int
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Feed:
    """The outings to come that were wished for, at most MOST_IN_FEED, soonest first, for programs that read on."""

    campaign: CampaignView
    asked: Asked
    places: tuple[UnitView, ...]
    outings: tuple[OutingView, ...]


@dataclass(frozen=True, slots=True)
class PosterPage:
    """What is hung up in a commune: its desks, its next outings, and the address of its own list."""

    campaign: CampaignView
    place: UnitView
    sign: outings.OutingSign
    desks: tuple[HelpDeskView, ...]
    outings: tuple[OutingView, ...]
    today: date


def outings_page(year: int, *, asked: Asked, page: int, now: datetime) -> OutingsPage | None:
    """Build the list of a year's desks and outings to come; None where the year has no campaign."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    today = local_date(now)
    found = _places(asked, today)
    wish = _wish(asked, found, today)
    desks = sharing.desks(
        wish.place_codes, now=now, service_code=wish.service_code, language=wish.language, size=DESKS_NEAR
    )
    days = wish.on_from, wish.on_to
    return OutingsPage(
        campaign=campaign,
        asked=asked,
        when_text=_days_in_words(*days, today) if asked.when else "",
        places=found,
        services=_services(today),
        languages=tuple(Choice(code, gettext(name)) for code, name in LANGUAGE_NAMES.items()),
        desks=tuple(desks.items) if page == 1 else (),
        desks_total=desks.total,
        page=outings.public_outings(campaign.id, now=now, wish=wish, page=page),
        today=today,
    )


def calendar_page(year: int, *, asked: Asked, month: date | None, now: datetime) -> CalendarPage | None:
    """Build the calendar of the outings to come; without a month, the first that has some."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    today = local_date(now)
    found = _places(asked, today)
    counts = outings.public_days(campaign.id, now=now, wish=_wish(asked, found, today))
    months = sorted({day.replace(day=1) for day in counts})
    shown = (month or next(iter(months), None) or today).replace(day=1)
    return CalendarPage(
        campaign=campaign,
        asked=asked,
        places=found,
        month=shown,
        weeks=_weeks(shown, counts, today),
        total=sum(counts.values()),
        before=max((one for one in months if one < shown), default=None),
        after=min((one for one in months if one > shown), default=None),
    )


def feed(year: int, *, asked: Asked, now: datetime) -> Feed | None:
    """Gather what programs follow; None where the year has no campaign."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    today = local_date(now)
    found = _places(asked, today)
    coming = outings.next_outings(campaign.id, now=now, wish=_wish(asked, found, today), limit=MOST_IN_FEED)
    return Feed(campaign, asked, found, coming)


def near(year: int, *, now: datetime) -> tuple[NearOuting, ...] | None:
    """Gather the outings of the next days whose spot on the earth is known, for a phone to measure by itself."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        return None
    last = local_date(now) + timedelta(days=NEAR_DAYS)
    return outings.near_outings(campaign.id, now=now, on_to=last, limit=MOST_IN_FEED)


def poster_page(year: int, code: str, *, now: datetime) -> PosterPage | None:
    """Build the poster of a commune or district; None where there is none, or no campaign."""
    campaign = campaigns.campaign_of_year(year)
    place = places.unit_on(code, local_date(now))
    if campaign is None or place is None:
        return None
    coming = outings.next_outings(campaign.id, now=now, wish=Wish((code,)), limit=DESKS_NEAR)
    return PosterPage(
        campaign=campaign,
        place=place,
        sign=outings.address_sign(f"/{year}/outings/?q={code}"),
        desks=tuple(sharing.desks([code], now=now, size=DESKS_NEAR).items),
        outings=coming,
        today=local_date(now),
    )


def days_of(when: str, today: date) -> tuple[date | None, date | None]:
    """Read the wished days: today, the weekend that comes or is, or one day; anything else is any day."""
    if when == TODAY:
        return today, today
    if when == WEEKEND:
        saturday = today + timedelta(days=5 - today.weekday()) if today.weekday() < 5 else today
        return saturday, today + timedelta(days=6 - today.weekday())
    try:
        day = date.fromisoformat(when)
    except ValueError:
        return None, None
    return day, day


def _days_in_words(first: date | None, last: date | None, today: date) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return gettext("hôm nay, %(day)s") % {"day": format_date(first)} if first == today else format_date(first)
    return gettext("%(first)s và %(last)s") % {"first": format_date(first), "last": format_date(last)}


def _places(asked: Asked, today: date) -> tuple[UnitView, ...]:
    return places.search_units(asked.text, on=today, limit=5) if asked.text else ()


def _wish(asked: Asked, found: tuple[UnitView, ...], today: date) -> Wish:
    codes = tuple(unit.code for unit in found) if asked.text else ()
    first, last = days_of(asked.when, today)
    # A place that nobody knows has no outings; no place at all has every outing.
    return Wish(codes or ((NO_PLACE,) if asked.text else ()), first, last, asked.service, asked.language)


def _services(today: date) -> tuple[Choice, ...]:
    language = get_language() or "vi"
    return tuple(_choice(one, language) for one in catalogue.services_on(today))


def _choice(service: ServiceView, language: str) -> Choice:
    return Choice(service.code, in_language(service.name, language))


def _weeks(month: date, counts: dict[date, int], today: date) -> tuple[tuple[Day, ...], ...]:
    first = month - timedelta(days=month.weekday())
    weeks: list[tuple[Day, ...]] = []
    while first < month or (first.year, first.month) == (month.year, month.month):
        week = (first + timedelta(days=n) for n in range(7))
        weeks.append(tuple(Day(day, counts.get(day, 0), day == today, day.month == month.month) for day in week))
        first += timedelta(days=7)
    return tuple(weeks)
