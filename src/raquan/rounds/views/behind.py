"""Who is behind today, and the calls to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.kernel.ids import uuid7
from raquan.kernel.paging import Page
from raquan.kernel.refused import NotFound, Refused
from raquan.people.rules import Action
from raquan.rounds import commands, queries
from raquan.rounds.forms import BehindForm, CallForm
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.FIGURE_READ.value)
@require_GET
def list_behind(request: Request) -> HttpResponseBase:
    """Show which units are behind with what."""
    form = BehindForm(request.GET)
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "rounds/behind.html", {"found": None, "filters": form})
    shown: dict[str, Any] = {}

    def read(**asked: Any) -> Page[queries.BehindUnit]:
        found = queries.behind(request.actor, campaign, now=request.now, wanted=form.wanted(), **asked)
        shown["found"] = found
        return found.page

    options = Options(form, is_synthetic=campaign.is_synthetic)
    return show_list(request, "rounds/behind.html", queries.BEHIND, read, options, shown)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_unit(request: Request, organization_id: UUID) -> HttpResponse:
    """Show what one unit owes, whom to call, and what was said."""
    return unit_page(request, organization_id, CallForm(initial={"request_id": uuid7()}))


def unit_page(request: Request, organization_id: UUID, form: CallForm) -> HttpResponse:
    """Show a unit with a form for a call, which may have been refused."""
    found = queries.behind_unit(request.actor, _campaign(request), organization_id, now=request.now)
    status = 422 if form.errors else 200
    return render(request, "rounds/behind_unit.html", {"found": found, "form": form}, status=status)


@allow(Action.REPORT_DECIDE.value)
@require_POST
def note_call(request: Request, organization_id: UUID) -> HttpResponse:
    """Note a call to a unit; what was typed stays when something is wrong."""
    form = CallForm(request.POST)
    if form.is_valid():
        of: dict[str, Any] = {"campaign_id": _campaign(request).id, "organization_id": organization_id}
        try:
            commands.record_call(by=request.actor, now=request.now, **of, **form.noted())
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã ghi cuộc gọi."))
            return redirect("rounds:behind_unit", organization_id=organization_id)
    return unit_page(request, organization_id, form)


def _campaign(request: Request) -> CampaignView:
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    return campaign
