"""Who is behind today: units with reports late, tasks below the line, outings that were not held or left no record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from raquan.campaign.queries import CampaignView
from raquan.capture import queries as capture
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import N_, NotFound
from raquan.kernel.text import fold, sort_key
from raquan.outings import queries as outings
from raquan.outings.queries import OutingRef
from raquan.outings.rules import State as OutingState
from raquan.people import commands as checks
from raquan.people import queries as people
from raquan.people.queries import Contact, OrganizationView
from raquan.people.rules import Action, may
from raquan.rounds.queries.calls import CallView, calls, last_calls
from raquan.rounds.queries.progress import TaskProgress, task_lights
from raquan.rounds.queries.rounds import is_late, newest
from raquan.rounds.queries.scope import reads_of, units_of
from raquan.rounds.rules import Kind, Owes, sum_of, urgency
from raquan.ui.columns import Column, Columns

MOST_REPORTS = 5000
LOOK_BACK = timedelta(days=30)
"""Outings of so many days are asked about; an older one that was never held is history."""


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report that is owed, with the days that it is about."""

    id: UUID
    first_on: date
    last_on: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class BehindFilter:
    """Which units are wanted: behind with something of a kind, of a level, with a text in the name."""

    kind: str = ""
    level: str = ""
    text: str = ""

    def wants(self, unit: OrganizationView, owes: Owes) -> bool:
        """Tell whether a unit is among them."""
        of_kind = not self.kind or owes.of(Kind(self.kind)) > 0
        return of_kind and self.level in ("", unit.level) and fold(self.text) in fold(unit.name)


@dataclass(frozen=True, slots=True)
class BehindUnit:
    """A unit that is behind, with what it owes, whom to call, and the last call; `calls` are all, on its own page."""

    unit: OrganizationView
    owes: Owes
    reports: tuple[LateReport, ...] = ()
    tasks: tuple[TaskProgress, ...] = ()
    missed: tuple[OutingRef, ...] = ()
    silent: tuple[OutingRef, ...] = ()
    contacts: tuple[Contact, ...] = ()
    last_call: CallView | None = None
    calls: tuple[CallView, ...] = ()
    may_call: bool = False


def _people(contacts: Sequence[Contact]) -> str:
    return "; ".join(f"{one.name} {one.phone}".strip() for one in contacts)


BEHIND: Columns[BehindUnit] = Columns(
    name="don-vi-dang-cham",
    title=N_("Đơn vị đang chậm"),
    first="owes",
    columns=(
        Column("unit", N_("Đơn vị"), lambda one: one.unit.name, value=lambda one: sort_key(one.unit.name)),
        Column("owes", N_("Chậm"), lambda one: one.owes.total, value=lambda one: urgency(one.owes)),
        Column("report", N_("Báo cáo quá hạn"), lambda one: one.owes.report, unseen=True),
        Column("task", N_("Nhiệm vụ chậm"), lambda one: one.owes.task, unseen=True),
        Column("missed", N_("Buổi chưa diễn ra"), lambda one: one.owes.missed, unseen=True),
        Column("silent", N_("Buổi chưa có bản ghi"), lambda one: one.owes.silent, unseen=True),
        Column("contacts", N_("Gọi ai"), lambda one: _people(one.contacts), unseen=True),
        Column("called_at", N_("Lần gọi cuối"), lambda one: one.last_call and one.last_call.called_at, unseen=True),
        Column("said", N_("Trả lời thế nào"), lambda one: one.last_call and one.last_call.said, unseen=True),
    ),
)


@dataclass(frozen=True, slots=True)
class BehindPage:
    """A page of the units that are behind; `sums` count things of each kind over all that were asked for."""

    page: Page[BehindUnit]
    sums: Owes
    may_call: bool


@dataclass(slots=True)
class _Found:
    reports: list[LateReport] = field(default_factory=list)
    tasks: list[TaskProgress] = field(default_factory=list)
    missed: list[OutingRef] = field(default_factory=list)
    silent: list[OutingRef] = field(default_factory=list)

    def owes(self) -> Owes:
        return Owes(len(self.reports), len(self.tasks), len(self.missed), len(self.silent))


