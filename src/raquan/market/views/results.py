"""What enterprises tell of their offers, month by month: typed, or from a workbook."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.clock import local_date
from raquan.kernel.refused import Refused
from raquan.market import commands, queries
from raquan.market.forms import ImportForm, ResultForm, StepForm
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.OFFER_WRITE.value)
@require_GET
def list_results(request: Request) -> HttpResponseBase:
    """List the results of the reader's enterprises, and whose report of this month is missing."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "market/results.html", {"campaign": None})
    month = local_date(request.now).replace(day=1)
    context = {
        "campaign": campaign,
        "month": month,
        "months": queries.enterprise_months(request.actor, campaign.id, month),
        "form": _import_form(request),
        "totals": queries.public_totals(campaign.id, now=request.now),
    }
    read = partial(queries.results_of, request.actor, campaign.id)
    options = Options(is_synthetic=campaign.is_synthetic)
    return show_list(request, "market/results.html", queries.RESULTS, read, options, context)


@allow(Action.OFFER_WRITE.value)
@require_POST
def state(request: Request, offer_id: UUID) -> HttpResponse:
    """Keep what became of an offer in a month; a figure that stood there is replaced by who has seen it."""
    view, checks = queries.offer(request.actor, offer_id, now=request.now)
    campaign = campaigns.campaign_of_year(view.year)
    results = queries.results_of(request.actor, campaign.id, offer_id=offer_id).items if campaign else []
    form = ResultForm(request.POST)
    if form.is_valid():
        seen = next((one.edition for one in results if one.month == form.cleaned_data["month"]), 0)
        try:
            commands.state_result(by=request.actor, now=request.now, offer_id=offer_id, seen=seen, **form.cleaned_data)
        except Refused as refused:
            form.add_error("month", refused.text(_))
        else:
            messages.success(request, _("Đã ghi kết quả."))
            return redirect("market:detail", offer_id=offer_id)
    context = {"view": view, "checks": checks, "results": results, "form": StepForm(), "stating": form}
    return render(request, "market/offer.html", context, status=422)


@allow(Action.OFFER_WRITE.value)
@require_POST
def take_file(request: Request) -> HttpResponse:
    """Take a workbook of results, and say what became of each row."""
    form = _import_form(request)
    outcomes: tuple[commands.RowOutcome, ...] = ()
    if form.is_valid():
        whose, file = UUID(form.cleaned_data["organization"]), form.cleaned_data["file"]
        sent = {"organization_id": whose, "data": file.read(), "file_name": file.name}
        try:
            outcomes = commands.import_results(by=request.actor, now=request.now, **sent)
        except Refused as refused:
            form.add_error("file", refused.text(_))
    refused_rows = [(one.line, one.code, one.refusal.text(_)) for one in outcomes if one.refusal]
    context = {"form": form, "total": len(outcomes), "refused": refused_rows}
    return render(request, "market/taken.html", context, status=422 if form.errors else 200)


def _import_form(request: Request) -> ImportForm:
    own = [(str(id_), name) for id_, name in queries.writable_organizations(request.actor)]
    if request.method == "POST":
        return ImportForm(request.POST, request.FILES, organizations=own)
    return ImportForm(organizations=own)
