"""What queries of outings give, to whom, and with how many questions to the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings import commands, queries
from raquan.outings.rules import Wish
from raquan.outings.tests.conftest import DAY, World

Plan = Callable[..., dict[str, Any]]


@pytest.fixture
def many(world: World, planned: Plan, now: datetime) -> list[UUID]:
    """Twelve outings of Cư M’gar, one a day from 1 October, and one of the city."""
    first = date(2023, 10, 1)
    ids = [commands.plan_outing(**planned(now=now, held_on=first + timedelta(days=n))) for n in range(12)]
    city = planned(
        now=now, by=world.city_officer, organization_id=world.city_id, site_id=world.city_site_id, task_id=None
    )
    return [*ids, commands.plan_outing(**city | {"team": [world.city_officer.id]})]


def test_an_outing_says_when_where_who_and_what(world: World, planned: Plan, now: datetime) -> None:
    outing_id = commands.plan_outing(**planned(now=now))
    seen = queries.outing(world.officer, outing_id)
    assert seen.place_name == "thị trấn Quảng Phú, huyện Cư M’gar"
    assert seen.organization_name == "Ủy ban nhân dân huyện Cư M’gar"
    assert seen.service_names == ("Đăng ký khai sinh", "Mobile Money (Viettel, VNPT, MobiFone)")
    assert seen.team_names == ("Nguyễn Thị Lan", "H’Trang Niê")
    assert seen.task_title == "Ra quân hướng dẫn người dân"
    assert (seen.state_name, seen.site_kind_name) == ("Đã lên lịch", "Bộ phận một cửa")
    with translation.override("en"):
        assert queries.outing(world.officer, outing_id).service_names[0] == "Birth registration"


def test_an_outing_of_another_unit_is_not_read(world: World, many: list[UUID]) -> None:
    with pytest.raises(NotAllowed):
        queries.outing(world.city_officer, many[0])
    with pytest.raises(NotAllowed):
        queries.outing(ANONYMOUS, many[0])
    with pytest.raises(NotFound):
        queries.outing(world.officer, uuid4())


def test_the_list_holds_what_the_actor_may_read(world: World, many: list[UUID]) -> None:
    def total(actor: Any, **filters: Any) -> int:
        return queries.outings(actor, world.campaign_id, **filters).total

    assert [total(a) for a in (SYSTEM, world.officer, world.city_officer, world.viewer)] == [13, 12, 1, 12]
    assert total(ANONYMOUS) == 0
    duty = replace(world.officer.duties[0], organization_id=None, place_code="643")
    assert total(replace(world.officer, duties=(duty,))) == 1


def test_the_list_is_filtered_ordered_and_cut(world: World, many: list[UUID], now: datetime) -> None:
    def ids(**filters: Any) -> list[UUID]:
        return [one.id for one in queries.outings(SYSTEM, world.campaign_id, **filters).items]

    commands.cancel_outing(by=SYSTEM, now=now, outing_id=many[0], reason="Mưa")
    assert ids(state="cancelled") == [many[0]]
    assert ids(place_code="643") == [many[12]]
    assert ids(place_code="24259", on_from=date(2023, 10, 11)) == many[10:12]
    assert ids(on_from=date(2023, 10, 2), on_to=date(2023, 10, 3)) == many[1:3]
    page = queries.outings(SYSTEM, world.campaign_id, page=2, size=10)
    assert (len(page.items), page.total, page.pages) == (3, 13, 2)


def test_the_list_asks_as_much_for_one_as_for_many(world: World, many: list[UUID]) -> None:
    def asked(size: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.outings(world.officer, world.campaign_id, size=size)
        return len(seen)

    assert asked(2) == asked(12) <= 7


def test_the_public_sees_what_is_to_come_and_nobody_named(world: World, many: list[UUID], now: datetime) -> None:
    commands.cancel_outing(by=SYSTEM, now=now, outing_id=many[5], reason="Mưa")
    coming = queries.next_outings(world.campaign_id, now=now, limit=3)
    assert [one.held_on.day for one in coming] == [5, 6, 7]
    assert many[5] not in {one.id for one in coming}
    assert all(one.team_names == () for one in coming)
    evening = now.replace(hour=4, minute=0)  # 11:00 in Viet Nam, when the day's outing ends
    assert queries.next_outings(world.campaign_id, now=evening, limit=1)[0].held_on.day == 6


def test_the_public_looks_for_a_place(world: World, many: list[UUID], now: datetime) -> None:
    everywhere = queries.public_outings(world.campaign_id, now=now, size=3)
    assert (everywhere.total, len(everywhere.items)) == (9, 3)
    city = queries.public_outings(world.campaign_id, now=now, wish=Wish(("643",)))
    assert [one.id for one in city.items] == [many[12]]
    assert queries.public_outings(world.campaign_id, now=now, wish=Wish(("648", "643")), page=2, size=5).total == 9


def test_the_public_looks_for_days_a_service_and_a_language(world: World, many: list[UUID], now: datetime) -> None:
    def found(**wish: Any) -> list[int]:
        page = queries.public_outings(world.campaign_id, now=now, wish=Wish(**wish))
        return [one.held_on.day for one in page.items]

    saturday = date(2023, 10, 7)
    assert found(on_from=saturday, on_to=date(2023, 10, 8)) == [7, 8]
    assert found(on_from=saturday, place_codes=("643",)) == []
    assert len(found(service_code="birth_registration")) == 9
    assert found(service_code="vneid_level2") == []
    assert found(language="rad") == []
    assert len(found(language="vi")) == 9
    days = queries.public_days(world.campaign_id, now=now, wish=Wish(("648",), saturday))
    assert days == {date(2023, 10, day): 1 for day in range(7, 13)}


def test_codes_lead_to_outings_in_one_query(
    world: World, many: list[UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [one.code for one in queries.outings(SYSTEM, world.campaign_id).items]
    with django_assert_num_queries(1):
        found = queries.outings_by_codes([*codes, "XXX-0000"])
    assert {ref.id for ref in found.values()} == set(many)
    ref = found[codes[0]]
    assert (ref.place_code, ref.organization_id, ref.starts_at) == ("24259", world.cumgar_id, time(7, 30))


def test_the_days_are_referred_to_in_one_query(
    world: World, many: list[UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = queries.outing_refs(world.officer, world.campaign_id, on_from=date(2023, 10, 4), on_to=DAY)
    assert [ref.id for ref in found] == many[3:6]
    assert queries.outing_refs(ANONYMOUS, world.campaign_id, on_from=DAY, on_to=DAY) == ()


def test_anybody_may_ask_whether_a_code_is_real(world: World, planned: Plan, now: datetime) -> None:
    commands.plan_outing(**planned(now=now, code="CMG-7K2Q"))
    found = queries.outing_by_code("cmg7k2q")
    assert found is not None
    assert found.team_names == ()
    assert queries.outing_by_code("CMG-9999") is None


def test_a_person_finds_the_days_outings_of_theirs(world: World, many: list[UUID]) -> None:
    assert [one.id for one in queries.assigned_outings(world.helper, DAY)] == [many[5]]
    assert queries.assigned_outings(world.city_officer, DAY - timedelta(days=1)) == ()
    assert queries.assigned_outings(ANONYMOUS, DAY) == ()


def test_outings_are_counted_by_state(world: World, many: list[UUID], now: datetime) -> None:
    commands.cancel_outing(by=SYSTEM, now=now, outing_id=many[0], reason="Mưa")
    commands.open_outing(by=SYSTEM, now=now, outing_id=many[4])
    counts = queries.outing_counts(world.campaign_id)
    assert (counts.planned, counts.open, counts.done, counts.cancelled, counts.total) == (11, 1, 0, 1, 12)


def test_the_form_offers_the_units_own(world: World, now: datetime) -> None:
    options = queries.plan_options(world.officer, now=now, task=str(world.task_id))
    assert options is not None
    assert options.organization_id == world.cumgar_id
    assert options.sites == ((str(world.site_id), "Bộ phận một cửa huyện (thị trấn Quảng Phú, huyện Cư M’gar)"),)
    assert options.places == (("24259", "thị trấn Quảng Phú, huyện Cư M’gar"),)
    assert {name for _id, name in options.people} >= {"Nguyễn Thị Lan", "H’Trang Niê"}
    assert not {"Trần Thị Hòa", "Lê Văn Xem"} & {name for _id, name in options.people}
    assert options.tasks[0] == (str(world.task_id), "Ra quân hướng dẫn người dân")
    assert len(options.services) == 4


def test_the_office_chooses_a_unit_first(world: World, now: datetime) -> None:
    duty = replace(world.officer.duties[0], organization_id=None)
    office = replace(world.officer, duties=(duty,))
    unchosen = queries.plan_options(office, now=now)
    assert unchosen is not None
    assert unchosen.organization_id is None
    assert len(unchosen.organizations) == 2
    chosen = queries.plan_options(office, now=now, organization=str(world.city_id))
    assert chosen is not None
    assert chosen.organization_name == "Ủy ban nhân dân thành phố Buôn Ma Thuột"
    own = queries.plan_options(world.officer, now=now, organization=str(world.city_id))
    assert own is not None
    assert own.organization_id == world.cumgar_id


def test_the_sign_leads_to_the_public_page(world: World, planned: Plan, now: datetime, settings: Any) -> None:
    settings.RAQUAN_PUBLIC_URL = "https://ngay.daklak.example"
    outing_id = commands.plan_outing(**planned(now=now, code="CMG-7K2Q"))
    sign = queries.outing_sign(queries.outing(world.officer, outing_id))
    assert sign.address == "https://ngay.daklak.example/2023/outings/CMG-7K2Q/"
    assert sign.qr_svg.startswith("<svg")
    assert "style=" not in sign.qr_svg
