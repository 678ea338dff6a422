"""What the office may ask of plans in every state, and what a task's page shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from raquan.campaign.models import Plan, Task
from raquan.campaign.queries.parts import units_with_part
from raquan.campaign.queries.showing import EvidenceView, StatementView, evidence_of, statements_of
from raquan.campaign.queries.sub_plans import SubPlanRow, sub_plans, writes_for
from raquan.campaign.rules import CHANGEABLE, ORDERING, PLAN_STATE_NAMES, SIGNED, PlanState
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
class PlanCitation:
    """How other documents name a plan."""

    number: str
    title: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """A document that amended a plan, perhaps withdrawn since."""

    id: UUID
    number: str
    issued_on: date | None
    is_withdrawn: bool


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
    amendments: tuple[AmendmentRow, ...]


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
    listed = (
        plan.tasks.filter(withdrawn_by__withdrawn_at=None)
        .order_by("position")
        .values_list("path", "title", "is_section", "starts_on", "due_on", "retired_services", "id")
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
        amendments=tuple(
            AmendmentRow(one.id, str(one), one.issued_on, one.withdrawn_at is not None)
            for one in plan.amendments.order_by("position")
        ),
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


def plan_citation(actor: Actor, campaign_id: UUID) -> PlanCitation | None:
    """Give how documents name a campaign's plan, in force or closed since, in one query. Raises NotAllowed."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    signed = Plan.objects.filter(campaign_id=campaign_id, state__in=[one.value for one in SIGNED])
    row = signed.values_list("number", "title", "issued_on").first()
    return PlanCitation(*row) if row else None


def task_page(actor: Actor, task_id: UUID) -> TaskPage:
    """Give what units did for a task, as far as the actor may see it. Raises NotAllowed, NotFound."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    known = Task.objects.ever_written().filter(id=task_id)
    row = known.values_list("plan__state", "withdrawn_by__withdrawn_at").first()
    if row is None:
        raise NotFound()
    is_open = row[0] in ORDERING and row[1] is None
    sees = may(actor, Action.PLAN_WRITE) or may(actor, Action.PLAN_MANAGE)
    own = writes_for(actor, Action.PLAN_WRITE) if is_open else frozenset()
    units = units_with_part(task_id, own) if own is None or own else frozenset()
    names = people.organization_names(units) if units else {}
    return TaskPage(
        evidence=evidence_of(actor, [task_id]).get(task_id, ()) if sees else (),
        statements=statements_of(actor, [task_id]).get(task_id, ()) if sees else (),
        sub_plans=tuple(sub_plans(actor, task_id=task_id).items) if sees else (),
        units=tuple(TaskUnitOption(id_, name) for id_, name in sorted(names.items(), key=lambda one: one[1])),
    )


def _counted(found: QuerySet[Plan]) -> QuerySet[Plan]:
    tasks = Count("tasks", filter=Q(tasks__is_section=False, tasks__withdrawn_by__withdrawn_at=None))
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
