"""The pages of calendars: sent in, looked over row by row, put right, taken in."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.calendars import commands, queries
from raquan.calendars.forms import LineForm, UploadForm
from raquan.calendars.gateways import write_template
from raquan.calendars.rules import SHOW_NAMES, STATE_NAMES, USE_NAMES, CalendarState, Show, Use
from raquan.files.queries import download_address
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.forms import page_number
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list
from raquan.ui.progress import show_progress

NAMES = {"show_names": SHOW_NAMES, "state_names": STATE_NAMES, "use_names": USE_NAMES}
NAMES |= {"states": CalendarState, "uses": Use}
STEPS = {"dismiss": commands.dismiss_calendar_line, "restore": commands.restore_calendar_line}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Action.OUTING_PLAN.value)
@require_http_methods(["GET", "POST"])
def list_calendars(request: Request) -> HttpResponseBase:
    """Ask for a calendar, and list those that were sent."""
    own = queries.organizations_to_plan_for(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None, organizations=own)
    if request.method == "POST" and form.is_valid():
        try:
            started = _start(request, form)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("document", refusal.text(_))
        else:
            return redirect("calendars:show", calendar_id=started.calendar_id)
    context = {"form": form, "organizations": own, **NAMES}
    options = Options(status=422 if form.errors else 200, address=reverse("calendars:list"))
    read = partial(queries.calendars, request.actor)
    return show_list(request, "calendars/list.html", queries.CALENDARS, read, options, context)


def _start(request: Request, form: UploadForm) -> commands.CalendarStarted:
    file = form.cleaned_data["document"]
    whose = UUID(form.cleaned_data["organization"])
    started = commands.start_calendar(
        by=request.actor, now=request.now, organization_id=whose, data=file.read(), file_name=file.name
    )
    if started.already:
        messages.info(
            request, _("Tệp này đã được nạp từ trước. Đây là lịch đang xem dở; không có gì được tạo hai lần.")
        )
    return started


@allow(Action.OUTING_PLAN.value)
@require_GET
def template(request: Request, organization_id: UUID) -> HttpResponse:
    """Give an empty calendar of a unit, with its own communes, sites, people and services to choose from."""
    lists = queries.template_lists(request.actor, organization_id, now=request.now)
    answer = HttpResponse(write_template(lists), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="mau-lich-ra-quan.xlsx"'
    return answer


@allow(Action.OUTING_PLAN.value)
@require_GET
def show_calendar(request: Request, calendar_id: UUID) -> HttpResponse:
    """Show a calendar's rows beside what was understood; while it is read or taken in, how far that has come."""
    one = queries.calendar(request.actor, calendar_id)
    is_under_way = one.is_under_way or bool(one.asked)
    if waiting := show_progress(request, "calendars", {"one": one, **NAMES}, is_under_way=is_under_way):
        return waiting
    wanted = request.GET.get("show", "")
    show = Show(wanted) if wanted in list(Show) else None
    page = queries.calendar_page(request.actor, calendar_id, show, page_number(request.GET))
    file = download_address(one.file_sha256, name=one.file_name)
    return render(request, "calendars/calendar.html", {"page": page, "one": page.calendar, "file": file, **NAMES})


@allow(Action.OUTING_PLAN.value)
@require_POST
def resume(request: Request, calendar_id: UUID) -> HttpResponse:
    """Let a worker go on with a calendar that has stopped being read or taken in."""
    commands.resume_calendar(by=request.actor, now=request.now, calendar_id=calendar_id)
    commands.resume_taking(by=request.actor, now=request.now, calendar_id=calendar_id)
    return redirect("calendars:show", calendar_id=calendar_id)


@allow(Action.OUTING_PLAN.value)
@require_POST
def discard(request: Request, calendar_id: UUID) -> HttpResponse:
    """Put a calendar aside."""
    commands.discard_calendar(by=request.actor, now=request.now, calendar_id=calendar_id)
    messages.success(request, _("Đã bỏ lịch này. Các buổi đã nhận vẫn còn."))
    return redirect("calendars:list")


@allow(Action.OUTING_PLAN.value)
@require_POST
def take(request: Request, calendar_id: UUID) -> HttpResponse:
    """Make outings of the ticked rows, or of all that can be taken in."""
    ticked = None if "all" in request.POST else _ids(request.POST.getlist("line"))
    try:
        taking = commands.take_in(by=request.actor, now=request.now, calendar_id=calendar_id, line_ids=ticked)
    except commands.NothingToTake as refusal:
        messages.warning(request, refusal.text(_))
    else:
        if not taking.goes_on:
            messages.success(request, _("Đã xử lý %(count)s dòng.") % {"count": taking.asked})
    return redirect(_back(request, calendar_id))


@allow(Action.OUTING_PLAN.value)
@require_POST
def decide(request: Request, calendar_id: UUID, line_id: UUID) -> HttpResponse:
    """Set a row aside or take it back; who comes too late is told."""
    version, step = request.POST.get("version", ""), STEPS.get(request.POST.get("step", ""))
    if step is None or not version.isdecimal():
        raise NotFound()
    try:
        step(by=request.actor, now=request.now, line_id=line_id, version=int(version))
    except commands.CalendarLineChanged as refusal:
        messages.warning(request, refusal.text(_))
    return redirect(_back(request, calendar_id))


@allow(Action.OUTING_PLAN.value)
@require_http_methods(["GET", "POST"])
def correct(request: Request, calendar_id: UUID, line_id: UUID) -> HttpResponse:
    """Ask what a row is; a refusal loses nothing that was typed."""
    page = queries.line_page(request.actor, calendar_id, line_id, now=request.now)
    form = LineForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            wanted = form.wanted()
            commands.correct_calendar_line(
                by=request.actor, now=request.now, line_id=line_id, version=version, wanted=wanted
            )
        except (NotAllowed, NotFound):
            raise
        except Refused as refusal:
            form.add_error(None, refusal.text(_))
        else:
            return redirect(_back(request, calendar_id))
    context = {"page": page, "one": page.calendar, "line": page.line, "form": form, **NAMES}
    return render(request, "calendars/line.html", context, status=422 if form.errors else 200)


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError as error:
            raise NotFound() from error
    return found


def _back(request: Request, calendar_id: UUID) -> str:
    """Give the address of the page of rows that the officer came from."""
    asked: Any = request.POST if request.method == "POST" else request.GET
    show = asked.get("show", "")
    query = f"?show={show}&page={page_number(asked)}" if show in list(Show) else ""
    return reverse("calendars:show", kwargs={"calendar_id": calendar_id}) + query
