"""The pages of plans of all years: what stands around their tasks, their steps, a year started from another."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import commands, queries
from raquan.campaign.forms.planning import HeadForm, ReasonForm, SignedForm, YearForm, frame_form
from raquan.campaign.views.attempts import as_said, attempt
from raquan.ledger import queries as ledger
from raquan.people.rules import Action, covers
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.PLAN_READ.value)
@require_GET
def list_plans(request: Request) -> HttpResponse:
    """List the plans of all years."""
    context = {"plans": queries.plans(request.actor), "may_manage": covers(request.actor, Action.PLAN_MANAGE)}
    return render(request, "campaign/plans.html", context)


def frame_page(request: Request, plan_id: UUID, **tried: forms.Form) -> HttpResponse:
    """Show a plan to the office; `tried` are the forms whose answers were refused."""
    found = queries.frame(request.actor, plan_id)
    shown: dict[str, Any] = {
        "found": found,
        "framing": frame_form(found),
        "signing": SignedForm(initial={"number": found.plan.number, "issued_on": found.plan.issued_on}),
        "heading": HeadForm(
            initial={name: getattr(found.plan, name) for name in ("number", "issued_on", "title")}
            | {"edition": found.edition},
            auto_id="head_%s",
        ),
        "closing": ReasonForm(),
        "starting": YearForm(initial=_next_year(found)),
        "history": ledger.history(request.actor, "campaign.Plan", plan_id),
    }
    return render(request, "campaign/frame.html", shown | tried, status=422 if tried else 200)


@allow(Action.PLAN_MANAGE.value)
@require_GET
def show_frame(request: Request, plan_id: UUID) -> HttpResponse:
    """Show a plan in any state with what may be done."""
    return frame_page(request, plan_id)


@allow(Action.PLAN_MANAGE.value)
@require_POST
def change_frame(request: Request, plan_id: UUID) -> HttpResponse:
    """Change themes, days, slogans and programmes."""
    form = frame_form(queries.frame(request.actor, plan_id), request.POST)

    def act(known: dict[str, Any]) -> None:
        said = form.cleaned_data
        commands.change_frame(**known, edition=said["edition"], frame=form.frame(), reason=said["reason"])

    return _attempt(request, plan_id, "framing", form, act, _("Đã lưu."))


@allow(Action.PLAN_MANAGE.value)
@require_POST
def correct_head(request: Request, plan_id: UUID) -> HttpResponse:
    """Correct the plan's number, day and title."""
    form = HeadForm(request.POST, auto_id="head_%s")
    return _attempt(request, plan_id, "heading", form, as_said(commands.correct_plan_head, form), _("Đã lưu."))


@allow(Action.PLAN_MANAGE.value)
@require_POST
def put_in_force(request: Request, plan_id: UUID) -> HttpResponse:
    """Put a draft in force."""
    form = SignedForm(request.POST)
    return _attempt(
        request,
        plan_id,
        "signing",
        form,
        as_said(commands.put_plan_in_force, form),
        _("Đã đưa kế hoạch vào thực hiện."),
    )


@allow(Action.PLAN_MANAGE.value)
@require_POST
def close(request: Request, plan_id: UUID) -> HttpResponse:
    """Close a plan."""
    form = ReasonForm(request.POST)
    return _attempt(request, plan_id, "closing", form, as_said(commands.close_plan, form), _("Đã kết thúc kế hoạch."))


@allow(Action.PLAN_MANAGE.value)
@require_POST
def start_year(request: Request, plan_id: UUID) -> HttpResponse:
    """Start a year's draft from this plan."""
    form = YearForm(request.POST)
    return _attempt(
        request,
        plan_id,
        "starting",
        form,
        as_said(commands.start_plan_from, form),
        _("Đã lập bản nháp từ kế hoạch này."),
    )


def _attempt(request: Request, plan_id: UUID, name: str, form: forms.Form, act: Any, said: str) -> HttpResponse:
    done, result = attempt(request, form, act, plan_id=plan_id)
    if not done:
        return frame_page(request, plan_id, **{name: form})
    messages.success(request, said)
    return redirect("campaign:frame", plan_id=result if isinstance(result, UUID) else plan_id)


def _next_year(found: queries.FrameView) -> dict[str, Any]:
    """Propose the same days of the year after."""
    days = {name: _year_later(getattr(found, name)) for name in ("starts_on", "ends_on", "day_on")}
    return {"year": found.plan.year + 1, **days}


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
