"""The desk's pages for many records: what is done to all of them, the map, a form's overview."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from raquan.capture import commands, queries
from raquan.capture.forms.records import BulkForm
from raquan.capture.views.records import filter_form, search_page
from raquan.kernel.clock import local_date
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.RECORD_REVIEW.value)
@require_POST
def start_task(request: Request) -> HttpResponse:
    """Do one thing to the chosen records, or to all that the search in the address finds."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        return search_page(request, form)
    everything = form.cleaned_data["everything"]
    started = commands.start_bulk_task(
        by=request.actor,
        now=request.now,
        filters=filter_form(request).wanted() if everything else None,
        roots=request.POST.getlist("row"),
        **form.said(),
    )
    if started.is_small:
        commands.run_bulk_task(now=request.now, task_id=started.id)
    return redirect("capture:task", task_id=started.id)


@allow(Action.RECORD_REVIEW.value)
@require_GET
def show_task(request: Request, task_id: UUID) -> HttpResponse:
    """Show how far a task has come; the page asks for its progress again while it runs."""
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "capture/task_progress.html" if is_fragment else "capture/task.html"
    answer = render(request, template, {"task": queries.bulk_task(request.actor, task_id)})
    answer["Vary"] = "HX-Request"
    return answer


@allow(Action.RECORD_REVIEW.value)
@require_POST
def continue_task(request: Request, task_id: UUID) -> HttpResponse:
    """Let a worker go on with a task that has stopped."""
    commands.continue_bulk_task(by=request.actor, now=request.now, task_id=task_id)
    return redirect("capture:task", task_id=task_id)


@allow(Action.RECORD_REVIEW.value)
@require_GET
def list_tasks(request: Request) -> HttpResponse:
    """List the visitor's own tasks on many records."""
    return render(request, "capture/tasks.html", {"tasks": queries.bulk_tasks(request.actor)})


@allow(Action.RECORD_READ.value)
@require_GET
def show_map(request: Request) -> HttpResponse:
    """Show where the records of the search in the address are."""
    filters = filter_form(request)
    found = queries.record_map(request.actor, filters.wanted(), on=local_date(request.now))
    return render(request, "capture/map.html", {"filters": filters, "map": found})


@allow(Action.RECORD_READ.value)
@require_GET
def show_form(request: Request, form_id: str) -> HttpResponse:
    """Show what has come for a form."""
    found = queries.form_overview(request.actor, form_id, on=local_date(request.now))
    return render(request, "capture/form.html", {"form": found})
