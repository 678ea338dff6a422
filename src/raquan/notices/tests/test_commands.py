"""Notices from telling to the servers of mail and SMS: once, gathered, quiet, escalated, withdrawn."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.kernel import clock
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.ledger import commands as ledger
from raquan.ledger.models import AuditEntry, OutboxMessage
from raquan.notices import commands, queries
from raquan.notices.gateways import NotSent
from raquan.notices.models import Dispatch, Message, Notice, Telling
from raquan.notices.rules import OnDuty, Person
from raquan.notices.tests.conftest import Esms, MailServer, Staff, add_person
from raquan.people.rules import Role

TEXT = N_("Báo cáo của {unit} đã quá hạn.")


def tell(now: datetime, to: Person | OnDuty, key: str = "a", **more: Any) -> UUID:
    """Tell of a late report."""
    said = {"kind": "rounds.late", "text": TEXT, "params": {"unit": "Huyện thử"}, "href": f"/desk/rounds/{key}/"}
    return commands.tell(by=SYSTEM, now=now, key=key, to=to, **(said | more))


def run(now: datetime) -> None:
    """Do what the clock's job does."""
    commands.spread_due(now=now)
    commands.escalate_overdue(now=now)
    commands.gather(now=now)


def send(now: datetime) -> list[str]:
    """Do what the worker does with what is due; give every dispatch's state in the order of their making."""
    due = OutboxMessage.objects.filter(topic="notices.send", done_at__isnull=True, due_at__lte=now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "real_now", lambda: now)
        for one in due.order_by("id"):
            with suppress(NotSent):
                ledger.deliver(message_id=one.id, attempt=one.attempts, now=now, real_now=now)
    return list(Dispatch.objects.order_by("id").values_list("state", flat=True))


