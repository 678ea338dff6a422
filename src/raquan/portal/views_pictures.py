"""The pictures of public pages, which messengers show beside a link and people send on."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from raquan.portal import pictures
from raquan.portal.drawing import Handbill, draw_handbill
from raquan.press.rules import Kind
from raquan.ui.access import public
from raquan.ui.http import Request
from raquan.ui.keeping import kept


@public
@require_safe
@kept
def outing(request: Request, year: int, code: str) -> HttpResponse:
    """Draw an outing."""
    return _drawn(pictures.outing_handbill(year, code))


@public
@require_safe
@kept
def desk(request: Request, year: int, code: str) -> HttpResponse:
    """Draw a help desk."""
    return _drawn(pictures.desk_handbill(year, code, now=request.now))


@public
@require_safe
@kept
def guide(request: Request, service_code: str) -> HttpResponse:
    """Draw a guide."""
    return _drawn(pictures.guide_handbill(service_code, now=request.now))


@public
@require_safe
@kept
def offer(request: Request, year: int, code: str) -> HttpResponse:
    """Draw an offer."""
    return _drawn(pictures.offer_handbill(year, code, now=request.now))


@public
@require_safe
@kept
def release(request: Request, year: int, serial: int) -> HttpResponse:
    """Draw a press release."""
    return _drawn(pictures.press_handbill(year, Kind.RELEASE, serial, now=request.now))


@public
@require_safe
@kept
def news(request: Request, year: int, serial: int) -> HttpResponse:
    """Draw a piece of news."""
    return _drawn(pictures.press_handbill(year, Kind.NEWS, serial, now=request.now))


def _drawn(bill: Handbill | None) -> HttpResponse:
    if bill is None:
        raise Http404
    return HttpResponse(draw_handbill(bill), content_type="image/png")
