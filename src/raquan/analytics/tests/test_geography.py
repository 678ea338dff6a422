"""Numbers on the map of another day keep their sum, are divided by people where a commune was, and say so."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from raquan.analytics.engine import Source
from raquan.analytics.queries import geography
from raquan.analytics.queries.counting import Facts
from raquan.analytics.rules import DIMENSIONS, MEASURES, Kind, MapNote, NotOnMap
from raquan.analytics.tests.facts import CAMPAIGN, Fact, sample
from raquan.kernel.actor import SYSTEM
from raquan.places.commands import load_units
from raquan.places.rules import ChangeRow, Level, Part, UnitRow, weights

REFORM = date(2025, 7, 1)


def _facts(*facts: Fact) -> Facts:
    return Facts(None, None, {Kind.ASSIST: Source((), facts, CAMPAIGN)})


OLD, NEW = date(2023, 1, 1), REFORM
LAST = date(2025, 6, 30)


def _unit(code: str, name: str, since: date, parent: str, level: Level, kind: str) -> UnitRow:
    return UnitRow(code, since, LAST if since == OLD else None, level, kind, name, parent, None, None)


@pytest.fixture
def places(db: None, now: datetime) -> None:
    """A province in which one commune was divided between two, one joined another whole, and one has no shares."""
    old = [("24001", "Cũ Chia"), ("24002", "Cũ Nguyên"), ("24003", "Cũ Không Rõ")]
    new = [("24001", "Mới Một"), ("24010", "Mới Hai")]
    units = [
        _unit("66", "Đắk Lắk", OLD, "", Level.PROVINCE, "tỉnh"),
        _unit("66", "Đắk Lắk", NEW, "", Level.PROVINCE, "tỉnh"),
        _unit("648", "Cư M’gar", OLD, "66", Level.DISTRICT, "huyện"),
        *(_unit(code, name, OLD, "648", Level.COMMUNE, "xã") for code, name in old),
        *(_unit(code, name, NEW, "66", Level.COMMUNE, "xã") for code, name in new),
    ]
    changes = [
        ChangeRow("66", OLD, "66", NEW, True, Decimal(1)),
        ChangeRow("24001", OLD, "24001", NEW, True, Decimal("0.8547")),
        ChangeRow("24001", OLD, "24010", NEW, False, Decimal("0.1453")),
        ChangeRow("24002", OLD, "24001", NEW, True, Decimal(1)),
        ChangeRow("24003", OLD, "24001", NEW, False, None),
        ChangeRow("24003", OLD, "24010", NEW, True, None),
    ]
    load_units(by=SYSTEM, now=now, units=units, changes=changes)


def _by_commune(facts: Facts, measure: str = "assists") -> tuple[dict[str, Decimal], MapNote]:
    result, note = geography.remapped(facts, MEASURES[measure], DIMENSIONS["commune"], (), REFORM)
    assert note is not None
    return {cell.key: Decimal(cell.value) for cell in result.cells}, note


def test_a_divided_commune_is_shared_out_by_its_people(places: None) -> None:
    cells, note = _by_commune(_facts(*sample(1000, commune_code="24001")))
    assert cells == {"24001": Decimal("854.7"), "24010": Decimal("145.3")}
    assert (note.split, note.split_units, note.guessed, note.lost) == (1000, 1, 0, 0)


def test_a_commune_that_went_whole_keeps_its_number(places: None) -> None:
    cells, note = _by_commune(_facts(*sample(7, commune_code="24002")))
    assert (cells, note.split, note.guessed) == ({"24001": Decimal(7)}, 0, 0)


def test_without_shares_the_main_one_takes_all_and_it_is_said(places: None) -> None:
    cells, note = _by_commune(_facts(*sample(5, commune_code="24003")))
    assert (cells, note.split, note.guessed, note.guessed_units) == ({"24010": Decimal(5)}, 0, 5, 1)


def test_a_code_that_is_used_again_is_read_as_of_its_day(places: None) -> None:
    cells, note = _by_commune(_facts(*sample(3, commune_code="24001", occurred_on=date(2025, 10, 1))))
    assert (cells, note.split) == ({"24001": Decimal(3)}, 0)


def test_what_no_map_knows_is_lost_in_the_open(places: None) -> None:
    cells, note = _by_commune(_facts(*sample(3, commune_code="99999")))
    assert cells == {"": Decimal(3)}
    assert note.lost == 3


def test_a_ratio_is_divided_on_the_other_map(places: None) -> None:
    facts = sample(4, commune_code="24001")
    cells, _ = _by_commune(_facts(*facts), "first_use_rate")
    assert set(cells.values()) == {Decimal(0)}


@pytest.mark.django_db
def test_only_what_adds_up_by_commune_is_led_there() -> None:
    facts = _facts(*sample(1))
    for key, by in (("people", "commune"), ("assists", "day"), ("communes_reached", "commune")):
        with pytest.raises(NotOnMap):
            geography.remapped(facts, MEASURES[key], DIMENSIONS[by], (), REFORM)


def test_weights_add_up_and_guess_only_without_shares() -> None:
    shared = {"a": Part(True, Decimal("0.8547")), "b": Part(False, Decimal("0.1453"))}
    assert sum(weights(shared).values()) == 1
    assert weights({"a": Part(False, None), "b": Part(True, None)}) == {"b": Decimal(1)}
    assert weights({"a": Part(True, Decimal("0.5")), "b": Part(False, None)}) == {"a": Decimal(1)}
