"""Codes for phones: given, typed in, asked again, guessed at, taken away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.people import commands, queries
from raquan.people.models import Device, FieldCode, SignInAttempt
from raquan.people.rules import Level
from raquan.people.rules.signing_in import MAX_BY_ADDRESS, MAX_BY_LOGIN, WINDOW
from raquan.people.tests.conftest import PASSWORD

CODE = "A3CD-EFHJ-K2"
CLIENT = UUID("0b8f5a62-53f5-4a8e-9a3b-1b1f0a6f4d11")
AT = datetime.fromisoformat("2026-03-05T02:00:00+00:00")
DAY = date(2023, 10, 5)


@pytest.fixture
def give(officer_id: UUID, cu_mgar: UUID, now: datetime) -> Any:
    """Give the officer the code, unless something is said otherwise."""

    def given(**changes: Any) -> commands.FieldCodeGiven:
        said: dict[str, Any] = {
            "by": SYSTEM,
            "now": now,
            "user_id": officer_id,
            "organization_id": cu_mgar,
            "starts_on": date(2023, 9, 15),
            "ends_on": date(2023, 10, 31),
            "code": CODE,
        }
        return commands.give_field_code(**said | changes)

    return given


def sign_in(now: datetime, code: str = CODE, **changes: Any) -> commands.FieldSignIn:
    """Sign in as the officer's phone does."""
    said: dict[str, Any] = {
        "label": "Máy của Trang",
        "client_id": CLIENT,
        "address": "10.0.0.1",
        "now": now,
        "real_now": AT,
    }
    return commands.field_sign_in(code=code, **said | changes)


def told(verb: str) -> int:
    """Count the acts that were written down."""
    return AuditEntry.objects.filter(verb=verb).count()


def test_a_code_is_drawn_and_only_its_hash_is_kept(give: Any, now: datetime) -> None:
    drawn = {give(code=None).code for _ in range(20)}
    assert len(drawn) == 20
    for row in FieldCode.objects.all():
        assert not any(code.replace("-", "") in str(vars(row)) for code in drawn)
    assert sign_in(now, drawn.pop()).person_name == "H’Trang Niê"


def test_the_same_code_for_the_same_is_the_same(give: Any, now: datetime) -> None:
    assert give().field_code_id == give(code="a3cd efhj k2").field_code_id
    assert told("give_field_code") == 1
    with pytest.raises(commands.FieldCodeTaken):
        give(ends_on=date(2023, 11, 30))
    commands.revoke_field_code(by=SYSTEM, now=now, field_code_id=give().field_code_id)
    with pytest.raises(commands.FieldCodeTaken):
        give()


def test_what_cannot_be_given_is_refused(give: Any) -> None:
    with pytest.raises(commands.FieldCodeEndsTooSoon):
        give(ends_on=date(2023, 9, 1))
    for unreadable in ("", "ABCD", "A3CD-EFHJ-K0", "A3CD-EFHJ-K22"):
        with pytest.raises(commands.FieldCodeUnreadable):
            give(code=unreadable)
    for nobody in ({"organization_id": uuid4()}, {"user_id": uuid4()}):
        with pytest.raises(NotFound):
            give(**nobody)
    assert not FieldCode.objects.exists()


def test_who_manages_a_unit_gives_codes_there_only(give: Any, local_administrator: Actor, now: datetime) -> None:
    given = give(by=local_administrator)
    other = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Ea Kar", level=Level.DISTRICT)
    with pytest.raises(NotAllowed):
        give(by=local_administrator, organization_id=other, code=None)
    foreign = give(organization_id=other, code=None)
    with pytest.raises(NotAllowed):
        commands.revoke_field_code(by=local_administrator, now=now, field_code_id=foreign.field_code_id)
    listed = queries.field_codes(local_administrator)
    assert [one.id for one in listed.items] == [given.field_code_id]


def test_an_officer_gives_no_codes(give: Any, officer_id: UUID) -> None:
    with pytest.raises(NotAllowed):
        give(by=queries.actor_of_user(officer_id, DAY))


def test_a_phone_signs_in_and_may_send(give: Any, officer_id: UUID, now: datetime) -> None:
    give()
    found = sign_in(now, " a3cd efhj k2 ")
    assert (found.person_id, found.person_name, found.device_label) == (officer_id, "H’Trang Niê", "Máy của Trang")
    assert found.valid_until == date(2023, 10, 31)
    assert len(found.key) == 64
    actor = queries.actor_by_device_key(found.key, DAY)
    assert actor is not None
    assert actor.id == found.device_id
    assert queries.owner_of_device(found.device_id) == (officer_id, "H’Trang Niê")
    assert AuditEntry.objects.get(verb="field_sign_in").actor_id == officer_id


def test_an_answer_that_was_lost_is_given_again(give: Any, now: datetime) -> None:
    give()
    assert sign_in(now) == sign_in(now, label="Máy khác")
    assert (Device.objects.count(), told("field_sign_in"), told("register_device")) == (1, 1, 1)
    other = sign_in(now, client_id=uuid4())
    assert other.key != sign_in(now).key
    assert Device.objects.count() == 2


