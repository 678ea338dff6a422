"""The reports of all units at once: asked for, watched, gone on with."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action
from raquan.reports import commands, queries
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.REPORT_BUILD.value)
@require_POST
def start(request: Request) -> HttpResponse:
    """Ask for the reports of all units from the last snapshot."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    run_id = commands.start_run(by=request.actor, now=request.now, campaign_id=campaign.id)
    return redirect("reports:run", run_id)


@allow(Action.REPORT_BUILD.value)
@require_GET
def show(request: Request, run_id: UUID) -> HttpResponse:
    """Show how many of the reports are made, and the archive once all are."""
    one = queries.run(request.actor, run_id)
    is_fragment = request.headers.get("HX-Request") == "true"
    if is_fragment and one.finished_at:  # the page that asked how far it is becomes the page of what was made
        return HttpResponse(headers={"HX-Refresh": "true"})
    answer = render(request, "reports/run_part.html" if is_fragment else "reports/run.html", {"one": one})
    answer["Vary"] = "HX-Request"
    return answer


@allow(Action.REPORT_BUILD.value)
@require_POST
def go_on(request: Request, run_id: UUID) -> HttpResponse:
    """Let a worker go on with a run that has stopped."""
    commands.continue_run(by=request.actor, run_id=run_id)
    return redirect("reports:run", run_id)
