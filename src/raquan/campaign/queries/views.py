"""What pages and other rooms are told about campaigns, plans and tasks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from raquan.campaign.models import Amendment, Campaign, Plan, Task, TaskChange
from raquan.campaign.rules import PLAN_STATE_NAMES, PlanState
from raquan.kernel.dates import format_date
from raquan.kernel.localized import DEFAULT_LANGUAGE, Localized, in_language
from raquan.kernel.paging import Page
from raquan.readings.rules import FIELD_NAMES, ChangeKind, Part


@dataclass(frozen=True, slots=True)
class ObservanceView:
    """A day that the campaign observes; `scope` is national or province."""

    scope: str
    name: Localized
    held_on: date


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as everybody may see it. `name` is in the reader's language; themes are localized values,
    empty where the plan names none."""

    id: UUID
    year: int
    code: str
    name: str
    theme: Localized
    theme_province: Localized
    day_on: date
    starts_on: date
    ends_on: date
    province_code: str
    province_name: str
    is_synthetic: bool
    plan_number: str
    observances: tuple[ObservanceView, ...] = ()
    slogans: tuple[Localized, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """One of the plan's purposes, and where the document says it."""

    text: str
    source: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """A document that amended the plan."""

    number: str
    title: str
    issued_on: date | None
    file_sha256: str
    file_name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan of a campaign."""

    id: UUID
    campaign_id: UUID
    number: str
    title: str
    issuer: str
    issued_on: date | None
    file_sha256: str
    file_name: str
    objectives: tuple[ObjectiveView, ...]
    amendments: tuple[AmendmentView, ...] = ()
    state: PlanState = PlanState.IN_FORCE
    programmes: tuple[str, ...] = ()

    @property
    def state_name(self) -> str:
        """Name the state, a message id."""
        return PLAN_STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as the plan writes it, with the organization that it was matched with (score 0 to 1)."""

    written: str
    organization_id: UUID | None
    organization_name: str
    score: float | None


@dataclass(frozen=True, slots=True)
class TaskChangeView:
    """What an amending document (by its number) did to a task: each field old and new."""

    document: str
    kind: ChangeKind
    source: str
    source_text: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of a plan; `source` is the paragraph or the table and row, `source_text` what stands there.

    `withdrawn_by` is the number of the document that withdrew it, "" while it stands; `is_taken_back` when it was
    added by a document that was itself withdrawn; `changes` are the amendments'.
    """

    id: UUID
    campaign_id: UUID
    plan_id: UUID
    path: str
    title: str
    section: str
    lead_units: tuple[UnitView, ...]
    cooperating_units: tuple[UnitView, ...]
    starts_on: date | None
    due_on: date | None
    time_as_written: str
    deliverable: str
    source: str
    source_text: str
    withdrawn_by: str = ""
    is_taken_back: bool = False
    changes: tuple[TaskChangeView, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftoverView:
    """A text of the document that has no place in the plan."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """Tasks under one heading of the plan; the heading is empty where there is none."""

    title: str
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan's page: `sections` group the tasks of the page of the list that is shown."""

    campaign: CampaignView
    plan: PlanView
    tasks: Page[TaskView]
    sections: tuple[SectionView, ...]
    leftovers: tuple[LeftoverView, ...]
    text: str
    may_import: bool


def campaign_view(
    one: Campaign, province_name: str, plan_number: str, observances: Iterable[ObservanceView]
) -> CampaignView:
    """Show a campaign with the number of its signed plan, "" where there is none."""
    return CampaignView(
        id=one.id,
        year=one.year,
        code=one.code,
        name=in_language(one.name, (get_language() or DEFAULT_LANGUAGE).partition("-")[0]),
        theme=one.theme,
        theme_province=one.theme_province,
        day_on=one.day_on,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        province_code=one.province_code,
        province_name=province_name[:1].upper() + province_name[1:],
        is_synthetic=one.is_synthetic,
        plan_number=plan_number,
        observances=tuple(sorted(observances, key=lambda day: (day.held_on, day.scope))),
        slogans=tuple(one.slogans),
    )


def plan_view(one: Plan, amendments: Sequence[Amendment] = ()) -> PlanView:
    """Show a plan whose objectives are prefetched."""
    return PlanView(
        id=one.id,
        campaign_id=one.campaign_id,
        number=one.number,
        title=one.title,
        issuer=one.issuer,
        issued_on=one.issued_on,
        file_sha256=one.file_sha256 or "",
        file_name=one.file_name,
        objectives=tuple(ObjectiveView(aim.text, aim.source, aim.id) for aim in one.objectives.all()),
        amendments=tuple(
            AmendmentView(str(it), it.title, it.issued_on, it.file_sha256, it.file_name, it.made_at)
            for it in amendments
        ),
        state=PlanState(one.state),
        programmes=tuple(one.programmes),
    )


def task_view(one: Task, names: Mapping[UUID, str], changes: Sequence[TaskChange] = ()) -> TaskView:
    """Show a task whose plan, parents and units are at hand."""
    return TaskView(
        id=one.id,
        campaign_id=one.plan.campaign_id,
        plan_id=one.plan_id,
        path=one.path,
        title=one.title,
        section=_section(one),
        lead_units=_units(one, Part.LEAD, names),
        cooperating_units=_units(one, Part.COOPERATING, names),
        starts_on=one.starts_on,
        due_on=one.due_on,
        time_as_written=one.time_as_written,
        deliverable=one.deliverable,
        source=one.source,
        source_text=one.source_text,
        withdrawn_by=str(one.withdrawn_by) if one.withdrawn_by else "",
        is_taken_back=bool(one.withdrawn_by and one.withdrawn_by.withdrawn_at),
        changes=tuple(_change(it) for it in changes),
    )


def _change(one: TaskChange) -> TaskChangeView:
    said = {name: (_said(was), _said(now)) for name, (was, now) in one.fields.items()}
    fields = tuple((name, *said[name]) for name in FIELD_NAMES if name in said)  # PostgreSQL keeps no order of keys
    return TaskChangeView(str(one.amendment), ChangeKind(one.kind), one.source, one.source_text, fields)


def _said(value: object) -> str:
    """Write a value of a changed field as people do."""
    if isinstance(value, list):
        return "; ".join(value)
    try:
        return format_date(date.fromisoformat(str(value or "")))
    except ValueError:
        return str(value or "")


def _section(one: Task) -> str:
    """Name the nearest heading above a task; two steps up at most, as queries fetch them."""
    parent = one.parent
    above = parent.parent if parent is not None and not parent.is_section else parent
    return f"{above.path}. {above.title}".removeprefix(". ") if above is not None and above.is_section else ""


def _units(one: Task, part: Part, names: Mapping[UUID, str]) -> tuple[UnitView, ...]:
    return tuple(
        UnitView(unit.as_written, unit.organization_id, names.get(unit.organization_id, ""), unit.score)
        if unit.organization_id
        else UnitView(unit.as_written, None, "", None)
        for unit in one.units.all()
        if unit.part == part.value
    )
