"""The pages of counters and of what they sent."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.market import queries as market
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list
from raquan.vouchers import commands, queries
from raquan.vouchers.forms import EnrolForm, RedemptionFilterForm, WithdrawForm


@allow(Action.OFFER_WRITE.value)
@require_GET
def list_counters(request: Request) -> HttpResponseBase:
    """List the counters of the reader's enterprises, and offer a code for one more."""
    return _list(request, _enrol_form(request))


@allow(Action.OFFER_WRITE.value)
@require_POST
def issue(request: Request) -> HttpResponseBase:
    """Give a code that makes one phone a counter: shown this once."""
    form = _enrol_form(request)
    if not form.is_valid():
        return _list(request, form)
    whose = UUID(form.cleaned_data["organization"])
    issued = commands.issue_enrolment_code(by=request.actor, now=request.now, organization_id=whose)
    names = dict(market.writable_organizations(request.actor))
    context = {"issued": issued, "sign": queries.enrolment_sign(issued.code), "name": names.get(whose, "")}
    answer = render(request, "vouchers/enrol.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@allow(Action.OFFER_WRITE.value)
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, counter_id: UUID) -> HttpResponse:
    """Show a counter, and withdraw it with a reason."""
    view = queries.counter(request.actor, counter_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.withdraw_counter(by=request.actor, now=request.now, counter_id=counter_id, **form.cleaned_data)
        messages.success(request, _("Đã thu hồi %(name)s.") % {"name": view.name})
        return redirect("vouchers:counters")
    return render(request, "vouchers/withdraw.html", {"view": view, "form": form}, status=422 if form.errors else 200)


@allow(Action.OFFER_WRITE.value)
@require_GET
def list_redemptions(request: Request) -> HttpResponseBase:
    """List what counters of the reader's enterprises redeemed, with what became of it."""
    filters = RedemptionFilterForm(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    read = partial(
        queries.redemptions,
        request.actor,
        run_id=said.get("run"),
        counter_id=said.get("counter"),
        day=said.get("day"),
        state=said.get("state", ""),
    )
    options = Options(filters=filters, is_synthetic=_is_synthetic(request))
    return show_list(request, "vouchers/redemptions.html", queries.REDEMPTIONS, read, options)


@allow(Action.OFFER_WRITE.value)
@require_GET
def list_failures(request: Request) -> HttpResponseBase:
    """List what counters of the reader's enterprises refused by themselves."""
    options = Options(is_synthetic=_is_synthetic(request))
    read = partial(queries.failures, request.actor)
    return show_list(request, "vouchers/failures.html", queries.FAILURES, read, options)


def _list(request: Request, form: EnrolForm) -> HttpResponseBase:
    read = partial(queries.counters, request.actor)
    status = 422 if form.errors else 200
    options = Options(status=status, address=reverse("vouchers:counters"), is_synthetic=_is_synthetic(request))
    return show_list(request, "vouchers/counters.html", queries.COUNTERS, read, options, {"form": form})


def _enrol_form(request: Request) -> EnrolForm:
    own = [(str(id_), name) for id_, name in market.writable_organizations(request.actor)]
    return EnrolForm(request.POST or None, organizations=own)


def _is_synthetic(request: Request) -> bool:
    campaign = campaigns.current_campaign(request.now)
    return campaign is not None and campaign.is_synthetic
