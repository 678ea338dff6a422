"""Shows what a plan's document says before the plan is brought into force."""

from dataclasses import dataclass
from datetime import date, datetime

from raquan.campaign.queries import CampaignView, campaign_of_year
from raquan.files.commands import store_file
from raquan.kernel.actor import Actor
from raquan.people.commands import check
from raquan.people.rules import Action
from raquan.readings.commands import DOCX, PlanUnderstood, read_kept_document, understand_plan
from raquan.readings.rules import Doubt, TaskRead, doubts_of


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
