"""Reminds units of reports that are due, by the room of notices; the office is told of what waits and stays away."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.capture import queries as capture
from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.dates import format_date, format_datetime
from raquan.kernel.refused import N_, NotAllowed
from raquan.notices import commands as notices
from raquan.notices import queries as notice_queries
from raquan.notices.rules import OnDuty
from raquan.outings import queries as outings
from raquan.outings.rules import State as OutingState
from raquan.people.rules import Role
from raquan.rounds.models import UnitReport
from raquan.rounds.rules import REMIND_BEFORE, UNHEARD, Owed, Reminder, State, escalates_at, reminder

TEXTS = {
    Reminder.SOON: N_("Báo cáo kỳ {first}–{last} của đơn vị đến hạn lúc {due}."),
    Reminder.DUE: N_("Báo cáo kỳ {first}–{last} của đơn vị đã quá hạn lúc {due}. Hãy nộp ngay."),
}


def remind_units(*, by: Actor, now: datetime) -> int:
    """Tell each unit of a report that is due soon or late, once each; gives how many. The system alone does this.

    What is late is told to the level above a day later by notices, unless the report was submitted.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    near = UnitReport.objects.filter(state__in=[one.value for one in UNHEARD], due_at__lte=now + REMIND_BEFORE)
    unsaid = near.exclude(reminded=Reminder.DUE.value).select_related("round").order_by("due_at", "id")
    return sum(_remind(by, now, row) for row in unsaid[:2000])


RETURNED = N_("Báo cáo kỳ {first}–{last} bị trả lại: {reason}")
SUBMITTED = N_("Báo cáo kỳ {first}–{last} của {unit} chờ duyệt.")
SUBMITTED_KIND = "rounds.submitted"
SILENT = N_("Buổi {code} ngày {day} chưa có bản ghi nào. Hãy nhắc đội gửi, hoặc hủy buổi nếu không diễn ra.")
SILENT_KIND = "rounds.silent_outing"
MORNING = 7
"""From this hour on, Viet Nam's, outings of the day before are asked about."""
SILENT_DAYS = timedelta(days=7)
"""For so many days it is looked whether records have come after all."""


def tell_silent_outings(*, by: Actor, now: datetime) -> int:
    """Tell units of outings of yesterday that left no record, once each; gives how many. The system alone does this.

    What was told is withdrawn when records have come, or the outing was called off.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    campaign, today = campaigns.current_campaign(now), local_date(now)
    if campaign is None or now.astimezone(VIETNAM).hour < MORNING:
        return 0
    since, until = today - SILENT_DAYS, today - timedelta(days=1)
    refs = outings.outing_refs(by, campaign.id, on_from=since, on_to=until)
    told = notice_queries.told_keys(SILENT_KIND, [str(one.id) for one in refs])
    heard = frozenset(capture.heard_outings(campaign.id, on_from=since, on_to=until))
    quiet = {one.id for one in refs if one.id not in heard and one.state != OutingState.CANCELLED}
    for key in [key for key, is_open in told.items() if is_open and UUID(key) not in quiet]:
        notices.settle(by=by, now=now, key=key, kind=SILENT_KIND)
    yesterday = [one for one in refs if one.held_on == until and one.id in quiet]
    new = [one for one in yesterday if str(one.id) not in told]
    for one in new:
        notices.tell(
            by=by,
            now=now,
            kind=SILENT_KIND,
            key=str(one.id),
            to=OnDuty(one.organization_id, Role.UNIT_OFFICER),
            text=SILENT,
            params={"code": one.code, "day": format_date(one.held_on)},
            href=f"/desk/outings/{one.id}/",
        )
    return len(new)


def tell_submitted(*, by: Actor, now: datetime, row: UnitReport) -> None:
    """Tell the standing office, which decides on it, that a report waits. `row` is as before its submission."""
    notices.tell(
        by=by,
        now=now,
        kind=SUBMITTED_KIND,
        key=_submission(row.id, now),
        to=OnDuty(None, Role.STEERING_OFFICER),
        text=SUBMITTED,
        params={**_period(row), "unit": row.organization.name[:120]},
        href=f"/desk/rounds/reports/{row.id}/",
    )


def settle_submitted(*, by: Actor, now: datetime, row: UnitReport) -> None:
    """Withdraw what was told of a report's submission: it was decided on."""
    notices.settle(by=by, now=now, key=_submission(row.id, row.submitted_at), kind=SUBMITTED_KIND)


def tell_returned(*, by: Actor, now: datetime, row: UnitReport, reason: str) -> None:
    """Tell a unit that its report came back, and why."""
    notices.tell(
        by=by,
        now=now,
        kind="rounds.returned",
        key=_submission(row.id, row.submitted_at),
        to=OnDuty(row.organization_id, Role.UNIT_OFFICER),
        text=RETURNED,
        params={**_period(row), "reason": reason[:120]},
        href=f"/desk/rounds/reports/{row.id}/",
    )


def settle_returned(*, by: Actor, now: datetime, row: UnitReport) -> None:
    """Withdraw what was told of a report's return: it is submitted again. `row` is as before that."""
    notices.settle(by=by, now=now, key=_submission(row.id, row.submitted_at), kind="rounds.returned")


def _submission(report_id: UUID, submitted_at: datetime | None) -> str:
    """Name the report with the moment of a submission: one that comes or goes back again is told of again."""
    return f"{report_id} {submitted_at.astimezone(UTC):%Y%m%d%H%M%S%f}" if submitted_at else str(report_id)


def _period(row: UnitReport) -> dict[str, str]:
    return {"first": format_date(row.round.first_on), "last": format_date(row.round.last_on)}


def settle_reminders(*, by: Actor, now: datetime, report_id: UUID, due_at: datetime) -> None:
    """Withdraw what was told of a report for a due time: it was submitted, or there is more time."""
    notices.settle(by=by, now=now, key=_key(report_id, due_at))


def _remind(by: Actor, now: datetime, row: UnitReport) -> bool:
    owed = Owed(State(row.state), row.due_at, row.late_at - row.due_at)
    found = reminder(owed, now)
    step = Reminder.DUE if found is Reminder.ESCALATED else found  # notices tells the level above by itself
    if step is None or step == row.reminded:
        return False
    with transaction.atomic():
        same = UnitReport.objects.filter(id=row.id, state=row.state, due_at=row.due_at, reminded=row.reminded)
        if not same.update(reminded=step.value):
            return False  # it was submitted, or another process tells it
        notices.tell(
            by=SYSTEM,
            now=now,
            kind=f"rounds.{step.value}",
            key=_key(row.id, row.due_at),
            to=OnDuty(row.organization_id, Role.UNIT_OFFICER),
            text=TEXTS[step],
            params={**_period(row), "due": format_datetime(row.due_at)},
            href=f"/desk/rounds/reports/{row.id}/",
            escalate_at=escalates_at(owed) if step is Reminder.DUE else None,
        )
    return True


def _key(report_id: UUID, due_at: datetime) -> str:
    """Name the report with its due time: with more time it is told of again."""
    return f"{report_id} {due_at:%Y%m%d%H%M}"
