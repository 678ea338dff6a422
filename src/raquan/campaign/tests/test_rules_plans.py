"""States, who is named together, moved days, and pasted rows: no database."""

from datetime import date
from pathlib import Path

import pytest

from raquan.campaign.rules import (
    PLAN_TRANSITIONS,
    SUB_PLAN_TRANSITIONS,
    CommuneGroup,
    Window,
    group_named,
    levels_named,
    move_day,
    read_rows,
)

OLD = Window(date(2023, 9, 15), date(2023, 10, 15), date(2023, 10, 10))
NEW = Window(date(2024, 9, 20), date(2024, 10, 12), date(2024, 10, 10))


def test_the_diagrams_are_drawn_from_the_tables() -> None:
    text = (Path(__file__).parents[4] / "docs" / "plan-states.md").read_text()
    assert PLAN_TRANSITIONS.diagram() in text
    assert SUB_PLAN_TRANSITIONS.diagram() in text


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2023, 9, 15), date(2024, 9, 20)),
        (date(2023, 9, 20), date(2024, 9, 25)),
        (date(2023, 10, 10), date(2024, 10, 10)),  # the Day stays the Day
        (date(2023, 10, 14), date(2024, 10, 12)),  # nothing leaves the window
        (date(2023, 10, 15), date(2024, 10, 12)),
        (date(2023, 10, 25), date(2024, 10, 22)),
        (date(2023, 9, 5), date(2024, 9, 10)),
    ],
)
def test_days_move_with_the_window(day: date, moved: date) -> None:
    assert move_day(day, OLD, NEW) == moved
    assert move_day(None, OLD, NEW) is None


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("UBND các huyện, thị xã, thành phố", {"district"}),
        ("Các sở, ban, ngành", {"department"}),
        ("UBND các xã, phường, thị trấn", {"commune"}),
        ("Các thị xã", {"district"}),
        ("UBND huyện Cư M’gar", set()),
        ("Các doanh nghiệp; các đoàn thể", {"enterprise", "union"}),
    ],
)
def test_a_text_names_levels_together(written: str, levels: set[str]) -> None:
    assert levels_named(written) == levels


def test_rows_as_people_paste_them() -> None:
    rows = read_rows('\ufeffToàn tỉnh\t1.200\n\n"Xã Ea Pốk";50\nPhường Tân An, Buôn Ma Thuột,7\nBuôn Hồ\nEa Súp; 1,5')
    assert [(one.line, one.written, one.value) for one in rows] == [
        (1, "Toàn tỉnh", 1200),
        (3, "Xã Ea Pốk", 50),
        (4, "Phường Tân An, Buôn Ma Thuột", 7),
        (5, "Buôn Hồ", None),
        (6, "Ea Súp", None),
    ]
    assert all(bool(one.error) is (one.value is None) for one in rows)
    assert (group_named("Nhóm vùng xa"), group_named("Xã vùng xa")) == (CommuneGroup.REMOTE, None)
