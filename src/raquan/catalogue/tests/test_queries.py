"""What the catalogue answers on a day."""

from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.catalogue import queries
from raquan.catalogue.commands import load_catalogue
from raquan.catalogue.rules import Stage
from raquan.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
IN_2023, IN_2025 = date(2023, 10, 5), date(2025, 10, 5)


@pytest.fixture(autouse=True)
def _loaded(now: datetime) -> None:
    load_catalogue(by=SYSTEM, now=now)


def test_services_come_and_go() -> None:
    then = {service.code: service for service in queries.services_on(IN_2023)}
    today = {service.code: service for service in queries.services_on(IN_2025)}
    assert "dak_lak_online" in then
    assert "dak_lak_digital" not in then
    assert "dak_lak_digital" in today
    assert "dak_lak_online" not in today
    assert then["criminal_record"].provider["vi"] == "Sở Tư pháp"
    assert today["criminal_record"].provider["vi"] == "Công an"
    assert then["id_card_reissue"].name["vi"] != today["id_card_reissue"].name["vi"]


def test_every_service_has_one_row_a_day() -> None:
    for day in (IN_2023, IN_2025, date(2025, 9, 12), date(2025, 9, 13)):
        codes = [service.code for service in queries.services_on(day)]
        assert len(codes) == len(set(codes))


def test_the_directive_of_2025_has_25_services() -> None:
    before = {service.code for service in queries.all_services() if service.valid_from == date(2025, 9, 13)}
    assert len(before) == 25


def test_every_ladder_climbs_through_all_stages() -> None:
    groups = queries.groups()
    assert [group.code for group in groups] == [
        "online_public_service",
        "cashless_payment",
        "province_app",
        "ecommerce",
    ]
    for group in groups:
        stages = [list(Stage).index(Stage(rung.stage)) for rung in group.rungs]
        assert stages == sorted(stages)
        assert set(stages) == set(range(len(Stage)))


def test_only_the_police_activate_level_two() -> None:
    (only,) = queries.restrictions_on(IN_2023)
    assert (only.service_code, only.rung_code, only.performer) == ("vneid_level2", "account", "police")
    assert queries.restrictions_on(date(2021, 1, 1)) == ()


def test_all_names_have_both_languages() -> None:
    names = [group.name for group in queries.groups()]
    names += [rung.name for group in queries.groups() for rung in group.rungs]
    names += [service.name for service in queries.all_services()]
    names += [reason.name for reason in queries.bottlenecks_on(IN_2023)]
    assert all(set(name) == {"vi", "en"} for name in names)


def test_questions_cost_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        queries.groups()
    with django_assert_num_queries(1):
        queries.services_on(IN_2023)
    with django_assert_num_queries(1):
        assert queries.service_names(["passport", "none"])["passport"]["en"] == "Ordinary passport"
    with django_assert_num_queries(1):
        queries.restrictions_on(IN_2023)
