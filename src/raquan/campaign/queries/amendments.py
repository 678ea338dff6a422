"""What a document that waits would make of the plans: a plan of its own, or changes of the one that it amends."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from raquan.campaign.models import Plan, Task, TaskUnit
from raquan.campaign.rules import ORDERING
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, window
from raquan.kernel.text import fold
from raquan.readings.queries import KeptPlan, ReadingView, kept_plan
from raquan.readings.rules import Change, ChangeKind, Part, PlanReading, differences

PAGE_SIZE = 200  # what is ticked on one page is not carried to the next


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task of a plan as it is compared with those of a document; `key` is its id."""

    key: str
    path: str
    title: str
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    starts_on: date | None
    due_on: date | None
    deliverable: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of a task, with where the document says so."""

    change: Change
    source: str
    source_text: str


@dataclass(frozen=True, slots=True)
class AmendedPlan:
    """The plan that a document amends, with its campaign's window; `edition` counts amendments and withdrawals."""

    id: UUID
    number: str
    title: str
    edition: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class BringPage:
    """What happens when a document is brought into force.

    `year`, `starts_on` and `ends_on` are what it says, else the amended plan's or a proposal from its
    tasks' dates; `standing` is the number of
    the plan that the year has. For a document that amends, `plan` is the plan, and `counts` and `differences` say how.
    """

    reading: ReadingView
    tasks: int
    leftovers: int
    year: int | None
    starts_on: date | None
    ends_on: date | None
    standing: str
    plan: AmendedPlan | None
    counts: Mapping[ChangeKind, int]
    differences: Page[Difference]
    untouched: tuple[tuple[UUID, str], ...]


def bring_page(actor: Actor, reading_id: UUID, page: int = 1) -> BringPage:
    """Say what bringing a document into force would do. Raises NotAllowed, NotFound."""
    kept = kept_plan(actor, reading_id)
    said = kept.understood.reading
    plan = plan_amended_by(said)
    found = compare(plan.id, said) if plan else ()
    listed = _listed(kept, found)
    days = [day for task in said.tasks for day in (task.starts_on, task.due_on) if day is not None]
    year = said.year
    standing = _ordering().filter(campaign__year=year).first() if year and not said.amends else None
    return BringPage(
        reading=kept.reading,
        tasks=len(said.tasks),
        leftovers=len(said.leftovers),
        year=year,
        starts_on=said.starts_on or (plan.starts_on if plan else min(days, default=None)),
        ends_on=said.ends_on or (plan.ends_on if plan else max(days, default=None)),
        standing=(standing.number or standing.title) if standing else "",
        plan=plan,
        counts=Counter(one.kind for one in found),
        differences=Page(listed[window(page, PAGE_SIZE)], max(page, 1), PAGE_SIZE, len(listed)),
        untouched=tuple(
            (UUID(one.before), f"{one.path} {one.title}".strip()) for one in found if one.before and one.after is None
        )
        if not said.replaces_list
        else (),
    )


def plan_amended_by(said: PlanReading) -> AmendedPlan | None:
    """Give the plan in force whose number a document names, or None."""
    wanted = fold(said.amends or "").replace(" ", "")
    for one in _ordering().select_related("campaign") if wanted else ():
        if fold(one.number).replace(" ", "") == wanted:
            window = one.campaign.starts_on, one.campaign.ends_on
            return AmendedPlan(one.id, one.number, one.title, one.amend_edition, *window)
    return None


def compare(plan_id: UUID, said: PlanReading, *, apart: Collection[str] = ()) -> tuple[Change, ...]:
    """Compare the tasks of a plan that stand with those of a document; `apart` are places of tasks that are new."""
    units = Prefetch("units", queryset=TaskUnit.objects.order_by("part", "position"))
    rows = Task.objects.filter(plan_id=plan_id, is_section=False, withdrawn_by=None).order_by("position")
    old = [_plan_task(one) for one in rows.prefetch_related(units)]
    return differences(old, said.tasks, whole=said.replaces_list, apart=apart)


def _plan_task(one: Task) -> PlanTask:
    def units(part: Part) -> tuple[str, ...]:
        return tuple(unit.as_written for unit in one.units.all() if unit.part == part.value)

    return PlanTask(
        key=str(one.id),
        path=one.path,
        title=one.title,
        lead_units=units(Part.LEAD),
        cooperating_units=units(Part.COOPERATING),
        starts_on=one.starts_on,
        due_on=one.due_on,
        deliverable=one.deliverable,
    )


def _listed(kept: KeptPlan, found: Collection[Change]) -> list[Difference]:
    texts = {piece.source: piece.text for piece in kept.understood.reading.pieces}
    told = [one for one in found if one.kind is not ChangeKind.SAME]
    return [Difference(one, one.after or "", texts.get(one.after or "", "")) for one in told]


def _ordering() -> QuerySet[Plan]:
    return Plan.objects.filter(state__in=[one.value for one in ORDERING]).order_by("-imported_at")
