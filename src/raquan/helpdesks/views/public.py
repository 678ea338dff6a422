"""The public pages of help desks: where help can be had week after week, and anybody's check of a code."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.helpdesks import queries
from raquan.kernel.clock import local_date
from raquan.places import queries as places
from raquan.ui.access import public
from raquan.ui.forms import page_number
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept


@public
@require_GET
@kept
def list_desks(request: Request, year: int) -> HttpResponse:
    """List the help desks, in a place where one was looked for: open now, or when next."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    text = request.GET.get("q", "").strip()[:80]
    found = places.search_units(text, on=local_date(request.now), limit=5) if text else ()
    page = None
    if found or not text:
        codes = [unit.code for unit in found]
        page = queries.help_desks(codes, now=request.now, page=page_number(request.GET))
    context = {"campaign": campaign, "text": text, "places": found, "page": page, "today": local_date(request.now)}
    return render(request, "helpdesks/public_list.html", context)


@public
@require_GET
@kept
def check_code(request: Request, year: int, code: str) -> HttpResponse:
    """Show whether a code is a desk's, where and when it is open, what with, and what protects people there."""
    desk = queries.help_desk_by_code(code, now=request.now)
    context = {"code": code, "desk": desk, "year": year, "today": local_date(request.now)}
    return render(request, "helpdesks/check.html", context, status=200 if desk else 404)
