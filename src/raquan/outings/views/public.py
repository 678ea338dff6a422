"""The public pages of outings: anybody's check of a code, and where help can be had week after week."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.kernel.clock import local_date
from raquan.outings import queries
from raquan.outings.forms.outings import page_number
from raquan.outings.rules import is_over
from raquan.places import queries as places
from raquan.ui.access import public
from raquan.ui.http import Request


@public
@require_GET
def check_code(request: Request, year: int, code: str) -> HttpResponse:
    """Tell anybody whether a code is real, and what protects them there; 404 when it is not."""
    view = queries.outing_by_code(code)
    if view is not None and view.year != year:
        view = None
    context = {
        "code": code,
        "outing": view,
        "is_now": view is not None and queries.happens_now(view, request.now),
        "is_over": view is not None and is_over(view.held_on, view.ends_at, request.now),
    }
    return render(request, "outings/check.html", context, status=200 if view else 404)


@public
@require_GET
def list_help_desks(request: Request, year: int) -> HttpResponse:
    """List the help desks, in a place where one was looked for: open now, or when next."""
    campaign = campaigns.campaign_of_year(year)
    if campaign is None:
        raise Http404
    text = request.GET.get("q", "").strip()[:80]
    found = places.search_units(text, on=local_date(request.now), limit=5) if text else ()
    page = None
    if found or not text:
        codes = [unit.code for unit in found]
        page = queries.help_desks(codes, now=request.now, page=page_number(request.GET))
    context = {"campaign": campaign, "text": text, "places": found, "page": page, "today": local_date(request.now)}
    return render(request, "outings/help_desks.html", context)


@public
@require_GET
def show_help_desk(request: Request, year: int, desk_id: UUID) -> HttpResponse:
    """Show where and when a help desk is open, what with, and on which days it is closed."""
    desk = queries.help_desk(desk_id, now=request.now)
    if desk is None:
        raise Http404
    context = {"desk": desk, "year": year, "today": local_date(request.now)}
    return render(request, "outings/help_desk.html", context)
