"""The lists of people and organizations, searched, sorted, paged and exported, and the page of one person."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.kernel.clock import local_date
from raquan.people import commands, queries
from raquan.people.forms import DutyForm, EndDutyForm, SearchForm, UnitSearchForm
from raquan.people.rules import Action, covers, may
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.PEOPLE_READ.value)
@require_GET
def list_people(request: Request) -> HttpResponseBase:
    """List the people looked for, as a page or as a file of them all."""
    units = queries.choices_of_organizations(request.actor, Action.PEOPLE_READ)
    form = SearchForm(request.GET, organizations=units)
    read = partial(queries.people_list, request.actor, form.wanted(), on=local_date(request.now))
    context = {"may_manage": may(request.actor, Action.PEOPLE_MANAGE)}
    return show_list(request, "people/list.html", queries.PEOPLE, read, Options(form), context)


@allow(Action.PEOPLE_READ.value)
@require_GET
def list_organizations(request: Request) -> HttpResponseBase:
    """List the organizations looked for, as a page or as a file of them all."""
    form = UnitSearchForm(request.GET)
    read = partial(queries.organization_list, request.actor, on=local_date(request.now), **form.wanted())
    return show_list(request, "people/organizations.html", queries.ORGANIZATIONS, read, Options(form))


@allow(Action.PEOPLE_READ.value)
@require_GET
def show_person(request: Request, user_id: UUID) -> HttpResponse:
    """Show a person with their duties and what may be done."""
    return person_page(request, user_id)


def person_page(request: Request, user_id: UUID, **shown: forms.Form | str) -> HttpResponse:
    """Show a person; `shown` are forms whose answers were refused, or the link of an invitation just made."""
    view, today = queries.person(request.actor, user_id), local_date(request.now)
    context: dict[str, Any] = {
        "person": view,
        "today": today,
        "may_manage": may(request.actor, Action.PEOPLE_MANAGE),
        "giving": duty_form(request, DutyForm),
        "ending": EndDutyForm(initial={"ends_on": today}),
        "link": "",
    }
    refused = any(isinstance(one, forms.Form) for one in shown.values())
    return render(request, "people/person.html", context | shown, status=422 if refused else 200)


@allow(Action.PEOPLE_MANAGE.value)
@require_POST
def close(request: Request, user_id: UUID) -> HttpResponse:
    """Close an account."""
    try:
        commands.close_account(by=request.actor, now=request.now, user_id=user_id)
    except commands.OwnAccount as refusal:
        messages.warning(request, refusal.text(_))
    else:
        messages.success(request, _("Đã khóa tài khoản."))
    return redirect("people:person", user_id=user_id)


@allow(Action.PEOPLE_MANAGE.value)
@require_POST
def reopen(request: Request, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    commands.reopen_account(by=request.actor, now=request.now, user_id=user_id)
    messages.success(request, _("Đã mở lại tài khoản."))
    return redirect("people:person", user_id=user_id)


def duty_form(request: Request, make: type[DutyForm], data: Any = None) -> Any:
    """Make a form of a duty with the organizations that the actor manages."""
    units = queries.choices_of_organizations(request.actor, Action.PEOPLE_MANAGE)
    whole = covers(request.actor, Action.PEOPLE_MANAGE)
    return make(data, organizations=units, whole=whole, today=local_date(request.now))
