"""Writes what a document says as the tasks of a plan, for a plan and for what amends it."""

from collections.abc import Iterator

from raquan.campaign.models import Plan, Task, TaskUnit
from raquan.kernel.ids import uuid7
from raquan.kernel.text import fold
from raquan.readings.rules import Part, PlanUnderstood, SectionRead, TaskRead


def write_tasks(plan: Plan, understood: PlanUnderstood) -> None:
    """Write a plan's sections and tasks with their units, each at its place in the document."""
    texts = {piece.source: piece.text for piece in understood.reading.pieces}
    order = {source: at for at, source in enumerate(texts, start=1)}
    by_source: dict[str, Task] = {}
    for one in understood.reading.sections:
        by_source[one.source] = make_section(plan, one, order[one.source], texts[one.source])
    for task in understood.reading.tasks:
        by_source[task.source] = make_task(plan, task, by_source, order[task.source], texts[task.source])
    # A parent stands above its children in the document, so it is written before them.
    Task.objects.bulk_create(sorted(by_source.values(), key=lambda one: one.position))
    TaskUnit.objects.bulk_create(
        unit for task in understood.reading.tasks for unit in make_units(by_source[task.source], task, understood)
    )


def make_section(plan: Plan, read: SectionRead, position: int, text: str) -> Task:
    """Make a heading that tasks stand under."""
    return Task(
        id=uuid7(),
        plan=plan,
        position=position,
        path=read.path[:60],
        title=read.title,
        is_section=True,
        source=read.source[:60],
        source_text=text,
    )


def make_task(plan: Plan, read: TaskRead, known: dict[str, Task], position: int, text: str) -> Task:
    """Make a task below the one whose number begins its own ("1" above "1.1"), else below its section."""
    above = [one for one in known.values() if not one.is_section and one.path and read.path.startswith(f"{one.path}.")]
    parent = above[-1] if above else known.get(read.section)
    return Task(
        id=uuid7(),
        plan=plan,
        parent=parent if parent is not None and parent.position < position else None,
        position=position,
        path=read.path[:60],
        title=read.title,
        starts_on=read.starts_on,
        due_on=read.due_on,
        time_as_written=read.time_as_written[:500],
        deliverable=read.deliverable or "",
        source=read.source[:60],
        source_text=text,
        search_key=search_key_of(read),
    )


def search_key_of(read: TaskRead) -> str:
    """Give what a task is found by: its title, units and deliverable, folded."""
    return fold(" ".join([read.title, *read.lead_units, *read.cooperating_units, read.deliverable or ""]))


def make_units(task: Task, read: TaskRead, understood: PlanUnderstood) -> Iterator[TaskUnit]:
    """Make the units that a task names, each with the organization that it is."""
    for part, names in ((Part.LEAD, read.lead_units), (Part.COOPERATING, read.cooperating_units)):
        for position, written in enumerate(names, start=1):
            match = understood.match(read, written)
            yield TaskUnit(
                task=task,
                position=position,
                part=part.value,
                as_written=written,
                organization_id=match.organization_id if match else None,
                score=match.score if match else None,
            )
