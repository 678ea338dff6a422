"""The pages of artwork: the list, one with its picture, checklist and steps, the form, its files."""

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
from raquan.kernel.refused import NotFound
from raquan.outreach import commands, queries
from raquan.outreach.forms import ArtworkFilter, ArtworkForm, StepForm, artwork_initial
from raquan.outreach.queries import ArtworkView
from raquan.outreach.rules import FORMAT_NAMES, ArtworkStep, Format, email_html, email_text, reading_seconds, spoken
from raquan.outreach.views.attempts import tried
from raquan.outreach.views.files import artwork_file, preview
from raquan.outreach.views.slogans import current
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

STEPS: Mapping[ArtworkStep, Callable[..., None]] = {
    ArtworkStep.SUBMIT: commands.submit_artwork,
    ArtworkStep.RETURN: commands.return_artwork,
    ArtworkStep.APPROVE: commands.approve_artwork,
    ArtworkStep.WITHDRAW: commands.withdraw_artwork,
}
_TAKES: Mapping[ArtworkStep, tuple[str, ...]] = {
    ArtworkStep.SUBMIT: ("seen",),
    ArtworkStep.RETURN: ("seen", "reason"),
    ArtworkStep.APPROVE: ("seen", "reason", "expires_on"),
    ArtworkStep.WITHDRAW: ("seen", "reason"),
}


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def list_artworks(request: Request) -> HttpResponseBase:
    """List the artwork that the reader makes, decides on, or may fetch."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "outreach/artworks.html", {"campaign": None})
    filters = ArtworkFilter(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    asked = {name: said.get(key, "") for name, key in (("state", "state"), ("kind", "kind"), ("text", "q"))}
    read = partial(queries.artworks, request.actor, campaign.id, now=request.now, **asked)
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    return show_list(request, "outreach/artworks.html", queries.ARTWORKS, read, options, {"campaign": campaign})


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def show(request: Request, artwork_id: UUID) -> HttpResponse:
    """Show an artwork with what the law says of it, its steps and its files."""
    return _page(request, artwork_id)


@allow(Action.OUTREACH_WRITE.value)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make a new artwork."""
    campaign = current(request)
    days = {"starts_on": campaign.starts_on, "ends_on": campaign.ends_on}
    form = _form(request, campaign.id, {"request_id": uuid7(), "slogan": request.GET.get("slogan", ""), **days})
    if request.method == "POST":
        act = partial(commands.draft_artwork, by=request.actor, now=request.now, campaign_id=campaign.id)
        made = tried(form, lambda: act(**_said(form), **_of_whom(form)))
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("outreach:artwork", artwork_id=made)
    context = {"form": form, "view": None}
    return render(request, "outreach/artwork_form.html", context, status=422 if form.errors else 200)


@allow(Action.OUTREACH_WRITE.value)
@require_http_methods(["GET", "POST"])
def edit(request: Request, artwork_id: UUID) -> HttpResponse:
    """Change a draft or returned artwork; what was typed stays when it cannot be taken."""
    view = queries.artwork(request.actor, artwork_id, now=request.now)
    ids = {"organization": str(view.organization_id), "slogan": str(view.slogan_id), "seen": view.edition}
    form = _form(request, current(request).id, artwork_initial(queries.draft_of(view)) | ids, view)
    if request.method == "POST":
        act = partial(commands.change_artwork, by=request.actor, now=request.now, artwork_id=artwork_id)
        if tried(form, lambda: act(**_said(form), seen=form.cleaned_data["seen"] or 0) or True):
            messages.success(request, _("Đã lưu."))
            return redirect("outreach:artwork", artwork_id=artwork_id)
    context = {"form": form, "view": view}
    return render(request, "outreach/artwork_form.html", context, status=422 if form.errors else 200)


