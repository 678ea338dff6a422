"""A day of an exhibition at its organizer's desk: numbers by grade, incidents, and the sheet as PDF."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raquan.exhibitions import commands, queries
from raquan.exhibitions.forms import IncidentForm
from raquan.exhibitions.gateways import day_pdf
from raquan.exhibitions.views.trying import done, status
from raquan.kernel.clock import VIETNAM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.EXHIBITION_MANAGE.value)
@require_http_methods(["GET", "POST"])
def show(request: Request, exhibition_id: UUID, day: str) -> HttpResponse:
    """Show a day, and take an incident of it."""
    held_on = _day(day)
    initial: dict[str, Any] = {"request_id": uuid7(), "at": f"{request.now.astimezone(VIETNAM):%H:%M}"}
    form = IncidentForm(request.POST or None, initial=initial)
    if request.method == "POST":
        act = partial(commands.note_incident, by=request.actor, now=request.now, exhibition_id=exhibition_id)
        if done(form, lambda said: act(held_on=held_on, **said)):
            messages.success(request, _("Đã ghi sự cố."))
            return redirect("exhibitions:day", exhibition_id=exhibition_id, day=day)
    sheet = queries.day_sheet(request.actor, exhibition_id, held_on, now=request.now)
    context = {"sheet": sheet, "view": sheet.exhibition, "form": form}
    return render(request, "exhibitions/day.html", context, status=status(form))


@allow(Action.EXHIBITION_MANAGE.value)
@require_GET
def print_day(request: Request, exhibition_id: UUID, day: str) -> HttpResponse:
    """Give the sheet of a day as PDF."""
    sheet = queries.day_sheet(request.actor, exhibition_id, _day(day), now=request.now)
    name = f'inline; filename="phieu-ngay-{sheet.exhibition.code}-{day}.pdf"'
    return HttpResponse(
        day_pdf(sheet, request.now), content_type="application/pdf", headers={"Content-Disposition": name}
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None
