"""The pages of slogans and of the identity kit."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound
from raquan.outreach import commands, queries
from raquan.outreach.forms import KitForm, ReasonForm, SloganFilter, SloganForm, kit_initial
from raquan.outreach.views.attempts import tried
from raquan.outreach.views.files import kit_preview
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def list_slogans(request: Request) -> HttpResponseBase:
    """List the campaign's slogans."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "outreach/slogans.html", {"campaign": None})
    filters = SloganFilter(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    asked = {"text": said.get("q", ""), "withdrawn": bool(said.get("withdrawn"))}
    read = partial(queries.slogans, request.actor, campaign.id, **asked)
    context = {"campaign": campaign, "kit": queries.kit(campaign, request.actor)}
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    return show_list(request, "outreach/slogans.html", queries.SLOGANS, read, options, context)


@allow(Action.OUTREACH_DECIDE.value)
@require_http_methods(["GET", "POST"])
def new_slogan(request: Request) -> HttpResponse:
    """Write a new slogan."""
    campaign = current(request)
    form = SloganForm(request.POST or None, initial={"request_id": uuid7()})
    if request.method == "POST":
        act = partial(commands.add_slogan, by=request.actor, now=request.now, campaign_id=campaign.id)
        made = tried(form, lambda: act(request_id=form.cleaned_data["request_id"] or uuid7(), texts=form.texts()))
        if made is not None:
            messages.success(request, _("Đã thêm khẩu hiệu."))
            return redirect("outreach:slogan", slogan_id=made)
    return render(request, "outreach/slogan_form.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def slogan(request: Request, slogan_id: UUID) -> HttpResponse:
    """Show a slogan."""
    return _slogan_page(request, slogan_id)


@allow(Action.OUTREACH_DECIDE.value)
@require_POST
def change_slogan(request: Request, slogan_id: UUID) -> HttpResponse:
    """Change what a slogan says."""
    form = SloganForm(request.POST)
    act = partial(commands.change_slogan, by=request.actor, now=request.now, slogan_id=slogan_id)
    if tried(form, lambda: act(texts=form.texts(), seen=form.cleaned_data["seen"] or 0) or True):
        messages.success(request, _("Đã lưu."))
        return redirect("outreach:slogan", slogan_id=slogan_id)
    return _slogan_page(request, slogan_id, form)


@allow(Action.OUTREACH_DECIDE.value)
@require_POST
def withdraw_slogan(request: Request, slogan_id: UUID) -> HttpResponse:
    """Take a slogan out of use."""
    form = ReasonForm(request.POST)
    act = partial(commands.withdraw_slogan, by=request.actor, now=request.now, slogan_id=slogan_id)
    if tried(form, lambda: act(**form.cleaned_data) or True):
        messages.success(request, _("Đã thôi dùng khẩu hiệu."))
        return redirect("outreach:slogan", slogan_id=slogan_id)
    return _slogan_page(request, slogan_id, None, form)


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def kit(request: Request) -> HttpResponse:
    """Show the identity kit."""
    return _kit_page(request)


@allow(Action.OUTREACH_DECIDE.value)
@require_POST
def save_kit(request: Request) -> HttpResponse:
    """Save the identity kit."""
    campaign, form = current(request), KitForm(request.POST, request.FILES)
    act = partial(commands.set_kit, by=request.actor, now=request.now, campaign_id=campaign.id)
    sent = form.emblem_bytes
    if tried(form, lambda: act(said=form.said(), seen=form.cleaned_data["seen"], emblem=sent()) or True):
        messages.success(request, _("Đã lưu bộ nhận diện."))
        return redirect("outreach:kit")
    return _kit_page(request, form)


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def kit_picture(request: Request) -> HttpResponse:
    """Draw a sample from the kit as it is saved."""
    campaign = current(request)
    return kit_preview(queries.kit(campaign), campaign)


def current(request: Request) -> CampaignView:
    """Give the campaign of now. Raises NotFound where there is none."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    return campaign


def _kit_page(request: Request, form: forms.Form | None = None) -> HttpResponse:
    campaign = current(request)
    view = queries.kit(campaign, request.actor)
    context = {"campaign": campaign, "kit": view, "form": form or KitForm(initial=kit_initial(view))}
    return render(request, "outreach/kit.html", context, status=422 if form else 200)


def _slogan_page(
    request: Request, slogan_id: UUID, form: forms.Form | None = None, leaving: forms.Form | None = None
) -> HttpResponse:
    view = queries.slogan(request.actor, slogan_id)
    campaign = current(request)
    context = {
        "view": view,
        "form": form or SloganForm(initial=dict(view.texts) | {"seen": view.edition}),
        "leaving": leaving or ReasonForm(initial={"seen": view.edition}),
        "may_change": queries.kit(campaign, request.actor).may_change and view.withdrawn_at is None,
    }
    wrong = any(one is not None and one.errors for one in (form, leaving))
    return render(request, "outreach/slogan.html", context, status=422 if wrong else 200)
