"""What the office may ask of plans in every state, and what a task's page shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from raquan.campaign.models import Plan, Task
from raquan.campaign.queries.parts import units_with_part
from raquan.campaign.queries.showing import EvidenceView, StatementView, evidence_of, statements_of
from raquan.campaign.queries.sub_plans import SubPlanRow, sub_plans, writes_for
from raquan.campaign.rules import CHANGEABLE, ORDERING, PLAN_STATE_NAMES, PlanState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people import queries as people
from raquan.people.rules import Action, covers, may
from raquan.readings.rules import Part, Scope


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan of a year; `retired` counts the tasks that name a service which is no longer provided."""

    id: UUID
    year: int
    number: str
    title: str
    state: PlanState
    issued_on: date | None
    tasks: int
    retired: int

    @property
    def state_name(self) -> str:
        """Name the state, a message id."""
        return PLAN_STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class DraftTask:
    """A task of a plan as the office looks it over."""

    path: str
    title: str
    is_section: bool
    starts_on: date | None
    due_on: date | None
    retired_services: tuple[str, ...]
    id: UUID


@dataclass(frozen=True, slots=True)
class DraftTaskView:
    """What a task of a draft says."""

    id: UUID
    path: str
    title: str
    is_section: bool
    starts_on: date | None
    due_on: date | None
    time_as_written: str
    deliverable: str


@dataclass(frozen=True, slots=True)
class DraftTaskPage:
    """A task of a draft as it is now, or none for one to be added."""

    plan_id: UUID
    plan_title: str
    edition: int
    task: DraftTaskView | None
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameView:
    """A plan with what stands around its tasks, in Vietnamese."""

    plan: PlanRow
    campaign_id: UUID
    edition: int
    theme: str
    theme_province: str
    day_on: date
    province_day_name: str
    province_day_on: date | None
    starts_on: date
    ends_on: date
    slogans: tuple[str, ...]
    programmes: tuple[str, ...]
    sub_plans_need_approval: bool
    tasks: tuple[DraftTask, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class TaskUnitOption:
    """A unit of the actor's that has a part in a task."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """What units did for a task; `units` are those of the actor's for which something can be added."""

    evidence: tuple[EvidenceView, ...]
    statements: tuple[StatementView, ...]
    sub_plans: tuple[SubPlanRow, ...]
    units: tuple[TaskUnitOption, ...]


def plans(actor: Actor) -> tuple[PlanRow, ...]:
    """List the plans of all years, the latest first; drafts for the office alone. Raises NotAllowed. One query."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    found = Plan.objects.all()
    if not covers(actor, Action.PLAN_MANAGE):
        found = found.exclude(state=PlanState.DRAFT.value)
    return tuple(_row(one) for one in _counted(found).order_by("-campaign__year", "id")[:100])


def frame(actor: Actor, plan_id: UUID) -> FrameView:
    """Give a plan in any state with what stands around its tasks, for the office. Raises NotAllowed, NotFound."""
    if not covers(actor, Action.PLAN_MANAGE):
        raise NotAllowed()
    plan = _counted(Plan.objects.filter(id=plan_id)).first()
    if plan is None:
        raise NotFound()
    campaign = plan.campaign
    province = campaign.observances.filter(scope=Scope.PROVINCE.value).first()
    listed = plan.tasks.order_by("position").values_list(
        "path", "title", "is_section", "starts_on", "due_on", "retired_services", "id"
    )
    return FrameView(
        plan=_row(plan),
        campaign_id=campaign.id,
        edition=plan.frame_edition,
        theme=campaign.theme.get("vi", ""),
        theme_province=campaign.theme_province.get("vi", ""),
        day_on=campaign.day_on,
        province_day_name=province.name["vi"] if province else "",
        province_day_on=province.held_on if province else None,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        slogans=tuple(one["vi"] for one in campaign.slogans),
        programmes=tuple(plan.programmes),
        sub_plans_need_approval=plan.sub_plans_need_approval,
        tasks=tuple(DraftTask(*one[:5], tuple(one[5]), one[6]) for one in listed),
        may_change=plan.state in CHANGEABLE,
    )


def draft_task_page(actor: Actor, plan_id: UUID, task_id: UUID | None = None) -> DraftTaskPage:
    """Give a task of a draft, or none for one to be added, for the office. Raises NotAllowed, NotFound."""
    if not covers(actor, Action.PLAN_MANAGE):
        raise NotAllowed()
    plan = Plan.objects.filter(id=plan_id, state=PlanState.DRAFT.value).first()
    task = Task.objects.filter(plan_id=plan_id, id=task_id).first() if task_id else None
    if plan is None or (task_id is not None and task is None):
        raise NotFound()
    units: dict[str, list[str]] = {}
    for part, written in task.units.order_by("position").values_list("part", "as_written") if task else ():
        units.setdefault(part, []).append(written)
    told = (
        None
        if task is None
        else DraftTaskView(
            task.id,
            task.path,
            task.title,
            task.is_section,
            task.starts_on,
            task.due_on,
            task.time_as_written,
            task.deliverable,
        )
    )
    return DraftTaskPage(
        plan_id=plan.id,
        plan_title=plan.title,
        edition=plan.frame_edition,
        task=told,
        lead_units=tuple(units.get(Part.LEAD.value, ())),
        cooperating_units=tuple(units.get(Part.COOPERATING.value, ())),
    )


def task_page(actor: Actor, task_id: UUID) -> TaskPage:
    """Give what units did for a task, as far as the actor may see it. Raises NotAllowed, NotFound."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    state = Task.objects.ordered_once().filter(id=task_id).values_list("plan__state", flat=True).first()
    if state is None:
        raise NotFound()
    sees = may(actor, Action.PLAN_WRITE) or may(actor, Action.PLAN_MANAGE)
    own = writes_for(actor, Action.PLAN_WRITE) if state in ORDERING else frozenset()
    units = units_with_part(task_id, own) if own is None or own else frozenset()
    names = people.organization_names(units) if units else {}
    return TaskPage(
        evidence=evidence_of(actor, [task_id]).get(task_id, ()) if sees else (),
        statements=statements_of(actor, [task_id]).get(task_id, ()) if sees else (),
        sub_plans=tuple(sub_plans(actor, task_id=task_id).items) if sees else (),
        units=tuple(TaskUnitOption(id_, name) for id_, name in sorted(names.items(), key=lambda one: one[1])),
    )


def _counted(found: QuerySet[Plan]) -> QuerySet[Plan]:
    tasks = Count("tasks", filter=Q(tasks__is_section=False))
    retired = Count("tasks", filter=~Q(tasks__retired_services=[]))
    counted: QuerySet[Plan] = found.select_related("campaign").annotate(task_count=tasks, retired_count=retired)
    return counted


def _row(one: Plan) -> PlanRow:
    return PlanRow(
        id=one.id,
        year=one.campaign.year,
        number=one.number,
        title=one.title,
        state=PlanState(one.state),
        issued_on=one.issued_on,
        tasks=getattr(one, "task_count", 0),
        retired=getattr(one, "retired_count", 0),
    )
