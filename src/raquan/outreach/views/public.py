"""What everybody may have: the messages of the campaign, their feed, the banner for other sites, the identity kit."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.outreach import queries
from raquan.outreach.rules import Format
from raquan.outreach.views.files import picture
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept

FOR_A_MINUTE = "public, max-age=60"
FOR_A_DAY = "public, max-age=86400"


@public
@kept
@require_GET
def list_messages(request: Request, year: int) -> HttpResponse:
    """Show the messages of a year, newest first."""
    campaign = _campaign(year)
    context = {"campaign": campaign, "messages_here": queries.messages(campaign.id, now=request.now)}
    return render(request, "outreach/messages.html", context)


@public
@kept
@require_GET
def atom(request: Request, year: int) -> HttpResponse:
    """Give the messages as an Atom feed (RFC 4287)."""
    campaign = _campaign(year)
    home = f"{settings.RAQUAN_PUBLIC_URL}/{year}/messages/"
    feed = Atom1Feed(
        title=f"{_('Tin của chiến dịch')}: {campaign.name}",
        link=home,
        description=None,
        feed_url=f"{settings.RAQUAN_PUBLIC_URL}{request.get_full_path()}",
        author_name=campaign.province_name,
        feed_guid=f"urn:uuid:{campaign.id}",
    )
    for one in queries.messages(campaign.id, now=request.now):
        feed.add_item(
            title=one.title,
            link=one.link or home,
            description=one.text,
            unique_id=f"urn:uuid:{one.id}",
            updateddate=one.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@kept
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[untyped-decorator]
@require_GET
def banner(request: Request, year: int) -> HttpResponse:
    """Show the newest message inside another site's page; it changes by itself."""
    campaign = _campaign(year)
    newest = queries.newest_message(campaign.id, now=request.now)
    return render(request, "outreach/banner.html", {"campaign": campaign, "message": newest})


@public
@require_GET
def banner_picture(request: Request, year: int) -> HttpResponse:
    """Give the picture of today: the newest message's, or the newest approved; the address stays the same."""
    campaign = _campaign(year)
    newest = queries.newest_message(campaign.id, now=request.now)
    approved = [one.picture_sha256 for one in _shared(campaign, request) if one.picture_sha256]
    found = (newest.picture_sha256 if newest else "") or (approved[-1] if approved else "")
    if not found:
        raise Http404
    return picture(found, FOR_A_MINUTE)


@public
@kept
@require_GET
def kit(request: Request, year: int) -> HttpResponse:
    """Show the identity kit: colors, emblem, and what may be taken and used."""
    campaign = _campaign(year)
    context = {"campaign": campaign, "kit": queries.kit(campaign), "artworks": _shared(campaign, request)}
    context["public_url"] = settings.RAQUAN_PUBLIC_URL
    return render(request, "outreach/public_kit.html", context)


@public
@require_GET
def kit_file(request: Request, year: int, code: str) -> HttpResponse:
    """Give the kept picture of an artwork that is approved today: what hangs in public is public."""
    found = queries.public_artwork(year, code, now=request.now)
    if found is None or not found.picture_sha256:
        raise Http404
    return picture(found.picture_sha256, FOR_A_DAY)


def _shared(campaign: CampaignView, request: Request) -> list[queries.ArtworkView]:
    approved = queries.approved_artworks(campaign.id, now=request.now)
    return [one for one in approved if one.is_for_units and Format.PNG in one.design.formats]


def _campaign(year: int) -> CampaignView:
    found = must_exist(campaigns.campaign_of_year(year))
    return found
