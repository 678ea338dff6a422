"""The pages of the results, and of the Day itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.files import queries as files
from raquan.portal import day as days
from raquan.portal import results as found
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept

PACK_HOLDS = "public, max-age=300"
"""A pack is another one only after the next snapshot."""


@public
@require_GET
@kept
def results(request: Request, year: int) -> HttpResponse:
    """Show the public figures of the last snapshot, each with its meaning and downloads, and the reports."""
    page = must_exist(found.results_page(year, now=request.now))
    return render(request, "portal/results.html", {"page": page})


@public
@require_GET
def results_file(request: Request, year: int) -> HttpResponse:
    """Give all public figures of the last packed snapshot in one ZIP."""
    pack = must_exist(found.pack_of(year))
    answer = HttpResponse(files.read_file(pack.sha256), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="so-lieu-{year}-ban-chot-{pack.number}.zip"'
    answer["ETag"] = f'"{pack.sha256}"'
    answer["Cache-Control"] = PACK_HOLDS
    return answer


@public
@require_GET
@kept
def day(request: Request, year: int) -> HttpResponse:
    """Show the Day: its programme, and on the Day itself what it has come to and where to go now."""
    page = must_exist(days.day_page(year, now=request.now))
    return render(request, "portal/day.html", {"page": page})


@public
@require_GET
@kept
def day_now(request: Request, year: int) -> HttpResponse:
    """Give what changes through the Day, as the page puts it in place."""
    page = must_exist(days.day_page(year, now=request.now))
    return render(request, "portal/day_now.html", {"page": page})


@public
@require_GET
@kept
def day_file(request: Request, year: int) -> HttpResponse:
    """Give the Day's programme as a calendar."""
    content = must_exist(days.day_calendar(year, now=request.now))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="ngay-{year}.ics"'
    return answer
