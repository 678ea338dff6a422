"""An exhibition goes from the draft to its end: each step, each refusal, twice the same."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from raquan.exhibitions import commands, queries
from raquan.exhibitions.tests.conftest import PLAN, SAID, WANTS, Apply, Fair, Hold, edition, give
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound, Refused

Exhibition = apps.get_model("exhibitions.Exhibition")
BoothApplication = apps.get_model("exhibitions.BoothApplication")
Notice = apps.get_model("notices.Notice")
AuditEntry = apps.get_model("ledger.AuditEntry")


def _state(made: UUID) -> tuple[str, str]:
    row = BoothApplication.objects.get(id=made)
    return row.state, row.booth


def test_a_draft_is_written_once(fair: Fair, now: datetime) -> None:
    known: dict[str, Any] = {
        "by": fair.unit,
        "now": now,
        "request_id": uuid4(),
        "campaign_id": fair.campaign_id,
        "organization_id": fair.field.cumgar_id,
    }
    made = commands.draft_exhibition(**known, said=SAID)
    assert commands.draft_exhibition(**known, said=SAID) == made
    with pytest.raises(commands.SentOtherwise):
        commands.draft_exhibition(**known, said=replace(SAID, name="Khác"))
    assert list(AuditEntry.objects.filter(subject_id=made).values_list("verb", flat=True)) == ["draft_exhibition"]
    with pytest.raises(NotAllowed):
        commands.draft_exhibition(**known | {"organization_id": fair.field.city_id}, said=SAID)
    with pytest.raises(NotAllowed):
        commands.draft_exhibition(**known | {"by": fair.officers[0]}, said=SAID)
    with pytest.raises(NotFound):
        commands.draft_exhibition(**known | {"campaign_id": uuid4()}, said=SAID)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"name": " "}, commands.NameMissing),
        ({"ends_on": date(2023, 10, 4)}, commands.DaysReversed),
        ({"opens_at": SAID.closes_at}, commands.DaysReversed),
        ({"apply_until": date(2023, 10, 6)}, commands.DeadlineTooLate),
        ({"fields": (" ",)}, commands.FieldsMissing),
        ({"place_code": "00000"}, commands.PlaceUnknown),
        ({"cell_cm": 10}, commands.SizeImpossible),
    ],
)
def test_what_cannot_be_is_refused(fair: Fair, hold: Hold, said: dict[str, Any], refused: type[Refused]) -> None:
    with pytest.raises(refused):
        hold(**said)
    assert not Exhibition.objects.exists()


def test_particulars_and_plan_change_until_it_opens(fair: Fair, hold: Hold, now: datetime) -> None:
    held = hold(until="draft")
    asked: dict[str, Any] = {"by": fair.unit, "now": now, "exhibition_id": held}
    commands.change_exhibition(**asked, said=replace(SAID, name="Tên mới"), seen=2)
    commands.change_exhibition(**asked, said=replace(SAID, name="Tên mới"), seen=2)
    assert edition(fair, held, now) == 3
    with pytest.raises(commands.Changed):
        commands.change_plan(**asked, plan="A1", seen=2)
    commands.change_plan(**asked, plan=" .  . ", seen=3)
    with pytest.raises(commands.BoothsMissing):
        commands.open_applications(**asked, seen=4)
    commands.change_plan(**asked, plan=PLAN, seen=4)
    commands.open_applications(**asked, seen=5)
    commands.open_applications(**asked, seen=5)
    with pytest.raises(commands.Changed):
        commands.open_exhibition(**asked, seen=6)


def test_an_enterprise_applies_for_itself_alone(fair: Fair, hold: Hold, now: datetime) -> None:
    held = hold()
    known: dict[str, Any] = {
        "by": fair.officers[0],
        "now": now,
        "request_id": uuid4(),
        "exhibition_id": held,
        "organization_id": fair.enterprises[0],
    }
    made = commands.apply_for_booth(**known, said=WANTS)
    assert commands.apply_for_booth(**known, said=WANTS) == made
    assert Notice.objects.filter(key=str(made)).count() == 1
    with pytest.raises(commands.SentOtherwise):
        commands.apply_for_booth(**known, said=replace(WANTS, title="Khác"))
    for change in ({"organization_id": fair.enterprises[1]}, {"by": fair.unit}):
        with pytest.raises(NotAllowed):
            commands.apply_for_booth(**known | change, said=WANTS)
    with pytest.raises(NotFound):
        commands.apply_for_booth(**known | {"exhibition_id": hold(until="draft")}, said=WANTS)
    late = {"now": now + timedelta(days=1), "request_id": uuid4()}
    with pytest.raises(commands.NotApplying):
        commands.apply_for_booth(**known | late, said=WANTS)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"title": ""}, commands.NameMissing),
        ({"items": ()}, commands.ItemsMissing),
        ({"field": "Y tế"}, commands.FieldUnknown),
        ({"link": "javascript:alert(1)"}, commands.LinkUnreadable),
        ({"prefers": "Z9"}, commands.BoothUnknown),
        ({"watts": 100_001}, commands.SizeImpossible),
    ],
)
def test_an_application_that_cannot_be_is_refused(
    fair: Fair, hold: Hold, apply: Apply, said: dict[str, Any], refused: type[Refused]
) -> None:
    with pytest.raises(refused):
        apply(hold(), **said)
    assert not BoothApplication.objects.exists()


def test_the_organizer_answers_and_it_is_sent_again(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    made = apply(hold())
    asked: dict[str, Any] = {"now": now, "application_id": made}
    with pytest.raises(commands.ReasonMissing):
        commands.return_application(by=fair.unit, **asked, seen=1, reason=" ")
    with pytest.raises(NotAllowed):
        commands.approve_application(by=fair.officers[0], **asked, seen=1)
    for _again in range(2):
        commands.return_application(by=fair.unit, **asked, seen=1, reason="Ghi rõ cần mấy bàn")
    assert Notice.objects.filter(key=str(made), kind="exhibitions.answer.2").count() == 1
    better = replace(WANTS, tables=3)
    for _again in range(2):
        commands.change_application(by=fair.officers[0], **asked, said=better, seen=2)
    with pytest.raises(NotAllowed):
        commands.change_application(by=fair.officers[1], **asked, said=WANTS, seen=3)
    commands.approve_application(by=fair.unit, **asked, seen=3)
    with pytest.raises(commands.Changed):
        commands.change_application(by=fair.officers[0], **asked, said=WANTS, seen=4)
    with pytest.raises(NotAllowed):
        commands.withdraw_application(by=fair.unit, **asked, seen=4)
    commands.refuse_application(by=fair.unit, **asked, seen=4, reason="Không đúng lĩnh vực")
    assert _state(made) == ("refused", "")


def test_booths_are_proposed_moved_confirmed_and_told(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold()
    made = [apply(held, whose, approved=True) for whose in range(3)]
    waits = apply(held, 2)
    asked: dict[str, Any] = {"by": fair.unit, "now": now, "exhibition_id": held}
    for early in (
        lambda: commands.confirm_allocation(**asked, seen=3),
        lambda: commands.move_booth(by=fair.unit, now=now, application_id=made[0], booth="B1", seen=3),
    ):
        with pytest.raises(commands.NothingProposed):
            early()
    proposal = commands.propose_allocation(**asked, seen=3)
    assert {one.id for one in proposal.placed} == set(made), "only those that were taken"
    assert queries.application(fair.officers[0], made[0], now=now).proposed == "", "nobody is told yet"
    assert not Notice.objects.filter(kind="exhibitions.answer.3").exists()
    move: dict[str, Any] = {"by": fair.unit, "now": now, "application_id": made[0]}
    other = queries.application(fair.unit, made[1], now=now).proposed
    with pytest.raises(commands.RuleBroken) as refused:
        commands.move_booth(**move, booth=other, seen=4)
    assert "Công ty Hai" in str(refused.value)
    with pytest.raises(commands.BoothUnknown):
        commands.move_booth(**move, booth="Z1", seen=4)
    commands.move_booth(**move, booth="b1", seen=4)
    with pytest.raises(commands.Changed):
        commands.move_booth(**move, booth="B2", seen=4)
    assert commands.confirm_allocation(**asked, seen=5) == 3
    assert commands.confirm_allocation(**asked, seen=5) == 0
    assert _state(made[0]) == ("allocated", "B1")
    assert _state(waits) == ("submitted", "")
    assert Notice.objects.filter(key__in=map(str, made), text__contains="được xếp gian").count() == 3
    commands.move_booth(**move, booth="B2", seen=6)
    assert Notice.objects.filter(key=str(made[0]), text__contains="chuyển sang gian").count() == 1


def test_who_is_left_out_is_told_why_and_gets_what_becomes_free(
    fair: Fair, hold: Hold, apply: Apply, now: datetime
) -> None:
    held = hold(plan="A1 +")
    first, second = (apply(held, whose, approved=True) for whose in range(2))
    assert give(fair, held, now) == 1
    left = first if _state(second)[1] else second
    has = second if left == first else first
    officer = {first: fair.officers[0], second: fair.officers[1]}
    assert queries.application(officer[left], left, now=now).why == ("1 gian hợp điều kiện đã xếp cho đơn khác.",)
    assert Notice.objects.filter(key=str(left), text__contains="chưa được xếp").exists()
    row = BoothApplication.objects.get(id=has)
    commands.withdraw_application(by=officer[has], now=now, application_id=has, seen=row.edition)
    assert give(fair, held, now) == 1
    assert _state(left) == ("allocated", "A1")


def test_a_plan_keeps_the_booths_that_were_given(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold(plan="A1 A2 +")
    apply(held, approved=True, prefers="A2")
    give(fair, held, now)
    asked: dict[str, Any] = {"by": fair.unit, "now": now, "exhibition_id": held, "seen": edition(fair, held, now)}
    for plan in ("A1 +", "A1 A2 +100"):
        with pytest.raises(commands.BoothInUse):
            commands.change_plan(**asked, plan=plan)
    commands.change_plan(**asked, plan="A2 A1 +")


def test_a_proposal_ends_with_its_plan(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold()
    apply(held, approved=True)
    asked: dict[str, Any] = {"by": fair.unit, "now": now, "exhibition_id": held}
    commands.propose_allocation(**asked, seen=3)
    commands.change_plan(**asked, plan="B1 +", seen=4)
    with pytest.raises(commands.NothingProposed):
        commands.confirm_allocation(**asked, seen=5)


def test_it_is_cancelled_for_a_reason_that_is_told(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold()
    made = apply(held)
    asked: dict[str, Any] = {"by": fair.unit, "now": now, "exhibition_id": held, "seen": 3}
    with pytest.raises(commands.ReasonMissing):
        commands.cancel_exhibition(**asked, reason="")
    for _again in range(2):
        commands.cancel_exhibition(**asked, reason="Mưa bão")
    assert Notice.objects.filter(key=str(made), text__contains="đã hủy").count() == 1
    with pytest.raises(commands.NotPlanned):
        commands.propose_allocation(**asked | {"seen": 4})
    assert commands.purge_contacts(by=SYSTEM, now=now) == 0
