"""How the tasks of the plan stand: the list, and one task as a panel of its page or as a page of its own."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.people.rules import Action
from raquan.rounds import queries
from raquan.rounds.forms import LightForm
from raquan.ui.access import allow
from raquan.ui.forms import page_number
from raquan.ui.http import Request


@allow(Action.FIGURE_READ.value)
@require_GET
def list_tasks(request: Request) -> HttpResponse:
    """Show every task with its light."""
    form = LightForm(request.GET)
    campaign = campaigns.current_campaign(request.now)
    found = None
    if campaign is not None:
        number = page_number(request.GET)
        found = queries.tasks_page(request.actor, campaign.id, now=request.now, only=form.lights(), page=number)
    return render(request, "rounds/tasks.html", {"page": found, "form": form, "campaign": campaign})


@allow(Action.FIGURE_READ.value)
@require_GET
def show_task(request: Request, task_id: UUID) -> HttpResponse:
    """Show how one task stands; the bare panel for htmx, the page around it for everybody else."""
    found = queries.task_progress(request.actor, task_id, now=request.now)
    template = "rounds/task_panel.html" if request.headers.get("HX-Request") else "rounds/task.html"
    return render(request, template, {"one": found, "campaign": campaigns.current_campaign(request.now)})
