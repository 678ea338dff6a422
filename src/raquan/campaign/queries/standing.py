"""What stands on an amendment: later amendments, and what units did for tasks that are theirs only by it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from raquan.campaign.models import Amendment, Evidence, Statement, SubPlan, Task, TaskUnit
from raquan.campaign.rules import HEARD, ORDERING, Standing, StandingKind, SubPlanState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Action, covers
from raquan.readings.rules import ChangeKind

MOST = 50

Finder = Callable[[Collection[UUID]], Collection[Standing]]
_FINDERS: list[Finder] = []


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """An amendment, what it did, and what stands on it (the first MOST); `is_kept` when it can be undone exactly."""

    id: UUID
    plan_id: UUID
    plan_number: str
    number: str
    title: str
    issued_on: date | None
    made_at: datetime
    counts: Mapping[ChangeKind, int]
    is_kept: bool
    is_open: bool
    withdrawn_at: datetime | None
    withdrawn_by_name: str
    withdraw_reason: str
    standing: tuple[Standing, ...]


def find_standing(find: Finder) -> None:
    """Let a room above tell, from its jobs, what of its own stands on tasks (given by id)."""
    _FINDERS.append(find)


def amendment_page(actor: Actor, amendment_id: UUID) -> AmendmentPage:
    """Give an amendment with what stands on it, for who has the whole province. Raises NotAllowed, NotFound."""
    if not covers(actor, Action.PLAN_IMPORT):
        raise NotAllowed()
    found = Amendment.objects.filter(id=amendment_id).select_related("plan").first()
    if found is None:
        raise NotFound()
    kinds = list(found.changes.values_list("kind", flat=True))
    return AmendmentPage(
        id=found.id,
        plan_id=found.plan_id,
        plan_number=str(found.plan),
        number=str(found),
        title=found.title,
        issued_on=found.issued_on,
        made_at=found.made_at,
        counts={one: kinds.count(one) for one in ChangeKind if one is not ChangeKind.SAME},
        is_kept=found.before is not None,
        is_open=found.plan.state in ORDERING,
        withdrawn_at=found.withdrawn_at,
        withdrawn_by_name=found.withdrawn_by_name,
        withdraw_reason=found.withdraw_reason,
        standing=() if found.withdrawn_at else stands_on(found),
    )


def touched_tasks(amendment: Amendment) -> list[UUID]:
    """Give the tasks that an amendment added or changed; for commands."""
    kinds = (ChangeKind.ADDED.value, ChangeKind.CHANGED.value)
    return list(amendment.changes.filter(kind__in=kinds).values_list("task_id", flat=True))


def stands_on(amendment: Amendment) -> tuple[Standing, ...]:
    """Give what was built on an amendment, MOST at most; for commands and queries. Seven queries and the finders'.

    On tasks that it added everything counts but a unit's draft; on those that it gave to further units, what these did.
    """
    later = Amendment.objects.filter(plan_id=amendment.plan_id, position__gt=amendment.position, withdrawn_at=None)
    found = [Standing(StandingKind.AMENDMENT, str(one), _page(one)) for one in later.order_by("position")[:MOST]]
    added = list(amendment.changes.filter(kind=ChangeKind.ADDED.value).values_list("task_id", flat=True))
    theirs = Q(task_id__in=added)
    for task_id, organizations in _newly_named(amendment).items():
        theirs |= Q(task_id=task_id, organization_id__in=organizations)
    found += _sub_plans(theirs)
    evidence = Evidence.objects.filter(theirs, withdrawn_at=None).order_by("added_at")
    found += [_done(StandingKind.EVIDENCE, one) for one in evidence.select_related("task", "organization")[:MOST]]
    stated = Statement.objects.filter(theirs).order_by("stated_at")
    found += [_done(StandingKind.STATEMENT, one) for one in stated.select_related("task", "organization")[:MOST]]
    for find in _FINDERS if added else ():
        found += find(added)
    return tuple(found[:MOST])


def _newly_named(amendment: Amendment) -> dict[UUID, list[UUID]]:
    """Give the units that a changed task names now and did not name before."""
    kept = (amendment.before or {}).get("tasks", {})
    before = {
        UUID(key): {one["organization_id"] for one in was["units"]} for key, was in kept.items() if "units" in was
    }
    found: dict[UUID, list[UUID]] = {}
    named = TaskUnit.objects.filter(task_id__in=list(before), organization__isnull=False)
    for task_id, organization in named.values_list("task_id", "organization_id"):
        if organization is not None and str(organization) not in before[task_id]:
            found.setdefault(task_id, []).append(organization)
    return found


def _sub_plans(theirs: Q) -> list[Standing]:
    """Name the sub-plans that were issued; what the office has not been sent, it is told of by its unit alone."""
    rows = SubPlan.objects.filter(theirs).exclude(state=SubPlanState.DRAFT.value).order_by("issued_on", "id")
    found = []
    for one in rows.select_related("task", "organization")[:MOST]:
        heard = one.state in HEARD
        line = f"{one.organization}: {one.number}" if heard else f"{one.organization}: {one.task.title}"
        href = f"/desk/campaign/sub-plans/{one.id}/" if heard else _task(one.task)
        found.append(Standing(StandingKind.SUB_PLAN, line, href, one.issued_on if heard else None))
    return found


def _done(kind: StandingKind, one: Evidence | Statement) -> Standing:
    return Standing(kind, f"{one.organization}: {one.task.title}", _task(one.task))


def _task(one: Task) -> str:
    return f"/desk/campaign/tasks/{one.id}/"


def _page(one: Amendment) -> str:
    return f"/desk/campaign/amendments/{one.id}/"
