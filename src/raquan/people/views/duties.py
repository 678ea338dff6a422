"""The pages of duties: one's own with who stands in, giving one, ending one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotAllowed, Refused
from raquan.people import commands, queries
from raquan.people.forms import DutyForm, EndDutyForm, StandInForm
from raquan.people.queries import DutyView
from raquan.people.rules import GIVEN_ON, Action, Role
from raquan.people.views.register import duty_form, person_page
from raquan.ui.access import allow, signed_in
from raquan.ui.http import Request


@signed_in
@require_GET
def own(request: Request) -> HttpResponse:
    """Show one's own duties, and who does them while one is away."""
    return _own(request)


@signed_in
@require_POST
def stand_in(request: Request) -> HttpResponse:
    """Let somebody do a duty of one's own for some days."""
    return _own(request, request.POST)


@allow(Action.PEOPLE_MANAGE.value)
@require_POST
def give(request: Request, user_id: UUID) -> HttpResponse:
    """Give a person a duty."""
    form = duty_form(request, DutyForm, request.POST)
    if form.is_valid():
        try:
            commands.give_duty(by=request.actor, now=request.now, user_id=user_id, **form.duty())
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.text(_))
        else:
            messages.success(request, _("Đã phân công."))
            return redirect("people:person", user_id=user_id)
    return person_page(request, user_id, giving=form)


@signed_in
@require_POST
def end(request: Request, duty_id: UUID) -> HttpResponse:
    """Let a duty end after a day, or call a stand-in of one's own back; go back to where it was asked."""
    form = EndDutyForm(request.POST)
    if form.is_valid():
        try:
            commands.end_duty(by=request.actor, now=request.now, duty_id=duty_id, **form.cleaned_data)
        except commands.DutyEndsTooSoon as refusal:
            messages.error(request, refusal.text(_))
        else:
            messages.success(request, _("Đã ghi ngày kết thúc."))
    else:
        messages.error(request, _("Hãy viết ngày như 10/10/2023."))
    person = request.POST.get("person", "")
    return redirect("people:person", user_id=UUID(person)) if _is_uuid(person) else redirect("people:own")


def _own(request: Request, data: Any = None) -> HttpResponse:
    if request.actor.id is None:
        raise NotAllowed()
    person, today = queries.person(request.actor, request.actor.id), local_date(request.now)
    duties = [(str(one.id), queries.duty_text(one)) for one in person.duties if _can_be_given(one, today)]
    form = StandInForm(data, duties=duties, people=queries.colleagues(request.actor, today), today=today)
    if data is not None and form.is_valid() and _delegate(request, form):
        return redirect("people:own")
    context = {"person": person, "form": form, "may_give": bool(duties), "today": today}
    return render(request, "people/own.html", context, status=422 if form.errors else 200)


def _delegate(request: Request, form: StandInForm) -> bool:
    typed = form.cleaned_data
    wanted: dict[str, Any] = {"duty_id": UUID(typed["duty"]), "user_id": UUID(typed["user"])}
    days: dict[str, Any] = {"starts_on": typed["starts_on"], "ends_on": typed["ends_on"]}
    try:
        commands.delegate_duty(by=request.actor, now=request.now, **wanted, **days)
    except Refused as refusal:
        form.add_error(None, refusal.text(_))
        return False
    messages.success(request, _("Đã giao làm thay."))
    return True


def _can_be_given(duty: DutyView, today: date) -> bool:
    return (
        Role(duty.role) in GIVEN_ON and duty.instead_of_name is None and (duty.ends_on is None or duty.ends_on >= today)
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
