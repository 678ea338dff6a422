"""Units are reminded before and after the due time, once each; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import Field, envelope, instance, make_field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import OutboxMessage
from raquan.notices import commands as notices
from raquan.notices.models import Message, Notice, Telling
from raquan.outings import commands as outings
from raquan.outings.queries import outing_by_code
from raquan.rounds import commands
from raquan.rounds.models import UnitReport
from raquan.rounds.tests.conftest import open_rounds


def told(report_id: UUID) -> list[tuple[str, bool]]:
    """Give the kinds of what was told of a report, and whether it is settled."""
    rows = Notice.objects.filter(key__startswith=str(report_id)).order_by("id")
    return [(one.kind, one.settled_at is not None) for one in rows]


def test_a_unit_is_reminded_before_and_after_and_let_alone_once_it_submitted(field: Field, now: datetime) -> None:
    report_id = open_rounds(field, now)
    due = UnitReport.objects.get(id=report_id).due_at
    with pytest.raises(NotAllowed):
        commands.remind_units(by=field.office, now=now)
    UnitReport.objects.exclude(id=report_id).delete()
    assert commands.remind_units(by=SYSTEM, now=due - timedelta(hours=3)) == 0
    assert commands.remind_units(by=SYSTEM, now=due - timedelta(hours=1)) == 1
    assert commands.remind_units(by=SYSTEM, now=due - timedelta(hours=1)) == 0
    assert commands.remind_units(by=SYSTEM, now=due + timedelta(hours=1)) == 1
    assert told(report_id) == [("rounds.soon", False), ("rounds.due", False)]
    late = Notice.objects.get(kind="rounds.due")
    assert (late.organization_id, late.role) == (field.cumgar_id, "unit_officer")
    assert late.escalate_at == due + timedelta(hours=24)

    more = due + timedelta(days=2)
    commands.extend_due(by=field.office, now=now, report_id=report_id, due_at=more, reason="Mưa lũ")
    assert told(report_id) == [("rounds.soon", True), ("rounds.due", True)]
    assert commands.remind_units(by=SYSTEM, now=due + timedelta(hours=1)) == 0
    assert commands.remind_units(by=SYSTEM, now=more) == 1
    known: dict[str, Any] = {"by": field.officer, "now": more, "report_id": report_id}
    commands.save_draft(**known, edition=0, told={"results": "Giúp 2 người"})
    commands.submit_report(**known, edition=1)
    assert told(report_id)[-2:] == [("rounds.due", True), ("rounds.submitted", False)]
    assert commands.remind_units(by=SYSTEM, now=more + timedelta(days=3)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_once(now: datetime) -> None:
    field = make_field(now)
    report_id = open_rounds(field, now)

    def remind(_turn: int) -> int:
        try:
            return commands.remind_units(by=SYSTEM, now=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(remind, range(2))) == UnitReport.objects.count()
    assert told(report_id) == [("rounds.due", False)]


def test_an_outing_of_yesterday_without_records_is_told_of_until_they_come(field: Field, now: datetime) -> None:
    tomorrow = now + timedelta(days=1)
    assert commands.tell_silent_outings(by=SYSTEM, now=now) == 0
    assert commands.tell_silent_outings(by=SYSTEM, now=tomorrow.replace(hour=22) - timedelta(days=1)) == 0, "night"
    assert commands.tell_silent_outings(by=SYSTEM, now=tomorrow) == 2
    assert commands.tell_silent_outings(by=SYSTEM, now=tomorrow) == 0
    own = Notice.objects.get(key=str(field.outing_id))
    assert (own.organization_id, own.role, own.settled_at) == (field.cumgar_id, "unit_officer", None)
    receive_submissions(by=field.device, now=tomorrow, envelopes=[envelope(instance(field.outing_code))])
    project_pending(now=tomorrow)
    other = outing_by_code(field.city_outing_code)
    assert other is not None
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=other.id, reason="Mưa")
    assert commands.tell_silent_outings(by=SYSTEM, now=tomorrow + timedelta(days=1)) == 0
    assert not Notice.objects.filter(settled_at__isnull=True).exists()
    with pytest.raises(NotAllowed):
        commands.tell_silent_outings(by=field.office, now=now)


def test_a_returned_report_is_told_of_until_it_is_submitted_again(field: Field, now: datetime) -> None:
    known: dict[str, Any] = {"now": now, "report_id": open_rounds(field, now)}
    commands.save_draft(by=field.officer, **known, edition=0, told={"results": "Giúp 2 người"})
    commands.submit_report(by=field.officer, **known, edition=1)
    commands.return_report(by=field.office, **known, reason="Thiếu nguyên nhân")
    (notice,) = Notice.objects.filter(kind="rounds.returned")
    assert notice.params == {"first": "05/10/2023", "last": "05/10/2023", "reason": "Thiếu nguyên nhân"}
    assert notice.settled_at is None
    commands.submit_report(by=field.officer, **known | {"now": now + timedelta(hours=1)}, edition=1)
    assert told(known["report_id"]) == [
        ("rounds.submitted", True), ("rounds.returned", True), ("rounds.submitted", False),
    ]  # fmt: skip


@pytest.fixture
def mail(settings: Any) -> None:
    """Let messages be sent by e-mail: they stand in the outbox until a worker takes them."""
    settings.EMAIL_HOST = "mail.example.vn"


@pytest.mark.usefixtures("mail")
def test_the_office_is_told_in_one_message_of_reports_that_wait(field: Field, now: datetime) -> None:
    open_rounds(field, now)
    rows = list(UnitReport.objects.order_by("id"))
    assert len(rows) > 1
    for row in rows:
        _submit(now, row)
        _submit(now, row)
    assert Notice.objects.filter(kind="rounds.submitted").count() == len(rows)
    one = Notice.objects.get(kind="rounds.submitted", key__startswith=str(rows[0].id))
    assert (one.organization_id, one.role) == (None, "steering_officer")
    assert one.params["unit"] == rows[0].organization.name
    assert one.href == f"/desk/rounds/reports/{rows[0].id}/"
    _tell(now)
    assert {one.user_id for one in Telling.objects.all()} == {field.office.id}
    (message,) = Message.objects.all()
    assert message.user_id == field.office.id
    assert Telling.objects.filter(message=message).count() == len(rows)
    assert _outbox() == 1
    assert told(rows[0].id)[-1] == ("rounds.submitted", False)
    commands.approve_report(by=field.office, now=now, report_id=rows[0].id, edition=1)
    assert told(rows[0].id)[-1] == ("rounds.submitted", True)
    assert told(rows[1].id)[-1] == ("rounds.submitted", False)


@pytest.mark.usefixtures("mail")
def test_a_report_that_comes_at_night_is_told_in_the_morning_unless_decided_before(field: Field, now: datetime) -> None:
    open_rounds(field, now)
    first, second, *_others = UnitReport.objects.order_by("id")
    night = now + timedelta(hours=14)  # 23:00
    for row in (first, second):
        _submit(night, row)
    _tell(night)
    assert Telling.objects.count() == 2, "the list has it at once"
    assert (Message.objects.count(), _outbox()) == (0, 0)
    commands.return_report(by=field.office, now=night, report_id=first.id, reason="Thiếu")
    _tell(now + timedelta(hours=22))
    (waiting,) = Notice.objects.filter(kind="rounds.submitted", settled_at__isnull=True)
    assert [one.notice_id for one in Telling.objects.filter(message__user_id=str(field.office.id))] == [waiting.id]
    assert _outbox() == Message.objects.count() == 2, "the unit is told of the return, the office of the other report"


def _submit(now: datetime, row: UnitReport) -> None:
    known: dict[str, Any] = {"by": SYSTEM, "now": now, "report_id": row.id}
    commands.save_draft(**known, edition=0, told={"results": "Giúp 2 người"})
    commands.submit_report(**known, edition=1)


def _tell(now: datetime) -> None:
    """Do what the clock's job of notices does."""
    notices.spread_due(now=now)
    notices.gather(now=now)


def _outbox() -> int:
    return OutboxMessage.objects.filter(topic="notices.send").count()
