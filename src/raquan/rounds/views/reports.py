"""The pages of reporting rounds: the list, a round for the office, a unit's report."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.paging import Page
from raquan.kernel.refused import NotFound, Refused
from raquan.ledger import queries as ledger
from raquan.people.rules import Action, Level, covers
from raquan.rounds import commands, gateways, queries
from raquan.rounds.forms import BulkForm, EditionForm, ExtendForm, OnlyForm, ReasonForm, RuleForm, TextForm, WaitingForm
from raquan.rounds.rules import WAITING_NAMES
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.FIGURE_READ.value)
@require_GET
def list_rounds(request: Request) -> HttpResponseBase:
    """List the rounds of the campaign, with what waits for the reader."""
    campaign = campaigns.current_campaign(request.now)
    context = {
        "queues": queries.queues(request.actor, request.now),
        "may_manage": campaign is not None and covers(request.actor, Action.ROUND_MANAGE),
    }
    if campaign is None:
        return render(request, "rounds/list.html", {**context, "page": None})
    read = partial(queries.rounds, request.actor, campaign_id=campaign.id, now=request.now)
    return show_list(request, "rounds/list.html", queries.ROUNDS, read, context=context)


@allow(Action.FIGURE_READ.value)
@require_GET
def list_waiting(request: Request) -> HttpResponseBase:
    """List the reports that wait for the reader, of every round."""
    form = WaitingForm(request.GET)
    only = form.reason()
    read = partial(queries.waiting_reports, request.actor, only, now=request.now)
    return show_list(
        request, "rounds/waiting.html", queries.WAITING, read, Options(form), {"name": WAITING_NAMES[only]}
    )


@allow(Action.ROUND_MANAGE.value)
@require_http_methods(["GET", "POST"])
def set_rule(request: Request) -> HttpResponse:
    """Set how often units report; what was typed stays when something is wrong."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        raise NotFound()
    form = RuleForm(
        request.POST or None, initial={"first_on": campaign.starts_on, "last_on": campaign.ends_on, "due_at": "17:00"}
    )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"level": Level(form.cleaned_data["level"]), "shape": form.shape()}
        said |= {"campaign_id": campaign.id, "grace_minutes": form.cleaned_data["grace_minutes"]}
        try:
            commands.set_round_rule(by=request.actor, now=request.now, **said)
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã đặt lịch báo cáo. Kỳ đến hạn sẽ tự mở trong vòng một phút."))
            return redirect("rounds:list")
    return render(request, "rounds/rule.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_round(request: Request, round_id: UUID) -> HttpResponseBase:
    """Show who has submitted in a round and who is behind."""
    form = OnlyForm(request.GET)
    only = form.cleaned_data["only"] if form.is_valid() else ""
    shown: dict[str, Any] = {"extending": ExtendForm()}

    def read(**asked: Any) -> Page[queries.ReportRow]:
        found = queries.round_page(request.actor, round_id, now=request.now, only=only, **asked)
        shown["found"] = found
        return found.reports

    return show_list(request, "rounds/round.html", queries.REPORTS, read, Options(form), shown)


@allow(Action.REPORT_DECIDE.value)
@require_POST
def approve_many(request: Request, round_id: UUID) -> HttpResponse:
    """Approve the chosen reports one by one; says how many were not."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn ít nhất một báo cáo."))
        return redirect("rounds:round", round_id=round_id)
    refused = 0
    for report_id, edition in form.editions():
        try:
            commands.approve_report(by=request.actor, now=request.now, report_id=report_id, edition=edition)
        except Refused:
            refused += 1
    done = len(form.editions()) - refused
    messages.success(request, _("Đã duyệt %(done)s báo cáo.") % {"done": done})
    if refused:
        messages.warning(
            request,
            _("%(refused)s báo cáo không duyệt được vì không còn chờ duyệt hoặc vừa được nộp lại.")
            % {"refused": refused},
        )
    return redirect("rounds:round", round_id=round_id)


@allow(Action.REPORT_DECIDE.value)
@require_POST
def extend_many(request: Request, round_id: UUID) -> HttpResponse:
    """Give the chosen units more time, one by one; without a choice or a reason nothing is done."""
    chosen, form = BulkForm(request.POST), ExtendForm(request.POST)
    if not (chosen.is_valid() and form.is_valid()):
        messages.error(request, _("Hãy chọn ít nhất một đơn vị, ghi ngày và lý do gia hạn."))
        return redirect("rounds:round", round_id=round_id)
    given = {"due_at": form.due(), "reason": form.cleaned_data["reason"]}
    for report_id, _edition in chosen.editions():
        commands.extend_due(by=request.actor, now=request.now, report_id=report_id, **given)
    messages.success(request, _("Đã gia hạn cho %(done)s đơn vị.") % {"done": len(chosen.editions())})
    return redirect("rounds:round", round_id=round_id)


@allow(Action.REPORT_DECIDE.value)
@require_GET
def quick(request: Request, round_id: UUID) -> HttpResponse:
    """Show the quick report's text to copy, and its picture where the figures are frozen."""
    found = queries.quick_report(request.actor, round_id, now=request.now)
    return render(request, "rounds/quick.html", {"found": found, "round_id": round_id})


@allow(Action.REPORT_DECIDE.value)
@require_GET
def quick_picture(request: Request, round_id: UUID) -> HttpResponse:
    """Give the quick report as a picture, of frozen figures alone: it goes from phone to phone."""
    found = queries.quick_report(request.actor, round_id, now=request.now)
    if found.snapshot is None:
        raise NotFound()
    answer = HttpResponse(gateways.draw_quick(found.facts), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="bao-cao-nhanh-chot-{found.snapshot.number}.png"'
    return answer


@allow(Action.FIGURE_READ.value)
@require_GET
def show_report(request: Request, report_id: UUID) -> HttpResponse:
    """Show a version of a unit's report with what may be done."""
    return report_page(request, report_id)


def report_page(request: Request, report_id: UUID, **tried: forms.Form) -> HttpResponse:
    """Show a report; `tried` are the forms whose answers were refused, by their name in the template."""
    found = queries.report_page(request.actor, report_id, now=request.now)
    told = found.told
    words = {name: getattr(told, name) for name in ("results", "limits", "causes", "proposals")} if told else {}
    shown: dict[str, Any] = {
        "found": found,
        "writing": TextForm(initial=words | {"edition": found.edition}),
        "approving": EditionForm(initial={"edition": found.edition}),
        "returning": ReasonForm(),
        "correcting": ReasonForm(),
        "extending": ExtendForm(),
        "history": ledger.history(request.actor, "rounds.UnitReport", report_id),
    }
    return render(request, "rounds/report.html", shown | tried, status=422 if tried else 200)


def attempt(
    request: Request, report_id: UUID, name: str, form: forms.Form, act: Callable[[dict[str, Any]], Any], said: str
) -> HttpResponse:
    """Do what a form of the page says, or show the page with what is wrong; nothing typed is lost."""
    if form.is_valid():
        try:
            done = act({"by": request.actor, "now": request.now, "report_id": report_id})
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, said)
            return redirect("rounds:report", report_id=done if isinstance(done, UUID) else report_id)
    return report_page(request, report_id, **{name: form})


@allow(Action.REPORT_WRITE.value)
@require_POST
def save(request: Request, report_id: UUID) -> HttpResponse:
    """Save the draft, and submit it where that button was pressed."""
    form = TextForm(request.POST)
    submits = "submit" in request.POST

    def act(known: dict[str, Any]) -> None:
        told = {name: value for name, value in form.cleaned_data.items() if name != "edition"}
        edition = commands.save_draft(**known, edition=form.cleaned_data["edition"], told=told)
        if submits:
            form.data = request.POST.dict() | {"edition": edition}  # saved: trying again starts from here
            commands.submit_report(**known, edition=edition)

    return attempt(request, report_id, "writing", form, act, _("Đã nộp báo cáo.") if submits else _("Đã lưu bản nháp."))


@allow(Action.REPORT_DECIDE.value)
@require_POST
def return_one(request: Request, report_id: UUID) -> HttpResponse:
    """Return a report to its unit."""
    form = ReasonForm(request.POST)
    said = _("Đã trả lại báo cáo.")
    return attempt(
        request, report_id, "returning", form, lambda known: commands.return_report(**known, **form.cleaned_data), said
    )


@allow(Action.REPORT_DECIDE.value)
@require_POST
def approve(request: Request, report_id: UUID) -> HttpResponse:
    """Approve a report."""
    form = EditionForm(request.POST)
    said = _("Đã duyệt báo cáo và chốt số liệu.")
    return attempt(
        request, report_id, "approving", form, lambda known: commands.approve_report(**known, **form.cleaned_data), said
    )


@allow(Action.REPORT_WRITE.value)
@require_POST
def correct(request: Request, report_id: UUID) -> HttpResponse:
    """Begin a correction of an approved report."""
    form = ReasonForm(request.POST)
    said = _("Đã mở bản đính chính. Bản đã duyệt vẫn có hiệu lực đến khi bản này được duyệt.")
    return attempt(
        request,
        report_id,
        "correcting",
        form,
        lambda known: commands.correct_report(**known, **form.cleaned_data),
        said,
    )


@allow(Action.REPORT_DECIDE.value)
@require_POST
def extend(request: Request, report_id: UUID) -> HttpResponse:
    """Give a unit more time."""
    form = ExtendForm(request.POST)
    said = _("Đã gia hạn.")

    def act(known: dict[str, Any]) -> None:
        commands.extend_due(**known, due_at=form.due(), reason=form.cleaned_data["reason"])

    return attempt(request, report_id, "extending", form, act, said)
