"""The pages of numbers: the catalogue, a figure in three formats, its records, and snapshots."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.analytics import commands, queries
from raquan.analytics.forms import FigureForm, FreezeForm
from raquan.analytics.rules import DIMENSIONS, MEASURES, Figure, figure_csv, figure_data, formula_text
from raquan.campaign import queries as campaigns
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action, may
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import show_list


@allow(Action.FIGURE_READ.value)
@require_GET
def list_measures(request: Request) -> HttpResponse:
    """Show what is counted and how: the catalogue."""
    campaign = campaigns.current_campaign(request.now)
    context = {
        "measures": [(one, formula_text(one.formula)) for one in MEASURES.values()],
        "dimensions": list(DIMENSIONS.values()),
        "campaign": campaign,
        "latest": queries.latest_snapshot(campaign.id) if campaign else None,
    }
    return render(request, "analytics/measures.html", context)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_figure(request: Request, measure: str) -> HttpResponse:
    """Show a figure as a page, JSON or CSV."""
    form = _asked(request)
    by = form.cleaned_data["by"] or "commune"
    figure = queries.figure(request.actor, measure, by, now=request.now, **_of_a_campaign(request, form))
    language = (get_language() or "vi")[:2]
    if form.cleaned_data["format"] == "json":
        return JsonResponse(figure_data(figure, public_url=settings.RAQUAN_PUBLIC_URL, language=language))
    if form.cleaned_data["format"] == "csv":
        return _csv(figure, language)
    context = {
        "figure": figure,
        "dimensions": list(DIMENSIONS.values()),
        "formula": formula_text(figure.formula),
        "address": settings.RAQUAN_PUBLIC_URL + figure.address,
    }
    return render(request, "analytics/figure.html", context)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_ladder(request: Request) -> HttpResponse:
    """Show people with a card by the highest rung that each has reached."""
    form = _asked(request)
    of = _of_a_campaign(request, form)
    found = queries.ladder(
        request.actor,
        group=form.cleaned_data["group"],
        snapshot_id=of["snapshot_id"],
        campaign_id=of["campaign_id"],
        now=request.now,
    )
    address = settings.RAQUAN_PUBLIC_URL + found.address
    return render(request, "analytics/ladder.html", {"ladder": found, "address": address})


def _csv(figure: Figure, language: str) -> HttpResponse:
    response = HttpResponse(figure_csv(figure, language=language), content_type="text/csv; charset=utf-8")
    name = f"{figure.measure.key}-{figure.by.key}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@allow(Action.RECORD_READ.value)
@require_GET
def show_records(request: Request, measure: str) -> HttpResponse:
    """Open a row of a figure: its records, as far as the reader's duties go."""
    form = _asked(request)
    asked = form.cleaned_data
    records = queries.figure_records(
        request.actor,
        measure,
        asked["by"] or "commune",
        asked["key"],
        page=asked["page"] or 1,
        now=request.now,
        **_of_a_campaign(request, form),
    )
    return render(request, "analytics/records.html", {"records": records, "figure": records.figure})


def _asked(request: Request) -> FigureForm:
    form = FigureForm(request.GET)
    if not form.is_valid():
        raise NotFound()
    return form


def _of_a_campaign(request: Request, form: FigureForm) -> dict[str, Any]:
    """Give what is asked for; without snapshot and campaign it is the current campaign, live."""
    wanted = form.wanted()
    if wanted["snapshot_id"] is None and wanted["campaign_id"] is None:
        campaign = campaigns.current_campaign(request.now)
        wanted["campaign_id"] = campaign.id if campaign else None
    return wanted


@allow(Action.FIGURE_READ.value)
@require_GET
def list_snapshots(request: Request) -> HttpResponseBase:
    """Show every snapshot, the last first."""
    context = {
        "campaign": campaigns.current_campaign(request.now),
        "form": FreezeForm(initial={"request_id": uuid7()}),
        "may_freeze": may(request.actor, Action.SNAPSHOT_FREEZE),
    }
    read = partial(queries.snapshots, request.actor)
    return show_list(request, "analytics/snapshots.html", queries.SNAPSHOTS, read, context=context)


@allow(Action.SNAPSHOT_FREEZE.value)
@require_POST
def freeze(request: Request) -> HttpResponse:
    """Freeze the current campaign's facts."""
    form = FreezeForm(request.POST)
    campaign = campaigns.current_campaign(request.now)
    if not form.is_valid() or campaign is None:
        raise NotFound()
    snapshot_id = commands.freeze_snapshot(
        by=request.actor, now=request.now, campaign_id=campaign.id, **form.cleaned_data
    )
    messages.success(request, _("Đã chốt số liệu."))
    return redirect("analytics:snapshot", snapshot_id=snapshot_id)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_snapshot(request: Request, snapshot_id: UUID) -> HttpResponse:
    """Show a snapshot, whether it is whole, and the figures that it gives."""
    context = {
        "snapshot": queries.snapshot(request.actor, snapshot_id),
        "whole": queries.is_whole(request.actor, snapshot_id),
        "measures": list(MEASURES.values()),
        "address": f"{settings.RAQUAN_PUBLIC_URL}/desk/figures/snapshots/{snapshot_id}/",
    }
    return render(request, "analytics/snapshot.html", context)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_manifest(request: Request, snapshot_id: UUID) -> HttpResponse:
    """Give the manifest, byte for byte what its hash is of."""
    return HttpResponse(queries.manifest_json(request.actor, snapshot_id), content_type="application/json")
