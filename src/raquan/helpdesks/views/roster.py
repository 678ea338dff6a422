"""The pages of a desk's roster: who is put on it, who is taken off, and the sheet of a day to print."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import queries as campaigns
from raquan.helpdesks import commands, queries
from raquan.helpdesks.forms.help_desks import ShiftForm
from raquan.helpdesks.views.help_desks import attempt
from raquan.kernel.clock import local_date
from raquan.outings import queries as outings
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request, must_exist


@allow(Action.OUTING_PLAN.value)
@require_POST
def put_on(request: Request, desk_id: UUID) -> HttpResponse:
    """Put a person on a desk's roster."""
    desk = must_exist(queries.help_desk(desk_id, now=request.now))
    today = local_date(request.now)
    form = ShiftForm(request.POST, people=outings.team_choices(desk.organization_id, today), today=today)
    said = _("Đã thêm vào lịch trực.")
    return attempt(request, desk_id, "shift", form, lambda typed: commands.put_on_roster(**typed), said)


@allow(Action.OUTING_PLAN.value)
@require_POST
def take_off(request: Request, shift_id: UUID) -> HttpResponse:
    """Take a person off a desk's roster from today on."""
    yesterday = local_date(request.now) - timedelta(days=1)
    desk_id = commands.take_off_roster(by=request.actor, now=request.now, shift_id=shift_id, last_on=yesterday)
    messages.success(request, _("Đã bỏ khỏi lịch trực từ hôm nay."))
    return redirect("helpdesks:detail", desk_id=desk_id)


@allow(Action.OUTING_READ.value)
@require_GET
def day_sheet(request: Request, desk_id: UUID) -> HttpResponse:
    """Show the sheet that hangs and lies at a desk on a day: today, or the one in the address."""
    desk = must_exist(queries.help_desk(desk_id, now=request.now))
    day, campaign = _day(request.GET.get("on", ""), local_date(request.now)), campaigns.current_campaign(request.now)
    year = campaign.year if campaign else day.year
    check, project = outings.address_sign(f"/{year}/help-desks/{desk.code}/"), outings.project_sign(year)
    context = {
        "desk": desk,
        "day": day,
        "spans": desk.hours_on(day),
        "people": queries.people_on(request.actor, desk, day),
        "check": check,
        "check_qr": mark_safe(check.qr_svg),  # noqa: S308 - drawn by us from an address of ours
        "project": project,
        "project_qr": mark_safe(project.qr_svg),  # noqa: S308 - as above
    }
    return render(request, "helpdesks/day_sheet.html", context)


def _day(written: str, today: date) -> date:
    """Read a day of an address, 2023-10-05; what is no day, or past, is today."""
    try:
        return max(date.fromisoformat(written), today)
    except ValueError:
        return today
