"""An artwork with the names of all units: asked for, watched, gone on with."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from raquan.files import queries as files
from raquan.kernel.refused import NotFound
from raquan.outreach import commands, queries
from raquan.outreach.rules import Format
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.progress import show_progress

MAY = Action.OUTREACH_DECIDE.value


@allow(MAY)
@require_POST
def start(request: Request, artwork_id: UUID) -> HttpResponse:
    """Ask for an artwork with the name of every unit."""
    asked = request.POST.get("format", "")
    if asked not in {one.value for one in Format}:
        raise NotFound()
    run_id = commands.start_artwork_run(by=request.actor, now=request.now, artwork_id=artwork_id, format_=Format(asked))
    return redirect("outreach:run", run_id)


@allow(MAY)
@require_GET
def show(request: Request, run_id: UUID) -> HttpResponse:
    """Show how many units are done, and the archive once all are."""
    one = queries.run(request.actor, run_id)
    artwork = queries.artwork(request.actor, one.artwork_id, now=request.now)
    address = ""
    if one.zip_sha256:
        address = files.download_address(one.zip_sha256, name=f"{artwork.code}-{artwork.design.code}.zip")
    context = {"one": one, "artwork": artwork, "address": address}
    under_way = show_progress(request, "outreach", context, is_under_way=one.finished_at is None)
    return under_way or render(request, "outreach/run.html", context)


@allow(MAY)
@require_POST
def go_on(request: Request, run_id: UUID) -> HttpResponse:
    """Let a worker go on with a run that has stopped."""
    commands.continue_artwork_run(by=request.actor, now=request.now, run_id=run_id)
    return redirect("outreach:run", run_id)
