"""The office's pages of what others wrote about the campaign."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.clock import VIETNAM
from raquan.people.rules import Action
from raquan.press import commands, queries
from raquan.press.forms import AsideForm, ChangePressItemForm, NewPressItemForm, PressFilter, ReplyForm
from raquan.press.queries import PressItemView
from raquan.press.rules import PRESS_ITEM_STATE_TONES, PressItemStep
from raquan.press.views.attempts import attempt
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

MAY = Action.PRESS_WRITE.value
TONES = {state.value: tone for state, tone in PRESS_ITEM_STATE_TONES.items()}


@allow(MAY)
@require_GET
def list_items(request: Request) -> HttpResponseBase:
    """List what others wrote about the campaign of now."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "press/items.html", {"campaign": None})
    filters = PressFilter(request.GET)
    filters.give(queries.outlets(request.actor, campaign.id))
    said = filters.cleaned_data if filters.is_valid() else {}
    asked = {name: said.get(key, "") for name, key in (("outlet", "outlet"), ("state", "state"), ("text", "q"))}
    read = partial(queries.press_items, request.actor, campaign.id, now=request.now, **asked)
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    context = {"campaign": campaign, "tones": TONES}
    return show_list(request, "press/items.html", queries.PRESS_ITEMS, read, options, context)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def new_item(request: Request) -> HttpResponse:
    """Note a press item."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return redirect("press:items")
    form = NewPressItemForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        told: dict[str, Any] = {"by": request.actor, "now": request.now, "campaign_id": campaign.id}
        made = commands.note_press_item(**told, item_id=form.cleaned_data["ticket"], said=form.said())
        return redirect("press:item", made)

    def page(status: int = 422) -> HttpResponse:
        return render(request, "press/item_form.html", {"form": form, "item": None}, status=status)

    return attempt(request, form, act, _("Đã ghi."), page) if request.method == "POST" else page(200)


@allow(MAY)
@require_GET
def show_item(request: Request, item_id: UUID) -> HttpResponse:
    """Show a press item, with what may be done about it."""
    return _page(request, item_id)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def change_item(request: Request, item_id: UUID) -> HttpResponse:
    """Change what was noted; what was typed stays when it cannot be taken."""
    view = queries.press_item(request.actor, item_id, now=request.now)
    if request.method == "GET":
        return _change_page(request, ChangePressItemForm(initial=_typed(view)), view)
    form = ChangePressItemForm(request.POST)

    def act() -> HttpResponse:
        told: dict[str, Any] = {"by": request.actor, "now": request.now, "item_id": item_id}
        commands.change_press_item(**told, seen=form.cleaned_data["seen"], said=form.said())
        return redirect("press:item", item_id)

    def again() -> HttpResponse:
        newest = queries.press_item(request.actor, item_id, now=request.now)
        return _change_page(request, form, newest, status=422)

    return attempt(request, form, act, _("Đã lưu."), again)


@allow(MAY)
@require_POST
def reply(request: Request, item_id: UUID) -> HttpResponse:
    """Tell that a press item was replied to."""
    form = ReplyForm(request.POST)

    def act() -> HttpResponse:
        commands.reply_to_press_item(by=request.actor, now=request.now, item_id=item_id, **form.told())
        return redirect("press:item", item_id)

    return attempt(request, form, act, _("Đã ghi phản hồi."), lambda: _page(request, item_id, replying=form))


@allow(MAY)
@require_POST
def set_aside(request: Request, item_id: UUID) -> HttpResponse:
    """Set a press item aside."""
    form = AsideForm(request.POST)

    def act() -> HttpResponse:
        commands.set_aside_press_item(by=request.actor, now=request.now, item_id=item_id, **form.cleaned_data)
        return redirect("press:item", item_id)

    return attempt(request, form, act, _("Đã gác lại."), lambda: _page(request, item_id, leaving=form))


def _page(request: Request, item_id: UUID, **tried: forms.Form) -> HttpResponse:
    view = queries.press_item(request.actor, item_id, now=request.now)
    local = request.now.astimezone(VIETNAM)
    initial = {"on": local.date(), "at": local.time().replace(second=0, microsecond=0), "who": request.actor.name}
    shown: dict[str, Any] = {
        "item": view,
        "tones": TONES,
        "may_reply": PressItemStep.REPLY.value in view.steps,
        "replying": ReplyForm(initial=initial),
        "leaving": AsideForm(),
    }
    return render(request, "press/item.html", shown | tried, status=422 if tried else 200)


def _change_page(request: Request, form: forms.Form, view: PressItemView, status: int = 200) -> HttpResponse:
    return render(request, "press/item_form.html", {"form": form, "item": view}, status=status)


def _typed(view: PressItemView) -> dict[str, Any]:
    local = view.published_at.astimezone(VIETNAM)
    names = ("outlet", "title", "author", "address", "topic", "reply_due_on")
    typed = {name: getattr(view, name) for name in names}
    return typed | {"on": local.date(), "at": local.time(), "needs_reply": view.reply_due_on is not None}
