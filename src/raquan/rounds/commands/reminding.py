"""Reminds units of reports that are due, by the room of notices; the office is told of those that stay away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.kernel.dates import format_date, format_datetime
from raquan.kernel.refused import N_, NotAllowed
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
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
        said = {
            "first": format_date(row.round.first_on),
            "last": format_date(row.round.last_on),
            "due": format_datetime(row.due_at),
        }
        notices.tell(
            by=SYSTEM,
            now=now,
            kind=f"rounds.{step.value}",
            key=_key(row.id, row.due_at),
            to=OnDuty(row.organization_id, Role.UNIT_OFFICER),
            text=TEXTS[step],
            params=said,
            href=f"/desk/rounds/reports/{row.id}/",
            escalate_at=escalates_at(owed) if step is Reminder.DUE else None,
        )
    return True


def _key(report_id: UUID, due_at: datetime) -> str:
    """Name the report with its due time: with more time it is told of again."""
    return f"{report_id} {due_at:%Y%m%d%H%M}"
