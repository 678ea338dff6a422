"""The pages and files by which help is found: lists, calendars, feeds, posters."""

from datetime import date

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from raquan.outings import queries as outings_queries
from raquan.portal import feeds, looking
from raquan.portal.looking import Asked
from raquan.ui.access import public
from raquan.ui.forms import page_number
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept


@public
@kept
def outings(request: Request, year: int) -> HttpResponse:
    """List the outings to come, near a place where one was typed."""
    page = must_exist(looking.outings_page(year, asked=_asked(request), page=page_number(request.GET), now=request.now))
    return render(request, "portal/outings.html", {"page": page})


@public
@kept
def calendar(request: Request, year: int) -> HttpResponse:
    """Show a month, each day with the number of its outings."""
    month = _month(request.GET.get("month", ""))
    page = must_exist(looking.calendar_page(year, asked=_asked(request), month=month, now=request.now))
    return render(request, "portal/calendar.html", {"page": page})


@public
@kept
def calendar_file(request: Request, year: int) -> HttpResponse:
    """Give the outings to come as a calendar that a phone subscribes to."""
    feed = must_exist(looking.feed(year, asked=_asked(request), now=request.now))
    return _ics(feeds.as_calendar(feed.outings, name=feeds.title_of(feed), now=request.now), f"ra-quan-{year}")


@public
@kept
def outing_file(request: Request, year: int, code: str) -> HttpResponse:
    """Give one outing as a calendar's entry; a cancelled one is none."""
    one = must_exist(outings_queries.outing_by_code(code))
    if one.year != year or one.state == "cancelled":
        raise Http404
    return _ics(feeds.as_calendar([one], name=one.site_name, now=request.now), one.code)


@public
@kept
def atom(request: Request, year: int) -> HttpResponse:
    """Give the outings to come as an Atom feed."""
    feed = must_exist(looking.feed(year, asked=_asked(request), now=request.now))
    text = feeds.as_atom(feed, address=request.get_full_path())
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@public
@kept
def json_feed(request: Request, year: int) -> HttpResponse:
    """Give the outings to come as a JSON feed, which pages elsewhere may read."""
    feed = must_exist(looking.feed(year, asked=_asked(request), now=request.now))
    answer = _json(feeds.as_json_feed(feed, address=request.get_full_path()), "application/feed+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@public
@kept
def near(request: Request, year: int) -> HttpResponse:
    """Give the small index in which a phone looks for the nearest outing; where it is, it tells nobody."""
    return _json(feeds.as_near_index(must_exist(looking.near(year, now=request.now))), "application/json")


@public
@kept
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[untyped-decorator]
def widget(request: Request, year: int) -> HttpResponse:
    """Show the next outings of a place inside another site's page."""
    page = must_exist(looking.outings_page(year, asked=_asked(request), page=1, now=request.now))
    return render(request, "portal/widget.html", {"page": page})


@public
@kept
def poster(request: Request, year: int, code: str) -> HttpResponse:
    """Show the poster of a commune, to be printed and hung up."""
    return render(request, "portal/poster.html", {"page": must_exist(looking.poster_page(year, code, now=request.now))})


def _asked(request: Request) -> Asked:
    said = {name: request.GET.get(key, "").strip()[:100] for key, name in _ASKED.items()}
    return Asked(**said)


_ASKED = {"q": "text", "when": "when", "service": "service", "language": "language"}


def _month(said: str) -> date | None:
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        return None


def _ics(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer


def _json(content: object, media_type: str) -> HttpResponse:
    return JsonResponse(
        content,
        safe=False,
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
        content_type=media_type,
    )
