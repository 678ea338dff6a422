"""When the tasks of a plan begin and are due, and who leads them: what progress is reckoned from."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import FilteredRelation, Q

from raquan.campaign.models import Task
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action, may
from raquan.readings.rules import Part


@dataclass(frozen=True, slots=True)
class TaskTime:
    """A task with its days and the organizations that lead it; organizations that were not recognized are left out.

    `lead_places` are the codes of the places that those organizations are of, empty for one of no place.
    """

    id: UUID
    campaign_id: UUID
    path: str
    title: str
    starts_on: date | None
    due_on: date | None
    lead_ids: tuple[UUID, ...]
    lead_places: tuple[str, ...]


def task_times(actor: Actor, campaign_id: UUID) -> tuple[TaskTime, ...]:
    """List every task of the plan in force in its order, in one query. Raises NotAllowed."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    leading = Q(units__part=Part.LEAD.value)
    rows = (
        Task.objects.in_force()
        .filter(plan__campaign_id=campaign_id)
        .annotate(lead=FilteredRelation("units", condition=leading))
        .order_by("position", "id", "lead__position")
        .values_list(
            "id", "path", "title", "starts_on", "due_on", "lead__organization_id", "lead__organization__place_code"
        )
    )
    found = []
    for (id_, path, title, starts_on, due_on), led in groupby(rows, key=lambda row: row[:5]):
        leads = {lead: place or "" for *_, lead, place in led if lead}
        found.append(TaskTime(id_, campaign_id, path, title, starts_on, due_on, tuple(leads), tuple(leads.values())))
    return tuple(found)
