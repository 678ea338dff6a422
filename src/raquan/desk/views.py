"""The staff's home and its two panels."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.desk import pages
from raquan.people.rules import Action
from raquan.ui.access import allow, signed_in
from raquan.ui.http import Request


@signed_in
@require_GET
def home(request: Request) -> HttpResponse:
    """Show what waits for this person."""
    return render(request, "desk/home.html", {"page": pages.home_page(request.actor, now=request.now)})


@allow(Action.FIGURE_READ.value)
@require_GET
def progress(request: Request) -> HttpResponse:
    """Show how the campaign stands, as a panel or as a page of its own."""
    panel = pages.progress_panel(request.actor, now=request.now)
    return render(request, _template(request, "progress"), {"panel": panel})


@allow(Action.RECORD_READ.value)
@require_GET
def latest(request: Request) -> HttpResponse:
    """Show what came in last, as a panel or as a page of its own."""
    panel = pages.latest_panel(request.actor, now=request.now)
    return render(request, _template(request, "latest"), {"panel": panel})


@allow(Action.REPORT_DECIDE.value)
@require_GET
def behind(request: Request) -> HttpResponse:
    """Show which units are behind the most, as a panel or as a page of its own."""
    panel = pages.behind_panel(request.actor, now=request.now)
    return render(request, _template(request, "behind"), {"panel": panel})


@allow(Action.OUTING_READ.value)
@require_GET
def unit(request: Request) -> HttpResponse:
    """Show how the person's own units stand, as a panel or as a page of its own."""
    panel = pages.unit_panel(request.actor, now=request.now)
    return render(request, _template(request, "unit"), {"panel": panel})


def _template(request: Request, name: str) -> str:
    """Name the bare panel for htmx, the page around it for everybody else."""
    return f"desk/{name}_panel.html" if request.headers.get("HX-Request") else f"desk/{name}.html"
