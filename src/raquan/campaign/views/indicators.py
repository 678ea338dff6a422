"""The pages of a plan's indicators and their targets."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.campaign import commands, queries
from raquan.campaign.forms.planning import EndTargetsForm, NewIndicatorForm, TargetsForm, indicator_form
from raquan.campaign.views.attempts import as_said, attempt
from raquan.catalogue import queries as catalogue
from raquan.kernel.localized import in_language
from raquan.ledger import queries as ledger
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.PLAN_READ.value)
@require_GET
def list_indicators(request: Request, plan_id: UUID) -> HttpResponse:
    """Show a plan's objectives with their indicators."""
    return _list(request, queries.indicators_page(request.actor, plan_id))


@allow(Action.PLAN_MANAGE.value)
@require_POST
def add(request: Request, plan_id: UUID) -> HttpResponse:
    """Add an indicator."""
    page = queries.indicators_page(request.actor, plan_id)
    form = _new_form(page, request.POST)

    def act(known: dict[str, Any]) -> UUID:
        said = {"objective_id": UUID(form.cleaned_data["objective"]), "reason": form.cleaned_data["reason"]}
        return commands.add_indicator(**known, **said, told=form.told())

    done, made = attempt(request, form, act)
    if not done:
        return _list(request, page, form)
    messages.success(request, _("Đã thêm chỉ tiêu. Hãy giao mức."))
    return redirect("campaign:indicator", indicator_id=made)


@allow(Action.PLAN_READ.value)
@require_GET
def show(request: Request, indicator_id: UUID) -> HttpResponse:
    """Show an indicator with its targets and versions."""
    return _show(request, indicator_id)


@allow(Action.PLAN_MANAGE.value)
@require_POST
def change(request: Request, indicator_id: UUID) -> HttpResponse:
    """Change an indicator."""
    _page, one = queries.indicator(request.actor, indicator_id)
    form = indicator_form(one, _rungs(), request.POST)

    def act(known: dict[str, Any]) -> None:
        said = {name: form.cleaned_data[name] for name in ("version", "reason")}
        commands.change_indicator(**known, **said, told=form.told())

    return _attempt(request, indicator_id, "changing", form, act, _("Đã lưu chỉ tiêu."))


@allow(Action.PLAN_MANAGE.value)
@require_POST
def set_targets(request: Request, indicator_id: UUID) -> HttpResponse:
    """Take many targets at once; refused rows are named and all that was typed stays."""
    form = TargetsForm(request.POST)
    refused: list[Any] = []

    def act(known: dict[str, Any]) -> None:
        said = form.cleaned_data
        try:
            commands.set_targets(**known, version=said["version"], text=said["rows"], reason=said["reason"])
        except commands.RowsRefused as refusal:
            refused.extend(one for one in refusal.rows if one.error)
            raise

    return _attempt(request, indicator_id, "giving", form, act, _("Đã lưu mức giao."), refused)


@allow(Action.PLAN_MANAGE.value)
@require_POST
def end_targets(request: Request, indicator_id: UUID) -> HttpResponse:
    """End targets, with a reason."""
    _page, one = queries.indicator(request.actor, indicator_id)
    form = EndTargetsForm(request.POST, one=one)
    return _attempt(
        request, indicator_id, "ending", form, as_said(commands.end_targets, form), _("Đã thôi các mức giao.")
    )


def _attempt(
    request: Request, indicator_id: UUID, name: str, form: forms.Form, act: Any, said: str, refused: Any = ()
) -> HttpResponse:
    done, _result = attempt(request, form, act, indicator_id=indicator_id)
    if not done:
        return _show(request, indicator_id, refused, **{name: form})
    messages.success(request, said)
    return redirect("campaign:indicator", indicator_id=indicator_id)


def _show(request: Request, indicator_id: UUID, refused: Any = (), **tried: forms.Form) -> HttpResponse:
    page, one = queries.indicator(request.actor, indicator_id)
    shown: dict[str, Any] = {
        "page": page,
        "one": one,
        "changing": indicator_form(one, _rungs()),
        "ending": EndTargetsForm(one=one),
        "giving": TargetsForm(initial={"version": one.version}),
        "refused": refused,
        "history": ledger.history(request.actor, "campaign.Indicator", indicator_id),
    }
    return render(request, "campaign/indicator.html", shown | tried, status=422 if tried else 200)


def _list(request: Request, page: queries.IndicatorsPage, form: NewIndicatorForm | None = None) -> HttpResponse:
    context = {"page": page, "form": form or _new_form(page)}
    return render(request, "campaign/indicators.html", context, status=422 if form else 200)


def _new_form(page: queries.IndicatorsPage, data: Any = None) -> NewIndicatorForm:
    objectives = [(str(one.id), one.text[:100]) for one in page.objectives]
    return NewIndicatorForm(data, objectives=objectives, rungs=_rungs())


def _rungs() -> list[tuple[str, str]]:
    language = (get_language() or "vi").partition("-")[0]
    return [
        (f"{group.code}:{rung.code}", f"{in_language(group.name, language)}: {in_language(rung.name, language)}")
        for group in catalogue.groups()
        for rung in group.rungs
    ]
