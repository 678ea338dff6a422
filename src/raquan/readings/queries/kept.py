"""Puts a kept reading together again as one document, for the plan."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.readings.queries.lines import all_lines, reading
from raquan.readings.queries.shapes import KeptPlan, LineView
from raquan.readings.rules import (
    LeftoverRead,
    ObjectiveRead,
    Piece,
    PlanReading,
    PlanUnderstood,
    SectionRead,
    TaskRead,
    UnitMatch,
    Use,
)


def kept_plan(actor: Actor, reading_id: UUID) -> KeptPlan:
    """Give a document as officers left it, each line at its place, in seven queries. Raises NotAllowed, NotFound.

    A unit that an officer chose has the score 1.
    """
    found = reading(actor, reading_id)
    lines = all_lines(reading_id)
    said = {
        (line.source, unit.written): UnitMatch(
            unit.organization_id, unit.organization_name, 1.0 if unit.score is None else unit.score
        )
        for line in lines
        for unit in (*line.lead_units, *line.cooperating_units)
        if unit.organization_id
    }
    return KeptPlan(found, PlanUnderstood(found.file_sha256, _document(found.head, lines), {}, said))


def _document(head: PlanReading, lines: Sequence[LineView]) -> PlanReading:
    sections = tuple(SectionRead(one.path, one.title, one.source) for one in lines if one.use is Use.SECTION)
    known = {one.source for one in sections}
    return replace(
        head,
        sections=sections,
        tasks=tuple(_task(one, known) for one in lines if one.use is Use.TASK),
        objectives=tuple(ObjectiveRead(one.title, one.source) for one in lines if one.use is Use.OBJECTIVE),
        leftovers=tuple(
            LeftoverRead(one.source, text) for one in lines if one.use is not Use.DISMISSED for text in one.left
        ),
        pieces=tuple(Piece(one.source, one.text, one.use) for one in lines),
    )


def _task(line: LineView, sections: set[str]) -> TaskRead:
    return TaskRead(
        path=line.path,
        title=line.title,
        lead_units=tuple(one.written for one in line.lead_units),
        cooperating_units=tuple(one.written for one in line.cooperating_units),
        starts_on=line.starts_on,
        due_on=line.due_on,
        deliverable=line.deliverable or None,
        source=line.source,
        time_as_written=line.time_as_written,
        section=line.section if line.section in sections else "",
    )
