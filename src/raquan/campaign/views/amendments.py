"""The page of an amendment: what it did, what stands on it, and withdrawing it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import commands, queries
from raquan.campaign.forms.planning import ReasonForm
from raquan.campaign.rules import STANDING_NAMES
from raquan.campaign.views.attempts import as_said, attempt
from raquan.people.rules import Action
from raquan.readings.rules import CHANGE_NAMES
from raquan.ui.access import allow
from raquan.ui.http import Request


def _page(request: Request, amendment_id: UUID, form: forms.Form) -> HttpResponse:
    found = queries.amendment_page(request.actor, amendment_id)
    context = {"found": found, "withdrawing": form, "change_names": CHANGE_NAMES, "standing_names": STANDING_NAMES}
    return render(request, "campaign/amendment.html", context, status=422 if form.errors else 200)


@allow(Action.PLAN_IMPORT.value)
@require_GET
def show_amendment(request: Request, amendment_id: UUID) -> HttpResponse:
    """Show what an amendment did, and whether it can be withdrawn."""
    return _page(request, amendment_id, ReasonForm())


@allow(Action.PLAN_IMPORT.value)
@require_POST
def withdraw_amendment(request: Request, amendment_id: UUID) -> HttpResponse:
    """Withdraw an amendment with a reason."""
    form = ReasonForm(request.POST)
    act = as_said(commands.withdraw_amendment, form)
    done, was_standing = attempt(request, form, act, amendment_id=amendment_id)
    if not done:
        return _page(request, amendment_id, form)
    if was_standing:
        messages.success(request, _("Đã rút văn bản sửa đổi. Kế hoạch trở lại như trước."))
    else:
        messages.info(request, _("Văn bản này đã được rút từ trước."))
    return redirect("campaign:amendment", amendment_id=amendment_id)
