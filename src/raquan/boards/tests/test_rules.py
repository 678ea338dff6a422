"""Boards are sound declarations, and what they reckon is right."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.analytics.rules import check_split, dimension, measure
from raquan.boards.rules import (
    BOARDS,
    Board,
    CoverRow,
    Draw,
    Subject,
    board,
    by_day,
    change,
    cover,
    groups_of,
    picture,
    worst_first,
)
from raquan.boards.rules.boards import NoSuchBoard


@pytest.mark.parametrize("of", BOARDS.values(), ids=list(BOARDS))
def test_every_panel_asks_for_what_can_be_counted(of: Board) -> None:
    assert len({panel.key for panel in of.panels}) == len(of.panels)
    for panel in of.panels:
        assert (panel.measures == ()) == (panel.draw is Draw.TARGETS)
        for key in panel.measures:
            check_split(measure(key), dimension(panel.by))
            if panel.across:
                check_split(measure(key), dimension(panel.across))
            if of.subject is not Subject.NONE:
                check_split(measure(key), dimension(of.subject.value))


def test_there_is_no_other_board() -> None:
    with pytest.raises(NoSuchBoard):
        board("weather")


def test_a_day_without_a_record_is_drawn_as_nothing() -> None:
    days = by_day({"2023-09-14": 2, "2023-09-17": 5, "": 1}, date(2023, 9, 15), date(2023, 9, 18))
    assert [value for _, value in days] == [2, 0, 0, 5, 0]
    assert days[0][0] == date(2023, 9, 14)


def test_a_change_on_nothing_has_no_percent() -> None:
    assert change(5, None) is None
    assert change(None, 5) is None
    found = change(5, 0)
    assert found is not None
    assert (found.difference, found.percent) == (5, None)
    more = change(15, 10)
    assert more is not None
    assert more.percent == Decimal("0.5")


def test_where_nobody_came_stands_first() -> None:
    rows = cover([("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")], {"1": 1, "3": 2}, {"1": 1, "2": 1, "3": 2}, {"3": 7})
    assert [one.code for one in worst_first(rows)] == ["4", "2", "1", "3"]
    assert rows[2] == CoverRow("3", "c", 2, 2, 7)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50)))
def test_groups_add_up_to_what_their_communes_have(counted: dict[str, int]) -> None:
    members = {"a": "urban", "b": "urban", "c": "remote", "d": "remote", "e": "remote"}
    urban, remote, none = groups_of(members, ["urban", "remote", "market"], [counted])
    assert urban.values[0] + remote.values[0] == sum(counted.get(one, 0) for one in members)
    assert (urban.communes, remote.communes, none.communes) == (2, 3, 0)
    assert none.average is None
    assert urban.reached == sum(1 for one in "ab" if counted.get(one, 0))


def test_a_circle_has_the_area_of_its_number_and_north_is_up() -> None:
    drawn = picture([("n", "N", 13.0, 108.0), ("s", "S", 12.0, 108.5), ("o", "O", 12.5, 108.2)], {"n": 400, "s": 100})
    assert drawn is not None
    north, south, empty = drawn.marks
    assert (north.code, south.code, empty.radius) == ("n", "s", 0.0)
    assert north.radius == pytest.approx(2 * south.radius)
    assert north.y < south.y
    assert all(0 <= mark.x <= drawn.width and 0 <= mark.y <= drawn.height for mark in drawn.marks)
    assert picture([], {}) is None


def test_borders_are_shaded_by_their_part_of_the_greatest() -> None:
    square = [(108.0, 12.0), (108.1, 12.0), (108.1, 12.1), (108.0, 12.0)]
    drawn = picture([("a", "A", 12.0, 108.0), ("b", "B", 12.1, 108.1)], {"a": 10}, {"a": [square], "b": [square]})
    assert drawn is not None
    assert drawn.has_borders
    assert {mark.code: mark.shade for mark in drawn.marks} == {"a": 5, "b": 0}
    assert all(mark.border.startswith("M") and mark.border.endswith("Z") for mark in drawn.marks)
