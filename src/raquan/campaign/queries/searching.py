"""What stands in the index of plans, tasks, indicators and sub-plans, and which of them an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from raquan.campaign.models import Evidence, Indicator, Plan, Statement, SubPlan, Task
from raquan.campaign.queries.showing import seen_work
from raquan.campaign.queries.sub_plans import readable
from raquan.campaign.rules import PlanState
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.people.rules import Action, covers, may
from raquan.search.rules import Entry, Kind, join_line


def _plan_entries(rows: QuerySet[Plan]) -> Iterable[Entry]:
    for one in rows.select_related("campaign"):
        issued = format_date(one.issued_on) if one.issued_on else ""
        yield Entry(
            id=one.id,
            title=one.title or one.number,
            line=join_line(one.number, issued, str(one.campaign.year)),
            href=f"/desk/campaign/plans/{one.id}/indicators/",
            code=one.number,
            more=one.issuer,
            at=one.issued_on or one.campaign.starts_on,
        )


def _plans_seen(actor: Actor) -> Any:
    """Select the plans that `plans` lists: drafts are for the office alone."""
    if not may(actor, Action.PLAN_READ):
        return False
    return covers(actor, Action.PLAN_MANAGE) or Plan.objects.exclude(state=PlanState.DRAFT.value)


def _task_entries(rows: QuerySet[Task]) -> Iterable[Entry]:
    for one in rows.select_related("plan__campaign").prefetch_related("units"):
        due = format_date(one.due_on) if one.due_on else ""
        yield Entry(
            id=one.id,
            title=join_line(one.path, one.title),
            line=join_line(one.plan.number, due),
            href=f"/desk/campaign/tasks/{one.id}/",
            more=" ".join((one.deliverable, *(unit.as_written for unit in one.units.all()))),
            at=one.due_on or one.plan.campaign.starts_on,
        )


def _tasks_of(plan_ids: Collection[str]) -> Iterable[UUID]:
    return Task.objects.filter(plan_id__in=plan_ids, is_section=False).values_list("id", flat=True)


def _tasks_seen(actor: Actor) -> Any:
    return may(actor, Action.PLAN_READ) and Task.objects.ever_written()


def _task_acts(actor: Actor, task_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Name the task's plan, which orders it, and what units showed and stated as far as the actor may see it."""
    seen = seen_work(actor)
    return {
        "campaign.Plan": list(Task.objects.filter(id=task_id).values_list("plan_id", flat=True)),
        "campaign.Evidence": list(Evidence.objects.filter(seen, task_id=task_id).values_list("id", flat=True)),
        "campaign.Statement": list(Statement.objects.filter(seen, task_id=task_id).values_list("id", flat=True)),
    }


def _indicator_entries(rows: QuerySet[Indicator]) -> Iterable[Entry]:
    for one in rows.select_related("objective__plan__campaign"):
        plan = one.objective.plan
        yield Entry(
            id=one.id,
            title=one.name,
            line=join_line(plan.number, str(plan.campaign.year)),
            href=f"/desk/campaign/indicators/{one.id}/",
            at=plan.issued_on or plan.campaign.starts_on,
        )


def _indicators_seen(actor: Actor) -> Any:
    seen = _plans_seen(actor)
    return seen if isinstance(seen, bool) else Indicator.objects.filter(objective__plan__in=seen)


def _sub_plan_entries(rows: QuerySet[SubPlan]) -> Iterable[Entry]:
    # What the unit writes is its own until it is sent, and again while it is being changed: none of it stands here.
    for one in rows.select_related("task__plan", "organization"):
        yield Entry(
            id=one.id,
            title=join_line(one.organization.name, one.task.title),
            line=join_line(one.number, one.task.plan.number),
            href=f"/desk/campaign/sub-plans/{one.id}/",
            code=one.number,
            more=one.organization.short_name,
            at=one.issued_on,
        )


PLANS = Kind("plan", N_("Kế hoạch"), "campaign.Plan", Plan.objects.all, _plans_seen, _plan_entries)
TASKS = Kind(
    key="task",
    name=N_("Nhiệm vụ"),
    subject="campaign.Task",
    rows=Task.objects.ordered_once,
    readable=_tasks_seen,
    entries=_task_entries,
    touched={"campaign.Plan": _tasks_of},
    acts=_task_acts,
)
INDICATORS = Kind(
    "indicator", N_("Chỉ tiêu"), "campaign.Indicator", Indicator.objects.all, _indicators_seen, _indicator_entries
)
SUB_PLANS = Kind(
    "sub-plan", N_("Kế hoạch của đơn vị"), "campaign.SubPlan", SubPlan.objects.all, readable, _sub_plan_entries
)
KINDS = (TASKS, PLANS, SUB_PLANS, INDICATORS)
