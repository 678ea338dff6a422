"""Bubbles stand where their places are, and their areas say how many."""

from raquan.capture.queries.overview import MAP_WIDTH, CountRow, _bubbles


def test_north_is_up_and_areas_compare() -> None:
    placed = [(108.0, 12.5, CountRow("B", 25)), (108.5, 13.0, CountRow("A", 100))]
    (a, b), height = _bubbles(placed)
    assert (a.label, b.label) == ("A", "B")
    assert a.x > b.x
    assert a.y < b.y
    assert a.radius == 2 * b.radius
    assert all(0 < one.x < MAP_WIDTH and 0 < one.y < height for one in (a, b))


def test_one_place_alone_stands_in_the_middle() -> None:
    (only,), height = _bubbles([(108.0, 12.5, CountRow("A", 3))])
    assert (only.x, height) == (MAP_WIDTH / 2, 80)
