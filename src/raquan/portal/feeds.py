"""Outings as calendars, feeds and a small index, in the forms that other programs follow."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_date, format_time
from raquan.kernel.ical import Happening, calendar
from raquan.outings.queries import NearOuting, OutingView
from raquan.portal.looking import Feed
from raquan.ui.texts import text as gettext

JSON_FEED = "https://jsonfeed.org/version/1.1"


def as_calendar(outings: Iterable[OutingView], *, name: str, now: datetime) -> bytes:
    """Write outings as an iCalendar (RFC 5545), times in UTC; the same outing keeps its UID for ever."""
    return calendar((_happening(one) for one in outings), name=name, now=now)


def as_atom(feed: Feed, *, address: str) -> str:
    """Write outings as an Atom feed (RFC 4287)."""
    atom = Atom1Feed(
        title=title_of(feed),
        link=f"{settings.RAQUAN_PUBLIC_URL}/{feed.campaign.year}/outings/",
        description=None,
        feed_url=f"{settings.RAQUAN_PUBLIC_URL}{address}",
        author_name=feed.campaign.province_name,
        feed_guid=f"urn:uuid:{feed.campaign.id}",
    )
    for one in feed.outings:
        atom.add_item(
            title=_title(one),
            link=address_of(one),
            description=f"{_where(one)}. {_what(one)}",
            unique_id=f"urn:uuid:{one.id}",
            updateddate=one.planned_at,
        )
    return str(atom.writeString("utf-8"))


def as_json_feed(feed: Feed, *, address: str) -> dict[str, Any]:
    """Write outings as a JSON Feed 1.1, with place, hours and services under `_raquan`."""
    return {
        "version": JSON_FEED,
        "title": title_of(feed),
        "home_page_url": f"{settings.RAQUAN_PUBLIC_URL}/{feed.campaign.year}/outings/",
        "feed_url": f"{settings.RAQUAN_PUBLIC_URL}{address}",
        "language": "vi",
        "items": [
            {
                "id": str(one.id),
                "url": address_of(one),
                "title": _title(one),
                "content_text": f"{_where(one)}. {_what(one)}",
                "date_published": one.planned_at.isoformat(),
                "_raquan": {
                    "code": one.code,
                    "place_code": one.place_code,
                    "starts": _at(one, one.starts_at).isoformat(),
                    "ends": _at(one, one.ends_at).isoformat(),
                    "services": list(one.service_codes),
                    "language": one.language,
                    "state": one.state,
                    "point": [one.lon, one.lat] if one.lat is not None else None,
                },
            }
            for one in feed.outings
        ],
    }


def as_near_index(outings: Iterable[NearOuting]) -> list[list[Any]]:
    """Write what a phone needs to find the nearest by itself: code, site, place, when, latitude, longitude."""
    return [
        [
            one.code,
            one.site_name,
            one.place_name,
            f"{format_date(one.held_on)}, {format_time(one.starts_at)}–{format_time(one.ends_at)}",
            round(one.lat, 4),
            round(one.lon, 4),
        ]
        for one in outings
    ]


def address_of(one: OutingView) -> str:
    """Give the public address of an outing."""
    return f"{settings.RAQUAN_PUBLIC_URL}/{one.year}/outings/{one.code}/"


def title_of(feed: Feed) -> str:
    """Name a feed by its campaign, and by the places where some were wished for."""
    where = "; ".join(unit.full_name for unit in feed.places)
    return f"{feed.campaign.name}: {where}" if where else feed.campaign.name


def _happening(one: OutingView) -> Happening:
    return Happening(
        id=one.id,
        starts=_at(one, one.starts_at),
        ends=_at(one, one.ends_at),
        summary=gettext("Buổi hỗ trợ: %(site)s") % {"site": one.site_name},
        location=_where(one),
        description=_what(one),
        url=address_of(one),
        point=(one.lat, one.lon) if one.lat is not None and one.lon is not None else None,
    )


def _title(one: OutingView) -> str:
    return f"{format_date(one.held_on)}, {format_time(one.starts_at)}: {one.site_name}"


def _where(one: OutingView) -> str:
    return ", ".join(part for part in (one.site_name, one.address, one.place_name) if part)


def _what(one: OutingView) -> str:
    return gettext("Giúp: %(services)s. Miễn phí. Mã của buổi: %(code)s.") % {
        "services": ", ".join(one.service_names),
        "code": one.code,
    }


def _at(one: OutingView, clock: Any) -> datetime:
    return datetime.combine(one.held_on, clock, VIETNAM)
