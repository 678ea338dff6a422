"""Plans an outing: who may, on which day, where, with which services and which team."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date, format_time
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.outings.commands.sites import PlaceUnknown, SiteEnded
from raquan.outings.models import Assignment, Outing, OutingService
from raquan.outings.queries.planning import site_on
from raquan.outings.queries.reading import plan_of
from raquan.outings.rules import (
    LANGUAGE_NAMES,
    Aim,
    OutingPlan,
    Part,
    State,
    free_code,
    is_within,
    naming_code,
    path_text,
    read_code,
)
from raquan.people import commands as people
from raquan.people import queries as persons
from raquan.people.rules import Action, may
from raquan.places import queries as places


class SiteUnknown(NotFound):
    """There is no such site."""

    code = "outing.site_unknown"
    message = N_("Không tìm thấy địa điểm đã chọn.")
    status = 422


class CampaignUnknown(NotFound):
    """There is no such campaign."""

    code = "outing.campaign_unknown"
    message = N_("Không tìm thấy chiến dịch.")
    status = 422


class TaskUnknown(NotFound):
    """The task is not in this campaign's plan."""

    code = "outing.task_unknown"
    message = N_("Nhiệm vụ đã chọn không thuộc kế hoạch của chiến dịch này.")
    status = 422


class OrganizationUnknown(NotFound):
    """There is no such organization."""

    code = "outing.organization_unknown"
    message = N_("Không tìm thấy đơn vị đã chọn.")
    status = 422


class OutsideWindow(Refused):
    """The day is outside the campaign's window."""

    code = "outing.outside_window"
    message = N_("Ngày {held_on} nằm ngoài thời gian của chiến dịch (từ {starts_on} đến hết {ends_on}).")


class EndsBeforeStart(Refused):
    """The outing would end before it begins."""

    code = "outing.ends_before_start"
    message = N_("Giờ kết thúc ({ends_at}) phải sau giờ bắt đầu ({starts_at}).")


class ServicesMissing(Refused):
    """An outing helps with something."""

    code = "outing.services_missing"
    message = N_("Hãy chọn ít nhất một dịch vụ.")


class ServiceUnknown(Refused):
    """The catalogue has no such service on that day."""

    code = "outing.service_unknown"
    message = N_("Các dịch vụ sau không có trong danh mục ngày {held_on}: {services}.")


class MemberWithoutDuty(Refused):
    """A member of the team has no duty that lets them record for this unit there on that day."""

    code = "outing.member_without_duty"
    message = N_("Người sau không được phân công cho đơn vị này vào ngày {held_on}: {names}.")


class LanguageUnknown(Refused):
    """The language is none that the teams are known to speak."""

    code = "outing.language_unknown"
    message = N_("Không có ngôn ngữ “{language}” trong danh sách.")


class HourTaken(Conflict):
    """The unit already has another outing at this site at this hour."""

    code = "outing.hour_taken"
    message = N_("Đơn vị đã có buổi ra quân {code} ở địa điểm này, cùng ngày, cùng giờ.")


class CodeTaken(Conflict):
    """Another outing has this code."""

    code = "outing.code_taken"
    message = N_("Mã {code} đã dùng cho buổi ra quân khác.")


def plan_outing(
    *,
    by: Actor,
    now: datetime,
    request_id: UUID | None = None,
    campaign_id: UUID,
    task_id: UUID | None,
    organization_id: UUID,
    site_id: UUID,
    held_on: date,
    starts_at: time,
    ends_at: time,
    service_codes: Sequence[str],
    team: Sequence[UUID],
    aim: str = Aim.HANDS_ON,
    language: str = "vi",
    expected_people: int | None = None,
    capacity: int | None = None,
    code: str | None = None,
) -> UUID:
    """Plan an outing and give its id; the first of the team leads it, and a team may be named later.

    Times are Viet Nam's. The same plan again (by `request_id`, or the same unit, site, day and hour) is the
    same outing; another plan for that hour is HourTaken. `code` is made at random unless given.
    Raises a refusal of this module for each thing that the plan gets wrong.
    """
    site = site_on(site_id, held_on)
    codes = site.place_path if site is not None else ()
    people.check(by, Action.OUTING_PLAN, organization_id=organization_id, place_path=codes)
    if site is None:
        raise SiteUnknown()
    if not codes:
        raise PlaceUnknown(place_code=site.place_code)
    if site.ended_on is not None and held_on > site.ended_on:
        raise SiteEnded(name=site.name, ended_on=format_date(site.ended_on))
    plan = OutingPlan(
        campaign_id=campaign_id,
        task_id=task_id,
        organization_id=organization_id,
        site_id=site_id,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        service_codes=tuple(dict.fromkeys(service_codes)),
        team=tuple(dict.fromkeys(team)),
        aim=Aim(aim),
        language=language,
        expected_people=expected_people,
        capacity=capacity,
    )
    return _plan(by, now, request_id, plan, codes, read_code(code) if code else None)


