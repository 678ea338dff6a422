"""Where marks stand on charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.ui import charts

COUNTS = st.integers(min_value=0, max_value=10**9)


@given(st.lists(COUNTS, min_size=1, max_size=40))
def test_bars_keep_the_order_and_the_proportion_of_their_values(values: list[int]) -> None:
    drawn = charts.bars(values, 50)
    assert [bar.top for bar in drawn] == [50 * index for index in range(len(values))]
    greatest = max(values)
    for value, bar in zip(values, drawn, strict=True):
        assert bar.percent == pytest.approx(value / greatest * 100 if greatest else 0, abs=0.01)


@given(st.lists(COUNTS, min_size=1, max_size=400))
def test_a_line_stays_inside_its_plot_and_starts_from_zero(values: list[int]) -> None:
    drawn = charts.line(values)
    assert all(0 <= p.x <= 100 and 0 <= p.y <= 100 for p in drawn.points)
    top = drawn.ticks[-1].value
    for value, point in zip(values, drawn.points, strict=True):
        assert point.y == pytest.approx(100 - value / top * 100, abs=0.01)


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0, 2), (1, 2), (3, 4), (10, 10), (11, 12), (688, 800), (1000, 1000), (1001, 1200)]
)
def test_an_axis_ends_at_a_round_number(value: int, ceiling: int) -> None:
    assert charts.round_up(value) == ceiling


@given(COUNTS)
def test_an_axis_is_never_too_short_and_halves_evenly(value: int) -> None:
    ceiling = charts.round_up(value)
    assert value <= ceiling <= max(2, 2 * value)
    assert ceiling % 2 == 0


def test_what_is_not_known_is_drawn_as_nothing() -> None:
    assert [bar.percent for bar in charts.bars([None, 4, -1], 50)] == [0, 100, 0]
    assert [point.y for point in charts.line([None, 4, -1]).points] == [100, 0, 100]
