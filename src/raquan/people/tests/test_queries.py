"""What queries of people give, to whom, and with how many questions to the database."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from pytest_django import DjangoAssertNumQueries

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from raquan.kernel.actor import Duty as ActorDuty
from raquan.kernel.refused import NotAllowed
from raquan.people import commands, queries
from raquan.people.models import Organization
from raquan.people.rules import Action, Level, Role
from raquan.people.tests.conftest import PASSWORD
from raquan.places.commands import load_units
from raquan.places.rules import Level as UnitLevel
from raquan.places.rules import UnitRow

DAY = date(2023, 10, 5)
UNITS = tuple(
    UnitRow(code, date(2023, 1, 1), None, level, type_, name, above, None, None)
    for code, level, type_, name, above in (
        ("66", UnitLevel.PROVINCE, "tỉnh", "Đắk Lắk", ""),
        ("648", UnitLevel.DISTRICT, "huyện", "Cư M’gar", "66"),
        ("24259", UnitLevel.COMMUNE, "thị trấn", "Quảng Phú", "648"),
    )
)
OFFICE = Actor(ActorKind.USER, uuid4(), duties=(ActorDuty(Role.STEERING_OFFICER),))


def test_a_person_is_an_actor_with_the_duties_of_the_day(
    officer_id: UUID, cu_mgar: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        actor = queries.actor_of_user(officer_id, DAY)
    assert actor == Actor(ActorKind.USER, officer_id, "H’Trang Niê", 1, (ActorDuty(Role.UNIT_OFFICER, cu_mgar, "648"),))
    assert queries.actor_by_login(" TRANG@example.vn ", DAY) == actor
    assert queries.actor_of_user(uuid4(), DAY) is None
    assert queries.actor_by_login("ai@do.vn", DAY) is None
    assert queries.actor_by_device_key("không có", DAY) is None


def test_an_account_comes_with_its_duties(
    officer_id: UUID, cu_mgar: UUID, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    commands.give_duty(
        by=SYSTEM, now=now, user_id=officer_id, role=Role.HELPER, organization_id=cu_mgar, starts_on=date(2023, 1, 1)
    )
    with django_assert_num_queries(1):
        found = queries.signed_in(officer_id, DAY)
    assert found is not None
    user, actor = found
    assert (user.id, actor) == (officer_id, queries.actor_of_user(officer_id, DAY))
    assert len(actor.duties) == 2
    assert queries.signed_in(uuid4(), DAY) is None
    get_user_model().objects.filter(id=officer_id).update(is_active=False)
    assert queries.signed_in(officer_id, DAY) is None


def test_many_people_cost_as_much_as_one(
    officer_id: UUID, local_administrator: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert local_administrator.id
    ids = [officer_id, local_administrator.id, uuid4()]
    with django_assert_num_queries(1):
        actors = queries.actors_of_users(ids, DAY)
    assert set(actors) == {officer_id, local_administrator.id}
    with django_assert_num_queries(1):
        assert queries.user_names(ids)[officer_id] == "H’Trang Niê"


def test_the_staff_of_a_unit_is_listed_in_vietnamese_order(
    officer_id: UUID, cu_mgar: UUID, local_administrator: Actor
) -> None:
    assert [one.name for one in queries.staff_of(cu_mgar, DAY)] == ["H’Trang Niê", "Lê Quang Trị"]
    assert [one.name for one in queries.staff_of(cu_mgar, date(2024, 2, 1))] == ["Lê Quang Trị"]


def test_organizations_are_found_without_accents_and_paged(
    officer_id: UUID, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    commands.load_organizations(by=SYSTEM, now=now)
    with django_assert_num_queries(1):
        page = queries.organizations(OFFICE, "cu mgar")
    assert [one.name for one in page.items] == ["UBND huyện Cư M’gar"]
    assert queries.organizations(OFFICE, "TT&TT").items[0].name == "Sở Thông tin và Truyền thông"
    everything = queries.organizations(OFFICE, page=2, size=20)
    assert (len(everything.items), everything.number) == (20, 2)
    assert everything.total > 40
    with pytest.raises(NotAllowed):
        queries.organizations(ANONYMOUS)


def test_one_organization_and_names(cu_mgar: UUID, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = queries.organization(cu_mgar)
    assert found is not None
    assert (found.name, found.level, found.place_code) == ("UBND huyện Cư M’gar", Level.DISTRICT, "648")
    assert queries.organization(uuid4()) is None
    with django_assert_num_queries(1):
        assert queries.organization_names([cu_mgar, uuid4()]) == {cu_mgar: "UBND huyện Cư M’gar"}
    assert queries.organization_of_place("648") == found
    assert queries.organization_of_place("649") is None


def test_a_bodys_own_place_is_not_its_committee(cu_mgar: UUID, now: datetime) -> None:
    commands.register_organization(by=SYSTEM, now=now, name="A", level=Level.UNION, place_code="648")
    found = queries.organization_of_place("648")
    assert found is not None
    assert found.id == cu_mgar


def test_a_whole_plan_is_matched_in_one_query(
    officer_id: UUID, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    commands.load_organizations(by=SYSTEM, now=now)
    written = ["Sở TT&TT", "các sở, ban, ngành", "UBND huyện Cư M'gar"] * 30
    with django_assert_num_queries(1):
        found = queries.match_organizations(written)
    assert [one and one.name for one in found[:3]] == ["Sở Thông tin và Truyền thông", None, "UBND huyện Cư M’gar"]
    assert len(found) == 90


def test_the_register_is_for_who_reads_people(
    officer_id: UUID,
    cu_mgar: UUID,
    local_administrator: Actor,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    idle = commands.create_user(by=SYSTEM, now=now, full_name="Y", login="y@example.vn", password=PASSWORD)
    with django_assert_num_queries(2):
        page = queries.users(OFFICE)
    assert {one.id for one in page.items} == {officer_id, local_administrator.id, idle}
    first = page.items[0]
    assert (first.full_name, first.duties[0].organization_name) == ("H’Trang Niê", "UBND huyện Cư M’gar")
    assert first.duties[0].role_name == "Cán bộ đơn vị"
    own = queries.users(local_administrator)
    assert {one.id for one in own.items} == {officer_id, local_administrator.id}
    officer = queries.actor_of_user(officer_id, DAY)
    assert officer is not None
    for actor in (officer, ANONYMOUS):
        with pytest.raises(NotAllowed):
            queries.users(actor)
        with pytest.raises(NotAllowed):
            queries.devices(actor)


def test_phones_are_listed_without_their_keys(
    officer_id: UUID, cu_mgar: UUID, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        commands.register_device(by=SYSTEM, now=now, label=f"M{n}", owner_id=officer_id, organization_id=cu_mgar)
    with django_assert_num_queries(2):
        page = queries.devices(OFFICE, size=2)
    assert [(one.label, one.owner_name, one.number) for one in page.items] == [
        ("M2", "H’Trang Niê", 3),
        ("M1", "H’Trang Niê", 2),
    ]
    elsewhere = Actor(ActorKind.USER, uuid4(), duties=(ActorDuty(Role.ADMINISTRATOR, uuid4()),))
    assert queries.devices(elsewhere).total == 0


def test_a_duty_within_a_place_reaches_the_organizations_of_that_place(cu_mgar: UUID, now: datetime) -> None:
    load_units(by=SYSTEM, now=now, units=UNITS, changes=())
    city = commands.register_organization(by=SYSTEM, now=now, name="UBND thành phố", level=Level.DISTRICT)
    Organization.objects.filter(id=cu_mgar).update(place_code="24259")

    def officer(*duties: ActorDuty) -> Actor:
        return Actor(ActorKind.USER, uuid4(), duties=duties)

    here, there = ActorDuty(Role.UNIT_OFFICER, None, "648"), ActorDuty(Role.UNIT_OFFICER, city)
    assert queries.organizations_of(officer(here), Action.CARD_MAKE) == frozenset({cu_mgar})
    assert queries.organizations_of(officer(here, there), Action.CARD_MAKE) == frozenset({cu_mgar, city})
    assert queries.organizations_of(OFFICE, Action.CARD_MAKE) is None
    with pytest.raises(NotAllowed):
        queries.organizations_of(officer(here), Action.PEOPLE_READ)
    commands.check_unit(officer(here), Action.CARD_MAKE, cu_mgar)
    with pytest.raises(NotAllowed):
        commands.check_unit(officer(here), Action.CARD_MAKE, city)
