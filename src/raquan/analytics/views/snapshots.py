"""The pages of snapshots."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.analytics import commands, queries
from raquan.analytics.forms import CompareForm, FreezeForm
from raquan.analytics.rules import MEASURES, REASON_NAMES, dimensions_of
from raquan.campaign import queries as campaigns
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action, may
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import show_list


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
    snapshot = queries.snapshot(request.actor, snapshot_id)
    context = {
        "snapshot": snapshot,
        "whole": queries.is_whole(request.actor, snapshot_id),
        "measures": list(MEASURES.values()),
        "others": queries.others_of(request.actor, snapshot),
        "address": f"{settings.RAQUAN_PUBLIC_URL}/desk/figures/snapshots/{snapshot_id}/",
    }
    return render(request, "analytics/snapshot.html", context)


@allow(Action.FIGURE_READ.value)
@require_GET
def show_manifest(request: Request, snapshot_id: UUID) -> HttpResponse:
    """Give the manifest, byte for byte what its hash is of."""
    return HttpResponse(queries.manifest_json(request.actor, snapshot_id), content_type="application/json")


@allow(Action.FIGURE_READ.value)
@require_GET
def compare(request: Request, snapshot_id: UUID, other_id: UUID) -> HttpResponse:
    """Show what differs between two snapshots, measure by measure, or of one measure by a dimension and why."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        raise NotFound()
    key, by, page = form.wanted()
    if not key:
        found = queries.compare_snapshots(request.actor, other_id, snapshot_id)
        return render(request, "analytics/compare.html", {"found": found, "reasons": REASON_NAMES})
    one = queries.compare_measure(request.actor, other_id, snapshot_id, key, by)
    context = {
        "found": one,
        "reasons": REASON_NAMES,
        "dimensions": dimensions_of(one.measure),
        "changed": queries.changed_page(request.actor, other_id, snapshot_id, key, by, page=page),
    }
    return render(request, "analytics/compare_measure.html", context)
