"""What a plan says once it is read, and what became of each of its paragraphs and rows."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Use(StrEnum):
    """What a paragraph or row was taken for."""

    HEAD = "head"
    TITLE = "title"
    BASIS = "basis"
    HEADING = "heading"
    PROSE = "prose"
    OBJECTIVE = "objective"
    THEME = "theme"
    WINDOW = "window"
    TASK = "task"
    DETAIL = "detail"
    SECTION = "section"
    TABLE_HEADING = "table_heading"
    CLOSING = "closing"
    APPENDIX = "appendix"
    NOTE = "note"
    LEFTOVER = "leftover"
    DISMISSED = "dismissed"


class Part(StrEnum):
    """What a unit has to do in a task."""

    LEAD = "lead"
    COOPERATING = "cooperating"


class Scope(StrEnum):
    """Whose day is observed."""

    NATIONAL = "national"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or row that says something, and what it was taken for."""

    source: str
    text: str
    use: Use


@dataclass(frozen=True, slots=True)
class LeftoverRead:
    """A text that has no place in the reading."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class ObjectiveRead:
    """One of the plan's purposes, without its marker."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ObservanceRead:
    """A day that the plan observes, by its name."""

    scope: Scope
    name: str
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class SectionRead:
    """A row or heading that tasks stand under; `path` is empty when it has no number."""

    path: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class TaskRead:
    """A task with its units as written; `section` is the source of the section row it stands under."""

    path: str
    title: str
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    starts_on: date | None
    due_on: date | None
    deliverable: str | None
    source: str
    time_as_written: str = ""
    section: str = ""

    @property
    def key(self) -> str:
        """Say which task of the document it is."""
        return self.source


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What stands above the title, and the title."""

    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class PlanReading:
    """The whole plan. `pieces` has every paragraph and row that says something once, in the document's order.

    `amends` is the number of the plan that the document amends; `replaces_list` that its tasks stand in place of all.
    """

    head: PlanHead
    theme: str | None = None
    theme_province: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    year: int | None = None
    observances: tuple[ObservanceRead, ...] = ()
    objectives: tuple[ObjectiveRead, ...] = ()
    sections: tuple[SectionRead, ...] = ()
    tasks: tuple[TaskRead, ...] = ()
    leftovers: tuple[LeftoverRead, ...] = ()
    pieces: tuple[Piece, ...] = ()
    amends: str | None = None
    replaces_list: bool = False

    @property
    def says_a_plan(self) -> bool:
        """Tell whether the document reads as a plan at all: it has a title or tasks."""
        return bool(self.head.title or self.tasks)


@dataclass(slots=True)
class Notes:
    """The reader's notes while it goes through a document."""

    uses: dict[str, Use] = field(default_factory=dict)
    sections: list[SectionRead] = field(default_factory=list)
    tasks: list[TaskRead] = field(default_factory=list)
    leftovers: list[LeftoverRead] = field(default_factory=list)

    def take(self, source: str, use: Use) -> None:
        """Say what a piece is; the first word on a piece stands."""
        self.uses.setdefault(source, use)

    def leave(self, source: str, text: str) -> None:
        """List a text that has no place; the piece itself may be used for the rest of what it says."""
        self.leftovers.append(LeftoverRead(source, text))
