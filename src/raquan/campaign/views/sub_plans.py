"""The pages of units' sub-plans: the list, one of them for its unit and for the office, its document."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import commands, gateways, queries
from raquan.campaign.forms.planning import ReasonForm
from raquan.campaign.forms.units import EditionForm, IssueForm, StateForm, SubPlanForm, WordsForm, sub_plan_form
from raquan.campaign.views.attempts import as_said, attempt
from raquan.files.queries import download_address
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.PLAN_READ.value)
@require_GET
def list_sub_plans(request: Request) -> HttpResponseBase:
    """List the sub-plans of the campaign that the reader may know of."""
    campaign = queries.current_campaign(request.now)
    form = StateForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    read = partial(queries.sub_plans, request.actor, campaign_id=campaign.id if campaign else None, state=state)
    return show_list(request, "campaign/sub_plans.html", queries.SUB_PLANS, read, Options(form))


def sub_plan_page(request: Request, sub_plan_id: UUID, **tried: forms.Form) -> HttpResponse:
    """Show a sub-plan; `tried` are the forms whose answers were refused."""
    found = queries.sub_plan_page(request.actor, sub_plan_id)
    shown: dict[str, Any] = {
        "found": found,
        "file": download_address(found.file_sha256, name=found.file_name) if found.file_sha256 else "",
        "writing": sub_plan_form(found),
        "issuing": IssueForm(initial={"edition": found.edition, "number": found.row.number}),
        "commenting": WordsForm(),
        "returning": ReasonForm(),
        "approving": EditionForm(initial={"edition": found.edition}),
        "stepping": forms.Form(),
    }
    return render(request, "campaign/sub_plan.html", shown | tried, status=422 if tried else 200)


@allow(Action.PLAN_READ.value)
@require_GET
def show_sub_plan(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Show a sub-plan with what may be done."""
    return sub_plan_page(request, sub_plan_id)


@allow(Action.PLAN_READ.value)
@require_GET
def download(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Give a sub-plan as a Word document."""
    found = queries.sub_plan_page(request.actor, sub_plan_id)
    if found.words is None:
        raise NotFound()
    answer = HttpResponse(gateways.write_sub_plan(found), content_type=gateways.DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{gateways.sub_plan_name(found)}"'
    return answer


@allow(Action.PLAN_WRITE.value)
@require_POST
def save(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Save the unit's words."""
    form = SubPlanForm(request.POST)

    def act(known: dict[str, Any]) -> None:
        said = {name: form.cleaned_data[name] for name in ("edition", "title", "aims")}
        commands.save_sub_plan(**known, **said, lines=form.lines())

    return _attempt(request, sub_plan_id, "writing", form, act, _("Đã lưu."))


@allow(Action.PLAN_WRITE.value)
@require_POST
def issue(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Record that a sub-plan was issued."""
    form = IssueForm(request.POST, request.FILES)

    def act(known: dict[str, Any]) -> None:
        file = form.cleaned_data["document"]
        said = {name: form.cleaned_data[name] for name in ("edition", "number", "issued_on")}
        given = {"document": file.read(), "file_name": file.name, "media_type": file.content_type or ""}
        commands.record_issue(**known, **said, **given)

    return _attempt(request, sub_plan_id, "issuing", form, act, _("Đã ghi việc ban hành. Hãy gửi cơ quan thường trực."))


@allow(Action.PLAN_WRITE.value)
@require_POST
def reopen(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Write again at what was not sent yet."""
    form = forms.Form(request.POST)
    return _attempt(
        request, sub_plan_id, "stepping", form, as_said(commands.reopen_sub_plan, form), _("Bạn có thể sửa tiếp.")
    )


@allow(Action.PLAN_WRITE.value)
@require_POST
def send(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Send a sub-plan to the office."""
    form = forms.Form(request.POST)
    return _attempt(
        request, sub_plan_id, "stepping", form, as_said(commands.send_sub_plan, form), _("Đã gửi cơ quan thường trực.")
    )


@allow(Action.PLAN_READ.value)
@require_POST
def comment(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Say something about a sub-plan that was sent."""
    form = WordsForm(request.POST)
    return _attempt(
        request, sub_plan_id, "commenting", form, as_said(commands.comment_on_sub_plan, form), _("Đã góp ý.")
    )


@allow(Action.PLAN_MANAGE.value)
@require_POST
def return_one(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Return a sub-plan to its unit."""
    form = ReasonForm(request.POST)
    return _attempt(request, sub_plan_id, "returning", form, as_said(commands.return_sub_plan, form), _("Đã trả lại."))


@allow(Action.PLAN_MANAGE.value)
@require_POST
def approve(request: Request, sub_plan_id: UUID) -> HttpResponse:
    """Approve a sub-plan."""
    form = EditionForm(request.POST)
    return _attempt(request, sub_plan_id, "approving", form, as_said(commands.approve_sub_plan, form), _("Đã duyệt."))


def _attempt(request: Request, sub_plan_id: UUID, name: str, form: forms.Form, act: Any, said: str) -> HttpResponse:
    done, _result = attempt(request, form, act, sub_plan_id=sub_plan_id)
    if not done:
        return sub_plan_page(request, sub_plan_id, **{name: form})
    messages.success(request, said)
    return redirect("campaign:sub_plan", sub_plan_id=sub_plan_id)
