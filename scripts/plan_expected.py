"""Writes down, beside a sample plan, what a reader should make of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """What the head and the first sections say; dates in ISO, null where the document is silent."""

    number: str
    title: str
    issuer: str
    issued_on: str | None
    theme: str | None
    starts_on: str | None
    ends_on: str | None


@dataclass(frozen=True)
class Task:
    """One task with its units as written."""

    path: str
    title: str
    lead_units: list[str] = field(default_factory=list)
    cooperating_units: list[str] = field(default_factory=list)
    starts_on: str | None = None
    due_on: str | None = None
    deliverable: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Leftover:
    """A text that has no place in the reading."""

    source: str
    text: str


def write_expected(path: Path, plan: Plan, tasks: Sequence[Task], leftovers: Sequence[Leftover] = ()) -> None:
    """Write the reading that is expected of the document at `path` into its .expected.json."""
    reading: dict[str, object] = {
        "plan": asdict(plan),
        "tasks": [asdict(task) for task in tasks],
        "leftovers": [asdict(leftover) for leftover in leftovers],
    }
    _write(path, reading)


def write_refused(path: Path, code: str) -> None:
    """Write the code of the refusal that is expected of the document at `path`."""
    _write(path, {"refused": code})


def _write(path: Path, content: dict[str, object]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.with_suffix(".expected.json").write_text(text + "\n", encoding="utf-8")
