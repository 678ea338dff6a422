"""Writes the tasks that an amendment adds between those of the plan, each at its place."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import F

from raquan.campaign.commands.writing import make_section, make_task, make_units
from raquan.campaign.models import Plan, Task, TaskUnit
from raquan.campaign.rules import Entry, placed
from raquan.kernel.text import fold
from raquan.readings.rules import Change, PlanReading, PlanUnderstood

_ASIDE = 1_000_000  # beyond every position of a plan, while its tasks are counted anew


def insert_tasks(
    plan: Plan, tasks: Mapping[str, Task], understood: PlanUnderstood, changes: Collection[Change]
) -> dict[str, Task]:
    """Write what a document adds to a plan's `tasks` (by id, in order); give the new ones by their source."""
    said = understood.reading
    standing = {one.after: one.before for one in changes if one.after and one.before}
    added = [one for one in said.tasks if one.source not in standing]
    if not added:
        return {}
    sections = _sections(tasks, said, standing, {one.section for one in added})
    order = placed(
        [Entry(key, _section_of(one, tasks)) for key, one in tasks.items()],
        _entries(said, standing, sections),
        whole=said.replaces_list,
    )
    return _write(plan, tasks, understood, order, sections)


def _sections(
    tasks: Mapping[str, Task], said: PlanReading, standing: Mapping[str, str], wanted: Collection[str]
) -> dict[str, str]:
    """Give the key of each section of a document: the plan's, else its own where it is wanted.

    A section is the one that most of its tasks stand under in the plan, else the one of the same title.
    """
    known = {fold(one.title): key for key, one in tasks.items() if one.is_section and not one.withdrawn_by_id}
    found: dict[str, str] = {}
    for section in said.sections:
        own = [standing[one.source] for one in said.tasks if one.section == section.source and one.source in standing]
        above = Counter(_section_of(tasks[key], tasks) for key in own).most_common(1)
        key = (above[0][0] if above else "") or known.get(fold(section.title), section.source)
        if key in tasks or section.source in wanted:
            found[section.source] = key
    return found


def _section_of(task: Task, tasks: Mapping[str, Task]) -> str:
    above = tasks.get(str(task.parent_id))
    while above is not None and not above.is_section:
        above = tasks.get(str(above.parent_id))
    return str(above.id) if above is not None else ""


def _entries(said: PlanReading, standing: Mapping[str, str], sections: Mapping[str, str]) -> list[Entry]:
    found = {source: Entry(key) for source, key in sections.items()}
    for one in said.tasks:
        found[one.source] = Entry(standing.get(one.source, one.source), sections.get(one.section, ""))
    return [found[piece.source] for piece in said.pieces if piece.source in found]


def _write(
    plan: Plan, tasks: Mapping[str, Task], understood: PlanUnderstood, order: list[str], sections: Mapping[str, str]
) -> dict[str, Task]:
    said = understood.reading
    texts = {piece.source: piece.text for piece in said.pieces}
    heads = {one.source: one for one in said.sections}
    read = {one.source: one for one in said.tasks}
    known: dict[str, Task] = {source: tasks[key] for source, key in sections.items() if key in tasks}
    made: dict[str, Task] = {}
    for position, key in enumerate(order, start=1):
        if key in tasks:
            tasks[key].position = position
        elif key in heads:
            made[key] = known[key] = make_section(plan, heads[key], position, texts[key])
        else:
            made[key] = known[key] = make_task(plan, read[key], known, position, texts[key])
    Task.objects.filter(plan=plan).update(position=F("position") + _ASIDE)
    Task.objects.bulk_update(tasks.values(), ["position"], batch_size=200)
    Task.objects.bulk_create(made.values())
    TaskUnit.objects.bulk_create(
        unit for key, task in made.items() if key in read for unit in make_units(task, read[key], understood)
    )
    return made
