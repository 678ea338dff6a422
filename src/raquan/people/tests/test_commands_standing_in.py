"""Somebody does another's duty while they are away: from day to day, named in the ledger, ended with it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry
from raquan.people import commands, queries
from raquan.people.models import Duty
from raquan.people.rules import Action, Role, may
from raquan.people.tests.conftest import PASSWORD

AWAY: dict[str, Any] = {"starts_on": date(2023, 10, 6), "ends_on": date(2023, 10, 8)}


def actor(user_id: UUID, on: date) -> Actor:
    """Give a person as they are on a day."""
    found = queries.actor_of_user(user_id, on)
    assert found is not None
    return found


@pytest.fixture
def helper_id(cu_mgar: UUID, now: datetime) -> UUID:
    """A helper of the same committee."""
    made = commands.create_user(by=SYSTEM, now=now, full_name="Y Thay", login="thay@example.vn", password=PASSWORD)
    days = {"starts_on": date(2023, 10, 1), "ends_on": date(2023, 10, 31)}
    commands.give_duty(
        by=SYSTEM, now=now, user_id=made, role=Role.HELPER, organization_id=cu_mgar, place_code="648", **days
    )
    return made


def test_a_stand_in_may_what_the_other_may_on_those_days(
    cu_mgar: UUID, officer_id: UUID, helper_id: UUID, now: datetime
) -> None:
    duty = Duty.objects.get(user_id=officer_id)
    officer = actor(officer_id, date(2023, 10, 5))
    given = [commands.delegate_duty(by=officer, now=now, duty_id=duty.id, user_id=helper_id, **AWAY) for _ in range(2)]
    assert given[0] == given[1]
    planning = [may(actor(helper_id, date(2023, 10, day)), Action.OUTING_PLAN) for day in (5, 6, 8, 9)]
    assert planning == [False, True, True, False]
    on_duty = [queries.on_duty(cu_mgar, (Role.UNIT_OFFICER,), date(2023, 10, day)) for day in (5, 6, 9)]
    assert on_duty == [{officer_id}, {helper_id}, {officer_id}]
    stand_in = actor(helper_id, date(2023, 10, 6))
    commands.set_password(by=stand_in, now=now, user_id=helper_id, password=PASSWORD)
    assert AuditEntry.objects.get(verb="set_password").detail == {
        "stands_in_for": [{"id": str(officer_id), "name": "H’Trang Niê"}]
    }
    with pytest.raises(commands.StandInPassedOn):
        commands.delegate_duty(by=stand_in, now=now, duty_id=given[0], user_id=officer_id, **AWAY)
    # Back early: whose duty it is says so, and nobody else without the right.
    with pytest.raises(NotAllowed):
        commands.end_duty(by=stand_in, now=now, duty_id=given[0], ends_on=date(2023, 10, 6))
    commands.end_duty(by=officer, now=now, duty_id=given[0], ends_on=date(2023, 10, 6))
    assert not may(actor(helper_id, date(2023, 10, 7)), Action.OUTING_PLAN)


def test_a_stand_in_ends_with_the_duty(officer_id: UUID, helper_id: UUID, now: datetime) -> None:
    duty = Duty.objects.get(user_id=officer_id)
    for days in (AWAY, {"starts_on": date(2023, 10, 20), "ends_on": date(2023, 10, 21)}):
        commands.delegate_duty(by=SYSTEM, now=now, duty_id=duty.id, user_id=helper_id, **days)
    commands.end_duty(by=SYSTEM, now=now, duty_id=duty.id, ends_on=date(2023, 10, 7))
    assert list(duty.stand_ins.values_list("ends_on", flat=True)) == [date(2023, 10, 7)]


def test_who_and_when_is_refused(
    cu_mgar: UUID, officer_id: UUID, helper_id: UUID, local_administrator: Actor, now: datetime
) -> None:
    duty, officer = Duty.objects.get(user_id=officer_id), actor(officer_id, date(2023, 10, 5))
    outsider = commands.create_user(by=SYSTEM, now=now, full_name="Xa", login="xa@example.vn", password=PASSWORD)
    second = commands.create_user(by=SYSTEM, now=now, full_name="Hai", login="hai@example.vn", password=PASSWORD)
    same = {"role": Role.UNIT_OFFICER, "organization_id": cu_mgar, "place_code": "648"}
    commands.give_duty(by=SYSTEM, now=now, user_id=second, starts_on=date(2023, 9, 1), **same)  # type: ignore[arg-type]
    long = {"starts_on": date(2023, 10, 6), "ends_on": date(2024, 1, 1)}
    past = {"starts_on": date(2023, 10, 1), "ends_on": date(2023, 10, 4)}
    backwards = {"starts_on": date(2023, 10, 8), "ends_on": date(2023, 10, 6)}
    wrong = [
        (officer, helper_id, long, commands.StandInBeyond),
        (officer, helper_id, past, commands.StandInBeyond),
        (officer, helper_id, backwards, commands.DutyEndsTooSoon),
        (officer, officer_id, AWAY, commands.StandInOutside),
        (officer, outsider, AWAY, commands.StandInOutside),
        (officer, second, AWAY, commands.HasDutyAlready),
        (actor(helper_id, date(2023, 10, 5)), helper_id, AWAY, NotAllowed),
    ]
    for by, user_id, days, refusal in wrong:
        with pytest.raises(refusal):
            commands.delegate_duty(by=by, now=now, duty_id=duty.id, user_id=user_id, **days)
    commands.delegate_duty(by=local_administrator, now=now, duty_id=duty.id, user_id=helper_id, **AWAY)
    with pytest.raises(commands.DutyDiffers):
        commands.delegate_duty(
            by=officer, now=now, duty_id=duty.id, user_id=helper_id, **(AWAY | {"ends_on": date(2023, 10, 7)})
        )
