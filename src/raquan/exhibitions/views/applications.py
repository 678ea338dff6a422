"""The pages of applications: the enterprise writes them, the organizer answers, days and contacts beside."""

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
from raquan.exhibitions.forms import (
    ApplicationFilter,
    ApplicationForm,
    ContactFilter,
    DayForm,
    OutcomeForm,
    PhotoForm,
    StepForm,
    TakeOffForm,
    application_initial,
)
from raquan.exhibitions.queries import ApplicationView, ExhibitionView
from raquan.exhibitions.rules import MOST_PHOTOS, OUTCOME_NAMES, ApplicationStep, Outcome
from raquan.exhibitions.views.trying import done, status
from raquan.files import queries as files
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request, photo_answer
from raquan.ui.lists import Options, show_list

STEPS: Mapping[str, Callable[..., None]] = {
    ApplicationStep.RETURN.value: commands.return_application,
    ApplicationStep.APPROVE.value: commands.approve_application,
    ApplicationStep.REFUSE.value: commands.refuse_application,
    ApplicationStep.WITHDRAW.value: commands.withdraw_application,
}


@allow(Action.EXHIBITION_READ.value)
@require_GET
def list_applications(request: Request) -> HttpResponseBase:
    """List the applications that the reader wrote or answers."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "exhibitions/applications.html", {"campaign": None})
    filters = ApplicationFilter(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    asked = {"state": said.get("state", ""), "text": said.get("q", ""), "exhibition": said.get("exhibition", "")}
    read = partial(queries.applications, request.actor, campaign.id, now=request.now, **asked)
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    context = {"campaign": campaign}
    return show_list(request, "exhibitions/applications.html", queries.APPLICATIONS, read, options, context)


@allow(Action.BOOTH_APPLY.value)
@require_http_methods(["GET", "POST"])
def apply(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Write an application for a booth."""
    held = queries.exhibition(request.actor, exhibition_id, now=request.now)
    usual = {
        "request_id": uuid7(),
        "width_cm": held.said.cell_cm,
        "depth_cm": held.said.cell_cm,
        "watts": 0,
        "tables": 1,
    }
    form = _form(request, held, usual)
    if request.method == "POST":
        act = partial(commands.apply_for_booth, by=request.actor, now=request.now, exhibition_id=exhibition_id)
        made = done(
            form,
            lambda said: act(
                request_id=said["request_id"] or uuid7(), organization_id=UUID(said["organization"]), said=form.said()
            ),
        )
        if made:
            messages.success(request, _("Đã gửi đơn. Đơn vị tổ chức sẽ trả lời ở trang này."))
            return redirect("exhibitions:application", application_id=made)
    context = {"form": form, "held": held, "view": None, "plan": queries.plan(request.actor, exhibition_id)}
    return render(request, "exhibitions/application_form.html", context, status=status(form))


@allow(Action.EXHIBITION_READ.value)
@require_GET
def show(request: Request, application_id: UUID) -> HttpResponse:
    """Show an application with its steps and, once it has a booth, its days."""
    return _page(request, application_id)


@allow(Action.BOOTH_APPLY.value)
@require_http_methods(["GET", "POST"])
def edit(request: Request, application_id: UUID) -> HttpResponse:
    """Change an application and send it again; what was typed stays when it cannot be taken."""
    view = queries.application(request.actor, application_id, now=request.now)
    if not view.is_own:
        raise NotAllowed()
    held = queries.exhibition(request.actor, view.exhibition_id, now=request.now)
    initial = application_initial(view.said) | {"seen": view.edition, "organization": str(view.organization_id)}
    form = _form(request, held, initial, view)
    if request.method == "POST":
        act = partial(commands.change_application, by=request.actor, now=request.now, application_id=application_id)
        if done(form, lambda said: act(said=form.said(), seen=said["seen"] or 0)):
            messages.success(request, _("Đã gửi lại đơn."))
            return redirect("exhibitions:application", application_id=application_id)
    context = {"form": form, "held": held, "view": view, "plan": queries.plan(request.actor, view.exhibition_id)}
    return render(request, "exhibitions/application_form.html", context, status=status(form))


@allow(Action.EXHIBITION_READ.value)
@require_POST
def step(request: Request, application_id: UUID) -> HttpResponse:
    """Take a step of the application's life."""
    form = StepForm(request.POST)
    if form.is_valid() and form.cleaned_data["step"] in STEPS:
        taken = form.cleaned_data["step"]
        more = {} if taken == ApplicationStep.APPROVE.value else {"reason": form.cleaned_data["reason"]}
        act = partial(STEPS[taken], by=request.actor, now=request.now, application_id=application_id)
        if done(form, lambda said: act(seen=said["seen"], **more), at="reason"):
            messages.success(request, _("Đã xong."))
            return redirect("exhibitions:application", application_id=application_id)
    return _page(request, application_id, form=form)


