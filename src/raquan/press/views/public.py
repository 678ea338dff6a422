"""The public pages of what the office publishes: lists, each with its page, photos, Atom."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.files import queries as files
from raquan.press import queries
from raquan.press.rules import KIND_NAMES, Kind
from raquan.ui.access import public
from raquan.ui.forms import page_number
from raquan.ui.http import Request, must_exist, photo_answer
from raquan.ui.keeping import kept

MOST_IN_FEED = 50


@public
@require_GET
@kept
def list_releases(request: Request, year: int) -> HttpResponse:
    """List a year's press releases."""
    return _listed(request, year, Kind.RELEASE)


@public
@require_GET
@kept
def list_news(request: Request, year: int) -> HttpResponse:
    """List a year's news."""
    return _listed(request, year, Kind.NEWS)


@public
@require_GET
@kept
def show_release(request: Request, year: int, serial: int) -> HttpResponse:
    """Show a press release, its corrections, or why it was withdrawn."""
    return _shown(request, year, Kind.RELEASE, serial)


@public
@require_GET
@kept
def show_news(request: Request, year: int, serial: int) -> HttpResponse:
    """Show a piece of news."""
    return _shown(request, year, Kind.NEWS, serial)


@public
@require_GET
@kept
def releases_atom(request: Request, year: int) -> HttpResponse:
    """Give a year's press releases as an Atom feed."""
    return _atom(request, year, Kind.RELEASE)


@public
@require_GET
@kept
def news_atom(request: Request, year: int) -> HttpResponse:
    """Give a year's news as an Atom feed."""
    return _atom(request, year, Kind.NEWS)


@public
@require_GET
def picture(request: Request, year: int, picture_id: UUID, width: int) -> HttpResponse:
    """Send a photo's file in a width, while what it belongs to is shown."""
    sha256 = queries.picture_file(year, picture_id, width, now=request.now)
    return photo_answer(files.read_file(sha256), is_public=True)


def _listed(request: Request, year: int, kind: Kind) -> HttpResponse:
    campaign = _campaign(year)
    page = queries.shown(campaign.id, kind, now=request.now, page=page_number(request.GET))
    return render(request, "press/public_list.html", {"campaign": campaign, "page": page, "kind": kind.value})


def _shown(request: Request, year: int, kind: Kind, serial: int) -> HttpResponse:
    view = must_exist(queries.shown_publication(year, kind, serial, now=request.now))
    return render(request, "press/public.html", {"view": view, "campaign": _campaign(year), "kind": kind.value})


def _atom(request: Request, year: int, kind: Kind) -> HttpResponse:
    campaign = _campaign(year)
    base = settings.RAQUAN_PUBLIC_URL
    feed = Atom1Feed(
        title=f"{campaign.name}: {gettext(KIND_NAMES[kind])}",
        link=f"{base}/{year}/{'press' if kind is Kind.RELEASE else 'news'}/",
        description=None,
        feed_url=f"{base}{request.get_full_path()}",
        author_name=campaign.province_name,
        feed_guid=f"urn:uuid:{campaign.id}:{kind.value}",
    )
    for one in queries.shown(campaign.id, kind, now=request.now, size=MOST_IN_FEED).items:
        withdrawn = gettext("Đã thu hồi: %(title)s") % {"title": one.title}
        feed.add_item(
            title=withdrawn if one.withdraw_reason else one.title,
            link=base + one.href,
            description=one.withdraw_reason or one.lead,
            unique_id=f"urn:uuid:{one.id}",
            pubdate=one.shown_from,
            updateddate=one.changed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _campaign(year: int) -> CampaignView:
    campaign = must_exist(campaigns.campaign_of_year(year))
    return campaign
