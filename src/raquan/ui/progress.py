"""The answer of a page while a worker still does what it shows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from raquan.ui.http import Request


def show_progress(request: Request, room: str, context: dict[str, Any], *, is_under_way: bool) -> HttpResponse | None:
    """Say how far the work has come; None once it is done, when the page itself is to be shown.

    `progress.html` of the room is the page, `progress_part.html` what htmx asks for again and again; when the work is
    done, htmx is told to load the page.
    """
    is_fragment = request.headers.get("HX-Request") == "true"
    if is_under_way:
        answer = render(request, f"{room}/progress{'_part' if is_fragment else ''}.html", context)
        answer["Vary"] = "HX-Request"
        return answer
    return HttpResponse(headers={"HX-Refresh": "true"}) if is_fragment else None
