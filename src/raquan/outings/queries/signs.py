"""What is printed for an outing or a help desk: its public address, the phones' project, each as a QR code."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext

from raquan.outings.queries.shapes import OutingView
from raquan.people import queries as people
from raquan.people.rules import collect_payload


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
    return OutingSign(address=address, qr_svg=_drawn(address))


def project_sign(year: int) -> OutingSign:
    """Give the sign that adds the year's project, with its forms, to ODK Collect; the person types their password."""
    address = f"{settings.RAQUAN_PUBLIC_URL}/v1/projects/{year}"
    payload = collect_payload(address, gettext("Ra quân %(year)s") % {"year": year}, with_key=False)
    return OutingSign(address=address, qr_svg=_drawn(payload))


@lru_cache(maxsize=512)  # drawing takes longer than the rest of a page; what is drawn here is public
def _drawn(text: str) -> str:
    return people.draw_qr(text)
