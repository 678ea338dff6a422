"""Answers that are files: pictures and texts of artwork, drawn when they are asked for."""

from uuid import UUID

from django.http import HttpResponse

from raquan.campaign.queries import CampaignView
from raquan.files import queries as stored
from raquan.outreach import commands, gateways, queries
from raquan.outreach.gateways import Made
from raquan.outreach.queries import ArtworkView, KitView
from raquan.outreach.rules import Format, Wording, plain_name, stamp_of

PRIVATE = "private, no-store"
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
DRAFT = "BẢN NHÁP – CHƯA DUYỆT"
"""Stamped on what nobody has approved, in the language of what is printed."""


def preview(view: ArtworkView) -> HttpResponse:
    """Draw an artwork as it stands, small, stamped until it is approved."""
    if view.picture_sha256:
        return picture(view.picture_sha256, PRIVATE)
    stamp = stamp_of(view.is_synthetic) or DRAFT
    made = gateways.make(view.design, view.wording, Format.PNG, stamp=stamp)
    return _answer(made.data, made.media_type, PRIVATE)


def kit_preview(kit: KitView, campaign: CampaignView) -> HttpResponse:
    """Draw a square post from a kit, with the campaign's theme as its slogan."""
    theme = campaign.theme_province.get("vi") or campaign.theme.get("vi") or campaign.name
    said = Wording(
        slogan=theme, campaign=kit.shown_name, host=kit.host, doer=kit.doer, call=kit.call,
        colors=dict(kit.colors), emblem_sha256=kit.emblem_sha256, link=queries.plain_link(campaign.year),
    )  # fmt: skip
    made = gateways.make(queries.design("share"), said, Format.PNG, stamp=stamp_of(campaign.is_synthetic))
    return _answer(made.data, made.media_type, PRIVATE)


def artwork_file(view: ArtworkView, format_: Format, unit: tuple[UUID, str] | None) -> HttpResponse:
    """Give an approved artwork as a file, with a unit's name where it is for units."""
    made = commands.draw_artwork(view, format_, unit_name=unit[1] if unit else "")
    answer = _answer(made.data, made.media_type, PRIVATE)
    answer["Content-Disposition"] = f'attachment; filename="{_name(view, made, unit)}"'
    return answer


def picture(sha256: str, caching: str) -> HttpResponse:
    """Give a kept picture."""
    answer = _answer(stored.read_file(sha256), "image/png", caching)
    answer["ETag"] = f'"{sha256[:32]}"'
    return answer


def _name(view: ArtworkView, made: Made, unit: tuple[UUID, str] | None) -> str:
    whose = plain_name(unit[1] if unit else view.organization_name)
    return f"{view.code}-{view.design.code}-{whose}.{made.suffix}"


def _answer(data: bytes, media_type: str, caching: str) -> HttpResponse:
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff"}
    if media_type == "image/svg+xml":
        headers["Content-Security-Policy"] = SVG_POLICY
    return HttpResponse(data, content_type=media_type, headers=headers)
