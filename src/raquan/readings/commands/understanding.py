"""Reads a plan's file and proposes who its units are, without storing what it says."""

import hashlib
from pathlib import Path

from django.db import OperationalError, ProgrammingError, connection

from raquan.people.commands import match_packaged
from raquan.people.queries import match_organizations
from raquan.readings.gateways import read_document, read_table
from raquan.readings.rules import PlanUnderstood, Sheet, UnitMatch, read_plan


def open_sheets(*, data: bytes, file_name: str) -> tuple[Sheet, ...]:
    """Give the sheets of a .xlsx or .csv as rows of cells, for the rooms that read them; stores nothing.

    Raises NotXlsx, NotUtf8, OldFormat, TooLarge, TooManyCells or OldFont.
    """
    return read_table(data, file_name)


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
