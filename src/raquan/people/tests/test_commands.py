"""What commands of people do: once, twice, refused, and at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.people import commands, queries
from raquan.people.gateways import ListUnreadable, RowUnreadable
from raquan.people.models import Device, Duty, Organization, User
from raquan.people.rules import Action, Level, Role, may
from raquan.people.tests.conftest import PASSWORD
from raquan.places import commands as places

DAY = date(2023, 10, 5)


def _told(verb: str) -> int:
    return AuditEntry.objects.filter(verb=verb).count()


def test_the_same_organization_twice_is_one(cu_mgar: UUID, now: datetime) -> None:
    again = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Cư M’gar", level=Level.DISTRICT)
    assert again == cu_mgar
    assert Organization.objects.get().search_key.startswith("ubnd huyen cu mgar")
    assert _told("register_organization") == 1


def test_an_organization_with_other_particulars_is_refused(cu_mgar: UUID, now: datetime) -> None:
    register = commands.register_organization
    with pytest.raises(commands.OrganizationDiffers):
        register(by=SYSTEM, now=now, name="UBND huyện Cư M’gar", level=Level.DISTRICT, place_code="649")
    register(by=SYSTEM, now=now, name="Sở Y tế", level=Level.DEPARTMENT, code="H15.01")
    with pytest.raises(commands.OrganizationDiffers):
        register(by=SYSTEM, now=now, name="Sở Nội vụ", level=Level.DEPARTMENT, code="H15.01")
    assert Organization.objects.count() == 2


@pytest.mark.parametrize(
    "attempt",
    [
        lambda **act: commands.register_organization(name="Sở X", level=Level.DEPARTMENT, **act),
        lambda **act: commands.load_organizations(**act),
        lambda **act: commands.create_user(full_name="X", login="x@y.vn", password=PASSWORD, **act),
        lambda **act: commands.give_duty(user_id=uuid4(), role=Role.HELPER, starts_on=DAY, **act),
        lambda **act: commands.register_device(label="X", owner_id=uuid4(), organization_id=uuid4(), **act),
    ],
)
def test_only_who_manages_people_may(officer_id: UUID, now: datetime, attempt: Callable[..., Any]) -> None:
    officer = queries.actor_of_user(officer_id, DAY)
    assert officer is not None
    for by in (ANONYMOUS, officer):
        before = AuditEntry.objects.count()
        with pytest.raises(NotAllowed):
            attempt(by=by, now=now)
        assert AuditEntry.objects.count() == before


def test_a_login_belongs_to_one_person(officer_id: UUID, now: datetime) -> None:
    def make(name: str) -> UUID:
        return commands.create_user(by=SYSTEM, now=now, full_name=name, login="TRANG@example.vn", password=PASSWORD)

    assert make("H’Trang Niê") == officer_id
    with pytest.raises(commands.LoginTaken):
        make("Người khác")


@pytest.mark.django_db
def test_an_account_needs_a_login_and_a_password_that_can_be_used(now: datetime) -> None:
    with pytest.raises(commands.LoginUnreadable) as refused:
        commands.create_user(by=SYSTEM, now=now, full_name="X", login="trang", password=PASSWORD)
    assert "trang" in refused.value.text()
    with pytest.raises(commands.PasswordTooShort):
        commands.create_user(by=SYSTEM, now=now, full_name="X", login="x@y.vn", password="bảy chữ")
    assert not User.objects.exists()


def test_duties_count_from_their_first_to_their_last_day(officer_id: UUID) -> None:
    def plans(on: date) -> bool:
        actor = queries.actor_of_user(officer_id, on)
        return actor is not None and may(actor, Action.OUTING_PLAN)

    assert not plans(date(2023, 8, 31))
    assert plans(date(2023, 9, 1))
    assert plans(date(2023, 12, 31))
    assert not plans(date(2024, 1, 1))


def _duty(cu_mgar: UUID, user_id: UUID, now: datetime, **changes: Any) -> UUID:
    said: dict[str, Any] = {
        "by": SYSTEM,
        "now": now,
        "user_id": user_id,
        "role": Role.UNIT_OFFICER,
        "organization_id": cu_mgar,
        "place_code": "648",
        "starts_on": date(2023, 9, 1),
        "ends_on": date(2023, 12, 31),
    }
    return commands.give_duty(**said | changes)


def test_a_duty_given_twice_is_one(officer_id: UUID, cu_mgar: UUID, now: datetime) -> None:
    assert _duty(cu_mgar, officer_id, now) == Duty.objects.get().id
    assert _told("give_duty") == 1
    with pytest.raises(commands.DutyDiffers):
        _duty(cu_mgar, officer_id, now, ends_on=None)
    with pytest.raises(commands.DutyEndsTooSoon):
        _duty(cu_mgar, officer_id, now, role=Role.HELPER, ends_on=date(2023, 8, 1))
    with pytest.raises(NotFound):
        _duty(cu_mgar, uuid4(), now)
    with pytest.raises(NotFound):
        _duty(uuid4(), officer_id, now)


@pytest.mark.django_db
def test_nobody_gives_more_than_they_have(
    officer_id: UUID, cu_mgar: UUID, local_administrator: Actor, now: datetime
) -> None:
    other = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Ea Kar", level=Level.DISTRICT)
    _duty(cu_mgar, officer_id, now, by=local_administrator, role=Role.TEAM_LEADER)
    for organization_id in (None, other):
        with pytest.raises(NotAllowed):
            _duty(cu_mgar, officer_id, now, by=local_administrator, organization_id=organization_id)


@pytest.mark.slow
@pytest.mark.django_db
def test_who_manages_a_district_gives_duties_in_its_communes_only(
    officer_id: UUID, cu_mgar: UUID, local_administrator: Actor, now: datetime
) -> None:
    places.load_packaged_units(by=SYSTEM, now=now)
    assert local_administrator.id
    Duty.objects.filter(user_id=local_administrator.id).update(place_code="648")
    by = queries.actor_of_user(local_administrator.id, DAY)
    assert _duty(cu_mgar, officer_id, now, by=by, place_code="24259")  # Quảng Phú, a town of Cư M’gar
    for elsewhere in ("24133", "66", None):
        with pytest.raises(NotAllowed):
            _duty(cu_mgar, officer_id, now, by=by, place_code=elsewhere)


def test_a_duty_ends_and_is_kept(officer_id: UUID, local_administrator: Actor, now: datetime) -> None:
    duty = Duty.objects.get(user_id=officer_id)
    for _ in range(2):
        commands.end_duty(by=local_administrator, now=now, duty_id=duty.id, ends_on=DAY)
    assert _told("end_duty") == 1
    after = queries.actor_of_user(officer_id, date(2023, 10, 6))
    assert after is not None
    assert after.duties == ()
    with pytest.raises(commands.DutyEndsTooSoon):
        commands.end_duty(by=SYSTEM, now=now, duty_id=duty.id, ends_on=date(2023, 8, 1))
    with pytest.raises(NotFound):
        commands.end_duty(by=SYSTEM, now=now, duty_id=uuid4(), ends_on=DAY)


def test_a_closed_account_acts_no_more_and_neither_do_its_phones(
    officer_id: UUID, cu_mgar: UUID, local_administrator: Actor, now: datetime
) -> None:
    _, key = commands.register_device(
        by=local_administrator, now=now, label="Máy 1", owner_id=officer_id, organization_id=cu_mgar
    )
    for _ in range(2):
        commands.close_account(by=local_administrator, now=now, user_id=officer_id)
    assert _told("close_account") == 1
    assert queries.actor_of_user(officer_id, DAY) is None
    assert queries.actor_by_login("trang@example.vn", DAY) is None
    assert queries.actor_by_device_key(key, DAY) is None
    with pytest.raises(NotFound):
        commands.close_account(by=SYSTEM, now=now, user_id=uuid4())


def test_an_administrator_does_not_close_their_own_account(local_administrator: Actor, now: datetime) -> None:
    assert local_administrator.id
    with pytest.raises(commands.OwnAccount):
        commands.close_account(by=local_administrator, now=now, user_id=local_administrator.id)
    assert User.objects.get(id=local_administrator.id).is_active


def test_power_over_a_person_is_power_over_all_their_duties(
    officer_id: UUID, local_administrator: Actor, now: datetime
) -> None:
    commands.give_duty(by=SYSTEM, now=now, user_id=officer_id, role=Role.STEERING_OFFICER, starts_on=date(2023, 11, 1))
    with pytest.raises(NotAllowed):
        commands.set_password(by=local_administrator, now=now, user_id=officer_id, password="mật khẩu của tôi")
    with pytest.raises(NotAllowed):
        commands.close_account(by=local_administrator, now=now, user_id=officer_id)


def test_a_person_changes_the_own_password_and_no_one_elses(
    officer_id: UUID, local_administrator: Actor, now: datetime
) -> None:
    officer = queries.actor_of_user(officer_id, DAY)
    assert officer is not None
    before = User.objects.get(id=officer_id).password
    commands.set_password(by=officer, now=now, user_id=officer_id, password="một câu dễ nhớ khác")
    assert User.objects.get(id=officer_id).password != before
    assert local_administrator.id
    with pytest.raises(NotAllowed):
        commands.set_password(by=officer, now=now, user_id=local_administrator.id, password="chiếm tài khoản")
    with pytest.raises(commands.PasswordTooShort):
        commands.set_password(by=officer, now=now, user_id=officer_id, password="ngắn")
    with pytest.raises(NotFound):
        commands.set_password(by=SYSTEM, now=now, user_id=uuid4(), password=PASSWORD)


def test_a_device_is_known_by_its_key_until_it_is_revoked(officer_id: UUID, cu_mgar: UUID, now: datetime) -> None:
    device_id, key = commands.register_device(
        by=SYSTEM, now=now, label="Máy 1", owner_id=officer_id, organization_id=cu_mgar
    )
    assert len(key) == 64
    assert key not in str(Device.objects.values().get())
    actor = queries.actor_by_device_key(key, DAY)
    assert actor is not None
    assert (actor.kind, actor.id, actor.name) == (ActorKind.DEVICE, device_id, "Máy 1")
    assert may(actor, Action.SUBMISSION_SEND, organization_id=cu_mgar)
    assert not may(actor, Action.OUTING_PLAN)
    for _ in range(2):
        commands.revoke_device(by=SYSTEM, now=now, device_id=device_id)
    assert _told("revoke_device") == 1
    assert queries.actor_by_device_key(key, DAY) is None
    with pytest.raises(commands.KeyTaken):
        commands.register_device(
            by=SYSTEM, now=now, label="Máy 2", owner_id=officer_id, organization_id=cu_mgar, key=key
        )


def test_a_phone_of_somebody_who_only_reads_sends_nothing(officer_id: UUID, cu_mgar: UUID, now: datetime) -> None:
    Duty.objects.update(role=Role.VIEWER)
    _, key = commands.register_device(by=SYSTEM, now=now, label="M", owner_id=officer_id, organization_id=cu_mgar)
    actor = queries.actor_by_device_key(key, DAY)
    assert actor is not None
    assert actor.duties == ()


def test_a_device_with_the_same_key_is_the_same_one(officer_id: UUID, cu_mgar: UUID, now: datetime) -> None:
    def register(**changes: Any) -> tuple[UUID, str]:
        said: dict[str, Any] = {"label": "M", "owner_id": officer_id, "organization_id": cu_mgar, "key": "k"}
        return commands.register_device(by=SYSTEM, now=now, **said | changes)

    assert register() == register()
    assert Device.objects.count() == _told("register_device") == 1
    with pytest.raises(NotFound):
        register(owner_id=uuid4())
    with pytest.raises(NotFound):
        register(organization_id=uuid4())


@pytest.mark.django_db
def test_the_packaged_organizations_load_twice_as_once(now: datetime) -> None:
    first = commands.load_organizations(by=SYSTEM, now=now)
    assert (first.changed, first.unchanged, first.added) == (0, 0, Organization.objects.count())
    again = commands.load_organizations(by=SYSTEM, now=now)
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    assert _told("register_organization") == 1
    match = queries.match_organization("UBND huyện Cư M'gar")
    found = queries.organization_of_place("648")
    assert match is not None
    assert found is not None
    assert found.id == match.organization_id


def test_a_corrected_list_corrects(cu_mgar: UUID, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "name,short_name,level,place_code,aliases\nUBND huyện Cư M'gar,UBND CMG,district,648,Huyện CMG|\n",
        encoding="utf-8-sig",
    )
    loaded = commands.load_organizations(by=SYSTEM, now=now, path=path)
    assert (loaded.added, loaded.changed, loaded.unchanged) == (0, 1, 0)
    match = queries.match_organization("huyện CMG")
    assert match is not None
    assert match.organization_id == cu_mgar


@pytest.mark.django_db
def test_a_file_that_is_no_list_is_refused(now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for content in (b"ten,cap\nX,huyen\n", "tên".encode("utf-16")):
        path.write_bytes(content)
        with pytest.raises(ListUnreadable):
            commands.load_organizations(by=SYSTEM, now=now, path=path)
    path.write_text("name,short_name,level,place_code,aliases\nSở X,,sở,66,\n")
    with pytest.raises(RowUnreadable) as refused:
        commands.load_organizations(by=SYSTEM, now=now, path=path)
    assert "Sở X" in refused.value.text()
    assert not Organization.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Organization.objects.create(name="X", level="village", sort_key="x", search_key="x"),
        lambda: User.objects.create(number=0, full_name="X", login="x@y.vn"),
        lambda: User.objects.create(number=1, full_name="X", login="X@y.vn"),
        lambda: User.objects.create(number=1, full_name="X", login=""),
    ],
)
def test_the_database_keeps_what_cannot_be_out(wrong: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong()


def test_the_database_knows_the_roles(officer_id: UUID) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.update(role="king")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_people_made_at_once_get_numbers_of_their_own(now: datetime) -> None:
    def make(n: int) -> UUID:
        try:
            login = f"nguoi{n % 4}@example.vn"
            return commands.create_user(by=SYSTEM, now=now, full_name=f"N {n % 4}", login=login, password=PASSWORD)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))
    assert made[:4] == made[4:]
    assert sorted(User.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert _told("create_user") == 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_organization_registered_at_once_is_one(now: datetime) -> None:
    def register(_: int) -> UUID:
        try:
            return commands.register_organization(by=SYSTEM, now=now, name="Sở Y tế", level=Level.DEPARTMENT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(register, range(4)))) == 1
    assert Organization.objects.count() == 1