def behind(
    actor: Actor,
    campaign: CampaignView,
    *,
    now: datetime,
    wanted: BehindFilter | None = None,
    sort: str = "",
    page: int = 1,
    size: int = 20,
    with_calls: bool = True,
) -> BehindPage:
    """Give a page of the units behind that the actor may know of, the most urgent first. Raises NotAllowed.

    `with_calls` also gives whom to call and the last calls.
    """
    found = _found(actor, campaign, now)
    wanted = wanted or BehindFilter()
    units = people.organizations_by_ids(found)
    decides = units_of(actor, Action.REPORT_DECIDE)
    listed = [
        _unit(units[one], found[one], decides is None or one in decides)
        for one in units
        if wanted.wants(units[one], found[one].owes())
    ]
    shown = BEHIND.arranged(listed, sort)[window(page, size)]  # what is equal by name, as they came
    contacts, spoken = _beside(actor, campaign.id, [one.unit.id for one in shown if with_calls], now)
    rows = [replace(one, contacts=contacts.get(one.unit.id, ()), last_call=spoken.get(one.unit.id)) for one in shown]
    sums = sum_of(one.owes for one in listed)
    return BehindPage(Page(rows, max(page, 1), size, len(listed)), sums, decides is None or bool(decides))


def behind_unit(actor: Actor, campaign: CampaignView, organization_id: UUID, *, now: datetime) -> BehindUnit:
    """Give one unit with all that it owes and every call; also one that owes nothing any more.

    Raises NotAllowed, NotFound where the actor may not know of its reports.
    """
    may_know = reads_of(actor)
    unit = people.organizations_by_ids([organization_id]).get(organization_id)
    if unit is None or (may_know is not None and organization_id not in may_know):
        raise NotFound()
    things = _found(actor, campaign, now, organization_id).get(organization_id, _Found())
    decides = units_of(actor, Action.REPORT_DECIDE)
    decided = decides is None or organization_id in decides
    contacts, _ = _beside(actor, campaign.id, [organization_id], now, with_calls=False)
    said = calls(actor, campaign.id, organization_id) if decided else ()
    whole = _unit(unit, things, decided)
    return replace(whole, contacts=contacts.get(unit.id, ()), last_call=said[0] if said else None, calls=said)


def _found(actor: Actor, campaign: CampaignView, now: datetime, only: UUID | None = None) -> dict[UUID, _Found]:
    """Gather what is owed, by unit, in a bounded number of queries; `only` is the one unit that is asked about."""
    checks.check(actor, Action.FIGURE_READ)
    units = reads_of(actor)
    found: dict[UUID, _Found] = defaultdict(_Found)
    for organization_id, late in _late_reports(actor, campaign.id, now):
        found[organization_id].reports.append(late)
    for task in task_lights(actor, campaign.id, now=now):
        for organization_id in task.task.lead_ids if task.light.is_late else ():
            found[organization_id].tasks.append(task)
    for one, is_missed in _outings(actor, campaign, local_date(now), only):
        (found[one.organization_id].missed if is_missed else found[one.organization_id].silent).append(one)
    return {key: things for key, things in found.items() if units is None or key in units}


def _late_reports(actor: Actor, campaign_id: UUID, now: datetime) -> list[tuple[UUID, LateReport]]:
    rows = newest(actor).filter(is_late(now), round__rule__campaign_id=campaign_id).order_by("due_at", "id")
    names = ("organization_id", "id", "round__first_on", "round__last_on", "due_at")
    return [(row[0], LateReport(*row[1:])) for row in rows.values_list(*names)[:MOST_REPORTS]]


def _outings(actor: Actor, campaign: CampaignView, today: date, only: UUID | None) -> list[tuple[OutingRef, bool]]:
    """Give the outings of past days that were not held (True), or were held and left no record (False)."""
    if not may(actor, Action.OUTING_READ):
        return []
    since, until = max(campaign.starts_on, today - LOOK_BACK), today - timedelta(days=1)
    heard = capture.heard_outings(campaign.id, on_from=since, on_to=until)
    refs = outings.outing_refs(actor, campaign.id, on_from=since, on_to=until, organization_id=only, without=heard)
    missed = [one for one in refs if one.state == OutingState.PLANNED]
    silent = [one for one in refs if one.state in (OutingState.OPEN, OutingState.DONE)]
    return [(one, True) for one in missed] + [(one, False) for one in silent]


def _beside(
    actor: Actor, campaign_id: UUID, ids: Sequence[UUID], now: datetime, *, with_calls: bool = True
) -> tuple[dict[UUID, tuple[Contact, ...]], dict[UUID, CallView]]:
    """Give whom to call and the last calls, for who calls."""
    if not (ids and may(actor, Action.REPORT_DECIDE)):
        return {}, {}
    contacts = people.contacts_of(actor, ids, local_date(now)) if may(actor, Action.PEOPLE_READ) else {}
    return contacts, last_calls(actor, campaign_id, ids) if with_calls else {}


def _unit(unit: OrganizationView, things: _Found, may_call: bool) -> BehindUnit:
    return BehindUnit(
        unit=unit,
        owes=things.owes(),
        reports=tuple(things.reports),
        tasks=tuple(things.tasks),
        missed=tuple(things.missed),
        silent=tuple(things.silent),
        may_call=may_call,
    )
