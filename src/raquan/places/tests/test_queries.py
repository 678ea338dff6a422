"""What may be asked of the places, on the packaged units."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.places import queries
from raquan.places.models import Unit
from raquan.places.rules import Level
from raquan.places.tests.conftest import BEFORE_THE_REFORM, CAMPAIGN_2023, TODAY

pytestmark = [pytest.mark.usefixtures("packaged"), pytest.mark.slow]


@pytest.mark.parametrize(
    ("on", "level", "within", "count"),
    [
        (CAMPAIGN_2023, Level.DISTRICT, "66", 15),
        (CAMPAIGN_2023, Level.COMMUNE, "66", 184),
        (CAMPAIGN_2023, Level.DISTRICT, None, 24),
        (CAMPAIGN_2023, Level.COMMUNE, "54", 110),
        (BEFORE_THE_REFORM, Level.COMMUNE, "66", 180),
        (BEFORE_THE_REFORM, Level.COMMUNE, "54", 106),
        (TODAY, Level.COMMUNE, "66", 102),
        (TODAY, Level.DISTRICT, None, 0),
        (TODAY, Level.PROVINCE, None, 1),
        (CAMPAIGN_2023, Level.COMMUNE, "648", 17),
        (date(2022, 1, 1), None, None, 0),
    ],
)
def test_how_many_units_there_were(on: date, level: Level | None, within: str | None, count: int) -> None:
    assert queries.units_on(on, level=level, within=within).total == count


def test_the_units_of_today_by_type() -> None:
    found = [u.type for n in (1, 2) for u in queries.units_on(TODAY, level=Level.COMMUNE, page=n, size=100).items]
    assert (found.count("xã"), found.count("phường")) == (88, 14)


def test_a_code_names_three_units_over_time() -> None:
    days = [CAMPAIGN_2023, date(2024, 11, 1), TODAY]
    units = [unit for day in days if (unit := queries.unit_on("24133", day))]
    assert [unit.full_name for unit in units] == ["phường Thắng Lợi", "phường Thành Công", "phường Buôn Ma Thuột"]
    assert len({unit.id for unit in units}) == 3
    assert queries.days_of("24133")[0] == (TODAY, None)


@pytest.mark.parametrize("code", ["24127", "24139", "24325", "24460"])
def test_the_communes_dissolved_in_2024_are_there_before(code: str) -> None:
    assert queries.unit_on(code, date(2024, 10, 31))
    assert queries.unit_on(code, date(2024, 11, 1)) is None


def test_every_commune_of_2023_has_a_successor_today(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    lost, divided = [], []
    for code in (
        Unit.objects.in_force(CAMPAIGN_2023).filter(level="commune").order_by("code").values_list("code", flat=True)
    ):
        with django_assert_max_num_queries(3):
            ends = queries.successors_at(code, CAMPAIGN_2023, TODAY)
        if not ends or not ends[0].is_default or any(end.is_default for end in ends[1:]):
            lost.append(code)
        if len(ends) > 1:
            divided.append(code)
    assert lost == []
    # The eight that the reform divided; the two halves of Ea Blang came together again.
    assert divided == sorted(divided)
    assert len(divided) == 8


def test_every_commune_of_today_came_from_somewhere() -> None:
    units = [u for n in (1, 2) for u in queries.units_on(TODAY, level=Level.COMMUNE, page=n, size=100).items]
    assert len(units) == 102
    assert [u.code for u in units if not queries.predecessors(u.code, TODAY)] == []


def test_successors_step_by_step() -> None:
    (first, second) = queries.successors("24325", CAMPAIGN_2023)
    assert (first.unit.full_name, first.is_default, first.share) == ("xã Ea Drông", True, Decimal("0.8547"))
    assert (second.unit.full_name, second.is_default) == ("xã Ea Siên", False)
    (today,) = queries.successors_at("24325", CAMPAIGN_2023, TODAY)
    assert (today.unit.full_name, today.share) == ("xã Ea Drông", Decimal(1))
    assert queries.successors("99999", CAMPAIGN_2023) == ()
    assert queries.successors_at("99999", CAMPAIGN_2023, TODAY) == ()


def test_predecessors() -> None:
    names = [one.unit.name for one in queries.predecessors("24133", TODAY)]
    assert names == ["Cư ÊBur", "Tân Lợi", "Tân Thành", "Tân Tiến", "Thành Công", "Tự An"]
    assert {one.unit.full_name for one in queries.predecessors("66", TODAY)} == {"tỉnh Đắk Lắk", "tỉnh Phú Yên"}


def test_path_on(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert queries.path_on("24289", CAMPAIGN_2023) == ("66", "648", "24289")
    assert queries.path_on("648", CAMPAIGN_2023) == ("66", "648")
    assert queries.path_on("66", CAMPAIGN_2023) == ("66",)
    assert queries.path_on("24280", TODAY) == ("66", "24280")
    assert queries.path_on("648", TODAY) == ()


def test_unit_names_asks_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        names = queries.unit_names(["648", "24280", "99999"], CAMPAIGN_2023)
    assert names == {"648": "huyện Cư M’gar", "24280": "xã Ea KPam"}


def test_units_are_paged_in_vietnamese_order(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        page = queries.units_on(CAMPAIGN_2023, level=Level.DISTRICT, within="66", size=6)
    assert [unit.name for unit in page.items] == [
        "Buôn Đôn",
        "Buôn Hồ",
        "Buôn Ma Thuột",
        "Cư Kuin",
        "Cư M’gar",
        "Ea H’leo",
    ]
    assert (page.total, page.pages) == (15, 3)
    last = queries.units_on(CAMPAIGN_2023, level=Level.DISTRICT, parent_code="66", size=6, page=3)
    assert [unit.name for unit in last.items] == ["Krông Pắc", "Lắk", "M’Đrắk"]


def test_children_codes() -> None:
    assert len(queries.children_codes("66", CAMPAIGN_2023)) == 15
    assert queries.children_codes("24268", CAMPAIGN_2023) == ()


@pytest.mark.parametrize(
    ("text", "on", "first"),
    [
        ("cu mgar", CAMPAIGN_2023, "huyện Cư M’gar"),
        ("Cư M'gar", CAMPAIGN_2023, "huyện Cư M’gar"),
        ("xã cu mgar", CAMPAIGN_2023, "xã Cư M’gar"),
        ("CƯ MGAR", TODAY, "xã Cư M’gar"),
        ("krong ana", CAMPAIGN_2023, "huyện Krông A Na"),
        ("Krông A Na", TODAY, "xã Krông Ana"),
        ("Krông Pắk", CAMPAIGN_2023, "huyện Krông Pắc"),
        ("krong pak", TODAY, "xã Krông Pắc"),
        ("BMT", CAMPAIGN_2023, "thành phố Buôn Ma Thuột"),
        ("tp. BMT", CAMPAIGN_2023, "thành phố Buôn Ma Thuột"),
        ("tp buon ma thuot", CAMPAIGN_2023, "thành phố Buôn Ma Thuột"),
        ("bmt", TODAY, "phường Buôn Ma Thuột"),
        ("24280", CAMPAIGN_2023, "xã Ea KPam"),
        ("dak lak", TODAY, "tỉnh Đắk Lắk"),
        ("kpam", CAMPAIGN_2023, "xã Ea KPam"),
        ("Cư Jang", CAMPAIGN_2023, "xã Cư Yang"),
    ],
)
def test_search_finds(text: str, on: date, first: str | None) -> None:
    found = queries.search_units(text, on=on)
    assert (found[0].full_name if found else None) == first


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hòa Đồng", ["Hòa Đồng", "Hòa Đông"]),
        ("Hoà Đông", ["Hòa Đông", "Hòa Đồng"]),
        ("ea drơng", ["Ea Drơng", "Ea Drông"]),
        ("xã Ea Drông", ["Ea Drông", "Ea Drơng"]),
        ("hoa dong", ["Hòa Đông", "Hòa Đồng"]),
    ],
)
def test_search_puts_the_very_accents_first(text: str, names: list[str]) -> None:
    assert [unit.name for unit in queries.search_units(text, on=CAMPAIGN_2023)] == names


def test_search_is_narrowed_limited_and_bounded(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = queries.search_units("ea", on=CAMPAIGN_2023, level=Level.COMMUNE, within="648", limit=100)
    assert found
    assert {unit.parent_code for unit in found} == {"648"}
    assert len(queries.search_units("a", on=CAMPAIGN_2023, limit=3)) == 3
    assert queries.search_units(" | ", on=CAMPAIGN_2023) == ()
    assert queries.search_units("%", on=CAMPAIGN_2023) == ()


def test_unit_page_asks_a_bounded_number_of_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(5):
        page = queries.unit_page("648", CAMPAIGN_2023)
    assert page is not None
    assert [unit.full_name for unit in page.above] == ["tỉnh Đắk Lắk"]
    assert (page.below.total, page.became) == (17, ())
    assert queries.unit_page("648", TODAY) is None
