"""A document with the organizations that its units are."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from raquan.readings.rules.reading import PlanReading, TaskRead


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The organization that a written unit most likely is; `score` from 0 to 1.

    Without a database it is one of the packaged list, and has no id.
    """

    organization_id: UUID | None
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class PlanUnderstood:
    """A document's SHA-256, what it says, and which organization each unit is (absent when none is).

    `said` is what officers left standing, by the task's source and the unit as written; else names mean the same
    wherever they stand.
    """

    sha256: str
    reading: PlanReading
    matches: Mapping[str, UnitMatch]
    said: Mapping[tuple[str, str], UnitMatch] | None = None

    def match(self, task: TaskRead, written: str) -> UnitMatch | None:
        """Give the organization that a task means by a name."""
        return self.matches.get(written) if self.said is None else self.said.get((task.source, written))