@pytest.fixture(autouse=True)
def _stored_time(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the outbox's own times, which the database gives, be those of the test."""
    create = OutboxMessage.objects.create
    monkeypatch.setattr(OutboxMessage.objects, "create", lambda **said: create(**{"due_at": now, **said}))


def test_telling_twice_tells_once(staff: Staff, now: datetime) -> None:
    to = OnDuty(staff.district, Role.UNIT_OFFICER)
    assert tell(now, to) == tell(now, to)
    assert Notice.objects.count() == 1
    assert AuditEntry.objects.filter(verb="tell").count() == 1
    for other in ({"href": "/khac/"}, {"params": {"unit": "Khác"}}):
        with pytest.raises(commands.NoticeDiffers):
            tell(now, to, **other)
    with pytest.raises(commands.NoticeDiffers):
        tell(now, Person(staff.officer))


def test_several_become_one_sms_and_all_stand_in_the_list(staff: Staff, now: datetime, esms: Esms) -> None:
    tell(now, OnDuty(staff.district, Role.UNIT_OFFICER))
    tell(now, Person(staff.officer), key="b")
    tell(now, Person(staff.officer), key="later", due_at=now + timedelta(hours=1))
    run(now)
    run(now)
    assert send(now) == ["sent"]
    (said,) = esms.got
    assert (said["Phone"], said["Brandname"], said["SecretKey"]) == ("0905123456", "RAQUAN", "bí mật")
    assert said["Content"] == "Bao cao cua Huyen thu da qua han. (va 1 tin nua) http://127.0.0.1:8000/desk/notices/"
    assert send(now) == ["sent"]
    assert len(esms.got) == 1
    page = queries.notices_for(staff.actor(staff.officer))
    assert {one.text for one in page.items} == {"Báo cáo của Huyện thử đã quá hạn."}
    assert (page.total, queries.unread_count(staff.actor(staff.officer))) == (2, 2)
    tell(now, Person(staff.officer), key="soon after")
    run(now + timedelta(minutes=5))
    assert Message.objects.count() == 1, "gathered into the next"
    run(now + timedelta(hours=1))
    assert Message.objects.count() == 2
    assert Telling.objects.filter(message__isnull=False).count() == 4


def test_nobody_is_woken(staff: Staff, now: datetime, esms: Esms) -> None:
    evening = now + timedelta(hours=11, minutes=59)  # 20:59
    tell(evening, Person(staff.officer))
    run(evening)
    night, morning = evening + timedelta(minutes=2), evening + timedelta(hours=9, minutes=31)
    assert send(night) == ["waiting"], "a message that was ready just before waits too"
    tell(night, Person(staff.officer), key="b")
    run(night + timedelta(minutes=10))
    assert Message.objects.count() == 1
    assert queries.notices_for(staff.actor(staff.officer)).total == 2
    run(morning)
    assert send(morning) == ["sent", "sent"]
    assert len(esms.got) == 2


def test_what_nobody_settles_goes_up(staff: Staff, now: datetime) -> None:
    late: dict[str, Any] = {"escalate_at": now + timedelta(hours=4)}
    tell(now, OnDuty(staff.district, Role.UNIT_OFFICER), **late)
    tell(now, OnDuty(staff.district, Role.UNIT_OFFICER), key="settled", **late)
    run(now)
    assert commands.settle(by=SYSTEM, now=now, key="settled", kind="rounds.late") == 1
    assert commands.settle(by=SYSTEM, now=now, key="settled") == 0
    run(now + timedelta(hours=3))
    assert queries.notices_for(staff.actor(staff.chief)).total == 0
    run(now + timedelta(hours=4))
    run(now + timedelta(hours=5))
    (told,) = queries.notices_for(staff.actor(staff.chief)).items
    assert (told.key, told.is_escalation) == ("a", True)
    assert AuditEntry.objects.filter(verb="escalate_overdue").count() == 1


def test_where_nobody_is_on_duty_the_level_above_is_told(staff: Staff, now: datetime) -> None:
    tell(now, OnDuty(staff.commune, Role.UNIT_OFFICER))
    run(now)
    assert [one.is_escalation for one in queries.notices_for(staff.actor(staff.officer)).items] == [True]


def test_a_notice_for_nobody_waits_for_somebody(db: None, now: datetime) -> None:
    tell(now, OnDuty(None, Role.STEERING_OFFICER))
    run(now)
    assert queries.has_work(now) is False
    chief = add_person(now, "chief@example.vn", Role.STEERING_OFFICER, None)
    run(now + timedelta(minutes=15))
    assert Telling.objects.get().user_id == chief


def test_what_is_settled_is_not_sent(staff: Staff, now: datetime, esms: Esms) -> None:
    tell(now, Person(staff.officer))
    tell(now, Person(staff.officer), key="b")
    run(now)
    commands.settle(by=SYSTEM, now=now, key="a")
    commands.settle(by=SYSTEM, now=now, key="b")
    assert send(now) == ["withdrawn"]
    assert esms.got == []


@pytest.mark.parametrize(("code", "state"), [("103", "waiting"), ("104", "failed"), ("124", "sent")])
def test_a_gateway_that_says_no(staff: Staff, now: datetime, esms: Esms, code: str, state: str) -> None:
    tell(now, Person(staff.officer))
    run(now)
    esms.code = code
    assert send(now) == [state]
    assert code in Dispatch.objects.get().answer
    assert queries.unread_count(staff.actor(staff.officer)) == 1, "a failed channel loses no notice"
    esms.code = "100"
    if state == "failed":
        with pytest.raises(NotFound):
            commands.dispatch_again(by=boss(now, staff.commune), now=now, dispatch_id=Dispatch.objects.get().id)
        mine = {"by": boss(now, staff.district), "now": now, "dispatch_id": Dispatch.objects.get().id}
        assert [commands.dispatch_again(**mine), commands.dispatch_again(**mine)] == [True, False]
    assert send(now + timedelta(hours=1)) == ["sent"]
    ids = [one["RequestId"] for one in esms.got]
    assert len(set(ids)) == (2 if state == "failed" else 1), "a try of the same sending is known again"


def boss(now: datetime, organization_id: UUID) -> Any:
    """Give an administrator of an organization."""
    made = add_person(now, f"{uuid4().hex}@example.vn", Role.ADMINISTRATOR, organization_id)
    return Staff.actor(None, made)  # type: ignore[arg-type]


def test_mail_is_sent_once_whatever_happens(staff: Staff, now: datetime, mail_server: MailServer) -> None:
    tell(now, Person(staff.chief))
    run(now)
    mail_server.says = "450 not now"
    assert send(now) == ["waiting"]
    mail_server.says = "250 ok"
    assert send(now + timedelta(hours=1)) == ["sent"]
    assert "To: chief@example.vn" in mail_server.mails[0]
    tell(now, Person(staff.chief), key="b")
    run(now + timedelta(hours=1))
    mail_server.hangs_up = True
    assert send(now + timedelta(hours=1)) == ["sent", "unknown"]
    assert send(now + timedelta(hours=3)) == ["sent", "unknown"]
    assert len(mail_server.mails) == 2
    tell(now, Person(staff.chief), key="c")
    run(now + timedelta(hours=2))
    mail_server.says = "550 nobody here"
    assert send(now + timedelta(hours=2))[2:] == ["failed"]


def test_a_worker_that_died_while_sending_mail_sends_nothing_twice(
    staff: Staff, now: datetime, mail_server: MailServer
) -> None:
    tell(now, Person(staff.chief))
    run(now)
    Dispatch.objects.update(state="sending")
    assert send(now) == ["unknown"]
    assert mail_server.mails == []


def test_reading_is_ones_own(staff: Staff, now: datetime) -> None:
    tell(now, Person(staff.officer))
    tell(now, Person(staff.officer), key="b")
    run(now)
    officer, chief = staff.actor(staff.officer), staff.actor(staff.chief)
    one = queries.notices_for(officer).items[0].id
    with pytest.raises(NotFound):
        commands.mark_read(by=chief, now=now, telling_id=one)
    with pytest.raises(NotAllowed):
        commands.mark_all_read(by=ANONYMOUS, now=now)
    assert [commands.mark_read(by=officer, now=now, telling_id=one) for _ in range(2)] == [True, False]
    assert (commands.mark_all_read(by=officer, now=now), queries.unread_count(officer)) == (1, 0)
    assert queries.notices_for(officer, only_open=True).total == 0


def test_how_one_is_reached(staff: Staff, now: datetime) -> None:
    officer = staff.actor(staff.officer)
    quiet = queries.reach_of(officer).quiet
    assert (queries.reach_of(officer).phone, queries.reach_of(officer).email) == ("0905123456", "")
    wanted: dict[str, Any] = {"by": officer, "now": now, "quiet_from": quiet.starts, "quiet_to": quiet.ends}
    commands.set_reach(email=" Trang@Example.vn ", phone="", **wanted)
    assert (queries.reach_of(officer).phone, queries.reach_of(officer).email) == ("", "trang@example.vn")
    with pytest.raises(commands.EmailUnreadable):
        commands.set_reach(email="0905123456", phone="", **wanted)
    with pytest.raises(commands.PhoneUnreadable):
        commands.set_reach(email="", phone="trang@example.vn", **wanted)


def test_who_invited_is_told_that_the_person_has_come(staff: Staff, now: datetime) -> None:
    said = {"invitation_id": uuid4(), "to": staff.chief, "user_id": staff.officer}
    for _ in range(2):
        commands.tell_accepted(by=SYSTEM, now=now, **said)
    notice = Notice.objects.get(kind="people.accepted")
    assert (notice.user_id, notice.params) == (staff.chief, {"name": "Người 0905123456"})
    assert queries.told_keys("people.accepted", [str(said["invitation_id"]), "x"]) == {str(said["invitation_id"]): True}
