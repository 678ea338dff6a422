"""The pages of displays: the list, one with its proofs and steps, the letter, how far units comply."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.displays import commands, queries
from raquan.displays.forms import AskForm, FilterForm, PhotoForm, StepForm, WordForm
from raquan.displays.gateways import letter_pdf, letter_texts
from raquan.displays.rules import DisplayStep
from raquan.files import queries as files
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

STEPS: dict[str, Callable[..., None]] = {
    DisplayStep.AGREE.value: commands.agree_display,
    DisplayStep.DECLINE.value: commands.decline_display,
    DisplayStep.REMOVE.value: commands.remove_display,
}


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def list_displays(request: Request) -> HttpResponseBase:
    """List what is asked, hangs, or is to be taken down at places of the reader's units.

    A code leads to the display that it means, where it means one.
    """
    form = FilterForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    text = said.get("q", "")
    meant = queries.meant_by(request.actor, text, now=request.now) if text else None
    if meant and meant.display_id and "format" not in request.GET:
        return redirect("displays:detail", display_id=meant.display_id)
    read = partial(queries.displays, request.actor, text=text, state=said.get("state", ""))
    options = Options(filters=form, sort="site" if meant else "")
    return show_list(request, "displays/displays.html", queries.DISPLAYS, read, options, {"meant": meant})


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def list_shares(request: Request) -> HttpResponseBase:
    """List how far units show what they must."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "displays/shares.html", {"campaign": None})
    read = partial(queries.shares, request.actor, campaign.id, now=request.now)
    options = Options(is_synthetic=campaign.is_synthetic)
    return show_list(request, "displays/shares.html", queries.SHARES, read, options, {"campaign": campaign})


@allow(Action.DISPLAY_MANAGE.value)
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask places to show an artwork."""
    campaign = campaigns.current_campaign(request.now)
    choices = queries.artwork_choices(request.actor, campaign.id, now=request.now) if campaign else []
    form = AskForm(request.POST or None, artworks=choices, sites=queries.site_choices(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            asked = commands.ask_displays(by=request.actor, now=request.now, **form.asked())
        except Refused as refused:
            _hand_back(form, refused)
        else:
            messages.success(request, _("Đã đề nghị %(count)s nơi.") % {"count": asked})
            return redirect("displays:list")
    return render(request, "displays/ask.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def show(request: Request, display_id: UUID) -> HttpResponse:
    """Show a display with its proofs and what may be done."""
    return _page(request, display_id)


@allow(Action.DISPLAY_MANAGE.value)
@require_POST
def step(request: Request, display_id: UUID) -> HttpResponse:
    """Take a step of a display."""
    form = StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["step"] not in STEPS:
        raise Http404
    said = form.cleaned_data
    more = {"reason": said["reason"]} if said["step"] == DisplayStep.DECLINE.value else {}
    STEPS[said["step"]](by=request.actor, now=request.now, display_id=display_id, seen=said["seen"], **more)
    messages.success(request, _("Đã ghi."))
    return redirect("displays:detail", display_id=display_id)


@allow(Action.DISPLAY_MANAGE.value)
@require_POST
def photo(request: Request, display_id: UUID) -> HttpResponse:
    """Take a photo as proof."""
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("place", "request_id")}
        more = said | {"seen_at": form.seen_at(), "photo": form.cleaned_data["photo"].read()}
        try:
            commands.prove_by_photo(by=request.actor, now=request.now, display_id=display_id, **more)
        except Refused as refused:
            _hand_back(form, refused)
        else:
            messages.success(request, _("Đã ghi ảnh làm bằng chứng."))
            return redirect("displays:detail", display_id=display_id)
    return _page(request, display_id, photo=form)


@allow(Action.DISPLAY_MANAGE.value)
@require_POST
def word(request: Request, display_id: UUID) -> HttpResponse:
    """Take somebody's word that a display is there."""
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            commands.state_shown(by=request.actor, now=request.now, display_id=display_id, **form.cleaned_data)
        except Refused as refused:
            _hand_back(form, refused)
        else:
            messages.success(request, _("Đã ghi lời khai."))
            return redirect("displays:detail", display_id=display_id)
    return _page(request, display_id, word=form)


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def letter(request: Request, display_id: UUID) -> HttpResponse:
    """Show the letter to an invited place."""
    view = queries.letter(request.actor, display_id)
    return render(request, "displays/letter.html", {"view": view, "paragraphs": letter_texts(view)})


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def print_letter(request: Request, display_id: UUID) -> HttpResponse:
    """Give the letter to an invited place as PDF, one page."""
    view = queries.letter(request.actor, display_id)
    name = f'inline; filename="thu-ngo-{view.code}.pdf"'
    data = letter_pdf(view, local_date(request.now), request.actor.name)
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": name})


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def show_picture(request: Request, proof_id: UUID) -> HttpResponse:
    """Lead to the picture of a proof, to who may see the proof."""
    return redirect(files.download_address(queries.picture(request.actor, proof_id), name=f"{proof_id}.jpg"))


def _page(request: Request, display_id: UUID, **tried: forms.Form) -> HttpResponse:
    view = queries.display(request.actor, display_id)
    here = request.now.astimezone(VIETNAM)
    place = view.site_address or view.site_name
    start: dict[str, Any] = {"request_id": uuid7(), "place": place, "on": here.date(), "at": here.time()}
    context = {
        "view": view,
        "proofs": queries.proofs_of(display_id),
        "reports": queries.reports_of(display_id),
        "sign": queries.sign_of(view.code),
        "photo": tried.get("photo") or PhotoForm(initial=start),
        "word": tried.get("word") or WordForm(initial={"request_id": uuid7()}),
    }
    return render(request, "displays/display.html", context, status=422 if tried else 200)


def _hand_back(form: forms.Form, refused: Refused) -> None:
    if refused.status in (403, 404):
        raise refused
    form.add_error(None, refused.text(_))
