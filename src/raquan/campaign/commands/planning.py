"""Puts a draft of a plan in force, changes what stands around its tasks, and closes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from raquan.campaign.models import Campaign, Observance, Plan
from raquan.campaign.queries import forget_campaigns
from raquan.campaign.rules import (
    CHANGEABLE,
    PLAN_STATE_NAMES,
    PLAN_TRANSITIONS,
    PlanState,
    PlanStep,
)
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.readings.rules import Scope

SUBJECT = "campaign.Plan"
NATION = "Ngày Chuyển đổi số quốc gia"


class PlanElsewhere(Conflict):
    """The plan's state does not allow this; somebody else may just have taken the step."""

    code = "plan.elsewhere"
    message = N_("Không làm được: kế hoạch này hiện “{state}”. Có thể người khác vừa thay đổi; hãy mở lại trang.")


class YearHasPlan(Conflict):
    """Another plan is in force for the year."""

    code = "plan.year_has_plan"
    message = N_("Năm {year} đã có kế hoạch khác được ký. Mỗi năm chỉ có một kế hoạch.")


class NumberMissing(Refused):
    """A plan in force has a number and a day of issue."""

    code = "plan.number_missing"
    message = N_("Hãy ghi số và ngày ban hành của kế hoạch đã ký.")


class ReasonMissing(Refused):
    """What is in force is changed and closed with a reason."""

    code = "plan.reason_missing"
    message = N_("Kế hoạch đang thực hiện: hãy ghi lý do.")


class DaysReversed(Refused):
    """The last day comes before the first."""

    code = "plan.days_reversed"
    message = N_("Ngày kết thúc phải sau hoặc trùng ngày bắt đầu.")


class FrameChanged(Conflict):
    """Somebody else changed it after the page was opened."""

    code = "plan.frame_changed"
    message = N_("Có người khác vừa sửa phần này. Những gì bạn gõ vẫn còn trong ô: hãy chép lại, mở lại trang, ghép.")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a plan's tasks; `slogans` and `programmes` are a text each."""

    theme: str
    theme_province: str
    day_on: date
    province_day_name: str
    province_day_on: date | None
    starts_on: date
    ends_on: date
    slogans: tuple[str, ...]
    programmes: tuple[str, ...]
    sub_plans_need_approval: bool


def load_plan(by: Actor, now: datetime, plan_id: UUID) -> Plan:
    """Give a plan that the actor may manage; raises NotAllowed, NotFound."""
    people.check_whole(by, Action.PLAN_MANAGE, on=local_date(now))
    found = Plan.objects.filter(id=plan_id).select_related("campaign").first()
    if found is None:
        raise NotFound()
    return found


def check_changeable(plan: Plan, reason: str) -> str:
    """Give the reason of a change, which a draft does not need. Raises PlanElsewhere, ReasonMissing."""
    said = normalize(reason)[:1000]
    if plan.state not in CHANGEABLE:
        raise PlanElsewhere(state=PLAN_STATE_NAMES[PlanState(plan.state)])
    if plan.state != PlanState.DRAFT.value and not said:
        raise ReasonMissing()
    return said


def put_plan_in_force(*, by: Actor, now: datetime, plan_id: UUID, number: str, issued_on: date | None) -> None:
    """Put a draft in force under the number and day with which it was signed; again it does nothing.

    Raises NotAllowed, NotFound, NumberMissing, YearHasPlan, PlanElsewhere.
    """
    plan = load_plan(by, now, plan_id)
    signed = normalize(number)[:60]
    if plan.state == PlanState.IN_FORCE.value and (plan.number, plan.issued_on) == (signed, issued_on):
        return
    if not signed or issued_on is None:
        raise NumberMissing()
    try:
        with transaction.atomic():
            _take(plan_id, PlanStep.PUT_IN_FORCE, number=signed, issued_on=issued_on)
            Campaign.objects.filter(id=plan.campaign_id).update(code=str(plan.campaign.year))
            detail = {"number": signed, "issued_on": issued_on.isoformat()}
            ledger.record(by=by, verb="put_plan_in_force", subject=SUBJECT, subject_id=plan_id, detail=detail)
            transaction.on_commit(forget_campaigns)
    except IntegrityError:
        raise YearHasPlan(year=plan.campaign.year) from None


def close_plan(*, by: Actor, now: datetime, plan_id: UUID, reason: str) -> None:
    """Close a plan in force; again it does nothing. Raises NotAllowed, NotFound, ReasonMissing, PlanElsewhere."""
    plan = load_plan(by, now, plan_id)
    said = normalize(reason)[:1000]
    if plan.state == PlanState.CLOSED.value:
        return
    if not said:
        raise ReasonMissing()
    with transaction.atomic():
        _take(plan_id, PlanStep.CLOSE)
        ledger.record(by=by, verb="close_plan", subject=SUBJECT, subject_id=plan_id, detail={"reason": said})
        transaction.on_commit(forget_campaigns)


