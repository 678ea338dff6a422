"""What pages and the room of plans are told about kept readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.kernel.paging import Page
from raquan.people.rules import is_collective
from raquan.readings.models import Reading, ReadingLine
from raquan.readings.rules import ADDED, Doubt, Part, PlanReading, PlanUnderstood, ReadingState, Show, Use, unpack_head


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A document that waits for the plan; `version` is that of all its lines, `open` counts those to look at.

    `head` is what it says above and beside its tasks.
    """

    id: UUID
    file_name: str
    file_sha256: str
    state: ReadingState
    done: int
    total: int
    version: int
    open: int
    asked_by: str
    asked_at: datetime
    settled_at: datetime | None
    plan_id: UUID | None
    head: PlanReading

    @property
    def can_be_corrected(self) -> bool:
        """Tell whether officers may still change it."""
        return self.state is ReadingState.READ

    @property
    def is_under_way(self) -> bool:
        """Tell whether lines are still to be read."""
        return self.state is ReadingState.UNDER_WAY


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as written; `score` says how well the reader's proposal fits, None where an officer chose."""

    written: str
    organization_id: UUID | None
    organization_name: str
    score: float | None

    @property
    def is_collective(self) -> bool:
        """Tell whether many are meant, and so none in particular."""
        return is_collective(self.written)


@dataclass(frozen=True, slots=True)
class LineView:
    """A paragraph or row beside what was understood of it; `section` is a line's source, `section_title` its words."""

    id: UUID
    reading_id: UUID
    position: int
    source: str
    text: str
    read_as: Use
    use: Use
    path: str
    title: str
    section: str
    section_title: str
    lead_units: tuple[UnitView, ...]
    cooperating_units: tuple[UnitView, ...]
    starts_on: date | None
    due_on: date | None
    time_as_written: str
    deliverable: str
    left: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    is_open: bool
    version: int
    changed_by: str

    @property
    def is_added(self) -> bool:
        """Tell whether an officer added it: it stands nowhere in the document."""
        return self.source.startswith(ADDED)


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section that a task can stand under."""

    source: str
    title: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A page of a reading's lines, with how many there are of each kind."""

    reading: ReadingView
    show: Show
    counts: Mapping[Show, int]
    lines: Page[LineView]


@dataclass(frozen=True, slots=True)
class LinePage:
    """A line with what can be chosen for it."""

    reading: ReadingView
    line: LineView | None
    sections: tuple[SectionChoice, ...]
    organizations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """What is to come into the plan: the document as officers left it."""

    reading: ReadingView
    understood: PlanUnderstood


def reading_view(one: Reading, names: Mapping[UUID, str], count: int) -> ReadingView:
    """Show a reading of which `count` lines are open."""
    return ReadingView(
        id=one.id,
        file_name=one.file_name,
        file_sha256=one.file_sha256,
        state=ReadingState(one.state),
        done=one.done,
        total=one.total,
        version=one.version,
        open=count,
        asked_by=names.get(one.asked_by, "") if one.asked_by else "",
        asked_at=one.asked_at,
        settled_at=one.settled_at,
        plan_id=one.plan_id,
        head=unpack_head(one.head),
    )


def line_view(
    one: ReadingLine, organizations: Mapping[UUID, str], sections: Mapping[str, str], names: Mapping[UUID, str]
) -> LineView:
    """Show a line whose units are prefetched in order."""

    def units(part: Part) -> tuple[UnitView, ...]:
        return tuple(
            UnitView(unit.as_written, unit.organization_id, organizations.get(unit.organization_id, ""), unit.score)
            if unit.organization_id
            else UnitView(unit.as_written, None, "", None)
            for unit in one.units.all()
            if unit.part == part.value
        )

    return LineView(
        id=one.id,
        reading_id=one.reading_id,
        position=one.position,
        source=one.source,
        text=one.text,
        read_as=Use(one.read_as),
        use=Use(one.use),
        path=one.path,
        title=one.title,
        section=one.section,
        section_title=sections.get(one.section, ""),
        lead_units=units(Part.LEAD),
        cooperating_units=units(Part.COOPERATING),
        starts_on=one.starts_on,
        due_on=one.due_on,
        time_as_written=one.time_as_written,
        deliverable=one.deliverable,
        left=tuple(one.left),
        doubts=tuple(Doubt(doubt) for doubt in one.doubts),
        is_open=one.is_open,
        version=one.version,
        changed_by=names.get(one.changed_by, "") if one.changed_by else "",
    )