def _plan(
    by: Actor, now: datetime, request_id: UUID | None, plan: OutingPlan, codes: tuple[str, ...], code: str | None
) -> UUID:
    """Write the plan once, whether the same comes twice by id, by content, or at the same moment."""
    digest = hashlib.sha256(repr((plan, code)).encode()).hexdigest()

    def do() -> dict[str, str]:
        found = _standing(plan)
        if found is None:
            _refuse_wrong(by, plan, codes)
        return {"outing_id": str(found or _insert(by, now, plan, codes, code))}

    try:
        with transaction.atomic():
            answer = ledger.once(request_id=request_id, by=by, digest=digest, do=do)
    except IntegrityError:  # somebody planned this hour, or took this code, at the same moment
        found = _standing(plan)
        if found is None:
            raise
        return found
    return UUID(answer["outing_id"])


def _standing(plan: OutingPlan) -> UUID | None:
    """Find the outing that stands at the plan's hour; raise HourTaken when it is another one."""
    found = (
        Outing.objects.filter(
            organization_id=plan.organization_id,
            site_id=plan.site_id,
            held_on=plan.held_on,
            starts_at=plan.starts_at,
        )
        .exclude(state=State.CANCELLED.value)
        .first()
    )
    if found is None:
        return None
    if plan_of(found).differences(plan):
        raise HourTaken(code=found.code)
    return found.id


def _refuse_wrong(by: Actor, plan: OutingPlan, codes: tuple[str, ...]) -> None:
    if persons.organization(plan.organization_id) is None:
        raise OrganizationUnknown()
    _refuse_wrong_time(plan)
    _refuse_wrong_task(by, plan)
    if plan.language not in LANGUAGE_NAMES:
        raise LanguageUnknown(language=plan.language)
    refuse_wrong_services(plan.service_codes, plan.held_on)
    refuse_wrong_team(plan.team, plan.organization_id, plan.held_on, codes)


def _refuse_wrong_time(plan: OutingPlan) -> None:
    campaign = next((c for c in campaigns.campaigns() if c.id == plan.campaign_id), None)
    if campaign is None:
        raise CampaignUnknown()
    if not is_within(plan.held_on, campaign.starts_on, campaign.ends_on):
        raise OutsideWindow(
            held_on=format_date(plan.held_on),
            starts_on=format_date(campaign.starts_on),
            ends_on=format_date(campaign.ends_on),
        )
    if plan.ends_at <= plan.starts_at:
        raise EndsBeforeStart(starts_at=format_time(plan.starts_at), ends_at=format_time(plan.ends_at))


def _refuse_wrong_task(by: Actor, plan: OutingPlan) -> None:
    if plan.task_id is not None and campaigns.campaign_of_task(by, plan.task_id) != plan.campaign_id:
        raise TaskUnknown()


def refuse_wrong_services(service_codes: Sequence[str], on: date) -> None:
    """Raise ServicesMissing, or ServiceUnknown for what the catalogue of a day does not have."""
    if not service_codes:
        raise ServicesMissing()
    known = {service.code for service in catalogue.services_on(on)}
    unknown = [code for code in service_codes if code not in known]
    if unknown:
        raise ServiceUnknown(held_on=format_date(on), services=", ".join(unknown))


def refuse_wrong_team(team: Sequence[UUID], organization_id: UUID, held_on: date, codes: tuple[str, ...]) -> None:
    """Raise MemberWithoutDuty when somebody may not record for this unit there on that day."""
    known = persons.actors_of_users(team, held_on)
    idle = [
        known[one].name if one in known else str(one)
        for one in team
        if one not in known or not may(known[one], Action.FORM_FILL, organization_id=organization_id, place_path=codes)
    ]
    if idle:
        raise MemberWithoutDuty(held_on=format_date(held_on), names=", ".join(idle))


def _insert(by: Actor, now: datetime, plan: OutingPlan, codes: tuple[str, ...], code: str | None) -> UUID:
    if code is not None and Outing.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    outing = Outing.objects.create(
        code=code or _free_code(codes, plan.held_on),
        campaign_id=plan.campaign_id,
        task_id=plan.task_id,
        organization_id=plan.organization_id,
        site_id=plan.site_id,
        place_path=path_text(codes),
        held_on=plan.held_on,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        aim=plan.aim.value,
        language=plan.language,
        expected_people=plan.expected_people,
        capacity=plan.capacity,
        state=State.PLANNED.value,
        planned_at=now,
    )
    OutingService.objects.bulk_create(
        OutingService(outing=outing, service_code=one, position=position)
        for position, one in enumerate(plan.service_codes)
    )
    Assignment.objects.bulk_create(
        Assignment(outing=outing, user_id=one, part=(Part.HELPER if position else Part.LEADER).value)
        for position, one in enumerate(plan.team)
    )
    detail = {"code": outing.code, "held_on": plan.held_on.isoformat(), "site_id": str(plan.site_id)}
    ledger.record(by=by, verb="plan_outing", subject="outings.Outing", subject_id=outing.id, detail=detail)
    return outing.id


def _free_code(codes: tuple[str, ...], on: date) -> str:
    """Make a code that no outing has."""
    unit = places.unit_on(naming_code(codes), on)
    name = unit.name if unit is not None else ""
    return free_code(name, secrets.choice, lambda code: Outing.objects.filter(code=code).exists())
