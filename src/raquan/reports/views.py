"""The pages of reports: what has been built, and building another."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.analytics import queries as analytics
from raquan.campaign import queries as campaigns
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action, may
from raquan.reports import commands, gateways, queries
from raquan.reports.forms import BuildForm, LetterForm
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import show_list


@allow(Action.FIGURE_READ.value)
@require_GET
def list_reports(request: Request) -> HttpResponseBase:
    """Show the reports, with their files."""
    campaign = campaigns.current_campaign(request.now)
    context = {
        "campaign": campaign,
        "latest": analytics.latest_snapshot(campaign.id) if campaign else None,
        "may_build": may(request.actor, Action.REPORT_BUILD),
    }
    read = partial(queries.reports, request.actor)
    return show_list(request, "reports/list.html", queries.REPORTS, read, context=context)


@allow(Action.REPORT_BUILD.value)
@require_POST
def build(request: Request) -> HttpResponse:
    """Build a report of the current campaign."""
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
    messages.success(request, _("Báo cáo này đã được lập trước đó.") if built.already else _("Đã lập báo cáo."))
    return redirect("reports:list")


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
