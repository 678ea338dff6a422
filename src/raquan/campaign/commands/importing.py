"""Brings a plan into force: a campaign of its year, with objectives, tasks, units and leftovers."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign.models import Campaign, Leftover, Objective, Observance, Plan, Task, TaskUnit
from raquan.campaign.queries import forget_campaigns
from raquan.campaign.rules import NATIONAL_DAY, PlanState
from raquan.files.commands import store_file
from raquan.kernel.actor import Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.kernel.text import fold
from raquan.ledger.commands import record
from raquan.people.commands import check
from raquan.people.rules import Action
from raquan.places import queries as places
from raquan.places.rules import Level
from raquan.readings.commands import DOCX, PlanUnderstood, read_kept_document, understand_plan
from raquan.readings.rules import Part, PlanReading, Scope, TaskRead


class NotAPlan(Refused):
    """The document has neither a plan's title nor tasks."""

    code = "plan.not_a_plan"
    message = N_("Không thấy tên kế hoạch hay nhiệm vụ nào trong văn bản này. Hãy kiểm tra lại tệp đã chọn.")


class YearUnknown(Refused):
    """The document does not say its year and nobody has."""

    code = "plan.year_unknown"
    message = N_("Văn bản không cho biết là kế hoạch của năm nào. Hãy ghi năm của chiến dịch.")


class WindowUnknown(Refused):
    """The document does not say from when to when and nobody has."""

    code = "plan.window_unknown"
    message = N_("Văn bản không cho biết thời gian thực hiện. Hãy ghi ngày bắt đầu và ngày kết thúc.")


class WindowReversed(Refused):
    """The last day comes before the first."""

    code = "plan.window_reversed"
    message = N_("Ngày kết thúc phải sau hoặc trùng ngày bắt đầu.")


class AlreadyInForce(Conflict):
    """The year's campaign has a plan from another file."""

    code = "plan.already_in_force"
    message = N_("Năm {year} đã có kế hoạch {number} đang thực hiện. Văn bản khác cho cùng năm chưa được nhận.")


@dataclass(frozen=True, slots=True)
class PlanImported:
    """What an import has made; `already` when the very file had been imported before."""

    plan_id: UUID
    campaign_id: UUID
    tasks: int
    leftovers: int
    already: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    file_name: str
    year: int
    starts_on: date
    ends_on: date
    synthetic: bool


