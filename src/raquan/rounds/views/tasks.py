"""How the tasks of the plan stand: the list, and one task as a panel of its page or as a page of its own."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.people.rules import Action
from raquan.rounds import queries
from raquan.rounds.forms import LightForm
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.FIGURE_READ.value)
@require_GET
def list_tasks(request: Request) -> HttpResponseBase:
    """Show every task with its light."""
    form = LightForm(request.GET)
    campaign = campaigns.current_campaign(request.now)
    context = {"campaign": campaign, "filters": form}
    if campaign is None:
        return render(request, "rounds/tasks.html", {**context, "page": None})
    read = partial(queries.tasks_page, request.actor, campaign.id, now=request.now, only=form.lights())
    options = Options(form, is_synthetic=campaign.is_synthetic)
    return show_list(request, "rounds/tasks.html", queries.TASKS, read, options, context)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_task(request: Request, task_id: UUID) -> HttpResponse:
    """Show how one task stands; the bare panel for htmx, the page around it for everybody else."""
    found = queries.task_progress(request.actor, task_id, now=request.now)
    template = "rounds/task_panel.html" if request.headers.get("HX-Request") else "rounds/task.html"
    return render(request, template, {"one": found, "campaign": campaigns.current_campaign(request.now)})
