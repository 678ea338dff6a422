"""The pages of outings: the list, the plan form, one outing and its steps."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.clock import local_date
from raquan.kernel.refused import Refused
from raquan.outings import commands, queries
from raquan.outings.forms.outings import NEW_SITE, FilterForm, PlanForm, ReasonForm, TeamForm
from raquan.people.rules import Action, may
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.OUTING_READ.value)
@require_GET
def list_outings(request: Request) -> HttpResponseBase:
    """Show the current campaign's outings from today on; the filters stand in the address."""
    campaign = campaigns.current_campaign(request.now)
    context: dict[str, Any] = {"campaign": campaign, "may_plan": may(request.actor, Action.OUTING_PLAN)}
    if campaign is None:
        return render(request, "outings/list.html", context)
    today = local_date(request.now)
    filters = FilterForm(request.GET, places=queries.place_choices((campaign.province_code,), today), today=today)
    read = partial(queries.outings, request.actor, campaign.id, **filters.wanted())
    context |= {"today": today, "yesterday": today - timedelta(days=1), "is_filtered": filters.is_filtering()}
    options = Options(filters, sort=filters.order(), is_synthetic=campaign.is_synthetic)
    return show_list(request, "outings/list.html", queries.OUTINGS, read, options, context)


@allow(Action.OUTING_PLAN.value)
@require_http_methods(["GET", "POST"])
def new_outing(request: Request) -> HttpResponse:
    """Show the plan form, and plan what it says; what was typed stays when something is wrong."""
    wanted = {"task": request.GET.get("task", ""), "organization": request.GET.get("organization", "")}
    options = queries.plan_options(request.actor, now=request.now, **wanted)
    if options is None or options.organization_id is None:
        return render(request, "outings/new.html", {"options": options, "form": None, "adds_site": False})
    form = PlanForm(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        try:
            outing_id = _plan(request, form, options.campaign_id, options.organization_id)
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã lên lịch buổi ra quân."))
            return redirect("outings:detail", outing_id=outing_id)
    context = {"options": options, "form": form, "adds_site": form["site"].value() == NEW_SITE}
    return render(request, "outings/new.html", context, status=422 if form.errors else 200)


def _plan(request: Request, form: PlanForm, campaign_id: UUID, organization_id: UUID) -> UUID:
    site_id = form.chosen_site()
    if site_id is None:
        site_id = commands.add_site(by=request.actor, now=request.now, **form.new_site())
    return commands.plan_outing(
        by=request.actor,
        now=request.now,
        campaign_id=campaign_id,
        organization_id=organization_id,
        site_id=site_id,
        **form.plan(),
    )


@allow(Action.OUTING_READ.value)
@require_GET
def show_outing(request: Request, outing_id: UUID) -> HttpResponse:
    """Show one outing with its code and what may be done next."""
    return _page(request, outing_id, ReasonForm())


def _page(request: Request, outing_id: UUID, reason: ReasonForm) -> HttpResponse:
    view = queries.outing(request.actor, outing_id)
    sign = queries.outing_sign(view)
    context = {
        "outing": view,
        "sign": sign,
        "qr": mark_safe(sign.qr_svg),  # noqa: S308 - drawn by us from an address of ours
        "steps": queries.steps_for(request.actor, view, local_date(request.now)),
        "reason": reason,
        "phones": queries.team_phones(request.actor, view),
        "attendance": queries.attendance(request.actor, view, request.now),
        "checks_in_others": queries.checks_in_others(request.actor, view) and local_date(request.now) == view.held_on,
        "kit": queries.kit(request.actor, view),
        "ticks_kit": queries.ticks_kit(request.actor, view),
        "past_team": queries.team_history(request.actor, view),
        "panel_address": f"/desk/records/panel/{outing_id}/",
    }
    return render(request, "outings/detail.html", context, status=422 if reason.errors else 200)


@allow(Action.OUTING_PLAN.value)
@require_http_methods(["GET", "POST"])
def change_team(request: Request, outing_id: UUID) -> HttpResponse:
    """Show who may go out, and make those who are chosen the team."""
    view = queries.outing(request.actor, outing_id)
    team = [one.user_id for one in queries.attendance(request.actor, view, request.now) if not one.is_extra]
    form = TeamForm(request.POST or None, team=team, people=queries.team_to_choose(request.actor, view))
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_team(by=request.actor, now=request.now, outing_id=outing_id, **form.change())
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã đổi đội."))
            return redirect("outings:detail", outing_id=outing_id)
    return render(request, "outings/team.html", {"outing": view, "form": form}, status=422 if form.errors else 200)


@allow(Action.OUTING_READ.value)
@require_POST
def tick_kit(request: Request, outing_id: UUID) -> HttpResponse:
    """Say what is packed."""
    packed = request.POST.getlist("packed")
    commands.tick_kit(by=request.actor, now=request.now, outing_id=outing_id, packed=packed)
    messages.success(request, _("Đã ghi đồ mang theo."))
    return redirect("outings:detail", outing_id=outing_id)


@allow(Action.OUTING_RUN.value)
@require_POST
def open_outing(request: Request, outing_id: UUID) -> HttpResponse:
    """Open an outing."""
    commands.open_outing(by=request.actor, now=request.now, outing_id=outing_id)
    messages.success(request, _("Buổi ra quân đã bắt đầu."))
    return redirect("outings:detail", outing_id=outing_id)


@allow(Action.OUTING_RUN.value)
@require_POST
def close_outing(request: Request, outing_id: UUID) -> HttpResponse:
    """Close an outing."""
    commands.close_outing(by=request.actor, now=request.now, outing_id=outing_id)
    messages.success(request, _("Buổi ra quân đã kết thúc."))
    return redirect("outings:detail", outing_id=outing_id)


@allow(Action.OUTING_PLAN.value)
@require_POST
def cancel_outing(request: Request, outing_id: UUID) -> HttpResponse:
    """Call an outing off, with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, outing_id, form)
    commands.cancel_outing(by=request.actor, now=request.now, outing_id=outing_id, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã hủy buổi ra quân."))
    return redirect("outings:detail", outing_id=outing_id)
