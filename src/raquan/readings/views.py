"""The pages of documents that wait for the plan: taken in, looked over line by line, corrected."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.files.queries import download_address
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.people.rules import Action
from raquan.readings import commands, queries
from raquan.readings.forms import LineForm, UploadForm, line_initial, typed_again, unit_pairs
from raquan.readings.queries import LinePage
from raquan.readings.rules import DOUBT_NAMES, SHOW_NAMES, STATE_NAMES, USE_NAMES, ReadingState, Show, Use
from raquan.ui.access import allow
from raquan.ui.forms import page_number
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list
from raquan.ui.progress import show_progress

DECISIONS = {
    "confirm": commands.confirm_line,
    "dismiss": commands.dismiss_line,
    "restore": commands.restore_line,
}
NAMES = {"doubt_names": DOUBT_NAMES, "use_names": USE_NAMES, "show_names": SHOW_NAMES, "state_names": STATE_NAMES}
NAMES |= {"states": ReadingState, "uses": Use}


@allow(Action.PLAN_IMPORT.value)
@require_http_methods(["GET", "POST"])
def list_readings(request: Request) -> HttpResponseBase:
    """Ask for a document, and list those that wait or are in the plan."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            started = commands.start_reading(
                by=request.actor, now=request.now, document=file.read(), file_name=file.name
            )
        except Refused as refusal:
            form.add_error("document", refusal.text(_))
        else:
            if started.already:
                messages.info(request, _("Văn bản này đã được nạp từ trước. Đây là bản đang xem dở."))
            return redirect("readings:show", reading_id=started.reading_id)
    options = Options(status=422 if form.errors else 200)
    read = partial(queries.readings, request.actor)
    return show_list(request, "readings/list.html", queries.READINGS, read, options, {"form": form, **NAMES})


@allow(Action.PLAN_IMPORT.value)
@require_GET
def show_reading(request: Request, reading_id: UUID) -> HttpResponse:
    """Show a document beside what was understood of it; while it is being read, how far that has come."""
    one = queries.reading(request.actor, reading_id)
    if waiting := show_progress(request, "readings", {"one": one, **NAMES}, is_under_way=one.is_under_way):
        return waiting
    wanted = request.GET.get("show", "")
    show = Show(wanted) if wanted in list(Show) else None
    page = queries.reading_page(request.actor, reading_id, show, page_number(request.GET))
    file = download_address(one.file_sha256, name=one.file_name)
    return render(request, "readings/reading.html", {"page": page, "one": page.reading, "file": file, **NAMES})


@allow(Action.PLAN_IMPORT.value)
@require_POST
def resume(request: Request, reading_id: UUID) -> HttpResponse:
    """Let a worker go on with a reading that has stopped."""
    commands.resume_reading(by=request.actor, now=request.now, reading_id=reading_id)
    return redirect("readings:show", reading_id=reading_id)


@allow(Action.PLAN_IMPORT.value)
@require_POST
def discard(request: Request, reading_id: UUID) -> HttpResponse:
    """Put a reading aside."""
    commands.discard_reading(by=request.actor, now=request.now, reading_id=reading_id)
    messages.success(request, _("Đã bỏ bản đọc. Nạp lại tệp này thì hệ thống đọc lại từ đầu."))
    return redirect("readings:list")


@allow(Action.PLAN_IMPORT.value)
@require_POST
def decide(request: Request, reading_id: UUID, line_id: UUID) -> HttpResponse:
    """Confirm a line, dismiss it or take that back; who comes too late is told."""
    version, step = request.POST.get("version", ""), DECISIONS.get(request.POST.get("step", ""))
    if step is None or not version.isdecimal():
        raise NotFound()
    try:
        step(by=request.actor, now=request.now, line_id=line_id, version=int(version))
    except commands.LineChanged as refusal:
        messages.warning(request, refusal.text(_))
    return redirect(_back(request, reading_id) + f"#d-{line_id}")


@allow(Action.PLAN_IMPORT.value)
@require_http_methods(["GET", "POST"])
def correct(request: Request, reading_id: UUID, line_id: UUID) -> HttpResponse:
    """Ask what a line is; a refusal loses nothing that was typed, and shows what the line is now."""
    page = queries.line_page(request.actor, reading_id, line_id)
    assert page.line is not None  # noqa: S101 - a line that is not there is refused
    form = LineForm(request.POST or None, page=page, initial=line_initial(page.line))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            wanted = form.wanted(request.POST)
            commands.correct_line(by=request.actor, now=request.now, line_id=line_id, version=version, wanted=wanted)
        except (NotAllowed, NotFound):
            raise
        except Refused as refusal:
            form = typed_again(page, request.POST)
            form.add_error(None, refusal.text(_))
        else:
            messages.success(request, _("Đã ghi: %(title)s") % {"title": wanted.title[:80]})
            return redirect(_back(request, reading_id) + f"#d-{line_id}")
    return _ask(request, page, form)


@allow(Action.PLAN_IMPORT.value)
@require_http_methods(["GET", "POST"])
def add(request: Request, reading_id: UUID) -> HttpResponse:
    """Ask for a task that the reader did not see."""
    page = queries.line_page(request.actor, reading_id)
    form = LineForm(request.POST or None, page=page, initial={"after": request.GET.get("after"), "use": Use.TASK})
    if request.method == "POST" and form.is_valid():
        wanted, after = form.wanted(request.POST), form.cleaned_data["after"]
        try:
            commands.add_task(by=request.actor, now=request.now, reading_id=reading_id, after=after, wanted=wanted)
        except (NotAllowed, NotFound):
            raise
        except Refused as refusal:
            form.add_error(None, refusal.text(_))
        else:
            messages.success(request, _("Đã thêm: %(title)s") % {"title": wanted.title[:80]})
            return redirect(_back(request, reading_id))
    return _ask(request, page, form)


def _ask(request: Request, page: LinePage, form: LineForm) -> HttpResponse:
    posted: Any = request.POST if request.method == "POST" else None
    context = {"page": page, "one": page.reading, "line": page.line, "form": form, **NAMES}
    context |= {"pairs": unit_pairs(page.line, posted), "back": _back(request, page.reading.id)}
    return render(request, "readings/line.html", context, status=422 if form.errors else 200)


def _back(request: Request, reading_id: UUID) -> str:
    """Give the address of the page of lines that the officer came from."""
    asked = request.POST if request.method == "POST" else request.GET
    show, page = asked.get("show", ""), page_number(asked)
    query = f"?show={show}&page={page}" if show in list(Show) else ""
    return reverse("readings:show", kwargs={"reading_id": reading_id}) + query
