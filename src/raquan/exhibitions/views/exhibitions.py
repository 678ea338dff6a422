"""The organizer's pages: exhibitions, one of them with its steps, its particulars, its plan."""

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
from raquan.exhibitions import commands, queries
from raquan.exhibitions.forms import ExhibitionFilter, ExhibitionForm, PlanForm, StartForm, StepForm, exhibition_initial
from raquan.exhibitions.gateways import plan_pdf
from raquan.exhibitions.queries import ExhibitionView
from raquan.exhibitions.rules import KIND_NAMES, SIGNS, ExhibitionStep, starting_plan
from raquan.exhibitions.views.trying import done, status
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.market import queries as market
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

STEPS: Mapping[str, Callable[..., None]] = {
    ExhibitionStep.INVITE.value: commands.open_applications,
    ExhibitionStep.OPEN.value: commands.open_exhibition,
    ExhibitionStep.CLOSE.value: commands.close_exhibition,
    ExhibitionStep.CANCEL.value: commands.cancel_exhibition,
}


@allow(Action.EXHIBITION_READ.value)
@require_GET
def list_exhibitions(request: Request) -> HttpResponseBase:
    """List the exhibitions that the reader organizes or may apply to."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "exhibitions/exhibitions.html", {"campaign": None})
    filters = ExhibitionFilter(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    asked = {"state": said.get("state", ""), "text": said.get("q", "")}
    read = partial(queries.exhibitions, request.actor, campaign.id, now=request.now, **asked)
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    context = {"campaign": campaign}
    return show_list(request, "exhibitions/exhibitions.html", queries.EXHIBITIONS, read, options, context)


@allow(Action.EXHIBITION_READ.value)
@require_GET
def show(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Show an exhibition with its plan and its steps."""
    return _page(request, exhibition_id)


@allow(Action.EXHIBITION_MANAGE.value)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write a new exhibition."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    usual = {"request_id": uuid7(), "opens_at": "07:30", "closes_at": "21:00", "cell_cm": 300, "post_watts": 5000}
    days = {"starts_on": campaign.day_on, "ends_on": campaign.day_on, "most_booths": 1}
    form = _form(request, usual | days)
    if request.method == "POST" and form.is_valid():
        made = _save(form, request, partial(commands.draft_exhibition, campaign_id=campaign.id), new=True)
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp. Bây giờ hãy vẽ sơ đồ."))
            return redirect("exhibitions:plan", exhibition_id=made)
    return render(request, "exhibitions/exhibition_form.html", {"form": form, "view": None}, status=status(form))


