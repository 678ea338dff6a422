"""The staff's pages of help desks: set one up, change its hours, close it for days, end it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.helpdesks import commands, queries
from raquan.helpdesks.forms.help_desks import ClosureForm, EndDeskForm, HelpDeskForm, HoursForm, ShiftForm
from raquan.kernel.clock import local_date
from raquan.kernel.refused import Refused
from raquan.outings import queries as outings
from raquan.people.rules import Action, covers, may
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.OUTING_READ.value)
@require_GET
def list_desks(request: Request) -> HttpResponseBase:
    """List the help desks that have not ended: of the officer's own unit first, of all where that is asked for."""
    return _list(request, ClosureForm())


def _list(request: Request, closing: ClosureForm) -> HttpResponseBase:
    units = queries.units_of(request.actor)
    shows_all = not units or "all" in request.GET
    read = partial(queries.help_desks, now=request.now, organization_ids=None if shows_all else units)
    context = {
        "shows_all": shows_all,
        "has_units": bool(units),
        "may_plan": may(request.actor, Action.OUTING_PLAN),
        "closing": closing if covers(request.actor, Action.OUTING_PLAN) else None,
        "closures": queries.closures_everywhere(now=request.now),
        "today": local_date(request.now),
    }
    options = Options(status=422 if closing.errors else 200, address=reverse("helpdesks:list"))
    return show_list(request, "helpdesks/list.html", queries.HELP_DESKS, read, options, context)


@allow(Action.OUTING_PLAN.value)
@require_http_methods(["GET", "POST"])
def new_desk(request: Request) -> HttpResponse:
    """Show the form of a help desk, and set up what it says; what was typed stays when something is wrong."""
    options = outings.plan_options(request.actor, now=request.now, organization=request.GET.get("organization", ""))
    if options is None or options.organization_id is None:
        return render(request, "helpdesks/new.html", {"options": options, "form": None})
    form = HelpDeskForm(request.POST or None, options=options, today=local_date(request.now))
    if request.method == "POST" and form.is_valid():
        set_up = {"by": request.actor, "now": request.now, "organization_id": options.organization_id, **form.desk()}
        try:
            desk_id = commands.set_up_help_desk(**set_up)
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã mở điểm hỗ trợ."))
            return redirect("helpdesks:detail", desk_id=desk_id)
    context = {"options": options, "form": form}
    return render(request, "helpdesks/new.html", context, status=422 if form.errors else 200)


@allow(Action.OUTING_READ.value)
@require_GET
def show_desk(request: Request, desk_id: UUID) -> HttpResponse:
    """Show a help desk with what may be done."""
    return desk_page(request, desk_id)


def desk_page(request: Request, desk_id: UUID, **tried: forms.Form) -> HttpResponse:
    """Show a help desk; `tried` are the forms whose answers were refused, by their name in the template."""
    desk, today = queries.help_desk(desk_id, now=request.now), local_date(request.now)
    if desk is None:
        raise Http404
    reads_roster = queries.may_read_roster(request.actor, desk)
    may_change = queries.may_change_desk(request.actor, desk)
    shown: dict[str, Any] = {
        "hours": HoursForm(initial=HoursForm.of(desk)),
        "closing": ClosureForm(),
        "ending": EndDeskForm(initial={"on": today}),
        "shift": ShiftForm(people=outings.team_choices(desk.organization_id, today) if may_change else (), today=today),
        "desk": desk,
        "reads_roster": reads_roster,
        "roster": queries.roster(request.actor, desk, today) if reads_roster else (),
        "people_today": queries.people_on(request.actor, desk, today) if reads_roster else (),
        "may_change": may_change,
        "today": today,
        "panel_address": f"/desk/records/panel/desk/{desk_id}/",
    }
    return render(request, "helpdesks/detail.html", shown | tried, status=422 if tried else 200)


def attempt(
    request: Request, desk_id: UUID, name: str, form: forms.Form, act: Callable[[dict[str, Any]], object], said: str
) -> HttpResponse:
    """Do what a form of the desk's page says, or show the page with what is wrong; nothing typed is lost."""
    if form.is_valid():
        try:
            act({"by": request.actor, "now": request.now, "desk_id": desk_id, **form.cleaned_data})
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, said)
            return redirect("helpdesks:detail", desk_id=desk_id)
    return desk_page(request, desk_id, **{name: form})


@allow(Action.OUTING_PLAN.value)
@require_POST
def change_hours(request: Request, desk_id: UUID) -> HttpResponse:
    """Give a desk other hours."""
    form = HoursForm(request.POST)
    said = _("Đã đổi giờ mở cửa.")
    return attempt(request, desk_id, "hours", form, lambda typed: commands.change_hours(**typed), said)


@allow(Action.OUTING_PLAN.value)
@require_POST
def close_days(request: Request, desk_id: UUID) -> HttpResponse:
    """Close a desk for some days."""
    form = ClosureForm(request.POST)
    said = _("Đã ghi ngày nghỉ.")
    return attempt(request, desk_id, "closing", form, lambda typed: commands.close_days(**typed), said)


@allow(Action.OUTING_PLAN.value)
@require_POST
def end_desk(request: Request, desk_id: UUID) -> HttpResponse:
    """Say that a day is a desk's last."""
    form = EndDeskForm(request.POST)
    said = _("Đã ghi ngày ngừng của điểm hỗ trợ.")
    return attempt(request, desk_id, "ending", form, lambda typed: commands.end_help_desk(**typed), said)


@allow(Action.OUTING_PLAN.value)
@require_POST
def close_everywhere(request: Request) -> HttpResponseBase:
    """Close every desk for some days: a holiday."""
    form = ClosureForm(request.POST)
    if form.is_valid():
        try:
            commands.close_days(by=request.actor, now=request.now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã ghi ngày nghỉ."))
            return redirect("helpdesks:list")
    return _list(request, form)


@allow(Action.OUTING_PLAN.value)
@require_POST
def reopen_days(request: Request, closure_id: UUID) -> HttpResponse:
    """Take a closure back."""
    commands.reopen_days(by=request.actor, now=request.now, closure_id=closure_id)
    messages.success(request, _("Đã bỏ ngày nghỉ."))
    return redirect("helpdesks:list")