@allow(Action.EXHIBITION_READ.value)
@require_POST
def state_day(request: Request, application_id: UUID) -> HttpResponse:
    """Take how many came on a day, from the booth or from the organizer."""
    form = DayForm(request.POST)
    act = partial(commands.state_day, by=request.actor, now=request.now, application_id=application_id)
    if done(form, lambda said: act(**said | {"seen": said["seen"] or 0})):
        messages.success(request, _("Đã ghi số khách."))
        return redirect("exhibitions:application", application_id=application_id)
    return _page(request, application_id, stating=form)


@allow(Action.EXHIBITION_READ.value)
@require_POST
def add_photo(request: Request, application_id: UUID) -> HttpResponse:
    """Add a photo to the booth; caption and tick stay when it cannot be taken."""
    form = PhotoForm(request.POST, request.FILES)
    act = partial(commands.add_booth_photo, by=request.actor, now=request.now, application_id=application_id)
    if done(form, lambda said: act(data=said["file"].read(), said=form.said()), at="file"):
        messages.success(request, _("Đã thêm ảnh."))
        return redirect("exhibitions:application", application_id=application_id)
    return _page(request, application_id, adding=form)


@allow(Action.EXHIBITION_READ.value)
@require_POST
def take_off_photo(request: Request, application_id: UUID, photo_id: UUID) -> HttpResponse:
    """Take a photo off the booth."""
    form = TakeOffForm(request.POST, auto_id=f"take-off-{photo_id}_%s")
    act = partial(commands.take_off_booth_photo, by=request.actor, now=request.now, photo_id=photo_id)
    if done(form, lambda said: act(**said), at="reason"):
        messages.success(request, _("Đã gỡ ảnh."))
        return redirect("exhibitions:application", application_id=application_id)
    return _page(request, application_id, taking_off=form)


@allow(Action.EXHIBITION_READ.value)
@require_GET
def photo(request: Request, photo_id: UUID, width: int) -> HttpResponse:
    """Send a photo's file to the booth's enterprise or the organizer."""
    sha256 = queries.photo_file(request.actor, photo_id, width, now=request.now)
    return photo_answer(files.read_file(sha256), is_public=False)


@allow(Action.BOOTH_APPLY.value)
@require_GET
def list_contacts(request: Request) -> HttpResponseBase:
    """List what visitors left the reader's enterprise."""
    return _contacts(request)


@allow(Action.BOOTH_APPLY.value)
@require_POST
def state_outcome(request: Request, contact_id: UUID) -> HttpResponseBase:
    """Take what followed from a contact."""
    form = OutcomeForm(request.POST)
    act = partial(commands.state_outcome, by=request.actor, now=request.now, contact_id=contact_id)
    if done(form, lambda said: act(outcome=Outcome(said["outcome"]), seen=said["seen"])):
        messages.success(request, _("Đã ghi kết quả."))
        return redirect("exhibitions:contacts")
    return _contacts(request, form)


def _contacts(request: Request, tried: forms.Form | None = None) -> HttpResponseBase:
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "exhibitions/contacts.html", {"campaign": None})
    filters = ContactFilter(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    read = partial(queries.contacts, request.actor, campaign.id, outcome=said.get("outcome", ""))
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic, status=422 if tried else 200)
    names = [(one.value, _(name)) for one, name in OUTCOME_NAMES.items()]
    context = {"campaign": campaign, "outcomes": names, "tried": tried}
    return show_list(request, "exhibitions/contacts.html", queries.CONTACTS, read, options, context)


def _page(request: Request, application_id: UUID, **tried: forms.Form) -> HttpResponse:
    view = queries.application(request.actor, application_id, now=request.now)
    context: dict[str, Any] = {
        "view": view,
        "form": StepForm(initial={"seen": view.edition}),
        "stating": DayForm(initial={"held_on": local_date(request.now), "seen": 0}),
        "days": queries.booth_days(request.actor, application_id, now=request.now) if view.booth else (),
        "sign": queries.booth_sign(view) if view.is_shown else None,
        "photos": queries.every_booth_photo(view),
        "adding": PhotoForm(),
        "taking_off": TakeOffForm(),
        "most_photos": MOST_PHOTOS,
    }
    return render(request, "exhibitions/application.html", context | tried, status=422 if tried else 200)


def _form(
    request: Request, held: ExhibitionView, initial: Mapping[str, Any], view: ApplicationView | None = None
) -> ApplicationForm:
    """Make the form, with the enterprises of this officer; an application stays its enterprise's."""
    own = [(str(id_), name) for id_, name in queries.applicants(request.actor)]
    if view is not None:
        own = [(str(view.organization_id), view.organization_name)]
    fields = held.said.fields
    return ApplicationForm(request.POST or None, initial=dict(initial), organizations=own, fields_shown=fields)
