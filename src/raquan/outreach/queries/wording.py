"""What stands on an artwork: frozen once it is approved, before that put together from slogan and kit."""

from urllib.parse import urlsplit

from django.conf import settings

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.outreach.models import Artwork, IdentityKit
from raquan.outreach.queries.shapes import KitView
from raquan.outreach.rules import COLORS, Wording
from raquan.people.rules import Action, covers

CALL = "Quét mã để tìm nơi hỗ trợ gần nhà"
"""What stands beside the code until the office writes its own; Vietnamese, as all that is printed."""


def kit(campaign: campaigns.CampaignView, actor: Actor | None = None) -> KitView:
    """Give a campaign's identity kit, or what is known without one. One query."""
    row = IdentityKit.objects.filter(campaign_id=campaign.id).first()
    may_change = actor is not None and covers(actor, Action.OUTREACH_DECIDE)
    if row is None:
        return KitView(campaign.name, f"UBND {campaign.province_name}".strip(), "", CALL, COLORS, "", 0, may_change)
    return KitView(
        shown_name=row.shown_name,
        host=row.host,
        doer=row.doer,
        call=row.call,
        colors=COLORS | row.colors,
        emblem_sha256=row.emblem_sha256,
        edition=row.edition,
        may_change=may_change,
    )


def plain_link(year: int) -> str:
    """Give the address to which a code leads that has no short link of its own."""
    return f"{settings.RAQUAN_PUBLIC_URL}/{year}/outings/"


def wording_now(row: Artwork, look: KitView) -> Wording:
    """Put together what an artwork says today from its slogan and the kit; with its unit's name unless it is for
    all units."""
    link = row.link or plain_link(row.campaign.year)
    parts = urlsplit(link)
    return Wording(
        slogan=in_language(row.slogan.texts, row.language),
        campaign=look.shown_name,
        host=look.host,
        second=row.slogan.texts.get(row.second, "") if row.second and row.second != row.language else "",
        line=row.line,
        unit_name="" if row.is_for_units else row.organization.name,
        doer=look.doer,
        call=look.call,
        address=f"{parts.netloc}{parts.path}".rstrip("/"),
        link=link,
        colors=dict(look.colors),
        emblem_sha256=look.emblem_sha256,
    )


def wording_of(row: Artwork, look: KitView) -> Wording:
    """Give what an artwork says: what was approved, or what it says today."""
    return Wording(**row.wording) if row.wording else wording_now(row, look)
