"""What is printed for an outing or a help desk: its public address, the phones' project, each as a QR code."""

import base64
import json
import zlib
from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.translation import gettext

from raquan.outings.queries.shapes import OutingView


@dataclass(frozen=True, slots=True)
class OutingSign:
    """An address, and what a phone reads of it as an inline SVG."""

    address: str
    qr_svg: str


def outing_sign(view: OutingView) -> OutingSign:
    """Give the sign of an outing; the address is the Vietnamese one, whoever prints it."""
    return address_sign(f"/{view.year}/outings/{view.code}/")


def address_sign(path: str) -> OutingSign:
    """Give the sign that leads to a page of ours."""
    address = f"{settings.RAQUAN_PUBLIC_URL}{path}"
    return OutingSign(address=address, qr_svg=_svg(address))


def project_sign(year: int) -> OutingSign:
    """Give the sign that adds the year's project, with its forms, to ODK Collect; the person types their password.

    The payload is base64 of zlib of JSON, as Collect's documentation of QR codes asks.
    """
    address = f"{settings.RAQUAN_PUBLIC_URL}/v1/projects/{year}"
    project = {"name": gettext("Ra quân %(year)s") % {"year": year}}
    wanted = {"general": {"server_url": address}, "admin": {}, "project": project}
    packed = zlib.compress(json.dumps(wanted, ensure_ascii=False).encode(), 9)
    return OutingSign(address=address, qr_svg=_svg(base64.b64encode(packed).decode()))


def _svg(text: str) -> str:
    code = segno.make_qr(text, error="m")
    return code.svg_inline(scale=5, border=4, dark="#1b1f23", light="#ffffff", omitsize=True)
