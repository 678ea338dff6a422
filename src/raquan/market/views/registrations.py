"""The office's pages of registrations: those that wait, and each with what may be done."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.kernel.refused import Refused
from raquan.market import commands, queries
from raquan.market.forms import DecideForm
from raquan.market.rules import REGISTRATION_STATE_NAMES, RegistrationState
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.OFFER_DECIDE.value)
@require_GET
def list_registrations(request: Request) -> HttpResponseBase:
    """List the enterprises that registered: those that wait, or all of a state."""
    asked = request.GET.get("state", RegistrationState.SENT.value)
    state = asked if asked in {one.value for one in RegistrationState} else ""
    read = partial(queries.registrations, request.actor, state=state)
    states = [(one.value, _(name)) for one, name in REGISTRATION_STATE_NAMES.items()]
    options = Options(sort="sent_at" if state == RegistrationState.SENT.value else "")
    context = {"state": state, "states": states}
    return show_list(request, "market/registrations.html", queries.REGISTRATIONS, read, options, context)


@allow(Action.OFFER_DECIDE.value)
@require_GET
def show(request: Request, registration_id: UUID) -> HttpResponse:
    """Show what an enterprise told, and what may be done."""
    return _page(request, registration_id)


@allow(Action.OFFER_DECIDE.value)
@require_POST
def accept(request: Request, registration_id: UUID) -> HttpResponse:
    """Accept an enterprise."""
    return _decide(request, registration_id, commands.accept_registration, _("Đã chấp nhận doanh nghiệp."))


@allow(Action.OFFER_DECIDE.value)
@require_POST
def give_back(request: Request, registration_id: UUID) -> HttpResponse:
    """Give a registration back, with what is missing."""
    return _decide(request, registration_id, commands.return_registration, _("Đã trả lại để bổ sung."), "reason")


def _decide(request: Request, registration_id: UUID, act: Callable[..., Any], said: str, *names: str) -> HttpResponse:
    form = DecideForm(request.POST)
    if form.is_valid():
        more = {name: form.cleaned_data[name] for name in ("seen", *names)}
        try:
            act(by=request.actor, now=request.now, registration_id=registration_id, **more)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error("reason", refused.text(_))
        else:
            messages.success(request, said)
            return redirect("market:registration", registration_id=registration_id)
    return _page(request, registration_id, form)


def _page(request: Request, registration_id: UUID, tried: DecideForm | None = None) -> HttpResponse:
    view = queries.registration(request.actor, registration_id)
    context = {"view": view, "form": tried or DecideForm(), "seen": view.edition}
    return render(request, "market/registration.html", context, status=422 if tried else 200)
