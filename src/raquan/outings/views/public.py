"""The public page of an outing: anybody's check of a code."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from raquan.outings import queries
from raquan.outings.rules import is_desk_code, is_over, read_code
from raquan.ui.access import public
from raquan.ui.http import Request
from raquan.ui.jinja import optional_url
from raquan.ui.keeping import kept


@public
@require_GET
@kept
def check_code(request: Request, year: int, code: str) -> HttpResponse:
    """Tell anybody whether a code is real, and what protects them there; 404 when it is not."""
    desk = optional_url("helpdesks_public:check", year=year, code=read_code(code))
    if desk and is_desk_code(read_code(code)):  # a help desk's code: its page knows
        return redirect(desk)
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
