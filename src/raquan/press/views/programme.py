"""The office's pages of the Day's programme."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.people.rules import Action
from raquan.press import commands, queries
from raquan.press.forms import ChangeItemForm, NewItemForm, ReasonForm
from raquan.press.views.attempts import attempt
from raquan.ui.access import allow
from raquan.ui.http import Request

MAY = Action.PRESS_WRITE.value


@allow(MAY)
@require_http_methods(["GET", "POST"])
def show_programme(request: Request) -> HttpResponse:
    """Show the programme of the Day, and take another item."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "press/programme.html", {"campaign": None})
    form = NewItemForm(request.POST or None)

    def act() -> HttpResponse:
        commands.add_programme_item(
            by=request.actor,
            now=request.now,
            item_id=form.cleaned_data["ticket"],
            campaign_id=campaign.id,
            said=form.said(),
        )
        return redirect("press:programme")

    def page(status: int = 422) -> HttpResponse:
        context = {"campaign": campaign, "items": queries.programme(campaign.id), "form": form}
        return render(request, "press/programme.html", context, status=status)

    return attempt(request, form, act, _("Đã thêm vào chương trình."), page) if request.method == "POST" else page(200)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def show_item(request: Request, item_id: UUID) -> HttpResponse:
    """Show an item of the programme, and take its change."""
    if request.method == "GET":
        return _page(request, item_id)
    form = ChangeItemForm(request.POST)

    def act() -> HttpResponse:
        told: dict[str, Any] = {"by": request.actor, "now": request.now, "item_id": item_id}
        commands.change_programme_item(**told, seen=form.cleaned_data["seen"], said=form.said())
        return redirect("press:programme")

    return attempt(request, form, act, _("Đã sửa."), lambda: _page(request, item_id, form=form))


@allow(MAY)
@require_POST
def cancel_item(request: Request, item_id: UUID) -> HttpResponse:
    """Cancel an item with a reason."""
    form = ReasonForm(request.POST)

    def act() -> HttpResponse:
        commands.cancel_programme_item(by=request.actor, now=request.now, item_id=item_id, **form.cleaned_data)
        return redirect("press:programme")

    return attempt(request, form, act, _("Đã hủy, người đọc thấy lý do."), lambda: _page(request, item_id, cancel=form))


def _page(request: Request, item_id: UUID, **tried: forms.Form) -> HttpResponse:
    item = queries.programme_item(request.actor, item_id)
    names = ("starts_at", "ends_at", "what", "place", "who")
    shown: dict[str, Any] = {
        "item": item,
        "form": ChangeItemForm(initial={name: getattr(item, name) for name in names}),
        "cancel": ReasonForm(),
        "seen": item.version,
    }
    return render(request, "press/programme_item.html", shown | tried, status=422 if tried else 200)
