"""The text with its places, the state table, the widths of photos."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.files.rules import widths_of
from raquan.kernel.states import StateTable
from raquan.press.rules import (
    PRESS_ITEM_TRANSITIONS,
    TRANSITIONS,
    WIDTHS,
    Filled,
    PressItemState,
    PressItemStep,
    State,
    blocks,
    changing_step,
    is_reply_late,
    is_shown,
    is_well_formed,
    placeholders,
    plain_text,
)

NOW = datetime(2023, 10, 6, 2, tzinfo=UTC)
FIGURE = Filled("{{assists}}", "1.234", "Lượt hỗ trợ", "lượt", "", "", "", "/2023/numbers/assists/")


def test_places_are_found_once_each_with_their_row() -> None:
    found = placeholders("{{assists}} và {{ assists by district = 643 }}, lại {{assists}}")
    assert [(one.measure, one.by, one.key) for one in found] == [("assists", "", ""), ("assists", "district", "643")]


@pytest.mark.parametrize("text", ["{{assists", "assists}}", "{{Lượt}}", "{{assists by district}}"])
def test_braces_that_are_no_place_are_noticed(text: str) -> None:
    assert not is_well_formed(text)


def test_a_text_becomes_blocks_with_figures_that_lead_to_their_address() -> None:
    found = blocks("## Kết quả\nĐã có {{assists}} lượt.\n- một\n- hai\n\nCuối.", {FIGURE.text: FIGURE})
    assert [one.kind for one in found] == ["h", "p", "ul", "p"]
    assert [span.text for span in found[1].rows[0]] == ["Đã có ", "1.234", " lượt."]
    assert found[1].rows[0][1].figure == FIGURE
    assert len(found[2].rows) == 2


@given(st.text(max_size=200))
def test_without_figures_no_word_is_lost(text: str) -> None:
    assert plain_text(text, {}) == text
    shown = "".join(span.text for block in blocks(text, {}) for row in block.rows for span in row)
    assert set("".join(shown.split())) <= set(text)


@pytest.mark.parametrize(
    ("width", "kept"), [(4000, (360, 720, 1440)), (720, (360, 720)), (500, (360, 500)), (90, (90,))]
)
def test_a_photo_is_never_made_wider_than_it_is(width: int, kept: tuple[int, ...]) -> None:
    assert widths_of(width, WIDTHS) == kept


def test_news_are_shown_from_their_moment_until_their_end() -> None:
    hour = timedelta(hours=1)
    assert is_shown(State.PUBLISHED, NOW, None, NOW)
    assert not is_shown(State.PUBLISHED, NOW + hour, None, NOW)
    assert not is_shown(State.CORRECTED, NOW - hour, NOW, NOW)
    assert is_shown(State.WITHDRAWN, NOW, None, NOW)
    assert not is_shown(State.DRAFT, NOW, None, NOW)


def test_a_reply_is_late_after_its_last_day_while_it_is_owed() -> None:
    day = date(2023, 10, 5)
    assert not is_reply_late(PressItemState.OWED, day, day)
    assert is_reply_late(PressItemState.OWED, day, day + timedelta(days=1))
    assert not is_reply_late(PressItemState.REPLIED, day, day + timedelta(days=1))
    assert not is_reply_late(PressItemState.NOTED, None, day)


def test_a_change_may_bring_the_need_of_a_reply_or_take_it_away() -> None:
    day = date(2023, 10, 5)
    assert changing_step(PressItemState.NOTED, day) is PressItemStep.REQUIRE
    assert changing_step(PressItemState.OWED, None) is PressItemStep.WAIVE
    assert changing_step(PressItemState.OWED, day) is PressItemStep.CHANGE
    assert PRESS_ITEM_TRANSITIONS.leads_to(PressItemState.REPLIED, PressItemStep.CHANGE) is None


@pytest.mark.parametrize(
    ("table", "name"), [(TRANSITIONS, "publication-states.md"), (PRESS_ITEM_TRANSITIONS, "press-item-states.md")]
)
def test_the_documentation_has_the_table(table: StateTable[Any, Any], name: str) -> None:
    page = Path(__file__).parents[4] / "docs" / name
    assert table.diagram() in page.read_text(encoding="utf-8")
