"""Plans are read and written, booths given by rules that hold, codes and items read as people type them."""

from dataclasses import replace
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.architecture.house import ROOT

from raquan.exhibitions.rules import (
    APPLICATION_TRANSITIONS,
    EXHIBITION_TRANSITIONS,
    BoothNotWhole,
    CellKind,
    FloorPlan,
    PlanTooLarge,
    PlanUnreadable,
    Rule,
    Why,
    Wish,
    allocate,
    booth_order,
    broken_rules,
    is_phone,
    kind_of,
    metres,
    read_booth_number,
    read_code,
    read_items,
    read_plan,
    starting_plan,
    watts_left,
    write_items,
    write_plan,
)

SPACE = UUID("018b0000-0000-7000-8000-00000000b007")
FLOOR = """
LV .  .  .
A1 A2 A3 A4
+1000 . . SK
B1 B1 B2 WC
"""


def _plan(text: str = FLOOR, watts: int = 5000) -> FloorPlan:
    return read_plan(text, cell_cm=300, post_watts=watts)


def _wish(number: int, whose: int | None = None, **said: object) -> Wish:
    whose = number if whose is None else whose
    usual = Wish(
        uuid5(SPACE, f"a{number}"),
        f"GH-{number}",
        uuid5(SPACE, f"o{whose}"),
        f"Công ty {whose}",
        "Nông nghiệp",
        300,
        300,
        0,
    )
    return replace(usual, **said)  # type: ignore[arg-type]  # whatever a test says


def test_a_plan_is_read_with_its_booths_and_posts() -> None:
    plan = _plan()
    assert [one.number for one in plan.booths] == ["A1", "A2", "A3", "A4", "B1", "B2"]
    large = plan.booth("B1")
    assert large is not None
    assert (large.width_cm, large.depth_cm, large.columns) == (600, 300, 2)
    assert [one.watts for one in plan.posts] == [1000]
    assert {one.number for one in plan.neighbors(large)} == {"B2"}, "not over the aisle"
    assert kind_of("+1000") is CellKind.POWER
    assert read_plan(write_plan(plan), cell_cm=300, post_watts=5000) == plan
    assert metres(300, 250) == "3 × 2,5 m"


@pytest.mark.parametrize(
    ("text", "refused"),
    [("A1 ??", PlanUnreadable), ("A1 . A1", BoothNotWhole), ("A1 A1\nA1 .", BoothNotWhole), (". " * 41, PlanTooLarge)],
)
def test_what_is_no_plan_is_refused(text: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        _plan(text)


@given(st.integers(1, 200), st.integers(2, 40))
def test_a_plan_begun_by_numbers_is_a_plan(booths: int, a_row: int) -> None:
    plan = _plan(starting_plan(booths, a_row))
    assert 0 < len(plan.booths) <= booths
    assert len(plan.cells) <= 40


def test_neighbors_are_of_one_field_and_the_reason_is_said() -> None:
    wishes = [_wish(1, field="Y tế"), _wish(2), _wish(3)]
    made = allocate(_plan(), wishes, standing={}, seed="x", most=1)
    booths = {one.id: one for one in made.placed}
    own = [_plan().booth(booths[wish.id].booth) for wish in wishes[1:]]
    assert own[0]
    assert own[1]
    assert own[0].distance(own[1]) == 1
    assert Why.BESIDE_FIELD in {one.why for one in made.placed}
    assert made.left == ()


def test_a_wish_is_granted_and_a_large_booth_kept_for_who_needs_it() -> None:
    wishes = [_wish(1, prefers="A3"), *(_wish(number) for number in range(2, 5)), _wish(5, width_cm=600)]
    placed = {one.id: one for one in allocate(_plan(), wishes, standing={}, seed="x", most=1).placed}
    assert (placed[wishes[0].id].booth, placed[wishes[0].id].why) == ("A3", Why.PREFERRED)
    assert placed[wishes[4].id].booth == "B1"


def test_rivals_stay_apart_where_one_asks() -> None:
    plan, rival = _plan("A1 A2 . A3"), _wish(1)
    apart = _wish(2, apart=True)
    assert [one.rule for one in broken_rules(plan, {"A1": rival}, apart, plan.booths[1], 1)] == [Rule.APART]
    assert [one.rule for one in broken_rules(plan, {"A1": apart}, rival, plan.booths[1], 1)] == [Rule.APART]
    assert broken_rules(plan, {"A1": _wish(1, field="Y tế")}, apart, plan.booths[1], 1) == ()
    made = allocate(plan, [rival, apart], standing={}, seed="x", most=1)
    assert {one.booth for one in made.placed} in ({"A1", "A3"}, {"A2", "A3"})


def test_power_ends_where_the_post_ends_and_who_is_left_is_told_why() -> None:
    wishes = [_wish(number, watts=700) for number in range(2)] + [_wish(3, width_cm=900)]
    made = allocate(_plan(), wishes, standing={}, seed="x", most=1)
    assert len(made.placed) == 1
    because = {one.id: dict(one.because) for one in made.left}
    assert because[wishes[2].id] == {Rule.SIZE: 6}
    (hungry,) = (said for id_, said in because.items() if id_ != wishes[2].id)
    assert hungry == {Rule.TAKEN: 1, Rule.POWER: 5}
    assert allocate(_plan("A1"), [_wish(1, watts=1)], standing={}, seed="x", most=1).placed == (), "no post, no power"


def test_an_enterprise_has_so_many_booths_and_no_more() -> None:
    wishes = [_wish(number, whose=1) for number in range(3)]
    made = allocate(_plan(), wishes, standing={}, seed="x", most=2)
    assert len(made.placed) == 2
    assert dict(made.left[0].because) == {Rule.MOST: 6}


_WISHES = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from([300, 600, 900]), st.sampled_from([0, 400, 900]), st.booleans(),
        st.sampled_from(["Nông nghiệp", "Y tế"]), st.sampled_from(["", "A1", "B1"]),
    ),
    max_size=9,
)  # fmt: skip