def import_stored_plan(
    *,
    by: Actor,
    now: datetime,
    sha256: str,
    file_name: str,
    campaign_year: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> PlanImported:
    """Bring a plan into force whose file `preview_plan` has kept. Raises as import_plan, and NotFound."""
    check(by, Action.PLAN_IMPORT)
    return import_plan(
        by=by,
        now=now,
        document=read_kept_document(sha256=sha256),
        file_name=file_name,
        campaign_year=campaign_year,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def import_plan(
    *,
    by: Actor,
    now: datetime,
    document: bytes,
    file_name: str,
    campaign_year: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    synthetic: bool = False,
) -> PlanImported:
    """Bring a plan into force; the same file again is already done, another one for its year is refused.

    Year and window come from the document unless given. Raises NotAllowed, NotDocx, TooLarge, OldFont,
    NotAPlan, YearUnknown, WindowUnknown, WindowReversed or AlreadyInForce.
    """
    check(by, Action.PLAN_IMPORT)
    if done := _imported(hashlib.sha256(document).hexdigest()):
        return done
    understood = understand_plan(document=document)
    wanted = _wanted(understood.reading, file_name, campaign_year, starts_on, ends_on, synthetic)
    if done := _standing(wanted.year, understood.sha256):
        return done
    store_file(by=by, data=document, media_type=DOCX)
    try:
        with transaction.atomic():
            return _write(by, understood, wanted)
    except IntegrityError:  # another import was first in this moment
        if done := _standing(wanted.year, understood.sha256):
            return done
        raise


def _imported(sha256: str) -> PlanImported | None:
    plan = Plan.objects.filter(file_sha256=sha256).first()
    if plan is None:
        return None
    tasks = plan.tasks.filter(is_section=False).count()
    return PlanImported(plan.id, plan.campaign_id, tasks, plan.leftovers.count(), already=True)


def _wanted(
    reading: PlanReading,
    file_name: str,
    year: int | None,
    starts_on: date | None,
    ends_on: date | None,
    synthetic: bool,
) -> _Wanted:
    if not reading.says_a_plan:
        raise NotAPlan()
    year = year or reading.year
    if year is None:
        raise YearUnknown()
    first, last = starts_on or reading.starts_on, ends_on or reading.ends_on
    if first is None or last is None:
        raise WindowUnknown()
    if first > last:
        raise WindowReversed()
    return _Wanted(file_name[:255], year, first, last, synthetic)


def _standing(year: int, sha256: str) -> PlanImported | None:
    """Give this very plan when another import brought it into force just now. Raises AlreadyInForce for another one."""
    found = Plan.objects.filter(campaign__year=year, state=PlanState.IN_FORCE.value).first()
    if found is not None and found.file_sha256 != sha256:
        raise AlreadyInForce(year=year, number=found.number)
    return _imported(sha256)


def _write(by: Actor, understood: PlanUnderstood, wanted: _Wanted) -> PlanImported:
    reading = understood.reading
    campaign = _campaign(reading, wanted)
    plan = Plan.objects.create(
        campaign=campaign,
        number=reading.head.number or "",
        title=(reading.head.title or wanted.file_name)[:1000],
        issuer=(reading.head.issuer or "")[:300],
        issued_on=reading.head.issued_on,
        file_sha256=understood.sha256,
        file_name=wanted.file_name,
    )
    Objective.objects.bulk_create(
        Objective(plan=plan, position=at, text=one.text, source=one.source)
        for at, one in enumerate(reading.objectives, start=1)
    )
    Leftover.objects.bulk_create(
        Leftover(plan=plan, position=at, source=one.source, text=one.text)
        for at, one in enumerate(reading.leftovers, start=1)
    )
    _write_tasks(plan, understood)
    counts = {"tasks": len(reading.tasks), "leftovers": len(reading.leftovers)}
    detail = {"campaign_id": str(campaign.id), "file_sha256": understood.sha256, "number": plan.number, **counts}
    record(by=by, verb="import_plan", subject="campaign.Plan", subject_id=plan.id, detail=detail)
    transaction.on_commit(forget_campaigns)
    return PlanImported(plan.id, campaign.id, counts["tasks"], counts["leftovers"], already=False)


def _campaign(reading: PlanReading, wanted: _Wanted) -> Campaign:
    """Make the year's campaign; the days that it observes are the plan's, else the national one."""
    days = {one.scope: (one.name, date(wanted.year, one.month, one.day)) for one in reading.observances}
    national = date(wanted.year, *NATIONAL_DAY)
    days.setdefault(Scope.NATIONAL, ("Ngày Chuyển đổi số quốc gia", national))
    campaign = Campaign.objects.create(
        year=wanted.year,
        code=str(wanted.year),
        name=localized(f"Ngày Chuyển đổi số năm {wanted.year}", en=f"Digital Transformation Day {wanted.year}"),
        theme=localized(reading.theme) if reading.theme else {},
        theme_province=localized(reading.theme_province) if reading.theme_province else {},
        day_on=days[Scope.NATIONAL][1],
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        province_code=_province(reading, national),
        is_synthetic=wanted.synthetic,
    )
    Observance.objects.bulk_create(
        Observance(campaign=campaign, scope=scope.value, name=_day_name(scope, name), held_on=day)
        for scope, (name, day) in days.items()
    )
    return campaign


def _day_name(scope: Scope, name: str) -> dict[str, str]:
    return localized(name, en="National Digital Transformation Day" if scope is Scope.NATIONAL else "")


def _province(reading: PlanReading, on: date) -> str:
    """Give the code of the province: the one that the head names, else the only one that is known."""
    known = places.units_on(on, level=Level.PROVINCE, size=200).items
    said = fold(f"{reading.head.issuer} {reading.head.title}")
    named = [one.code for one in known if fold(one.name) in said]
    return named[0] if named else known[0].code if len(known) == 1 else ""


def _write_tasks(plan: Plan, understood: PlanUnderstood) -> None:
    texts = {piece.source: piece.text for piece in understood.reading.pieces}
    order = {source: at for at, source in enumerate(texts, start=1)}
    by_source: dict[str, Task] = {}
    for one in understood.reading.sections:
        by_source[one.source] = Task(
            id=uuid7(),
            plan=plan,
            position=order[one.source],
            path=one.path,
            title=one.title,
            is_section=True,
            source=one.source,
            source_text=texts[one.source],
        )
    for task in understood.reading.tasks:
        by_source[task.source] = _task(plan, task, by_source, order[task.source], texts[task.source])
    # A parent stands above its children in the document, so it is written before them.
    Task.objects.bulk_create(sorted(by_source.values(), key=lambda one: one.position))
    TaskUnit.objects.bulk_create(
        unit for task in understood.reading.tasks for unit in _units(by_source[task.source], task, understood)
    )


def _task(plan: Plan, read: TaskRead, known: dict[str, Task], position: int, text: str) -> Task:
    """Make a task below the one whose number begins its own ("1" above "1.1"), else below its section."""
    above = [one for one in known.values() if not one.is_section and one.path and read.path.startswith(f"{one.path}.")]
    parent = above[-1] if above else known.get(read.section)
    return Task(
        id=uuid7(),
        plan=plan,
        parent=parent if parent is not None and parent.position < position else None,
        position=position,
        path=read.path[:60],
        title=read.title,
        starts_on=read.starts_on,
        due_on=read.due_on,
        time_as_written=read.time_as_written[:500],
        deliverable=read.deliverable or "",
        source=read.source,
        source_text=text,
        search_key=fold(" ".join([read.title, *read.lead_units, *read.cooperating_units, read.deliverable or ""])),
    )


def _units(task: Task, read: TaskRead, understood: PlanUnderstood) -> Iterator[TaskUnit]:
    for part, names in ((Part.LEAD, read.lead_units), (Part.COOPERATING, read.cooperating_units)):
        for position, written in enumerate(names, start=1):
            match = understood.matches.get(written)
            yield TaskUnit(
                task=task,
                position=position,
                part=part.value,
                as_written=written,
                organization_id=match.organization_id if match else None,
                score=match.score if match else None,
            )
