"""The pages of reports: what has been built, building another, one report and its issue."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.analytics import queries as analytics
from raquan.campaign import queries as campaigns
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.people.rules import Action
from raquan.reports import commands, gateways, queries
from raquan.reports.forms import BuildForm, IssueForm, LetterForm, ReportFilterForm, UnitForm
from raquan.reports.rules import KIND_NAMES
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.FIGURE_READ.value)
@require_GET
def list_reports(request: Request) -> HttpResponseBase:
    """Show the reports that the reader may have, with their files, and what they may build."""
    campaign = campaigns.current_campaign(request.now)
    filters = ReportFilterForm(request.GET)
    units = [(str(one.id), one.name) for one in queries.units_to_report(request.actor)]
    context = {
        "campaign": campaign,
        "latest": analytics.latest_snapshot(campaign.id) if campaign else None,
        "builds_all": queries.builds_all(request.actor),
        "unit_form": UnitForm(organizations=units) if units else None,
        "run": queries.latest_run(request.actor, campaign.id) if campaign else None,
    }
    text, kind = filters.wanted()
    read = partial(queries.reports, request.actor, text=text, kind=kind)
    return show_list(request, "reports/list.html", queries.REPORTS, read, Options(filters=filters), context)


@allow(Action.REPORT_BUILD.value)
@require_POST
def build(request: Request) -> HttpResponse:
    """Build the report of the current campaign."""
    form = BuildForm(request.POST)
    campaign = campaigns.current_campaign(request.now)
    if not form.is_valid() or campaign is None:
        raise NotFound()
    built = commands.build_report(
        by=request.actor,
        now=request.now,
        campaign_id=campaign.id,
        snapshot_id=form.cleaned_data["snapshot"],
    )
    return _built(request, built)


@allow(Action.FIGURE_READ.value)
@require_POST
def build_unit(request: Request) -> HttpResponse:
    """Build a unit's report of the current campaign, from the last snapshot."""
    units = [(str(one.id), one.name) for one in queries.units_to_report(request.actor)]
    form = UnitForm(request.POST, organizations=units)
    campaign = campaigns.current_campaign(request.now)
    if not form.is_valid() or campaign is None:
        messages.warning(request, _("Hãy chọn đơn vị trong danh sách."))
        return redirect("reports:list")
    built = commands.build_unit_report(
        by=request.actor, now=request.now, campaign_id=campaign.id, organization_id=form.unit()
    )
    return _built(request, built)


def _built(request: Request, built: commands.ReportBuilt) -> HttpResponse:
    messages.success(request, _("Báo cáo này đã được lập trước đó.") if built.already else _("Đã lập báo cáo."))
    return redirect("reports:show", report_id=built.report_id)


@allow(Action.FIGURE_READ.value)
@require_GET
def show(request: Request, report_id: UUID) -> HttpResponse:
    """Show a report: its files, where its numbers come from, whether it was issued."""
    form = IssueForm(initial={"is_public": True})
    return _show(request, report_id, form)


def _show(request: Request, report_id: UUID, form: IssueForm) -> HttpResponse:
    one = queries.report(request.actor, report_id)
    context = {
        "one": one,
        "form": form,
        "kind_names": KIND_NAMES,
        "may_make": queries.may_make(request.actor, one.organization_id),
        "has_libreoffice": gateways.has_libreoffice(),
    }
    return render(request, "reports/report.html", context, status=422 if form.errors else 200)


@allow(Action.FIGURE_READ.value)
@require_POST
def issue(request: Request, report_id: UUID) -> HttpResponse:
    """Note number, date and the signed file of a report."""
    form = IssueForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _show(request, report_id, form)
    try:
        new = commands.issue_report(by=request.actor, now=request.now, report_id=report_id, issue=form.issue())
    except (NotAllowed, NotFound):
        raise
    except Refused as refusal:
        form.add_error(_FIELD_OF.get(refusal.code), refusal.text(_))
        return _show(request, report_id, form)
    messages.success(request, _("Đã ghi ban hành.") if new else _("Việc ban hành này đã được ghi trước đó."))
    return redirect("reports:show", report_id)


_FIELD_OF = {
    "report.bad_number": "number",
    "report.number_taken": "number",
    "report.bad_date": "issued_on",
    "report.not_pdf": "signed",
}


@allow(Action.FIGURE_READ.value)
@require_POST
def want_pdf(request: Request, report_id: UUID) -> HttpResponse:
    """Ask for a report's PDF."""
    try:
        commands.want_pdf(by=request.actor, report_id=report_id)
        messages.success(request, _("Đang lập PDF. Tải lại trang sau ít phút."))
    except commands.NoLibreOffice as refusal:
        messages.warning(request, refusal.text(_))
    return redirect("reports:show", report_id)


@allow(Action.REPORT_DECIDE.value)
@require_GET
def letter(request: Request) -> HttpResponse:
    """Give the draft of a letter to the units that are behind, as the page of those was filtered."""
    form = LetterForm(request.GET)
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    content = queries.letter_to_those_behind(request.actor, campaign, now=request.now, wanted=form.wanted())
    if content is None:
        messages.info(request, _("Không có đơn vị nào chậm nên không cần công văn."))
        return redirect("rounds:behind")
    answer = HttpResponse(gateways.fill_letter(content), content_type=commands.DOCX)
    answer["Content-Disposition"] = 'attachment; filename="du-thao-cong-van-don-doc.docx"'
    return answer
