"""The pages of runs: the list, one with its quota and its steps, the form, the codes to print."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound, Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list
from raquan.vouchers import commands, queries
from raquan.vouchers.forms import FilterForm, PrintForm, RunForm, StepForm, run_initial
from raquan.vouchers.rules import NEED_REASON, RunStep, RunTerms

STEPS: Mapping[RunStep, Callable[..., None]] = {
    RunStep.OPEN: commands.open_run,
    RunStep.SUSPEND: commands.suspend_run,
    RunStep.RESUME: commands.resume_run,
    RunStep.CLOSE: commands.close_run,
}


@allow(Action.OFFER_WRITE.value)
@require_GET
def list_runs(request: Request) -> HttpResponseBase:
    """List the runs of the reader's enterprises."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "vouchers/runs.html", {"campaign": None})
    filters = FilterForm(request.GET)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    read = partial(queries.runs, request.actor, campaign.id, state=state)
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    return show_list(request, "vouchers/runs.html", queries.RUNS, read, options, {"campaign": campaign})


@allow(Action.OFFER_WRITE.value)
@require_GET
def show(request: Request, run_id: UUID) -> HttpResponse:
    """Show a run: where its quota is, what was redeemed, what was refused."""
    return _page(request, run_id)


@allow(Action.OFFER_WRITE.value)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make a run of an offer that is shown."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    usual = RunTerms("", campaign.starts_on, campaign.ends_on, 1)
    initial = run_initial(usual) | {"request_id": uuid7(), "offer": request.GET.get("offer", "")}
    offers = queries.offers_for_runs(request.actor, campaign.id, now=request.now)
    form = RunForm(request.POST or None, initial=initial, offers=offers)
    if request.method == "POST" and form.is_valid():
        made = _make(request, form)
        if made is not None:
            messages.success(request, _("Đã lưu đợt phiếu. Cơ quan thường trực xem và mở."))
            return redirect("vouchers:detail", run_id=made)
    context = {"form": form, "offers": offers}
    return render(request, "vouchers/run_form.html", context, status=422 if form.errors else 200)


@allow(Action.OFFER_WRITE.value)
@require_POST
def step(request: Request, run_id: UUID) -> HttpResponse:
    """Take a step of the run's life."""
    form = StepForm(request.POST)
    if form.is_valid() and form.cleaned_data["step"] in STEPS:
        taken = RunStep(form.cleaned_data["step"])
        more = {"reason": form.cleaned_data["reason"]} if taken in NEED_REASON else {}
        try:
            STEPS[taken](by=request.actor, now=request.now, run_id=run_id, seen=form.cleaned_data["seen"], **more)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error("reason", refused.text(_))
        else:
            messages.success(request, _("Đã xong."))
            return redirect("vouchers:detail", run_id=run_id)
    return _page(request, run_id, form)


def _page(request: Request, run_id: UUID, tried: forms.Form | None = None) -> HttpResponse:
    page = queries.run_page(request.actor, run_id, now=request.now)
    context: dict[str, Any] = {
        "page": page,
        "view": page.run,
        "form": tried or StepForm(initial={"seen": page.run.edition}),
        "printing": PrintForm(initial={"first": 1, "last": min(page.run.quota, 100)}),
    }
    return render(request, "vouchers/run.html", context, status=422 if tried else 200)


def _make(request: Request, form: RunForm) -> UUID | None:
    """Make the run; None, and the form says why, when it is refused."""
    try:
        return commands.make_run(
            by=request.actor,
            now=request.now,
            request_id=form.cleaned_data["request_id"] or uuid7(),
            offer_id=form.offer_id(),
            terms=form.terms(),
        )
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        form.add_error(None, refused.text(_))
        return None