def test_a_code_holds_from_its_first_to_its_last_day(give: Any, now: datetime) -> None:
    give()
    for day in (datetime(2023, 9, 14, 3, tzinfo=now.tzinfo), datetime(2023, 11, 1, 3, tzinfo=now.tzinfo)):
        with pytest.raises(commands.FieldCodeNotNow) as refused:
            sign_in(day)
        assert "31/10/2023" in refused.value.text()
    for day in (datetime(2023, 9, 15, 3, tzinfo=now.tzinfo), datetime(2023, 10, 31, 3, tzinfo=now.tzinfo)):
        assert sign_in(day).key
    assert not SignInAttempt.objects.exists()


def test_a_code_that_was_taken_away_lets_nobody_in_and_its_phones_send_no_more(give: Any, now: datetime) -> None:
    given = give()
    key = sign_in(now).key
    assert commands.revoke_field_code(by=SYSTEM, now=now, field_code_id=given.field_code_id) == 1
    assert commands.revoke_field_code(by=SYSTEM, now=now, field_code_id=given.field_code_id) == 0
    assert (told("revoke_field_code"), told("revoke_device")) == (1, 1)
    assert queries.actor_by_device_key(key, DAY) is None
    assert queries.is_device_key(key)
    assert not queries.is_device_key("x" * 64)
    with pytest.raises(commands.FieldCodeRevoked):
        sign_in(now)
    with pytest.raises(NotFound):
        commands.revoke_field_code(by=SYSTEM, now=now, field_code_id=uuid4())


def test_a_phone_whose_key_was_taken_away_is_told_so_and_a_new_code_lets_it_in(give: Any, now: datetime) -> None:
    give()
    commands.revoke_device(by=SYSTEM, now=now, device_id=sign_in(now).device_id)
    with pytest.raises(commands.DeviceRevoked):
        sign_in(now)
    assert sign_in(now, give(code=None).code).key


def test_a_closed_account_reads_as_a_wrong_code(give: Any, officer_id: UUID, now: datetime) -> None:
    give()
    commands.close_account(by=SYSTEM, now=now, user_id=officer_id)
    with pytest.raises(commands.FieldCodeWrong):
        sign_in(now)


def test_guessing_on_behind_a_beginning_waits(give: Any, now: datetime) -> None:
    give()
    for n in range(MAX_BY_LOGIN):
        with pytest.raises(commands.FieldCodeWrong):
            sign_in(now, "A3CD-EFHJ-KA", address=f"10.0.0.{n}")
    with pytest.raises(commands.TooManyTries):
        sign_in(now)
    assert sign_in(now, real_now=AT + WINDOW + timedelta(seconds=1)).key


def test_an_address_that_tries_codes_waits(give: Any, now: datetime) -> None:
    give()
    for n in range(MAX_BY_ADDRESS):
        with pytest.raises(commands.FieldCodeWrong):
            sign_in(now, f"{'ACDEFHJKMNPQRTWXY'[n % 17]}{'234579'[n % 6]}{'ACDEFHJKMN'[n % 10]}4-EFHJ-K2")
    with pytest.raises(commands.TooManyTries):
        sign_in(now)
    assert sign_in(now, address="10.0.0.2").key


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_phone_that_signs_in_twice_at_once_is_one(now: datetime) -> None:
    unit = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Ea H’leo", level=Level.DISTRICT)
    person = commands.create_user(by=SYSTEM, now=now, full_name="Y", login="y@example.vn", password=PASSWORD)
    days = {"starts_on": date(2023, 9, 15), "ends_on": date(2023, 10, 31)}
    commands.give_field_code(by=SYSTEM, now=now, user_id=person, organization_id=unit, code=CODE, **days)

    def once(_: int) -> str:
        try:
            return sign_in(now).key
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(once, range(6)))) == 1
    assert Device.objects.count() == 1
    assert told("field_sign_in") == 1


def test_a_new_phone_takes_over_what_the_same_persons_earlier_one_holds(
    give: Any, officer_id: UUID, cu_mgar: UUID, now: datetime
) -> None:
    give()
    earlier = sign_in(now)
    commands.revoke_device(by=SYSTEM, now=now, device_id=earlier.device_id)
    later = sign_in(now, client_id=uuid4())
    actor = queries.actor_by_device_key(later.key, now.date())
    assert actor is not None
    commands.take_over_device(by=actor, key=earlier.key)
    assert told("take_over_device") == 1
    other = commands.create_user(by=SYSTEM, now=now, full_name="Khác", login="khac@example.vn", password=PASSWORD)
    _, strange = commands.register_device(by=SYSTEM, now=now, label="", owner_id=other, organization_id=cu_mgar)
    for key in (strange, "", "none"):
        with pytest.raises(commands.NotOwnDevice):
            commands.take_over_device(by=actor, key=key)
    with pytest.raises(NotAllowed):
        commands.take_over_device(by=SYSTEM, key=earlier.key)
    commands.revoke_device(by=SYSTEM, now=now, device_id=later.device_id)
    with pytest.raises(commands.NotOwnDevice):
        commands.take_over_device(by=actor, key=earlier.key)
    assert told("take_over_device") == 1
