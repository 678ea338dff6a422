"""What a unit is, what it became, and how it is found."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.places.rules import (
    ChangeRow,
    Level,
    Part,
    UnitRow,
    find_fault,
    follow,
    full_name,
    is_in_force,
    query_words,
    rank,
    search_key,
)

FIRST, LAST, NEXT = date(2023, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
PROVINCE = UnitRow("66", FIRST, None, Level.PROVINCE, "tỉnh", "Đắk Lắk", "", None, None)
OLD = UnitRow("24133", FIRST, LAST, Level.COMMUNE, "phường", "Thành Công", "66", None, None)
NEW = UnitRow("24133", NEXT, None, Level.COMMUNE, "phường", "Buôn Ma Thuột", "66", None, None)
CHANGE = ChangeRow("24133", FIRST, "24133", NEXT, is_default=True, share=Decimal(1))


def test_both_ends_of_validity_count() -> None:
    assert is_in_force(FIRST, LAST, FIRST)
    assert is_in_force(FIRST, LAST, LAST)
    assert not is_in_force(FIRST, LAST, NEXT)
    assert is_in_force(FIRST, None, NEXT)


def test_full_name() -> None:
    assert full_name("huyện", "Cư M’gar") == "huyện Cư M’gar"


def test_a_sound_set_has_no_fault() -> None:
    assert find_fault([PROVINCE, OLD, NEW], [CHANGE]) is None


@pytest.mark.parametrize(
    ("units", "changes", "fault"),
    [
        ([PROVINCE, replace(OLD, valid_to=NEXT), NEW], [], "two units in force"),
        ([PROVINCE, replace(OLD, valid_to=None), NEW], [], "two units in force"),
        ([PROVINCE, replace(OLD, valid_to=date(2022, 1, 1))], [], "ends before"),
        ([PROVINCE, replace(OLD, type="huyện")], [], "cannot be called"),
        ([PROVINCE, replace(OLD, parent_code="")], [], "only a province"),
        ([OLD], [], "no unit 66 above"),
        ([replace(PROVINCE, valid_from=NEXT), OLD], [], "no unit 66 above"),
        ([PROVINCE, OLD, replace(NEW, parent_code="24133")], [], "no unit 24133 above"),
        ([PROVINCE, OLD], [CHANGE], "unknown"),
        ([PROVINCE, OLD, NEW], [replace(CHANGE, is_default=False)], "0 defaults"),
        (
            [PROVINCE, OLD, NEW],
            [ChangeRow("24133", NEXT, "24133", FIRST, True, None)],
            "does not lead forward",
        ),
    ],
)
def test_faults_are_found(units: list[UnitRow], changes: list[ChangeRow], fault: str) -> None:
    assert fault in (find_fault(units, changes) or "")


def test_following_multiplies_shares_and_keeps_the_default_way() -> None:
    whole, most, rest = Part(True, Decimal(1)), Part(True, Decimal("0.8")), Part(False, Decimal("0.2"))
    changes: dict[str, dict[str, Part]] = {"a": {"b": most, "c": rest}, "b": {"d": whole}, "c": {"d": whole}}
    assert follow("a", changes, frozenset("d")) == {"d": Part(True, Decimal("1.0"))}
    changes["c"] = {"e": whole}
    assert follow("a", changes, frozenset("de")) == {
        "d": Part(True, Decimal("0.8")),
        "e": Part(False, Decimal("0.2")),
    }
    changes["c"] = {"e": Part(True, None)}
    assert follow("a", changes, frozenset("de"))["e"] == Part(False, None)


def test_a_unit_in_force_is_its_own_successor() -> None:
    assert follow("a", {}, frozenset("a")) == {"a": Part(True, Decimal(1))}
    assert follow("a", {}, frozenset("b")) == {}


@given(st.dictionaries(st.integers(0, 4), st.lists(st.integers(1, 9), min_size=1, max_size=3), min_size=1, max_size=5))
def test_no_people_are_lost_on_the_way(weights: dict[int, list[int]]) -> None:
    changes = {
        node: {node + 1 + i: Part(i == 0, Decimal(w) / sum(ws)) for i, w in enumerate(ws)}
        for node, ws in weights.items()
    }
    ends = frozenset(range(10)) - changes.keys()
    start = min(changes)
    found = follow(start, changes, ends)
    shares = [part.share for part in found.values() if part.share is not None]
    assert sum(shares, Decimal(0)).quantize(Decimal("1e-9")) == 1
    assert len(shares) == len(found)
    assert sum(part.is_default for part in found.values()) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("TP. Buôn Ma Thuột", "thanh pho buon ma thuot"),
        ("h. Cư M'gar", "huyen cu mgar"),
        ("Cư  M’GAR", "cu mgar"),
        ("BMT", "bmt"),
        ("p", "p"),
        ("|%_", ""),
        ("Phường 1", "phuong 1"),
    ],
)
def test_query_words(query: str, expected: str) -> None:
    assert query_words(query) == expected


def test_rank() -> None:
    key = search_key("xã", "Tân Lập", ["Tân Láp", "TL"])
    assert key == "|tan lap|xa tan lap|tl|xa tl|"
    ranks = [rank(text, "xã", "Tân Lập", key) for text in ("xã tân lập", "tan lap", "tan l", "lap", "ap")]
    assert ranks == [0, 1, 2, 3, 4]