@allow(Action.OUTREACH_WRITE.value)
@require_POST
def step(request: Request, artwork_id: UUID) -> HttpResponse:
    """Take a step of the artwork's life."""
    form = StepForm(request.POST)
    if form.is_valid() and form.cleaned_data["step"] in STEPS:
        taken = ArtworkStep(form.cleaned_data["step"])
        said = {name: form.cleaned_data[name] for name in _TAKES[taken]}
        act = partial(STEPS[taken], by=request.actor, now=request.now, artwork_id=artwork_id, **said)
        if tried(form, lambda: act() or True):
            messages.success(request, _("Đã xong."))
            return redirect("outreach:artwork", artwork_id=artwork_id)
    return _page(request, artwork_id, form)


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def picture(request: Request, artwork_id: UUID) -> HttpResponse:
    """Show the picture of an artwork as it stands; a text has none."""
    view = queries.artwork(request.actor, artwork_id, now=request.now)
    if not view.design.is_drawn:
        raise NotFound()
    return preview(view)


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def file(request: Request, artwork_id: UUID) -> HttpResponse:
    """Give an approved artwork as a file; one for units has the name of the unit that is asked for."""
    view = queries.artwork(request.actor, artwork_id, now=request.now)
    asked = request.GET.get("format", "")
    if asked not in {one.value for one in view.design.formats} or not view.is_current:
        raise NotFound()
    unit = None
    if view.is_for_units:
        own = dict(queries.own_units(request.actor))
        whose = request.GET.get("unit", "")
        unit = (UUID(whose), own[whose]) if whose in own else None
    return artwork_file(view, Format(asked), unit)


def _form(request: Request, campaign_id: UUID, initial: dict[str, Any], view: ArtworkView | None = None) -> ArtworkForm:
    form = ArtworkForm(request.POST if request.method == "POST" else None, initial=initial)
    own = people.choices_of_organizations(request.actor, Action.OUTREACH_WRITE)
    slogans = list(queries.slogan_choices(request.actor, campaign_id))
    if view is not None:
        own = [(str(view.organization_id), view.organization_name)]
        slogans += [one for one in [(str(view.slogan_id), view.slogan)] if one not in slogans]
    form.give(own, [(one.code, queries.design_name(one)) for one in queries.designs()], slogans)
    return form


def _said(form: ArtworkForm) -> dict[str, Any]:
    return {"slogan_id": UUID(form.cleaned_data["slogan"]), "draft": form.draft()}


def _of_whom(form: ArtworkForm) -> dict[str, Any]:
    whose = UUID(form.cleaned_data["organization"])
    return {"organization_id": whose, "request_id": form.cleaned_data["request_id"] or uuid7()}


def _page(request: Request, artwork_id: UUID, tried_form: forms.Form | None = None) -> HttpResponse:
    view = queries.artwork(request.actor, artwork_id, now=request.now)
    checks = queries.checklist(request.actor, artwork_id)
    context: dict[str, Any] = {
        "view": view,
        "checks": checks,
        "warns": sum(one.result == "warns" for one in checks),
        "kept_warnings": queries.rule_texts(view.approved_over),
        "form": tried_form or StepForm(initial={"seen": view.edition, "expires_on": view.ends_on}),
        "formats": [(one.value, _(FORMAT_NAMES[one])) for one in view.design.formats],
        "own_units": queries.own_units(request.actor) if view.is_for_units and view.is_current else (),
        "may_run": view.is_for_units and queries.may_run(request.actor),
        "runs": queries.runs(request.actor, artwork_id) if view.is_for_units else (),
        "text": _text(view),
    }
    return render(request, "outreach/artwork.html", context, status=422 if tried_form else 200)


def _text(view: ArtworkView) -> dict[str, Any]:
    """Give what an artwork without a picture says, and how long it takes to read out."""
    if view.design.is_drawn:
        return {}
    if view.design.layout == "email":
        return {"plain": email_text(view.wording), "html": email_html(view.wording)}
    said = spoken(view.wording)
    return {"plain": said, "seconds": reading_seconds(said)}
