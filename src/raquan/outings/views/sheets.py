"""What is printed for an outing, on A4 by the browser: the day sheet and the attendance sheet."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from raquan.outings import queries
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.OUTING_READ.value)
@require_GET
def day_sheet(request: Request, outing_id: UUID) -> HttpResponse:
    """Show the sheet that the team takes along."""
    view = queries.outing(request.actor, outing_id)
    check, project = queries.outing_sign(view), queries.project_sign(view.year)
    context = {
        "outing": view,
        "check": check,
        "check_qr": mark_safe(check.qr_svg),  # noqa: S308 - drawn by us from an address of ours
        "project": project,
        "project_qr": mark_safe(project.qr_svg),  # noqa: S308 - as above
        "kit": queries.kit(request.actor, view),
        "team": queries.attendance(request.actor, view, request.now),
    }
    return render(request, "outings/day_sheet.html", context)


@allow(Action.OUTING_READ.value)
@require_GET
def attendance_sheet(request: Request, outing_id: UUID) -> HttpResponse:
    """Show the sheet that the team signs; who has checked in stands on it with the hour."""
    view = queries.outing(request.actor, outing_id)
    rows = queries.attendance(request.actor, view, request.now)
    return render(request, "outings/attendance_sheet.html", {"outing": view, "rows": rows})
