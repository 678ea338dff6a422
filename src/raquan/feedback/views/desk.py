"""The staff's pages: what waits for an answer, and each talk with what may be done."""

from collections.abc import Callable
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
from raquan.feedback import commands, queries
from raquan.feedback.forms import AnswerForm, CloseForm, HandOverForm
from raquan.feedback.rules import STATE_NAMES, State
from raquan.kernel.refused import Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.FEEDBACK_ANSWER.value)
@require_GET
def list_feedback(request: Request) -> HttpResponseBase:
    """List what the officer answers: what waits longest first, or all of a state."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "feedback/list.html", {"campaign": None})
    asked = request.GET.get("state", State.WAITING.value)
    state = asked if asked in {one.value for one in State} else ""
    context = {
        "campaign": campaign,
        "state": state,
        "states": [(one.value, _(name)) for one, name in STATE_NAMES.items()],
        "moods": queries.moods(request.actor, campaign.id),
    }
    read = partial(queries.feedbacks, request.actor, campaign.id, state=state)
    options = Options(sort="sent_at" if state == State.WAITING.value else "", is_synthetic=campaign.is_synthetic)
    return show_list(request, "feedback/list.html", queries.FEEDBACK, read, options, context)


@allow(Action.FEEDBACK_ANSWER.value)
@require_http_methods(["GET", "POST"])
def show(request: Request, feedback_id: UUID) -> HttpResponse:
    """Show a talk, and take an answer."""
    if request.method == "GET":
        return _page(request, feedback_id)
    return _attempt(
        request, feedback_id, "answer", AnswerForm(request.POST), commands.answer_feedback, _("Đã trả lời.")
    )


@allow(Action.FEEDBACK_ANSWER.value)
@require_POST
def hand_over(request: Request, feedback_id: UUID) -> HttpResponse:
    """Give a talk to another unit, by its name."""
    form = HandOverForm(request.POST)
    if form.is_valid():
        named = queries.organization_named(form.cleaned_data["organization"])
        if named is None:
            form.add_error("organization", _("Chưa nhận ra đơn vị này. Hãy gõ đủ tên hơn."))
        else:
            form.cleaned_data = {"organization_id": named[0]}
            said = _("Đã chuyển cho %(unit)s.") % {"unit": named[1]}
            return _attempt(request, feedback_id, "handing", form, commands.hand_over, said, goes_to="feedback:list")
    return _page(request, feedback_id, handing=form)


@allow(Action.FEEDBACK_ANSWER.value)
@require_POST
def close(request: Request, feedback_id: UUID) -> HttpResponse:
    """Close a talk without an answer."""
    form = CloseForm(request.POST)
    return _attempt(request, feedback_id, "closing", form, commands.close_feedback, _("Đã khép lại."))


def _page(request: Request, feedback_id: UUID, **tried: forms.Form) -> HttpResponse:
    view = queries.feedback(request.actor, feedback_id, now=request.now)
    shown: dict[str, Any] = {
        "view": view,
        "answer": AnswerForm(initial={"seen": len(view.entries)}),
        "handing": HandOverForm(),
        "closing": CloseForm(),
    }
    # What was typed is sent again over what was said meanwhile only by who has read it.
    context = shown | tried | {"seen": len(view.entries)}
    return render(request, "feedback/detail.html", context, status=422 if tried else 200)


def _attempt(
    request: Request,
    feedback_id: UUID,
    name: str,
    form: forms.Form,
    act: Callable[..., object],
    said: str,
    *,
    goes_to: str = "feedback:detail",
) -> HttpResponse:
    """Do what a form says, or show the page with what is wrong; nothing typed is lost."""
    if form.is_valid() or not form.errors:
        try:
            act(by=request.actor, now=request.now, feedback_id=feedback_id, **form.cleaned_data)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, said)
            return redirect("feedback:list") if goes_to == "feedback:list" else redirect(goes_to, feedback_id)
    return _page(request, feedback_id, **{name: form})
