"""The page of a task: its units' sub-plans, evidence and typed statements."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import commands, queries
from raquan.campaign.forms.planning import ReasonForm
from raquan.campaign.forms.units import EvidenceForm, StatementForm, TaskIndicatorsForm, UnitForm
from raquan.campaign.views.attempts import as_said, attempt
from raquan.files.queries import download_address
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action, covers
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.PLAN_READ.value)
@require_GET
def show_task(request: Request, plan_task: UUID) -> HttpResponse:
    """Show a task with what its units did."""
    return _show(request, plan_task)


@allow(Action.PLAN_MANAGE.value)
@require_POST
def set_indicators(request: Request, plan_task: UUID) -> HttpResponse:
    """Say which indicators tell how far a task is."""
    task = queries.task(request.actor, plan_task)
    if task is None:
        raise NotFound()
    form = TaskIndicatorsForm(request.POST, listed=queries.indicators_of(request.actor, task.campaign_id))

    def act(known: dict[str, Any]) -> int:
        chosen = [UUID(one) for one in form.cleaned_data["indicators"]]
        return commands.set_task_indicators(**known, indicator_ids=chosen, reason=form.cleaned_data["reason"])

    return _attempt(request, plan_task, "choosing", form, act, _("Đã lưu chỉ tiêu của nhiệm vụ."))


@allow(Action.PLAN_WRITE.value)
@require_POST
def start_sub_plan(request: Request, plan_task: UUID) -> HttpResponse:
    """Begin a unit's sub-plan, or go on with it."""
    form = UnitForm(request.POST, page=queries.task_page(request.actor, plan_task))
    act = lambda known: commands.start_sub_plan(**known, organization_id=_unit(form))  # noqa: E731
    done, made = attempt(request, form, act, task_id=plan_task)
    return redirect("campaign:sub_plan", sub_plan_id=made) if done else _show(request, plan_task, starting=form)


@allow(Action.PLAN_WRITE.value)
@require_POST
def add_evidence(request: Request, plan_task: UUID) -> HttpResponse:
    """Add a file with its caption."""
    form = EvidenceForm(request.POST, request.FILES, page=queries.task_page(request.actor, plan_task))

    def act(known: dict[str, Any]) -> UUID:
        file = form.cleaned_data["document"]
        said = {name: form.cleaned_data[name] for name in ("caption", "is_illustration")}
        given = {"data": file.read(), "file_name": file.name, "media_type": file.content_type or ""}
        return commands.add_evidence(**known, **said, **given, organization_id=_unit(form))

    return _attempt(request, plan_task, "showing", form, act, _("Đã thêm minh chứng."))


@allow(Action.PLAN_WRITE.value)
@require_POST
def withdraw_evidence(request: Request, evidence_id: UUID) -> HttpResponse:
    """Take evidence back, with a reason; one that is refused is told on the task's page."""
    form = ReasonForm(request.POST)
    done, task_id = attempt(request, form, as_said(commands.withdraw_evidence, form), evidence_id=evidence_id)
    if done:
        messages.success(request, _("Đã rút minh chứng."))
    else:
        task_id = queries.task_of_evidence(request.actor, evidence_id)
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("campaign:task", plan_task=task_id)


@allow(Action.PLAN_WRITE.value)
@require_POST
def state_progress(request: Request, plan_task: UUID) -> HttpResponse:
    """State how far a unit has come."""
    form = StatementForm(request.POST, page=queries.task_page(request.actor, plan_task))

    def act(known: dict[str, Any]) -> UUID:
        said = {name: form.cleaned_data[name] for name in ("body", "percent")}
        return commands.state_progress(**known, **said, organization_id=_unit(form))

    return _attempt(request, plan_task, "stating", form, act, _("Đã ghi tiến độ."))


def _attempt(request: Request, task_id: UUID, name: str, form: forms.Form, act: Any, said: str) -> HttpResponse:
    done, _result = attempt(request, form, act, task_id=task_id)
    if not done:
        return _show(request, task_id, **{name: form})
    messages.success(request, said)
    return redirect("campaign:task", plan_task=task_id)


def _show(request: Request, task_id: UUID, **tried: forms.Form) -> HttpResponse:
    task, found = queries.task(request.actor, task_id), queries.task_page(request.actor, task_id)
    if task is None:
        raise NotFound()
    may_choose = covers(request.actor, Action.PLAN_MANAGE)
    told = queries.told_indicators(request.actor, task.campaign_id) if may_choose else queries.ToldIndicators()
    listed, chosen = told.indicators, [str(one) for one in told.of_tasks.get(task_id, ())]
    shown: dict[str, Any] = {
        "choosing": TaskIndicatorsForm(listed=listed, initial={"indicators": chosen}, auto_id="told_%s")
        if listed
        else None,
        "task": task,
        "found": found,
        "files": {one.id: download_address(one.file_sha256, name=one.file_name) for one in found.evidence},
        "starting": UnitForm(page=found, auto_id="sub_plan_%s"),
        "showing": EvidenceForm(page=found, auto_id="evidence_%s"),
        "stating": StatementForm(page=found, auto_id="statement_%s"),
    }
    return render(request, "campaign/task.html", shown | tried, status=422 if tried else 200)


def _unit(form: forms.Form) -> UUID:
    return UUID(form.cleaned_data["organization"])
