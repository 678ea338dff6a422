"""The calls to units that are behind: what was said, and who is to be called again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from raquan.kernel.actor import Actor
from raquan.people.rules import Action
from raquan.rounds.models import Call
from raquan.rounds.queries.scope import units_of

MOST = 100


@dataclass(frozen=True, slots=True)
class CallView:
    """A call: by whom, with whom, what was said; `again_at` None where nobody has to call again."""

    organization_id: UUID
    called_at: datetime
    by_name: str
    spoke_with: str
    said: str
    again_at: datetime | None


def calls(actor: Actor, campaign_id: UUID, organization_id: UUID) -> tuple[CallView, ...]:
    """List the calls to a unit, the last first, MOST at most; for who decides on its reports. One query."""
    rows = _decided(actor).filter(campaign_id=campaign_id, organization_id=organization_id)
    return tuple(_view(row) for row in rows.order_by("-called_at", "-id")[:MOST])


def last_calls(actor: Actor, campaign_id: UUID, ids: Collection[UUID]) -> dict[UUID, CallView]:
    """Give the last call to each of some units, in one query."""
    rows = _last(_decided(actor).filter(campaign_id=campaign_id, organization_id__in=ids))
    return {row.organization_id: _view(row) for row in rows}


def due_calls(actor: Actor, campaign_id: UUID, now: datetime) -> QuerySet[Call]:
    """Select the last calls to units that are to be called again by now; none for who decides on no reports."""
    return _last(_decided(actor).filter(campaign_id=campaign_id)).filter(again_at__lte=now)


def _decided(actor: Actor) -> QuerySet[Call]:
    units = units_of(actor, Action.REPORT_DECIDE)
    return Call.objects.all() if units is None else Call.objects.filter(organization_id__in=units)


def _last(found: QuerySet[Call]) -> QuerySet[Call]:
    """Keep the last call to each unit: ids grow with time, and of two at one moment one must be the last."""
    later = Call.objects.filter(
        campaign_id=OuterRef("campaign_id"), organization_id=OuterRef("organization_id"), id__gt=OuterRef("id")
    )
    return found.exclude(Exists(later))


def _view(row: Call) -> CallView:
    return CallView(row.organization_id, row.called_at, row.by_name, row.spoke_with, row.said, row.again_at)
