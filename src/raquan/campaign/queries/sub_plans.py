"""What may be asked about the sub-plans of units: drafts by their unit alone, sent ones by the office too."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.utils.translation import gettext

from raquan.campaign.models import Leftover, SubPlan
from raquan.campaign.rules import HEARD, SUB_PLAN_STATE_NAMES, WRITABLE, PlanState, SubPlanState
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.ui.columns import Column, Columns, ranked


@dataclass(frozen=True, slots=True)
class SubPlanRow:
    """A unit's sub-plan in a list; it gives away none of its words."""

    id: UUID
    task_id: UUID
    task_title: str
    organization_id: UUID
    organization_name: str
    state: SubPlanState
    number: str
    issued_on: date | None
    sent_at: datetime | None

    @property
    def state_name(self) -> str:
        """Name the state, a message id."""
        return SUB_PLAN_STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class LineView:
    """What is done, where, when, by whom."""

    what: str
    place: str
    period: str
    who: str


@dataclass(frozen=True, slots=True)
class SubPlanWords:
    """What a unit wrote."""

    title: str
    aims: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class CommentView:
    """What somebody said, and when."""

    body: str
    said_at: datetime
    said_by_name: str


@dataclass(frozen=True, slots=True)
class SubPlanPage:
    """A sub-plan; `words` is None for the office while the unit is writing again."""

    row: SubPlanRow
    plan_number: str
    plan_title: str
    words: SubPlanWords | None
    edition: int
    reason: str
    file_sha256: str
    file_name: str
    comments: tuple[CommentView, ...]
    may_write: bool
    may_decide: bool
    needs_approval: bool


def writes_for(actor: Actor, action: Action) -> frozenset[UUID] | None:
    """Give the units for which a duty allows an action; None means every one, and none at all is the empty set."""
    return people.organizations_of(actor, action) if may(actor, action) else frozenset()


def readable(actor: Actor) -> QuerySet[SubPlan]:
    """Select the sub-plans that an actor may know of: those of the own units, and sent ones for the office."""
    own, heard = writes_for(actor, Action.PLAN_WRITE), writes_for(actor, Action.PLAN_MANAGE)
    if own == frozenset() and heard == frozenset():
        raise NotAllowed()
    if own is None:
        return SubPlan.objects.all()
    sent = Q(sent_at__isnull=False) if heard is None else Q(sent_at__isnull=False, organization_id__in=heard)
    return SubPlan.objects.filter(Q(organization_id__in=own) | sent)


SUB_PLANS: Columns[SubPlanRow] = Columns(
    name="ke-hoach-don-vi",
    title=N_("Kế hoạch của các đơn vị"),
    first="-sent_at",
    columns=(
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("task", N_("Nhiệm vụ"), lambda one: one.task_title, by=("task__plan__number", "task__position")),
        Column("state", N_("Tình trạng"), lambda one: gettext(one.state_name), by=(ranked("state", SubPlanState),)),
        Column("number", N_("Số"), lambda one: one.number),
        Column("issued_on", N_("Ngày ban hành"), lambda one: one.issued_on, unseen=True),
        Column("sent_at", N_("Gửi lúc"), lambda one: one.sent_at, by=("sent_at",)),
    ),
)


def sub_plans(
    actor: Actor,
    *,
    campaign_id: UUID | None = None,
    task_id: UUID | None = None,
    state: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 50,
) -> Page[SubPlanRow]:
    """List the sub-plans of a campaign or a task that the actor may know of, the last sent first.

    Raises NotAllowed. Two queries besides those of the duties.
    """
    found = readable(actor)
    if campaign_id is not None:
        found = found.filter(task__plan__campaign_id=campaign_id)
    if task_id is not None:
        found = found.filter(task_id=task_id)
    if state:
        found = found.filter(state=state)
    listed = SUB_PLANS.ordered(found.select_related("task", "organization"), sort)
    items = [_row(one) for one in listed[window(page, size)]]
    return Page(items, page, size, total_of(items, page, size, found.count))


@dataclass(frozen=True, slots=True)
class PlanQueues:
    """How many sub-plans wait: `returned` to the actor's own units, sent ones `to_decide` on.

    `leftovers` is what the reader could not place of the plan in force.
    """

    returned: int = 0
    to_decide: int = 0
    leftovers: int = 0


def plan_queues(actor: Actor, campaign_id: UUID) -> PlanQueues:
    """Count what waits for the actor of a campaign's plan; one query besides those of the duties. Raises NotAllowed."""
    if not may(actor, Action.PLAN_READ):
        raise NotAllowed()
    own, heard = writes_for(actor, Action.PLAN_WRITE), writes_for(actor, Action.PLAN_MANAGE)
    returned = Q(state=SubPlanState.RETURNED.value) & _of(own)
    asked = Q(state=SubPlanState.SENT.value, task__plan__sub_plans_need_approval=True) & _of(heard)
    of_plan = SubPlan.objects.filter(task__plan__campaign_id=campaign_id).order_by()
    left = Leftover.objects.filter(plan__campaign_id=campaign_id, plan__state=PlanState.IN_FORCE.value).order_by()
    each = {"returned": of_plan.filter(returned), "to_decide": of_plan.filter(asked), "leftovers": left}
    parts = [rows.values_list(Value(name)).annotate(n=Count("id")) for name, rows in each.items()]
    return PlanQueues(**dict(parts[0].union(*parts[1:], all=True)))


def _of(organization_ids: frozenset[UUID] | None) -> Q:
    return Q(pk__isnull=False) if organization_ids is None else Q(organization_id__in=organization_ids)


def sub_plan_page(actor: Actor, sub_plan_id: UUID) -> SubPlanPage:
    """Give a sub-plan with its lines and comments. Raises NotAllowed, NotFound where the actor may not know of it."""
    row = readable(actor).filter(id=sub_plan_id).select_related("task__plan", "organization").first()
    if row is None:
        raise NotFound()
    own, heard = writes_for(actor, Action.PLAN_WRITE), writes_for(actor, Action.PLAN_MANAGE)
    writes, decides = (units is None or row.organization_id in units for units in (own, heard))
    return SubPlanPage(
        row=_row(row),
        plan_number=row.task.plan.number,
        plan_title=row.task.plan.title,
        words=_words(row) if writes or row.state in HEARD else None,
        edition=row.edition,
        reason=row.reason,
        file_sha256=row.file_sha256,
        file_name=row.file_name,
        comments=tuple(
            CommentView(one.body, one.said_at, one.said_by_name) for one in row.comments.order_by("said_at", "id")
        ),
        may_write=writes and row.state in WRITABLE,
        may_decide=decides,
        needs_approval=row.task.plan.sub_plans_need_approval,
    )


def _words(row: SubPlan) -> SubPlanWords:
    lines = row.lines.order_by("position").values_list("what", "place", "period", "who")
    return SubPlanWords(row.title, row.aims, tuple(LineView(*one) for one in lines))


def _row(row: SubPlan) -> SubPlanRow:
    return SubPlanRow(
        id=row.id,
        task_id=row.task_id,
        task_title=row.task.title,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        state=SubPlanState(row.state),
        number=row.number,
        issued_on=row.issued_on,
        sent_at=row.sent_at,
    )
