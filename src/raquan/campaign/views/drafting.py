"""The pages on which the office changes the tasks of a draft by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raquan.campaign import commands, queries
from raquan.campaign.forms.drafting import DraftTaskForm, draft_task_form
from raquan.campaign.queries import DraftTaskPage
from raquan.campaign.views.attempts import attempt
from raquan.kernel.refused import Conflict, NotFound
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.PLAN_MANAGE.value)
@require_http_methods(["GET", "POST"])
def add_task(request: Request, plan_id: UUID) -> HttpResponse:
    """Ask for a task or heading of a draft."""
    page = queries.draft_task_page(request.actor, plan_id)
    form = draft_task_form(page, request.POST or None, request.GET.get("after", ""))

    def act(known: dict[str, Any]) -> None:
        said = {name: form.cleaned_data[name] for name in ("edition", "after")}
        commands.add_draft_task(**known, **said, told=form.told())

    if request.method == "POST" and attempt(request, form, act, plan_id=plan_id)[0]:
        messages.success(request, _("Đã thêm nhiệm vụ."))
        return redirect("campaign:frame", plan_id=plan_id)
    return _show(request, page, form)


@allow(Action.PLAN_MANAGE.value)
@require_http_methods(["GET", "POST"])
def change_task(request: Request, plan_id: UUID, task_id: UUID) -> HttpResponse:
    """Ask what a task of a draft is to be."""
    page = queries.draft_task_page(request.actor, plan_id, task_id)
    form = draft_task_form(page, request.POST or None)

    def act(known: dict[str, Any]) -> None:
        commands.change_draft_task(**known, edition=form.cleaned_data["edition"], told=form.told())

    if request.method == "POST" and attempt(request, form, act, task_id=task_id)[0]:
        messages.success(request, _("Đã lưu."))
        return redirect("campaign:frame", plan_id=plan_id)
    return _show(request, page, form)


@allow(Action.PLAN_MANAGE.value)
@require_POST
def place_task(request: Request, plan_id: UUID, task_id: UUID) -> HttpResponse:
    """Move a task of a draft up or down, or take it out; who comes too late is told."""
    queries.draft_task_page(request.actor, plan_id, task_id)
    edition, step = request.POST.get("edition", ""), request.POST.get("step", "")
    if not edition.isdecimal() or step not in ("up", "down", "remove"):
        raise NotFound()
    known: dict[str, Any] = {"by": request.actor, "now": request.now, "task_id": task_id, "edition": int(edition)}
    try:
        if step == "remove":
            commands.remove_draft_task(**known)
        else:
            commands.move_draft_task(**known, up=step == "up")
    except Conflict as refusal:
        messages.warning(request, refusal.text(_))
    return redirect("campaign:frame", plan_id=plan_id)


def _show(request: Request, page: DraftTaskPage, form: DraftTaskForm) -> HttpResponse:
    context = {"page": page, "form": form}
    return render(request, "campaign/draft_task.html", context, status=422 if form.errors else 200)