def change_frame(*, by: Actor, now: datetime, plan_id: UUID, edition: int, frame: Frame, reason: str = "") -> int:
    """Change themes, days, slogans and programmes over the edition that was opened; give the next.

    The same again changes nothing. Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, DaysReversed,
    FrameChanged.
    """
    plan = load_plan(by, now, plan_id)
    if frame.starts_on > frame.ends_on:
        raise DaysReversed()
    before = frame_of(plan)
    if before == frame:
        return plan.frame_edition
    said = check_changeable(plan, reason)
    with transaction.atomic():
        open_ones = Plan.objects.filter(id=plan_id, state__in=CHANGEABLE, frame_edition=edition)
        if not open_ones.update(
            frame_edition=F("frame_edition") + 1,
            programmes=list(frame.programmes),
            sub_plans_need_approval=frame.sub_plans_need_approval,
        ):
            raise FrameChanged()
        _write_frame(plan.campaign, frame)
        changes = {name: _plain(getattr(frame, name)) for name in Frame.__slots__ if _differs(before, frame, name)}
        detail = {"reason": said, "edition": edition + 1, "changes": changes}
        ledger.record(by=by, verb="change_frame", subject=SUBJECT, subject_id=plan_id, detail=detail)
        transaction.on_commit(forget_campaigns)
    return edition + 1


def correct_plan_head(
    *,
    by: Actor,
    now: datetime,
    plan_id: UUID,
    edition: int,
    number: str,
    issued_on: date | None,
    title: str,
    reason: str = "",
) -> int:
    """Write a plan's number, day and title as the signed paper has them, over the edition opened; give the next.

    What they were stays in the history; the same again changes nothing. A draft may still be without number and day.
    Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, NumberMissing, FrameChanged.
    """
    plan = load_plan(by, now, plan_id)
    true = {"number": normalize(number)[:60], "issued_on": issued_on, "title": normalize(title)}
    before = {name: getattr(plan, name) for name in true}
    if before == true:
        return plan.frame_edition
    said = check_changeable(plan, reason)
    if not true["title"] or (plan.state != PlanState.DRAFT.value and not (true["number"] and issued_on)):
        raise NumberMissing()
    with transaction.atomic():
        open_ones = Plan.objects.filter(id=plan_id, state__in=CHANGEABLE, frame_edition=edition)
        if not open_ones.update(frame_edition=F("frame_edition") + 1, **true):
            raise FrameChanged()
        changes = {name: [_plain(before[name]), _plain(value)] for name, value in true.items() if before[name] != value}
        detail = {"reason": said, "edition": edition + 1, "changes": changes}
        ledger.record(by=by, verb="correct_plan_head", subject=SUBJECT, subject_id=plan_id, detail=detail)
        transaction.on_commit(forget_campaigns)
    return edition + 1


def frame_of(plan: Plan) -> Frame:
    """Give what stands around a plan's tasks now."""
    campaign = plan.campaign
    province = campaign.observances.filter(scope=Scope.PROVINCE.value).first()
    return Frame(
        theme=campaign.theme.get("vi", ""),
        theme_province=campaign.theme_province.get("vi", ""),
        day_on=campaign.day_on,
        province_day_name=province.name["vi"] if province else "",
        province_day_on=province.held_on if province else None,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        slogans=tuple(one["vi"] for one in campaign.slogans),
        programmes=tuple(plan.programmes),
        sub_plans_need_approval=plan.sub_plans_need_approval,
    )


def _write_frame(campaign: Campaign, frame: Frame) -> None:
    known = {one["vi"]: one for one in campaign.slogans}
    Campaign.objects.filter(id=campaign.id).update(
        theme=_text(campaign.theme, frame.theme),
        theme_province=_text(campaign.theme_province, frame.theme_province),
        day_on=frame.day_on,
        starts_on=frame.starts_on,
        ends_on=frame.ends_on,
        slogans=[known.get(one) or localized(one) for one in frame.slogans],
    )
    days = Observance.objects.filter(campaign=campaign)
    days.filter(scope=Scope.NATIONAL.value).update(held_on=frame.day_on)
    province = days.filter(scope=Scope.PROVINCE.value)
    if frame.province_day_on is None or not frame.province_day_name:
        province.delete()
        return
    said = {"name": localized(frame.province_day_name), "held_on": frame.province_day_on}
    if not province.update(**said):
        Observance.objects.create(campaign=campaign, scope=Scope.PROVINCE.value, **said)


def _text(before: dict[str, str], text: str) -> dict[str, str]:
    """Keep the translations of a text that stays; another text has none yet."""
    return before if before.get("vi", "") == text else localized(text) if text else {}


def _differs(before: Frame, frame: Frame, name: str) -> bool:
    return bool(getattr(before, name) != getattr(frame, name))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def _take(plan_id: UUID, step: PlanStep, **said: object) -> None:
    """Take a step that only one of several officers can take."""
    waiting = Plan.objects.filter(id=plan_id, state__in=PLAN_TRANSITIONS.sources_of(step))
    if not waiting.update(state=PLAN_TRANSITIONS.result_of(step).value, **said):
        state = Plan.objects.values_list("state", flat=True).get(id=plan_id)
        raise PlanElsewhere(state=PLAN_STATE_NAMES[PlanState(state)])
