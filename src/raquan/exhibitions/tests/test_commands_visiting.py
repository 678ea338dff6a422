"""Visits are counted, days stated, contacts kept sealed with consent and emptied on their day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from raquan.exhibitions import commands, queries
from raquan.exhibitions.commands import Left
from raquan.exhibitions.rules import Grade, Outcome, Purpose
from raquan.exhibitions.tests.conftest import Fair, Running, edition
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound

BoothVisit = apps.get_model("exhibitions.BoothVisit")
Contact = apps.get_model("exhibitions.Contact")
AuditEntry = apps.get_model("ledger.AuditEntry")
TOKEN, OTHER = "a" * 22, "b" * 22
DAY = date(2023, 10, 5)
LEFT = Left("H’Trang Niê", "0905 123 456", Purpose.TRIAL, "Gọi buổi tối", agrees=True)


def test_a_tap_is_one_visit_and_nobody_is_known(running: Running, now: datetime) -> None:
    for token in (TOKEN, TOKEN, OTHER):
        commands.count_visit(now=now, code=running.code, token=token)
    assert BoothVisit.objects.count() == 2
    assert {field.name for field in BoothVisit._meta.get_fields()} == {"id", "application", "mark", "visited_on"}
    with pytest.raises(NotFound):
        commands.count_visit(now=now, code="GH-222222", token=TOKEN)
    with pytest.raises(commands.NotOpen):
        commands.count_visit(now=now + timedelta(days=5), code=running.code, token=TOKEN)


def test_numbers_stand_by_who_says_them_and_are_never_added(fair: Fair, running: Running, now: datetime) -> None:
    commands.count_visit(now=now, code=running.code, token=TOKEN)
    said: dict[str, Any] = {"now": now, "application_id": running.booth, "held_on": DAY}
    assert commands.state_day(by=fair.unit, **said, heads=40) is Grade.TALLIED
    assert commands.state_day(by=fair.officers[0], **said, heads=100, note="Ước chừng") is Grade.STATED
    commands.state_day(by=fair.unit, **said, heads=40)
    with pytest.raises(commands.Changed):
        commands.state_day(by=fair.unit, **said, heads=41)
    commands.state_day(by=fair.unit, **said, heads=41, seen=1)
    with pytest.raises(NotAllowed):
        commands.state_day(by=fair.officers[1], **said, heads=1)
    with pytest.raises(commands.NotThatDay):
        commands.state_day(by=fair.unit, **said | {"held_on": date(2023, 10, 6)}, heads=1)
    with pytest.raises(commands.HeadsImpossible):
        commands.state_day(by=fair.unit, **said, heads=100_001)
    sheet = queries.day_sheet(fair.unit, running.held, DAY, now=now)
    (line,) = sheet.lines
    assert (line.counted, line.tallied, line.stated, line.notes) == (1, 41, 100, ("Ước chừng",))
    assert (sheet.counted, sheet.tallied, sheet.stated) == (1, 41, 100)
    with pytest.raises(NotAllowed):
        queries.day_sheet(fair.officers[0], running.held, DAY, now=now)


def test_an_incident_is_noted_once(fair: Fair, running: Running, now: datetime) -> None:
    said: dict[str, Any] = {
        "by": fair.unit,
        "now": now,
        "request_id": uuid4(),
        "exhibition_id": running.held,
        "held_on": DAY,
        "at": time(9),
    }
    made = commands.note_incident(**said, text="Mất điện 10 phút, đã nối lại", booth="a1")
    assert commands.note_incident(**said, text="Mất điện 10 phút, đã nối lại", booth="a1") == made
    with pytest.raises(commands.SentOtherwise):
        commands.note_incident(**said, text="Việc khác")
    with pytest.raises(commands.WordsMissing):
        commands.note_incident(**said | {"request_id": uuid4()}, text=" ")
    with pytest.raises(NotAllowed):
        commands.note_incident(**said | {"by": fair.officers[0], "request_id": uuid4()}, text="Việc")
    (incident,) = queries.day_sheet(fair.unit, running.held, DAY, now=now).incidents
    assert incident.booth == "A1"


def test_a_contact_is_sealed_for_its_enterprise_alone(fair: Fair, running: Running, now: datetime) -> None:
    asked: dict[str, Any] = {"now": now, "code": running.code, "token": TOKEN, "days": 180}
    with pytest.raises(commands.ConsentMissing):
        commands.leave_contact(**asked, left=replace(LEFT, agrees=False))
    for wrong in (replace(LEFT, name=" "), replace(LEFT, phone="không có")):
        with pytest.raises(commands.ContactUnreadable):
            commands.leave_contact(**asked, left=wrong)
    assert not Contact.objects.exists()
    made = commands.leave_contact(**asked, left=LEFT)
    assert commands.leave_contact(**asked, left=LEFT) == made
    with pytest.raises(commands.SentOtherwise):
        commands.leave_contact(**asked, left=replace(LEFT, phone="0905 999 999"))
    row = Contact.objects.get()
    sealed = bytes(row.sealed or b"")
    assert len(sealed) > 40
    assert b"0905" not in sealed
    assert "Niê".encode() not in sealed
    assert (row.consent.startswith("Tôi đồng ý để Công ty Một dùng"), row.purge_on) == (True, date(2024, 4, 2))
    (view,) = queries.contacts(fair.officers[0], fair.campaign_id).items
    assert (view.name, view.phone, view.words) == ("H’Trang Niê", "0905 123 456", "Gọi buổi tối")
    assert queries.contacts(fair.officers[1], fair.campaign_id).items == []
    for nobody in (fair.unit, fair.field.office):
        with pytest.raises(NotAllowed):
            queries.contacts(nobody, fair.campaign_id)
    written = str(list(AuditEntry.objects.values_list("detail", flat=True)))
    assert "Niê" not in written
    assert "0905" not in written


def test_a_seal_opens_for_its_own_row_alone(fair: Fair, running: Running, now: datetime) -> None:
    for token, name in ((TOKEN, "Một"), (OTHER, "Hai")):
        commands.leave_contact(now=now, code=running.code, token=token, left=replace(LEFT, name=name), days=180)
    one, two = Contact.objects.order_by("id")
    Contact.objects.filter(id=one.id).update(sealed=two.sealed)
    assert {view.name for view in queries.contacts(fair.officers[0], fair.campaign_id).items} == {"", "Hai"}


def test_what_followed_is_stated_and_stays_when_the_name_is_gone(fair: Fair, running: Running, now: datetime) -> None:
    made = commands.leave_contact(now=now, code=running.code, token=TOKEN, left=LEFT, days=10)
    asked: dict[str, Any] = {"now": now, "contact_id": made}
    with pytest.raises(NotAllowed):
        commands.state_outcome(by=fair.officers[1], **asked, outcome=Outcome.TRIAL, seen=1)
    for _again in range(2):
        commands.state_outcome(by=fair.officers[0], **asked, outcome=Outcome.TRIAL, seen=1)
    with pytest.raises(commands.Changed):
        commands.state_outcome(by=fair.officers[0], **asked, outcome=Outcome.NOTHING, seen=1)
    with pytest.raises(NotAllowed):
        commands.purge_contacts(by=fair.field.office, now=now)
    assert commands.purge_contacts(by=SYSTEM, now=now + timedelta(days=9)) == 0
    assert commands.purge_contacts(by=SYSTEM, now=now + timedelta(days=10)) == 1
    assert commands.purge_contacts(by=SYSTEM, now=now + timedelta(days=10)) == 0
    row = Contact.objects.get()
    assert (row.sealed, row.outcome, row.purpose) == (None, "trial", "trial")
    assert row.consent
    with pytest.raises(commands.ContactGone):
        commands.state_outcome(by=fair.officers[0], **asked, outcome=Outcome.CONTRACT, seen=2)


def test_a_visitor_takes_it_back(fair: Fair, running: Running, now: datetime) -> None:
    commands.leave_contact(now=now, code=running.code, token=TOKEN, left=LEFT, days=180)
    held = queries.held_contact(TOKEN)
    assert held is not None
    assert held.name == "H’Trang Niê"
    for _again in range(2):
        commands.withdraw_contact(now=now, token=TOKEN)
    held = queries.held_contact(TOKEN)
    assert held is not None
    assert (held.name, held.phone, held.is_emptied) == ("", "", True)
    with pytest.raises(NotFound):
        commands.withdraw_contact(now=now, token=OTHER)


def test_after_its_end_nothing_is_counted(fair: Fair, running: Running, now: datetime) -> None:
    seen = edition(fair, running.held, now)
    commands.close_exhibition(by=fair.unit, now=now, exhibition_id=running.held, seen=seen)
    with pytest.raises(commands.NotOpen):
        commands.leave_contact(now=now, code=running.code, token=TOKEN, left=LEFT, days=180)
    with pytest.raises(commands.NotPlanned):
        commands.change_plan(by=fair.unit, now=now, exhibition_id=running.held, plan="A1", seen=seen + 1)
