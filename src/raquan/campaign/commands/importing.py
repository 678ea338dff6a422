"""Brings a plan into force: a campaign of its year, with objectives, tasks, units and leftovers."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign.commands.writing import write_tasks
from raquan.campaign.models import Campaign, Leftover, Objective, Observance, Plan
from raquan.campaign.queries import forget_campaigns
from raquan.campaign.rules import NATIONAL_DAY, ORDERING
from raquan.files.commands import store_file
from raquan.kernel.actor import Actor
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.kernel.text import fold
from raquan.ledger.commands import record
from raquan.people.commands import check
from raquan.people.rules import Action
from raquan.places import queries as places
from raquan.places.rules import Level
from raquan.readings.commands import NotAPlan, ReadingClosed, media_type, settle_reading, understand_plan
from raquan.readings.queries import KeptPlan, kept_plan
from raquan.readings.rules import PlanReading, PlanUnderstood, Scope


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


class AmendsAnother(Refused):
    """The document amends a plan; it is not one by itself."""

    code = "plan.amends_another"
    message = N_("Văn bản này sửa đổi kế hoạch {number}, không phải là kế hoạch riêng.")


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
    understood = understand_plan(document=document, file_name=file_name)
    wanted = _wanted(understood.reading, file_name, campaign_year, starts_on, ends_on, synthetic)
    if done := _standing(wanted.year, understood.sha256):
        return done
    store_file(by=by, data=document, media_type=media_type(file_name))
    try:
        with transaction.atomic():
            return _write(by, understood, wanted)
    except IntegrityError:  # another import was first in this moment
        if done := _standing(wanted.year, understood.sha256):
            return done
        raise


def import_reading(
    *,
    by: Actor,
    now: datetime,
    reading_id: UUID,
    version: int,
    set_aside: bool = False,
    campaign_year: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> PlanImported:
    """Bring a document into force as officers left it; `version` is that of its reading as it was looked at.

    What is open stays so only when `set_aside` says it. Again, or by two at once, it is done once.
    Raises NotAllowed, NotFound, NotAPlan, YearUnknown, WindowUnknown, WindowReversed, AlreadyInForce, AmendsAnother,
    StillOpen, ReadingChanged or ReadingClosed.
    """
    check(by, Action.PLAN_IMPORT)
    kept = kept_plan(by, reading_id)
    if done := _imported(kept.understood.sha256):
        return _settled(by, now, kept, done)
    if number := kept.reading.head.amends:
        raise AmendsAnother(number=number)
    wanted = _wanted(kept.understood.reading, kept.reading.file_name, campaign_year, starts_on, ends_on, False)
    _standing(wanted.year, kept.understood.sha256)
    try:
        with transaction.atomic():
            done = _write(by, kept.understood, wanted)
            settle_reading(
                by=by, now=now, reading_id=reading_id, version=version, plan_id=done.plan_id, set_aside=set_aside
            )
            return done
    except (IntegrityError, ReadingClosed):  # another officer was first in this moment
        if standing := _standing(wanted.year, kept.understood.sha256):
            return standing
        raise


def _settled(by: Actor, now: datetime, kept: KeptPlan, done: PlanImported) -> PlanImported:
    """Close the reading of a file that came into force another way."""
    one = kept.reading
    if one.can_be_corrected:
        with suppress(ReadingClosed):  # who brought it into force has just closed it
            settle_reading(by=by, now=now, reading_id=one.id, version=one.version, plan_id=done.plan_id, set_aside=True)
    return done


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
    found = Plan.objects.filter(campaign__year=year, state__in=[one.value for one in ORDERING]).first()
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
        Objective(plan=plan, position=at, text=one.text, source=one.source[:60])
        for at, one in enumerate(reading.objectives, start=1)
    )
    Leftover.objects.bulk_create(
        Leftover(plan=plan, position=at, source=one.source[:60], text=one.text)
        for at, one in enumerate(reading.leftovers, start=1)
    )
    write_tasks(plan, understood)
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
