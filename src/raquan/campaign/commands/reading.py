"""Reads a plan's file and proposes who its units are, without storing what it says."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import OperationalError, ProgrammingError, connection

from raquan.campaign.gateways import read_docx
from raquan.campaign.queries import CampaignView, campaign_of_year
from raquan.campaign.rules import Doubt, PlanReading, TaskRead, doubts_of, read_plan
from raquan.files.commands import store_file
from raquan.files.queries import read_file
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.people.commands import check, match_packaged
from raquan.people.queries import match_organizations
from raquan.people.rules import Action

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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


@dataclass(frozen=True, slots=True)
class TaskPreview:
    """A task beside the text that it was read from, and what to look at."""

    task: TaskRead
    source_text: str
    section: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """What an officer sees before a plan is brought into force.

    `year`, `starts_on` and `ends_on` are what the document says, or a proposal from its tasks' dates;
    `existing` is the campaign that the year has already.
    """

    understood: PlanUnderstood
    file_name: str
    tasks: tuple[TaskPreview, ...]
    year: int | None
    starts_on: date | None
    ends_on: date | None
    existing: CampaignView | None

    @property
    def doubtful(self) -> int:
        """Count the tasks that should be looked at."""
        return sum(1 for one in self.tasks if one.doubts)


def understand_plan(*, document: bytes) -> PlanUnderstood:
    """Read a .docx and match its units; stores nothing, and asks for no database that has been set up.

    Raises NotDocx, TooLarge or OldFont.
    """
    reading = read_plan(read_docx(document))
    written = sorted({unit for task in reading.tasks for unit in (*task.lead_units, *task.cooperating_units)})
    return PlanUnderstood(hashlib.sha256(document).hexdigest(), reading, _match(written))


def preview_plan(*, by: Actor, now: datetime, document: bytes, file_name: str) -> PlanPreview:
    """Read a plan and keep its file, so that confirming needs no second upload.

    Raises NotAllowed, NotDocx, TooLarge or OldFont.
    """
    check(by, Action.PLAN_IMPORT)
    understood = understand_plan(document=document)
    store_file(by=by, data=document, media_type=DOCX)
    return _preview(understood, file_name)


def preview_stored_plan(*, by: Actor, now: datetime, sha256: str, file_name: str) -> PlanPreview:
    """Show again a plan whose file is kept. Raises as preview_plan, and NotFound."""
    check(by, Action.PLAN_IMPORT)
    return _preview(understand_plan(document=read_kept_document(sha256=sha256)), file_name)


def read_kept_document(*, sha256: str) -> bytes:
    """Read a kept file; what is no SHA-256 names none. Raises NotFound."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise NotFound()
    return read_file(sha256)


def _preview(understood: PlanUnderstood, file_name: str) -> PlanPreview:
    reading = understood.reading
    texts = {piece.source: piece.text for piece in reading.pieces}
    sections = {one.source: one.title for one in reading.sections}
    left = {one.source for one in reading.leftovers}
    tasks = tuple(
        TaskPreview(
            one,
            texts[one.source],
            sections.get(one.section, ""),
            doubts_of(one, known_units=understood.matches, left=left),
        )
        for one in reading.tasks
    )
    days = [day for task in reading.tasks for day in (task.starts_on, task.due_on) if day is not None]
    return PlanPreview(
        understood=understood,
        file_name=file_name,
        tasks=tasks,
        year=reading.year,
        starts_on=reading.starts_on or min(days, default=None),
        ends_on=reading.ends_on or max(days, default=None),
        existing=campaign_of_year(reading.year) if reading.year else None,
    )


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
