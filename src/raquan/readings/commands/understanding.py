"""Reads a plan's file and proposes who its units are, without storing what it says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import OperationalError, ProgrammingError, connection

from raquan.people.commands import match_packaged
from raquan.people.queries import match_organizations
from raquan.readings.gateways import read_document
from raquan.readings.rules import PlanReading, read_plan


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
    """A document's SHA-256, what it says, and which organization each unit is (absent when none is)."""

    sha256: str
    reading: PlanReading
    matches: Mapping[str, UnitMatch]


def understand_plan(*, document: bytes, file_name: str = "") -> PlanUnderstood:
    """Read a .docx, or a .xlsx by its name, and match its units; stores nothing, and needs no database.

    Raises NotDocx, NotXlsx, OldFormat, TooLarge, TooManyCells or OldFont.
    """
    reading = read_plan(read_document(document, file_name))
    written = sorted({unit for task in reading.tasks for unit in (*task.lead_units, *task.cooperating_units)})
    return PlanUnderstood(hashlib.sha256(document).hexdigest(), reading, _match(written))


def _match(written: list[str]) -> dict[str, UnitMatch]:
    try:
        registered = [] if _has_no_database() else match_organizations(written)
    except (OperationalError, ProgrammingError):  # a document can be read before the first migration
        registered = []
    found: list[UnitMatch | None]
    if registered:
        found = [UnitMatch(one.organization_id, one.name, one.score) if one else None for one in registered]
    else:
        packaged = match_packaged(written)
        found = [UnitMatch(None, one.candidate.name, one.score) if one else None for one in packaged]
    return {unit: match for unit, match in zip(written, found, strict=True) if match is not None}


def _has_no_database() -> bool:
    """Tell whether connecting would only create an empty SQLite file."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and not name.startswith("file:") and ":memory:" not in name
    return is_file and not Path(name).exists()