@allow(Action.EXHIBITION_MANAGE.value)
@require_http_methods(["GET", "POST"])
def edit(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Change an exhibition's particulars; what was typed stays when it cannot be taken."""
    view = _managed(request, exhibition_id)
    initial = exhibition_initial(view.said, view.place_name) | {"seen": view.edition}
    form = _form(request, initial | {"organization": str(view.organization_id)}, view)
    if request.method == "POST" and form.is_valid():
        act = partial(commands.change_exhibition, exhibition_id=exhibition_id)
        if _save(form, request, act) is not None:
            messages.success(request, _("Đã lưu."))
            return redirect("exhibitions:detail", exhibition_id=exhibition_id)
    return render(request, "exhibitions/exhibition_form.html", {"form": form, "view": view}, status=status(form))


@allow(Action.EXHIBITION_MANAGE.value)
@require_http_methods(["GET", "POST"])
def draw(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Draw the floor as text, with its picture beside it; a plan can be begun by numbers."""
    view = _managed(request, exhibition_id)
    start = StartForm(request.GET if "booths" in request.GET else None)
    text = starting_plan(**start.cleaned_data) if start.is_bound and start.is_valid() else view.plan
    form = PlanForm(request.POST or None, initial={"plan": text, "seen": view.edition})
    if request.method == "POST":
        act = partial(commands.change_plan, by=request.actor, now=request.now, exhibition_id=exhibition_id)
        if done(form, lambda said: act(**said), at="plan"):
            messages.success(request, _("Đã lưu sơ đồ."))
            return redirect("exhibitions:plan", exhibition_id=exhibition_id)
    context = {"view": view, "form": form, "start": start, "plan": queries.plan(request.actor, exhibition_id)}
    context["signs"] = [(sign, _(KIND_NAMES[kind])) for kind, sign in SIGNS.items()]
    return render(request, "exhibitions/plan.html", context, status=status(form))


@allow(Action.EXHIBITION_READ.value)
@require_GET
def print_plan(request: Request, exhibition_id: UUID, paper: str) -> HttpResponse:
    """Give the plan as PDF, on A3 or A4."""
    view = queries.exhibition(request.actor, exhibition_id, now=request.now)
    data = plan_pdf(view, queries.plan(request.actor, exhibition_id), paper)
    name = f'inline; filename="so-do-{view.code}-{paper}.pdf"'
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": name})


@allow(Action.EXHIBITION_MANAGE.value)
@require_GET
def signs(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Show the signs of all booths with their codes to scan, for printing."""
    view = _managed(request, exhibition_id)
    found = queries.booth_signs(request.actor, exhibition_id)
    return render(request, "exhibitions/signs.html", {"view": view, "signs": found})


@allow(Action.EXHIBITION_MANAGE.value)
@require_POST
def step(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Take a step of the exhibition's life."""
    form = StepForm(request.POST)
    if form.is_valid() and form.cleaned_data["step"] in STEPS:
        taken = form.cleaned_data["step"]
        more = {"reason": form.cleaned_data["reason"]} if taken == ExhibitionStep.CANCEL.value else {}
        act = partial(STEPS[taken], by=request.actor, now=request.now, exhibition_id=exhibition_id)
        if done(form, lambda said: act(seen=said["seen"], **more), at="reason"):
            messages.success(request, _("Đã xong."))
            return redirect("exhibitions:detail", exhibition_id=exhibition_id)
    return _page(request, exhibition_id, form)


def _page(request: Request, exhibition_id: UUID, tried: forms.Form | None = None) -> HttpResponse:
    view = queries.exhibition(request.actor, exhibition_id, now=request.now)
    context: dict[str, Any] = {
        "view": view,
        "plan": queries.plan(request.actor, exhibition_id),
        "form": tried or StepForm(initial={"seen": view.edition}),
        "days": queries.days_of(view.said.starts_on, view.said.ends_on),
        "today": local_date(request.now),
    }
    return render(request, "exhibitions/exhibition.html", context, status=422 if tried else 200)


def _managed(request: Request, exhibition_id: UUID) -> ExhibitionView:
    view = queries.exhibition(request.actor, exhibition_id, now=request.now)
    if not view.manages:
        raise NotAllowed()
    return view


def _form(request: Request, initial: Mapping[str, Any], view: ExhibitionView | None = None) -> ExhibitionForm:
    """Make the form, with the units of this officer; an exhibition stays its unit's."""
    own = [(str(id_), name) for id_, name in queries.organizers(request.actor)]
    if view is not None:
        own = [(str(view.organization_id), view.organization_name)]
    return ExhibitionForm(request.POST or None, initial=dict(initial), organizations=own)


def _save(form: ExhibitionForm, request: Request, act: Callable[..., Any], *, new: bool = False) -> Any:
    """Save what the form says; None, and the form says why, when it is refused."""
    said = form.cleaned_data
    codes, _unknown = market.places_named([said["place"]], said["starts_on"])
    if not codes:
        form.add_error("place", _("Không nhận ra: %(places)s.") % {"places": said["place"]})
        return None
    given: dict[str, Any] = {"seen": said["seen"] or 0}
    if new:
        given = {"request_id": said["request_id"] or uuid7(), "organization_id": UUID(said["organization"])}
    return done(form, lambda _: act(by=request.actor, now=request.now, said=form.said(codes[0]), **given))