@given(_WISHES, st.randoms(use_true_random=False))
def test_rules_hold_for_all_and_nobody_is_left_beside_a_booth_they_may_have(drawn: list[tuple], random: object) -> None:  # type: ignore[type-arg]
    wishes = [
        _wish(number, whose, width_cm=wide, watts=watts, apart=apart, field=field, prefers=prefers)
        for number, (whose, wide, watts, apart, field, prefers) in enumerate(drawn)
    ]
    plan = _plan()
    made = allocate(plan, wishes, standing={}, seed="hạt", most=2)
    random.shuffle(wishes)  # type: ignore[attr-defined]  # what hypothesis gives
    assert allocate(plan, wishes, standing={}, seed="hạt", most=2) == made, "whoever sends first gains nothing"
    by_id = {one.id: one for one in wishes}
    standing = {one.booth: by_id[one.id] for one in made.placed}
    assert len(standing) + len(made.left) == len(wishes)
    for number, wish in standing.items():
        booth = plan.booth(number)
        assert booth is not None
        assert broken_rules(plan, standing, wish, booth, 2) == ()
        assert watts_left(plan, standing, booth) >= 0
    for left in made.left:
        assert all(broken_rules(plan, standing, by_id[left.id], booth, 2) for booth in plan.booths)
        assert sum(count for _, count in left.because) == len(plan.booths)


def test_what_people_type_is_read() -> None:
    assert read_booth_number(" a 3 ") == "A3"
    assert read_booth_number("gian 3") == ""
    assert read_code("gh 7k2qwx") == "GH-7K2QWX"
    assert sorted(["A10", "A2", "AA1", "Z1"], key=booth_order) == ["A2", "A10", "Z1", "AA1"]
    items = read_items("Sổ thu chi: ghi bán hàng\n\nTem truy xuất\n: không tên")
    assert items == (("Sổ thu chi", "ghi bán hàng"), ("Tem truy xuất", ""))
    assert read_items(write_items(items)) == items
    assert is_phone("0905 123 456")
    assert not is_phone("905")
    assert not is_phone("không có")


def test_the_lives_are_drawn_as_the_document_says() -> None:
    text = (ROOT / "docs/operations/exhibitions.md").read_text()
    assert EXHIBITION_TRANSITIONS.diagram() in text
    assert APPLICATION_TRANSITIONS.diagram() in text
