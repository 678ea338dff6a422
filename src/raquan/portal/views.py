"""The public pages."""

from django.http import HttpResponse
from django.shortcuts import render

from raquan.portal import pages
from raquan.search.queries import find_public
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept


@public
@kept
def home(request: Request) -> HttpResponse:
    """Show the campaign of now: where help is near, what has been achieved."""
    return render(request, "portal/home.html", {"page": pages.home_page(now=request.now)})


@public
@kept
def campaign(request: Request, year: int) -> HttpResponse:
    """Show a year's campaign with its public figures."""
    page = must_exist(pages.campaign_page(year, now=request.now))
    return render(request, "portal/campaign.html", {"page": page})


@public
def card(request: Request, code: str) -> HttpResponse:
    """Show the holder of a companion card how far they have come; nothing keeps the page, for its address is secret."""
    page = pages.card_page(code, now=request.now)
    answer = render(request, "portal/card.html", {"page": page}, status=200 if page else 404)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public
@kept
def help_page(request: Request) -> HttpResponse:
    """Say how help works, what it never asks for, and how pages treat personal data."""
    return render(request, "portal/help.html", {})


@public
def search(request: Request) -> HttpResponse:
    """Show what everybody may see and fits the words."""
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    number = request.GET.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    context = {"text": text, "kind": kind, "found": find_public(text, kind=kind, page=page)}
    return render(request, "portal/search.html", context)
