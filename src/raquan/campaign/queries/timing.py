"""When the tasks of a plan begin and are due, and who leads them: what progress is reckoned from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from raquan.campaign.models import Task, TaskUnit
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action, may
from raquan.readings.rules import Part


@dataclass(frozen=True, slots=True)
class TaskTime:
    """A task with its days and the organizations that lead it; organizations that were not recognized are left out."""

    id: UUID
    campaign_id: UUID
    path: str
    title: str
    starts_on: date | None
    due_on: date | None
    lead_ids: tuple[UUID, ...]


def task_times(actor: Actor, campaign_id: UUID) -> tuple[TaskTime, ...]:
    """List every task of the plan in force in its order, in two queries. Raises NotAllowed."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    leads = TaskUnit.objects.filter(part=Part.LEAD.value, organization__isnull=False).order_by("position")
    rows = (
        Task.objects.in_force()
        .filter(plan__campaign_id=campaign_id)
        .prefetch_related(Prefetch("units", queryset=leads))
        .order_by("position")
        .only("id", "path", "title", "starts_on", "due_on")
    )
    return tuple(
        TaskTime(
            id=row.id,
            campaign_id=campaign_id,
            path=row.path,
            title=row.title,
            starts_on=row.starts_on,
            due_on=row.due_on,
            lead_ids=tuple(dict.fromkeys(unit.organization_id for unit in row.units.all() if unit.organization_id)),
        )
        for row in rows
    )
