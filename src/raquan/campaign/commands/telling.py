"""Tells the office of sub-plans that wait for it, and units of what was decided, by the room of notices."""

from datetime import datetime

from raquan.campaign.models import SubPlan
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people.rules import Role

SENT = N_("Kế hoạch của {unit} chờ duyệt: {task}")
RETURNED = N_("Kế hoạch của đơn vị bị trả lại: {reason}")
APPROVED = N_("Kế hoạch của đơn vị đã được duyệt: {task}")
_LONGEST = 120


def tell_sent(*, by: Actor, now: datetime, row: SubPlan) -> None:
    """Tell the office that a sub-plan waits; what was told of its return is settled."""
    if row.sent_at is not None:
        notices.settle(by=by, now=now, key=_key(row, row.sent_at))
    if row.task.plan.sub_plans_need_approval:
        said = {"unit": row.organization.name[:_LONGEST], "task": row.task.title[:_LONGEST]}
        _tell(by, now, "campaign.sub_plan_sent", _key(row, now), OnDuty(None, Role.STEERING_OFFICER), SENT, said, row)


def tell_returned(*, by: Actor, now: datetime, row: SubPlan, reason: str) -> None:
    """Tell the unit that its sub-plan came back, and why; nothing waits for the office any more."""
    _decided(by, now, row, "campaign.sub_plan_returned", RETURNED, {"reason": reason[:_LONGEST]})


def tell_approved(*, by: Actor, now: datetime, row: SubPlan) -> None:
    """Tell the unit that its sub-plan was approved; nothing waits for the office any more."""
    _decided(by, now, row, "campaign.sub_plan_approved", APPROVED, {"task": row.task.title[:_LONGEST]})


def _decided(by: Actor, now: datetime, row: SubPlan, kind: str, text: str, said: dict[str, str]) -> None:
    if row.sent_at is None:
        return
    key = _key(row, row.sent_at)
    notices.settle(by=by, now=now, key=key, kind="campaign.sub_plan_sent")
    _tell(by, now, kind, key, OnDuty(row.organization_id, Role.UNIT_OFFICER), text, said, row)


def _tell(
    by: Actor, now: datetime, kind: str, key: str, to: OnDuty, text: str, said: dict[str, str], row: SubPlan
) -> None:
    href = f"/desk/campaign/sub-plans/{row.id}/"
    notices.tell(by=by, now=now, kind=kind, key=key, to=to, text=text, params=said, href=href)


def _key(row: SubPlan, sent_at: datetime) -> str:
    """Name the sub-plan with the moment of its sending: one that is sent again is told of again."""
    return f"{row.id} {sent_at:%Y%m%d%H%M%S%f}"
