"""What may be asked about campaigns, their plans and tasks."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from raquan.campaign.models import Campaign, Leftover, Objective, Plan, Task, TaskChange, TaskQuerySet, TaskUnit
from raquan.campaign.queries.amendments import BringPage, Difference, bring_page
from raquan.campaign.queries.columns import TASKS
from raquan.campaign.queries.groups import CommuneGroupsPage, commune_groups, commune_groups_page
from raquan.campaign.queries.indicators import (
    IndicatorsPage,
    IndicatorView,
    TargetView,
    ToldIndicators,
    forget_told,
    indicator,
    indicators_of,
    indicators_page,
    told_indicators,
)
from raquan.campaign.queries.plans import (
    DraftTaskPage,
    FrameView,
    PlanCitation,
    PlanRow,
    TaskPage,
    draft_task_page,
    frame,
    plan_citation,
    plans,
    task_page,
)
from raquan.campaign.queries.showing import EvidenceView, StatementView, evidence_of, statements_of, task_of_evidence
from raquan.campaign.queries.standing import AmendmentPage, amendment_page, find_standing
from raquan.campaign.queries.sub_plans import (
    SUB_PLANS,
    PlanQueues,
    SubPlanPage,
    SubPlanRow,
    plan_queues,
    sub_plan_page,
    sub_plans,
)
from raquan.campaign.queries.timing import TaskTime, task_times
from raquan.campaign.queries.views import (
    AmendmentView,
    CampaignView,
    LeftoverView,
    ObjectiveView,
    ObservanceView,
    PlanPage,
    PlanView,
    SectionView,
    TaskChangeView,
    TaskView,
    UnitView,
    campaign_view,
    plan_view,
    task_view,
)
from raquan.campaign.rules import SIGNED, PlanState, current
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotAllowed
from raquan.kernel.remembering import Remembered
from raquan.kernel.text import fold
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.places import queries as places

__all__ = [
    "SUB_PLANS",
    "TASKS",
    "AmendmentPage",
    "AmendmentView",
    "BringPage",
    "CampaignView",
    "CommuneGroupsPage",
    "Difference",
    "DraftTaskPage",
    "EvidenceView",
    "FrameView",
    "IndicatorView",
    "IndicatorsPage",
    "LeftoverView",
    "ObjectiveView",
    "ObservanceView",
    "PlanCitation",
    "PlanPage",
    "PlanQueues",
    "PlanRow",
    "PlanView",
    "SectionView",
    "StatementView",
    "SubPlanPage",
    "SubPlanRow",
    "TargetView",
    "TaskChangeView",
    "TaskPage",
    "TaskTime",
    "TaskView",
    "ToldIndicators",
    "UnitView",
    "amendment_page",
    "bring_page",
    "campaign_day",
    "campaign_of_task",
    "campaign_of_year",
    "campaigns",
    "commune_groups",
    "commune_groups_page",
    "current_campaign",
    "draft_task_page",
    "evidence_of",
    "find_standing",
    "forget_campaigns",
    "forget_told",
    "frame",
    "has_campaign",
    "indicator",
    "indicators_of",
    "indicators_page",
    "leftovers",
    "plan",
    "plan_citation",
    "plan_page",
    "plan_queues",
    "plans",
    "statements_of",
    "sub_plan_page",
    "sub_plans",
    "task",
    "task_choices",
    "task_for_outings",
    "task_of_evidence",
    "task_page",
    "task_times",
    "tasks",
    "told_indicators",
]

PAGE_SIZE = 50
NOBODY = UUID(int=0)
_SIGNED = tuple(one.value for one in SIGNED)

_years: Remembered[int, bool] = Remembered(200)
_days: Remembered[UUID, date] = Remembered(200)
_campaigns: Remembered[str, tuple[CampaignView, ...]] = Remembered(10)


def campaigns() -> tuple[CampaignView, ...]:
    """List every campaign, the latest first; public. Two queries at most, none when it was asked some seconds ago."""
    language = get_language() or ""
    return _campaigns.get(language, _read_campaigns, seconds=settings.RAQUAN_REMEMBER_SECONDS) or ()


def forget_campaigns() -> None:
    """Look the campaigns up again: whatever of them or of their plans has changed calls this after its commit."""
    _campaigns.forget()
    _years.forget()
    _days.forget()


def _read_campaigns() -> tuple[CampaignView, ...]:
    """Read the campaigns with their signed plans and observances, a row for each of both: few, and one query."""
    signed = FilteredRelation("plans", condition=Q(plans__state__in=_SIGNED))
    day = {f"day_{name}": F(f"observances__{name}") for name in ("scope", "name", "held_on")}
    rows: list[Any] = list(
        Campaign.objects.announced()
        .annotate(signed=signed, plan_number=F("signed__number"), **day)
        .order_by("-starts_on", "code", "id", "signed__id")
    )
    names = places.unit_names({one.province_code for one in rows}, on=rows[0].day_on) if rows else {}
    found = []
    for _, of_one in groupby(rows, key=lambda row: row.id):
        one, *others = of_one
        days = {row.day_scope: ObservanceView(row.day_scope, row.day_name, row.day_held_on) for row in (one, *others)}
        known = [view for scope, view in days.items() if scope is not None]
        found.append(campaign_view(one, names.get(one.province_code, ""), one.plan_number or "", known))
    return tuple(found)


def current_campaign(now: datetime) -> CampaignView | None:
    """Give the campaign under way, else the next one, else the one that ended last; public."""
    return current(campaigns(), local_date(now))


def campaign_of_year(year: int) -> CampaignView | None:
    """Give the campaign of a year; public."""
    return next((one for one in campaigns() if one.year == year), None)


def has_campaign(year: int) -> bool:
    """Tell whether a year has a campaign; public. One query, or none when it was asked for some seconds ago."""
    found = _years.get(
        year,
        lambda: Campaign.objects.announced().filter(year=year).exists() or None,
        seconds=settings.RAQUAN_REMEMBER_SECONDS,
    )
    return found is not None


def campaign_day(campaign_id: UUID) -> date | None:
    """Give the day that a campaign leads up to, in one query or none; public."""
    known = next((one.day_on for one in campaigns() if one.id == campaign_id), None)
    if known is not None:
        return known
    look_up = Campaign.objects.filter(id=campaign_id).values_list("day_on", flat=True).first
    return _days.get(campaign_id, look_up, seconds=settings.RAQUAN_REMEMBER_SECONDS)


def plan(actor: Actor, campaign_id: UUID) -> PlanView | None:
    """Give the plan of a campaign, in force or closed since, with its objectives. Raises NotAllowed."""
    _check(actor)
    found = (
        Plan.objects.filter(campaign_id=campaign_id, state__in=_SIGNED)
        .prefetch_related(Prefetch("objectives", queryset=Objective.objects.order_by("position")))
        .first()
    )
    if found is None:
        return None
    is_amended = found.state != PlanState.IN_FORCE.value
    return plan_view(found, list(found.amendments.filter(withdrawn_at=None).order_by("position")) if is_amended else [])


def tasks(
    actor: Actor,
    campaign_id: UUID,
    page: int = 1,
    text: str = "",
    unit: UUID | None = None,
    *,
    also_withdrawn: bool = False,
    sort: str = "",
    size: int = PAGE_SIZE,
) -> Page[TaskView]:
    """List the tasks of a campaign, in the plan's order or another: those that hold a text, those that name a unit.

    Raises NotAllowed.
    """
    _check(actor)
    found = Task.objects.ordered_once() if also_withdrawn else Task.objects.in_force()
    found = found.filter(plan__campaign_id=campaign_id)
    if text:
        found = found.naming(fold(text))
    if unit is not None:
        found = found.filter(units__organization_id=unit).distinct()
    items = _task_views(list(TASKS.ordered(_with_all(found), sort)[window(page, size)]))
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def task_choices(actor: Actor, campaign_id: UUID, unit: UUID | None) -> dict[UUID, str]:
    """Give tasks by id with their titles, those that name a unit first, a hundred at most. Raises NotAllowed.

    One query.
    """
    _check(actor)
    mine = Exists(TaskUnit.objects.filter(task_id=OuterRef("id"), organization_id=unit or NOBODY))
    found = Task.objects.in_force().filter(plan__campaign_id=campaign_id).annotate(mine=mine)
    return dict(found.order_by("-mine", "position").values_list("id", "title")[:100])


def task(actor: Actor, task_id: UUID) -> TaskView | None:
    """Give a task, or None. Raises NotAllowed."""
    _check(actor)
    found = _task_views(list(_with_all(Task.objects.ever_written().filter(id=task_id))))
    return found[0] if found else None


def campaign_of_task(actor: Actor, task_id: UUID) -> UUID | None:
    """Give the campaign of a task, or None; much less work than the task itself. Raises NotAllowed."""
    _check(actor)
    return Task.objects.ever_written().filter(id=task_id).values_list("plan__campaign_id", flat=True).first()


def task_for_outings(campaign_id: UUID) -> UUID | None:
    """Give the first task that sends people out to help residents, or None; it gives away no more than an id."""
    found = Task.objects.in_force().filter(plan__campaign_id=campaign_id).order_by("position")
    return found.naming("ho tro nguoi dan").values_list("id", flat=True).first()


def leftovers(actor: Actor, plan_id: UUID) -> tuple[LeftoverView, ...]:
    """List what the reader could not place, in the document's order. Raises NotAllowed."""
    _check(actor)
    rows = Leftover.objects.filter(plan_id=plan_id).order_by("position").values_list("source", "text")
    return tuple(LeftoverView(source, text) for source, text in rows)


