"""The desk's pages of tally sheets: an outing's sheets, the paper, the page on which one is entered, workbooks."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.kernel.dates import format_date
from raquan.kernel.numbers import format_number
from raquan.kernel.refused import NotFound, Refused
from raquan.people.rules import Action
from raquan.tallies import commands, queries
from raquan.tallies.forms import IssueForm, TallyForm, WithdrawForm, WorkbookForm
from raquan.tallies.gateways import write_workbook
from raquan.tallies.queries import TallySheetView
from raquan.tallies.rules import TallySource, TallyState
from raquan.ui.access import allow
from raquan.ui.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Action.OUTING_READ.value)
@require_GET
def outing_sheets(request: Request, outing_id: UUID) -> HttpResponse:
    """Show an outing's sheets: as a fragment for htmx, as a page for who opens it without scripts."""
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "tallies": queries.outing_tallies(request.actor, outing_id),
        "form": IssueForm(initial={"request_id": uuid4()}),
    }
    answer = render(request, "tallies/sheets.html" if is_fragment else "tallies/sheets_page.html", context)
    answer["Vary"] = "HX-Request"
    return answer


@allow(Action.OUTING_RUN.value)
@require_POST
def issue_sheets(request: Request, outing_id: UUID) -> HttpResponse:
    """Number more sheets, then show them to be printed."""
    form = IssueForm(request.POST)
    if not form.is_valid():
        context = {"tallies": queries.outing_tallies(request.actor, outing_id), "form": form}
        return render(request, "tallies/sheets_page.html", context, status=422)
    commands.issue_tally_sheets(by=request.actor, now=request.now, outing_id=outing_id, **form.cleaned_data)
    return redirect("tallies:print", outing_id=outing_id)


@allow(Action.OUTING_READ.value)
@require_GET
def print_sheets(request: Request, outing_id: UUID) -> HttpResponse:
    """Show an outing's blank sheets as they are printed."""
    outing, sheets = queries.blank_sheets(request.actor, outing_id)
    drawn = [(sheet, mark_safe(sheet.qr_svg)) for sheet in sheets]  # noqa: S308 - drawn by us from an address of ours
    return render(request, "tallies/print.html", {"outing": outing, "sheets": drawn})


@allow(Action.OUTING_READ.value)
@require_GET
def download_workbook(request: Request, outing_id: UUID) -> HttpResponse:
    """Give an outing's blank sheets as a workbook to fill in."""
    outing, sheets = queries.blank_sheets(request.actor, outing_id)
    where = f"{outing.code}, {outing.site_name}, {format_date(outing.held_on)}"
    answer = HttpResponse(write_workbook((one.number, where, one.rows) for one in sheets), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{outing.code}.xlsx"'
    return answer


@allow(Action.FORM_FILL.value)
@require_http_methods(["GET", "POST"])
def upload_workbook(request: Request) -> HttpResponse:
    """Enter the sheets of a workbook, all or none; what is wrong is shown cell by cell."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "problems": (), "entered": None}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["workbook"].read()
        try:
            context["entered"] = commands.enter_tally_workbook(by=request.actor, now=request.now, workbook=data)
        except commands.WorkbookRefused as refused:
            context["problems"] = refused.problems
        except Refused as refused:
            form.add_error("workbook", refused.text(_))
    failed = bool(form.errors or context["problems"])
    return render(request, "tallies/workbook.html", context, status=422 if failed else 200)


@allow(Action.OUTING_READ.value)
@require_GET
def show_sheet(request: Request, number: str) -> HttpResponse:
    """Show a sheet: what it says, what of it counts and why, its versions."""
    return _sheet_page(request, queries.tally_sheet(request.actor, number), WithdrawForm())


def _sheet_page(request: Request, sheet: TallySheetView, form: WithdrawForm) -> HttpResponse:
    context = {"sheet": sheet, "form": form}
    return render(request, "tallies/sheet.html", context, status=422 if form.errors else 200)


@allow(Action.FORM_FILL.value)
@require_http_methods(["GET", "POST"])
def enter_sheet(request: Request, number: str) -> HttpResponse:
    """Type in a sheet, or correct one that was entered; the page is laid out like the paper."""
    sheet = queries.tally_sheet(request.actor, number)
    if not sheet.may_enter:
        raise NotFound()
    telephone = request.GET.get("by") == TallySource.TELEPHONE.value
    source = TallySource.TELEPHONE if telephone else TallySource.PAGE
    form = TallyForm(request.POST or None, request.FILES or None, sheet=sheet, source=source)
    adds_up = request.POST.get("do") == "total"
    if request.method == "POST" and not adds_up and form.is_valid():
        try:
            _take(request, sheet, form)
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            return redirect("tallies:sheet", number=number)
    failed = request.method == "POST" and not adds_up
    context = {"sheet": sheet, "form": form, "telephone": telephone, "show_errors": failed}
    return render(request, "tallies/enter.html", context, status=422 if failed else 200)


def _take(request: Request, sheet: TallySheetView, form: TallyForm) -> None:
    """Hand over what was typed: a blank sheet's first entry, or a correction of the version that was shown."""
    told = form.told() | {"by": request.actor, "now": request.now, "number": sheet.number}
    picture = form.cleaned_data["photo"]
    photo = commands.store_photo(by=request.actor, photo=picture.read()) if picture else None
    version = form.cleaned_data["version"]
    if version and sheet.state == TallyState.ENTERED:
        reason = form.cleaned_data["reason"]
        changed = commands.correct_tally_sheet(**told, photo=photo, version=version, reason=reason)
    else:
        changed = commands.enter_tally_sheet(**told, photo=photo)
    text = _("Đã nhập phiếu: %(total)s lượt.") % {"total": format_number(form.totals().total)}
    messages.success(request, text if changed else _("Phiếu này đã được nhập với đúng nội dung như vậy."))


@allow(Action.FORM_FILL.value)
@require_POST
def add_up(request: Request, number: str) -> HttpResponse:
    """Add up what has been typed so far, for the page to show while typing."""
    sheet = queries.tally_sheet(request.actor, number)
    form = TallyForm(request.POST, sheet=sheet, source=TallySource.PAGE)
    return render(request, "tallies/totals.html", {"totals": form.totals()})


@allow(Action.OUTING_RUN.value)
@require_POST
def withdraw_sheet(request: Request, number: str) -> HttpResponse:
    """Let a sheet count no more."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _sheet_page(request, queries.tally_sheet(request.actor, number), form)
    commands.withdraw_tally_sheet(by=request.actor, now=request.now, number=number, **form.cleaned_data)
    messages.success(request, _("Đã hủy phiếu."))
    return redirect("tallies:sheet", number=number)
