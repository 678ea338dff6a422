"""The pages of offers: the list, one with its checklist and steps, the form."""

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
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound, Refused
from raquan.market import commands, queries
from raquan.market.forms import FilterForm, OfferForm, ResultForm, StepForm, offer_initial
from raquan.market.queries import OfferView
from raquan.market.rules import OfferStep
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

STEPS: Mapping[OfferStep, Callable[..., None]] = {
    OfferStep.SUBMIT: commands.submit_offer,
    OfferStep.RETURN: commands.return_offer,
    OfferStep.APPROVE: commands.approve_offer,
    OfferStep.PUBLISH: commands.publish_offer,
    OfferStep.SUSPEND: commands.suspend_offer,
    OfferStep.RESUME: commands.resume_offer,
    OfferStep.END: commands.end_offer,
}
WITH_REASON = {OfferStep.RETURN, OfferStep.APPROVE, OfferStep.SUSPEND, OfferStep.END}


@allow(Action.OFFER_WRITE.value)
@require_GET
def list_offers(request: Request) -> HttpResponseBase:
    """List the offers that the reader writes or decides on."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "market/offers.html", {"campaign": None})
    filters = FilterForm(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    read = partial(
        queries.offers,
        request.actor,
        campaign.id,
        now=request.now,
        state=said.get("state", ""),
        text=said.get("q", ""),
    )
    context = {"campaign": campaign, "may_admit": queries.may_admit(request.actor)}
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    return show_list(request, "market/offers.html", queries.OFFERS, read, options, context)


@allow(Action.OFFER_WRITE.value)
@require_GET
def show(request: Request, offer_id: UUID) -> HttpResponse:
    """Show an offer with what the law says of it, its steps and its results."""
    return _page(request, offer_id)


@allow(Action.OFFER_WRITE.value)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write a new offer."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    form = _form(request, {"request_id": uuid7(), "starts_on": campaign.starts_on, "ends_on": campaign.ends_on})
    if request.method == "POST" and form.is_valid():
        act = partial(
            commands.draft_offer,
            campaign_id=campaign.id,
            request_id=form.cleaned_data["request_id"] or uuid7(),
            organization_id=UUID(form.cleaned_data["organization"]),
        )
        made = _save(request, form, act)
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("market:detail", offer_id=made)
    return render(request, "market/offer_form.html", {"form": form, "view": None}, status=_status(form))


@allow(Action.OFFER_WRITE.value)
@require_http_methods(["GET", "POST"])
def edit(request: Request, offer_id: UUID) -> HttpResponse:
    """Change a draft or returned offer; what was typed stays when it cannot be taken."""
    view, _checks = queries.offer(request.actor, offer_id, now=request.now)
    initial = offer_initial(queries.draft_of(view), [name for _code, name in view.places])
    form = _form(request, initial | {"seen": view.edition, "organization": str(view.organization_id)}, view)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        if _save(request, form, partial(commands.change_offer, offer_id=offer_id, seen=seen), otherwise=True):
            messages.success(request, _("Đã lưu."))
            return redirect("market:detail", offer_id=offer_id)
    return render(request, "market/offer_form.html", {"form": form, "view": view}, status=_status(form))


@allow(Action.OFFER_WRITE.value)
@require_POST
def step(request: Request, offer_id: UUID) -> HttpResponse:
    """Take a step of the offer's life."""
    form = StepForm(request.POST)
    if form.is_valid() and form.cleaned_data["step"] in STEPS:
        taken = OfferStep(form.cleaned_data["step"])
        more = {"reason": form.cleaned_data["reason"]} if taken in WITH_REASON else {}
        try:
            STEPS[taken](by=request.actor, now=request.now, offer_id=offer_id, seen=form.cleaned_data["seen"], **more)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error("reason", refused.text(_))
        else:
            messages.success(request, _("Đã xong."))
            return redirect("market:detail", offer_id=offer_id)
    return _page(request, offer_id, form)


def _page(request: Request, offer_id: UUID, tried: forms.Form | None = None) -> HttpResponse:
    view, checks = queries.offer(request.actor, offer_id, now=request.now)
    campaign = campaigns.campaign_of_year(view.year)
    results = queries.results_of(request.actor, campaign.id, offer_id=offer_id).items if campaign else []
    context: dict[str, Any] = {
        "view": view,
        "checks": checks,
        "warns": sum(one.result == "warns" for one in checks),
        "results": results,
        "form": tried or StepForm(initial={"seen": view.edition}),
        "stating": ResultForm(initial={"month": f"{local_date(request.now):%m/%Y}"}),
        "may_decide": queries.may_decide(request.actor, view.organization_id),
    }
    return render(request, "market/offer.html", context, status=422 if tried else 200)


def _form(request: Request, initial: Mapping[str, Any], view: OfferView | None = None) -> OfferForm:
    """Make the form, with what this officer may choose; an offer stays its enterprise's."""
    own = [(str(id_), name) for id_, name in queries.writable_organizations(request.actor)]
    if view is not None:
        own = [(str(view.organization_id), view.organization_name)]
    day = view.starts_on if view else local_date(request.now)
    services = queries.service_choices(day)
    return OfferForm(request.POST or None, initial=dict(initial), organizations=own, services=services)


def _save(request: Request, form: OfferForm, act: Callable[..., Any], *, otherwise: Any = None) -> Any:
    """Save what the form says; None, and the form says why, when it is refused."""
    codes, unknown = queries.places_named(form.place_names(), local_date(request.now))
    if unknown:
        form.add_error("places", _("Không nhận ra: %(places)s.") % {"places": ", ".join(unknown)})
        return None
    try:
        return act(by=request.actor, now=request.now, draft=form.draft(codes)) or otherwise
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        form.add_error(None, refused.text(_))
        return None


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200
