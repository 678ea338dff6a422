"""What is held back of enterprises' numbers: nobody finds one enterprise's from what is shown."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from raquan.analytics.rules import withheld
from raquan.market.rules import public_total

_parts = st.dictionaries(
    st.sampled_from("abcde"),
    st.dictionaries(st.sampled_from(["e1", "e2", "e3", "e4"]), st.integers(0, 50), min_size=1),
    min_size=1,
)


def test_a_row_of_two_enterprises_is_held_back_with_the_row_that_would_give_it_away() -> None:
    even = {"e1": 10, "e2": 10, "e3": 10}
    found = withheld({"a": {"e1": 5, "e2": 5}, "b": even, "c": {"e1": 90, "e2": 90, "e3": 90}})
    assert (found.keys, found.total) == (frozenset("ab"), False)
    assert withheld({"a": even, "b": even}).keys == frozenset()


def test_two_enterprises_or_a_dominant_one_hold_back_all() -> None:
    for enterprises in ({"e1": 5, "e2": 5}, {"e1": 100, "e2": 5, "e3": 5}, {"e1": 0, "e2": 0, "e3": 0}):
        found = withheld({"a": enterprises})
        assert (found.keys, found.total) == (frozenset("a"), True)


def test_rows_of_single_enterprises_are_held_back_until_what_is_hidden_together_tells_of_none() -> None:
    found = withheld({one: {one: 10} for one in ("e1", "e2", "e3")})
    assert (found.keys, found.total) == (frozenset({"e1", "e2", "e3"}), False), (
        "by enterprise only the total may be shown"
    )


@given(parts=_parts)
def test_no_sum_of_shown_rows_leaves_the_rest_to_be_told(parts: dict[str, dict[str, int]]) -> None:
    found = withheld(parts)
    shown = parts.keys() - found.keys

    def together(keys: object) -> dict[str, int]:
        sums: dict[str, int] = {}
        for key in parts:
            if key in keys:  # type: ignore[operator]
                for one, value in parts[key].items():
                    sums[one] = sums.get(one, 0) + value
        return sums

    if found.total:
        assert not shown
        return
    assert public_total(together(parts)).value is not None
    for key in shown:
        assert public_total(parts[key]).value is not None
    assert not found.keys or public_total(together(found.keys)).value is not None
    for size in (1, 2):
        for some in combinations(shown, size):
            assert public_total(together(set(some))).enterprises >= 3
