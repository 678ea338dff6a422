"""The organizer gives booths: a proposal on the plan with reasons, moves by hand, the confirmation."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from raquan.exhibitions import commands, queries
from raquan.exhibitions.forms import MoveForm, SeenForm
from raquan.exhibitions.views.trying import done
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.EXHIBITION_MANAGE.value)
@require_GET
def show(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Show who has, would have and would not have a booth, and why."""
    return _page(request, exhibition_id)


@allow(Action.EXHIBITION_MANAGE.value)
@require_POST
def propose(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Propose booths by the rules."""
    form = SeenForm(request.POST)
    act = partial(commands.propose_allocation, by=request.actor, now=request.now, exhibition_id=exhibition_id)
    if done(form, lambda said: act(seen=said["seen"])):
        messages.success(request, _("Đã lập phương án. Chưa ai được báo cho đến khi bạn chốt."))
        return redirect("exhibitions:allocation", exhibition_id=exhibition_id)
    return _page(request, exhibition_id, form)


@allow(Action.EXHIBITION_MANAGE.value)
@require_POST
def move(request: Request, exhibition_id: UUID, application_id: UUID) -> HttpResponse:
    """Give an application another booth by hand; what stands against it is said beside it."""
    form = MoveForm(request.POST)
    act = partial(commands.move_booth, by=request.actor, now=request.now, application_id=application_id)
    if done(form, lambda said: act(**said), at="booth"):
        messages.success(request, _("Đã chuyển gian."))
        return redirect("exhibitions:allocation", exhibition_id=exhibition_id)
    return _page(request, exhibition_id, form, moved=application_id)


@allow(Action.EXHIBITION_MANAGE.value)
@require_POST
def confirm(request: Request, exhibition_id: UUID) -> HttpResponse:
    """Give the proposed booths and tell every applicant."""
    form = SeenForm(request.POST)
    act = partial(commands.confirm_allocation, by=request.actor, now=request.now, exhibition_id=exhibition_id)
    given = done(form, lambda said: act(seen=said["seen"]))
    if given is not None:
        said = ngettext(
            "Đã chốt %(n)s gian và báo cho các doanh nghiệp.", "Đã chốt %(n)s gian và báo cho các doanh nghiệp.", given
        )
        messages.success(request, said % {"n": given})
        return redirect("exhibitions:allocation", exhibition_id=exhibition_id)
    return _page(request, exhibition_id, form)


def _page(
    request: Request, exhibition_id: UUID, tried: forms.Form | None = None, moved: UUID | None = None
) -> HttpResponse:
    found = queries.allocation(request.actor, exhibition_id, now=request.now)
    if not found.exhibition.manages:
        raise NotAllowed()
    context: dict[str, Any] = {"page": found, "view": found.exhibition, "form": tried or SeenForm(), "moved": moved}
    return render(request, "exhibitions/allocation.html", context, status=422 if tried else 200)
