"""Which units have a part in a task: those that it names, and those of a level that it names together."""

from collections.abc import Collection
from uuid import UUID

from raquan.campaign.models import Task, TaskUnit
from raquan.campaign.rules import levels_named
from raquan.people import queries as people


def is_taken_back(task_id: UUID) -> bool:
    """Tell whether a task was added by an amendment that was itself withdrawn; for commands. One query."""
    return Task.objects.filter(id=task_id, withdrawn_by__withdrawn_at__isnull=False).exists()


def has_part(task_id: UUID, organization_id: UUID) -> bool:
    """Tell whether a unit has a part in a task that the plan means; for commands. Four queries at most."""
    return not is_taken_back(task_id) and bool(units_with_part(task_id, [organization_id]))


def units_with_part(task_id: UUID, organization_ids: Collection[UUID] | None) -> frozenset[UUID]:
    """Give those of some units, or of all, that have a part in a task; for commands and queries."""
    rows = list(TaskUnit.objects.filter(task_id=task_id).values_list("organization_id", "as_written"))
    named = {one for one, _ in rows if one is not None}
    levels = {level for one, written in rows if one is None for level in levels_named(written)}
    if organization_ids is None:
        return frozenset(named | {one.id for level in levels for one in people.organizations_of_level(level)})
    named &= set(organization_ids)
    if levels and set(organization_ids) - named:
        named |= {one for one, level in people.organization_levels(organization_ids).items() if level in levels}
    return frozenset(named)
