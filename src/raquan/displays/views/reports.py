"""The pages of what was recorded before displays: the list, and one with its photo and the display that it is of."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raquan.displays import commands, queries
from raquan.displays.forms import MatchForm, ReportFilterForm
from raquan.displays.rules.reporting import ReportState
from raquan.files import queries as files
from raquan.kernel.refused import Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def list_reports(request: Request) -> HttpResponseBase:
    """List what was recorded before displays."""
    form = ReportFilterForm(request.GET)
    form.is_valid()
    read = partial(queries.reports, request.actor, state=form.cleaned_data.get("state", ""))
    return show_list(request, "displays/reports.html", queries.REPORTS, read, Options(filters=form))


@allow(Action.DISPLAY_MANAGE.value)
@require_http_methods(["GET", "POST"])
def show_report(request: Request, report_id: UUID) -> HttpResponse:
    """Show a report, and take which display it is of."""
    view = queries.report(request.actor, report_id)
    form = MatchForm(request.POST or None, initial={"code": view.code})
    if request.method == "POST" and form.is_valid():
        try:
            commands.match_report(by=request.actor, now=request.now, report_id=report_id, **form.cleaned_data)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error("code", refused.text(_))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("displays:report", report_id=report_id)
    places = queries.displays_meant(request.actor, view.code) if view.state == ReportState.UNKNOWN.value else ()
    context = {"view": view, "form": form, "places": places}
    return render(request, "displays/report.html", context, status=422 if form.errors else 200)


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def show_picture(request: Request, report_id: UUID) -> HttpResponse:
    """Lead to the photo of a report, to who may see the report."""
    return redirect(files.download_address(queries.report_picture(request.actor, report_id), name=f"{report_id}.jpg"))