def plan_page(
    actor: Actor, *, now: datetime, text: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> PlanPage | None:
    """Give the current campaign's plan with a page of its tasks by section, and its leftovers. Raises NotAllowed.

    In another order than the plan's they stand under no section.
    """
    _check(actor)
    campaign = current_campaign(now)
    found = plan(actor, campaign.id) if campaign else None
    if campaign is None or found is None:
        return None
    listed = tasks(actor, campaign.id, page, text, also_withdrawn=True, sort=sort, size=size)
    in_order = TASKS.known(sort) == TASKS.first
    return PlanPage(
        campaign=campaign,
        plan=found,
        tasks=listed,
        sections=_by_section(listed.items) if in_order else (SectionView("", tuple(listed.items)),),
        leftovers=leftovers(actor, found.id),
        text=text,
        may_import=may(actor, Action.PLAN_IMPORT),
    )


def _by_section(listed: Sequence[TaskView]) -> tuple[SectionView, ...]:
    """Group tasks, in their order, by the heading they stand under."""
    sections: list[tuple[str, list[TaskView]]] = []
    for one in listed:
        if not sections or sections[-1][0] != one.section:
            sections.append((one.section, []))
        sections[-1][1].append(one)
    return tuple(SectionView(title, tuple(items)) for title, items in sections)


def _with_all(found: TaskQuerySet) -> TaskQuerySet:
    units = Prefetch("units", queryset=TaskUnit.objects.order_by("part", "position"))
    above = found.select_related("plan", "parent", "parent__parent", "withdrawn_by")
    return above.prefetch_related(units)


def _task_views(found: Sequence[Task]) -> tuple[TaskView, ...]:
    ids = {unit.organization_id for one in found for unit in one.units.all() if unit.organization_id}
    names = people.organization_names(ids) if ids else {}
    changes: dict[UUID, list[TaskChange]] = {}
    amended = [one.id for one in found if one.plan.state != PlanState.IN_FORCE.value]
    for change in _changes(amended) if amended else ():
        changes.setdefault(change.task_id, []).append(change)
    return tuple(task_view(one, names, changes.get(one.id, ())) for one in found)


def _changes(task_ids: Sequence[UUID]) -> QuerySet[TaskChange]:
    found = TaskChange.objects.filter(task_id__in=task_ids, amendment__withdrawn_at=None).select_related("amendment")
    return found.order_by("amendment__position")


def _check(actor: Actor) -> None:
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
