"""How the tasks of the plan stand, from what the system knows: nobody types a percentage."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import StatementView, TaskTime
from raquan.capture import queries as capture
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import N_, NotFound
from raquan.kernel.remembering import Remembered
from raquan.outings import queries as outings
from raquan.outings.queries import TaskOutings
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.rounds.queries.indicators import IndicatorStanding, narrowed, standings
from raquan.rounds.rules import LIGHT_NAMES, Light, light, wanted_by, worst
from raquan.ui.columns import Column, Columns

NONE = TaskOutings(0, 0, 0)
_LIGHTS = {one: place for place, one in enumerate(Light)}
_remembered: Remembered[tuple[object, ...], dict[UUID, IndicatorStanding]] = Remembered(50)
"""How indicators stand, and where the units are that lead their tasks: the same for every page of some seconds."""


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task with its light: outings held, of those that are planned, against the line from its first to its due day.

    `wanted` is how many the line wants by the end of yesterday; None where no line can be drawn. `place` is its place
    in the plan, from 0. `assists` is None where they were not asked for. `evidence` counts the files that show the
    work, without mere illustrations; `stated` is what a unit typed last: it stands beside what was counted, and is no
    part of it. `indicators` tell how far it is beside the outings, with the targets of the units that lead it; the
    worst light of all holds.
    """

    task: TaskTime
    light: Light
    outings: TaskOutings
    wanted: int | None
    place: int = 0
    assists: int | None = None
    evidence: int = 0
    stated: StatementView | None = None
    indicators: tuple[IndicatorStanding, ...] = ()

    @property
    def light_name(self) -> str:
        """Say the light in words, a message id."""
        return LIGHT_NAMES[self.light]


def _held(one: TaskProgress) -> int:
    return one.outings.held


TASKS: Columns[TaskProgress] = Columns(
    name="tien-do-nhiem-vu",
    title=N_("Tiến độ nhiệm vụ"),
    first="task",
    columns=(
        Column("task", N_("Nhiệm vụ"), lambda one: f"{one.task.path} {one.task.title}", value=lambda one: one.place),
        Column("light", N_("Tiến độ"), lambda one: gettext(one.light_name), value=lambda one: _LIGHTS[one.light]),
        Column("due_on", N_("Hạn"), lambda one: one.task.due_on, value=lambda one: one.task.due_on),
        Column("held", N_("Buổi đã diễn ra"), lambda one: one.outings.held, value=_held, numeric=True),
        Column("planned", N_("Buổi trong lịch"), lambda one: one.outings.total, unseen=True),
        Column("wanted", N_("Cần đến hết hôm qua"), lambda one: one.wanted, value=lambda one: one.wanted, numeric=True),
        # Counted for the tasks of a page alone.
        Column("assists", N_("Lượt hỗ trợ"), lambda one: one.assists, numeric=True),
        Column("evidence", N_("Tệp minh chứng"), lambda one: one.evidence, numeric=True),
        Column("stated", N_("Lời tự ghi"), lambda one: one.stated is not None),
    ),
)


def task_lights(actor: Actor, campaign_id: UUID, *, now: datetime) -> tuple[TaskProgress, ...]:
    """Give every task of the plan with its light, in the plan's order. Raises NotAllowed.

    Four queries; some more where indicators tell how far a task is.
    """
    people.check(actor, Action.FIGURE_READ)
    tasks = campaigns.task_times(actor, campaign_id)
    counts = outings.task_outings([one.id for one in tasks], today=local_date(now))
    told = _told(actor, campaign_id, tasks, now)
    return tuple(
        _progress(one, counts.get(one.id, NONE), local_date(now), place, told.get(one.id, ()))
        for place, one in enumerate(tasks)
    )


def _told(
    actor: Actor, campaign_id: UUID, tasks: Sequence[TaskTime], now: datetime
) -> dict[UUID, tuple[IndicatorStanding, ...]]:
    """Give the indicators of each task that has any, with the targets of who leads it, or of the whole."""
    links = campaigns.told_indicators(actor, campaign_id).of_tasks
    campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None) if links else None
    if campaign is None:
        return {}
    wanted = {one for named in links.values() for one in named}

    def look_up() -> dict[UUID, IndicatorStanding]:
        stand = standings(actor, campaign, now=now, only=wanted)
        return {one.indicator.id: one for one in stand}

    asked = (campaign_id, local_date(now), may(actor, Action.PLAN_READ), frozenset(wanted), get_language())
    found = _remembered.get(asked, look_up, seconds=settings.RAQUAN_REMEMBER_SECONDS) or {}
    told: dict[UUID, tuple[IndicatorStanding, ...]] = {}
    for task in tasks:
        mine = [found[one] for one in links.get(task.id, ()) if one in found]
        places = dict(zip(task.lead_ids, task.lead_places, strict=True))
        told[task.id] = tuple(narrowed(one, task.lead_ids, places) for one in mine)
    return told


def tasks_page(
    actor: Actor,
    campaign_id: UUID,
    *,
    now: datetime,
    only: Collection[Light] = (),
    sort: str = "",
    page: int = 1,
    size: int = 50,
) -> Page[TaskProgress]:
    """Give a page of the tasks with all that is known of them: all, or those of some lights."""
    wanted = (one for one in task_lights(actor, campaign_id, now=now) if not only or one.light in only)
    found = TASKS.arranged(wanted, sort)
    return Page(_whole(actor, found[window(page, size)]), max(page, 1), size, len(found))


def task_progress(actor: Actor, task_id: UUID, *, now: datetime) -> TaskProgress:
    """Give one task of the current campaign with its light. Raises NotAllowed, NotFound."""
    campaign = campaigns.current_campaign(now)
    lights = task_lights(actor, campaign.id, now=now) if campaign else ()
    found = [one for one in lights if one.task.id == task_id]
    if not found:
        raise NotFound()
    return _whole(actor, found)[0]


def _progress(
    task: TaskTime, counts: TaskOutings, today: date, place: int, told: tuple[IndicatorStanding, ...] = ()
) -> TaskProgress:
    shown = light(counts.held, counts.total, task.starts_on, task.due_on, today)
    wanted = None
    if shown is not Light.UNKNOWN and task.starts_on and task.due_on:
        wanted = wanted_by(counts.total, task.starts_on, task.due_on, today)
    shown = worst([shown, *(target.light for one in told for target in one.targets)])
    return TaskProgress(task, shown, counts, wanted, place, indicators=told)


def _whole(actor: Actor, found: list[TaskProgress]) -> list[TaskProgress]:
    """Add what was counted, shown and stated, in three queries."""
    if not found:
        return []
    ids = [one.task.id for one in found]
    assists = capture.task_assists(ids)
    shown, stated = campaigns.evidence_of(actor, ids), campaigns.statements_of(actor, ids)
    return [
        replace(
            one,
            assists=assists.get(one.task.id, 0),
            evidence=sum(file.is_proof for file in shown.get(one.task.id, ())),
            stated=next(iter(stated.get(one.task.id, ())), None),
        )
        for one in found
    ]
