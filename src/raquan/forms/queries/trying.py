"""How a telephone tries a draft out: an address, and the QR code that ODK Collect reads."""

import base64
import json
import zlib
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.utils.translation import gettext

from raquan.campaign.queries import current_campaign
from raquan.kernel.clock import local_date


@dataclass(frozen=True, slots=True)
class TryingOut:
    """The address that Collect is set up with, and the code that does it, as an inline SVG."""

    address: str
    qr_svg: str


def trying_out(token: str, form_id: str, title: str, *, now: datetime) -> TryingOut:
    """Say how a draft is tried out; its project is that of the campaign under way, or of this year."""
    campaign = current_campaign(now)
    year = campaign.year if campaign else local_date(now).year
    address = f"{settings.RAQUAN_PUBLIC_URL}/v1/test/{token}/projects/{year}/forms/{form_id}/draft"
    general = {"server_url": address, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"}
    project = {"name": gettext("[Thử] %(title)s") % {"title": title}, "icon": "🧪"}
    packed = zlib.compress(json.dumps({"general": general, "project": project, "admin": {}}).encode(), 9)
    code = segno.make_qr(base64.b64encode(packed).decode(), error="l")
    return TryingOut(address, code.svg_inline(scale=5, border=4, dark="#1b1f23", light="#ffffff", omitsize=True))
