"""The lists of people and organizations, searched, sorted, paged and exported, and the page of one person."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.kernel.paging import MAX_SIZE, every
from raquan.people import commands, gateways, queries
from raquan.people.forms import DutyForm, EndDutyForm, SearchForm
from raquan.people.queries import DutyView, PersonLine
from raquan.people.rules import LEVEL_NAMES, Action, covers, may
from raquan.ui.access import allow
from raquan.ui.forms import named, page_number
from raquan.ui.http import Request


@allow(Action.PEOPLE_READ.value)
@require_GET
def list_people(request: Request) -> HttpResponse:
    """List the people looked for, as a page or as a CSV of them all."""
    units = queries.choices_of_organizations(request.actor, Action.PEOPLE_READ)
    form, today, sort = SearchForm(request.GET, organizations=units), local_date(request.now), _sort(request)
    wanted = form.wanted(sort)
    if request.GET.get("format") == "csv":
        found = every(lambda page: queries.people_list(request.actor, wanted, on=today, page=page, size=MAX_SIZE))
        heads = [_("Họ và tên"), _("Đăng nhập"), _("Tài khoản"), _("Phân công")]
        return _csv("people.csv", heads, _people_rows(found))
    page = queries.people_list(request.actor, wanted, on=today, page=page_number(request.GET))
    context = {"page": page, "form": form, "sort": sort, "may_manage": may(request.actor, Action.PEOPLE_MANAGE)}
    return render(request, "people/list.html", context)


@allow(Action.PEOPLE_READ.value)
@require_GET
def list_organizations(request: Request) -> HttpResponse:
    """List the organizations looked for, as a page or as a CSV of them all."""
    wanted: dict[str, Any] = {
        "on": local_date(request.now),
        "text": request.GET.get("q", "").strip()[:80],
        "level": request.GET.get("level", ""),
        "sort": _sort(request),
    }
    if request.GET.get("format") == "csv":
        found = every(lambda page: queries.organization_list(request.actor, page=page, size=MAX_SIZE, **wanted))
        heads = [_("Đơn vị"), _("Cấp"), _("Thuộc"), _("Mã địa bàn"), _("Số người")]
        rows: Iterator[list[object]] = (
            [one.name, _(one.level_name), one.parent_name, one.place_code, one.people] for one in found
        )
        return _csv("organizations.csv", heads, rows)
    page = queries.organization_list(request.actor, page=page_number(request.GET), **wanted)
    context = {"page": page, **wanted, "levels": named(LEVEL_NAMES)}
    return render(request, "people/organizations.html", context)


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


def _sort(request: Request) -> str:
    return request.GET.get("sort", "name")


def _people_rows(found: Iterable[PersonLine]) -> Iterator[list[object]]:
    for one in found:
        state = _("Đã khóa") if not one.is_active else _("Chưa nhận lời mời") if one.is_invited else _("Đang dùng")
        yield [one.full_name, one.login, state, "; ".join(duty_text(duty) for duty in one.duties)]


def duty_text(duty: DutyView) -> str:
    """Say a duty in one line."""
    until = f"–{format_date(duty.ends_on)}" if duty.ends_on else ""
    days = f"{format_date(duty.starts_on)}{until}"
    return f"{_(duty.role_name)}, {duty.organization_name or _('Mọi đơn vị')} ({days})"


def _csv(name: str, heads: list[str], rows: Iterable[list[object]]) -> HttpResponse:
    response = HttpResponse(gateways.write_table(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
