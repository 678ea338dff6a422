"""Changes a draft's tasks by hand: adds, edits, moves and removes them; what is in force only an amendment changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError

from raquan.campaign.commands.planning import SUBJECT, DaysReversed, FrameChanged, PlanElsewhere, load_plan
from raquan.campaign.models import Plan, Task, TaskUnit
from raquan.campaign.rules import PLAN_STATE_NAMES, PlanState
from raquan.kernel.actor import Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize
from raquan.ledger import commands as ledger
from raquan.people import queries as people
from raquan.readings.rules import Part

SOURCE = "nhập tay"
_ASIDE = 1_000_000  # beyond every position of a plan, while its tasks are counted anew


class TaskTitleMissing(Refused):
    """A task says what is to be done."""

    code = "draft_task.title_missing"
    message = N_("Hãy ghi nội dung của nhiệm vụ.")


class TaskInUse(Conflict):
    """Something refers to the task already."""

    code = "draft_task.in_use"
    message = N_("Nhiệm vụ này đã có nội dung khác nhắc đến nên không bỏ được.")


@dataclass(frozen=True, slots=True)
class DraftTaskTold:
    """What a draft's task is to be; `is_section` makes it a heading, which has neither units nor days."""

    title: str
    path: str = ""
    is_section: bool = False
    lead_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    starts_on: date | None = None
    due_on: date | None = None
    time_as_written: str = ""
    deliverable: str = ""


def add_draft_task(
    *, by: Actor, now: datetime, plan_id: UUID, edition: int, told: DraftTaskTold, after: UUID | None = None
) -> UUID:
    """Add a task or heading to a draft, after another one or at the end, over the edition opened; give its id.

    Raises NotAllowed, NotFound, PlanElsewhere, FrameChanged, TaskTitleMissing, DaysReversed.
    """
    plan = load_plan(by, now, plan_id)
    told = _checked(told)
    with transaction.atomic():
        _hold(plan, edition)
        rows = _rows(plan)
        task = Task(id=uuid7(), plan=plan, position=len(rows) + 1 + _ASIDE * 2, source=SOURCE)
        _fill(task, told)
        at = next((place for place, one in enumerate(rows, start=1) if one.id == after), len(rows))
        task.save(force_insert=True)
        _write_units(task, told)
        _reorder(plan, [*rows[:at], task, *rows[at:]])
        _record(by, plan, edition, "add_draft_task", task)
    return task.id


def change_draft_task(*, by: Actor, now: datetime, task_id: UUID, edition: int, told: DraftTaskTold) -> None:
    """Write what a draft's task is to be. Raises as `add_draft_task`."""
    plan, task = _load(by, now, task_id)
    told = _checked(told)
    with transaction.atomic():
        _hold(plan, edition)
        _fill(task, told)
        task.retired_services = []
        task.save()
        task.units.all().delete()
        _write_units(task, told)
        _reorder(plan, _rows(plan))
        _record(by, plan, edition, "change_draft_task", task)


def move_draft_task(*, by: Actor, now: datetime, task_id: UUID, edition: int, up: bool) -> None:
    """Move a draft's task one place up or down; at the end it stays. Raises as `add_draft_task`."""
    plan, task = _load(by, now, task_id)
    with transaction.atomic():
        _hold(plan, edition)
        rows = _rows(plan)
        at = next(place for place, one in enumerate(rows) if one.id == task.id)
        to = at - 1 if up else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
            _reorder(plan, rows)
        _record(by, plan, edition, "move_draft_task", task)


def remove_draft_task(*, by: Actor, now: datetime, task_id: UUID, edition: int) -> None:
    """Take a task or heading out of a draft; what stood under a heading stays, under the one above.

    Raises as `add_draft_task`, and TaskInUse.
    """
    plan, task = _load(by, now, task_id)
    try:
        with transaction.atomic():
            _hold(plan, edition)
            _record(by, plan, edition, "remove_draft_task", task)
            Task.objects.filter(parent_id=task.id).update(parent=None)
            task.units.all().delete()
            task.delete()
            _reorder(plan, _rows(plan))
    except ProtectedError:
        raise TaskInUse() from None


def _load(by: Actor, now: datetime, task_id: UUID) -> tuple[Plan, Task]:
    task = Task.objects.filter(id=task_id).first()
    if task is None:
        raise NotFound()
    return load_plan(by, now, task.plan_id), task


def _checked(told: DraftTaskTold) -> DraftTaskTold:
    if not normalize(told.title):
        raise TaskTitleMissing()
    if told.starts_on and told.due_on and told.starts_on > told.due_on:
        raise DaysReversed()
    return told


def _hold(plan: Plan, edition: int) -> None:
    """Claim the draft at the edition that its officer saw, so that of two at once one is told."""
    drafts = Plan.objects.filter(id=plan.id, state=PlanState.DRAFT.value)
    if not drafts.filter(frame_edition=edition).update(frame_edition=F("frame_edition") + 1):
        if drafts.exists():
            raise FrameChanged()
        raise PlanElsewhere(state=PLAN_STATE_NAMES[PlanState(Plan.objects.get(id=plan.id).state)])


def _rows(plan: Plan) -> list[Task]:
    return list(Task.objects.filter(plan=plan).order_by("position"))


def _fill(task: Task, told: DraftTaskTold) -> None:
    task.title, task.path, task.is_section = normalize(told.title), normalize(told.path)[:60], told.is_section
    plain = told.is_section
    task.starts_on, task.due_on = (None, None) if plain else (told.starts_on, told.due_on)
    task.time_as_written = "" if plain else normalize(told.time_as_written)[:500]
    task.deliverable = "" if plain else normalize(told.deliverable)
    words = [task.title, *told.lead_units, *told.cooperating_units, task.deliverable]
    task.search_key = "" if plain else fold(" ".join(words))


def _write_units(task: Task, told: DraftTaskTold) -> None:
    if not told.is_section:
        TaskUnit.objects.bulk_create(_units(task, told))


def _units(task: Task, told: DraftTaskTold) -> Iterator[TaskUnit]:
    for part, names in ((Part.LEAD, told.lead_units), (Part.COOPERATING, told.cooperating_units)):
        matches = people.match_organizations(names)
        for position, (written, match) in enumerate(zip(names, matches, strict=True), start=1):
            yield TaskUnit(
                task=task,
                position=position,
                part=part.value,
                as_written=written,
                organization_id=match.organization_id if match else None,
                score=match.score if match else None,
            )


def _reorder(plan: Plan, rows: Sequence[Task]) -> None:
    """Count positions anew; a task that stood under a heading, or under nothing, stands under the nearest above."""
    heading: Task | None = None
    known = {one.id for one in rows}
    headings = {one.id for one in rows if one.is_section}
    for position, one in enumerate(rows, start=1):
        one.position = position
        if one.is_section:
            one.parent, heading = None, one
        elif one.parent_id is None or one.parent_id in headings or one.parent_id not in known:
            one.parent = heading
    Task.objects.filter(plan=plan).update(position=F("position") + _ASIDE)
    Task.objects.bulk_update(rows, ["position", "parent"], batch_size=200)


def _record(by: Actor, plan: Plan, edition: int, verb: str, task: Task) -> None:
    detail = {"edition": edition + 1, "task": str(task.id), "title": task.title[:200]}
    ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=plan.id, detail=detail)
