"""The rules of outings, without a database."""

import secrets
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.outings import rules
from raquan.outings.rules import OutingPlan, State, Step

DOCUMENT = Path(__file__).parents[4] / "docs" / "outing-states.md"
DAY = date(2023, 10, 5)


def test_the_documented_diagram_is_the_table() -> None:
    drawn = DOCUMENT.read_text(encoding="utf-8").split("```mermaid\n")[1].split("```")[0]
    assert drawn == rules.TRANSITIONS.diagram()


def test_every_state_but_the_ends_leads_on_and_each_step_has_one_result() -> None:
    assert rules.TRANSITIONS.steps_from(State.PLANNED) == (Step.OPEN, Step.CANCEL)
    assert rules.TRANSITIONS.steps_from(State.OPEN) == (Step.CLOSE, Step.CANCEL)
    assert rules.TRANSITIONS.steps_from(State.DONE) == rules.TRANSITIONS.steps_from(State.CANCELLED) == ()
    assert {step: rules.TRANSITIONS.result_of(step) for step in Step} == {
        Step.OPEN: State.OPEN,
        Step.CLOSE: State.DONE,
        Step.CANCEL: State.CANCELLED,
    }


@pytest.mark.parametrize(
    ("place", "prefix"),
    [
        ("Cư M’gar", "CMG"),
        ("Buôn Ma Thuột", "BMT"),
        ("Krông Pắc", "KPA"),
        ("Lắk", "LAK"),
        ("Ea H’leo", "EHL"),
        ("5", "5XX"),
        ("", "XXX"),
    ],
)
def test_a_code_begins_with_the_place(place: str, prefix: str) -> None:
    assert rules.code_prefix(place) == prefix


@given(st.text(max_size=30))
def test_a_made_code_reads_back_as_itself_however_it_is_typed(place: str) -> None:
    code = rules.make_code(place, secrets.choice)
    assert len(code) == 8
    assert rules.read_code(code) == code
    assert rules.read_code(f" {code.lower().replace('-', ' ')} ") == code
    assert rules.read_code(code.replace("-", "–")) == code


def test_no_two_signs_of_the_alphabet_are_taken_for_each_other() -> None:
    for pair in ("0O", "1I", "IL", "2Z", "5S", "6G", "8B", "UV"):
        assert sum(sign in rules.CODE_ALPHABET for sign in pair) <= 1


def test_both_ends_of_a_window_belong_to_it() -> None:
    start, end = date(2023, 9, 15), date(2023, 10, 15)
    inside = [rules.is_within(day, start, end) for day in (start, end, date(2023, 9, 14), date(2023, 10, 16))]
    assert inside == [True, True, False, False]


def test_an_outing_opens_on_its_day_or_later() -> None:
    assert not rules.may_open_on(date(2023, 10, 4), DAY)
    assert rules.may_open_on(DAY, DAY)
    assert rules.may_open_on(date(2023, 10, 6), DAY)


@pytest.mark.parametrize(
    ("utc_hour", "is_now", "is_over"), [(0, False, False), (1, True, False), (3, True, False), (4, False, True)]
)
def test_hours_are_those_of_viet_nam(utc_hour: int, is_now: bool, is_over: bool) -> None:
    moment = datetime(2023, 10, 5, utc_hour, 0, tzinfo=UTC)
    assert rules.is_now(DAY, time(8), time(11), moment) is is_now
    assert rules.is_over(DAY, time(11), moment) is is_over


@given(st.lists(st.text(alphabet="0123456789", min_size=1, max_size=6), max_size=4))
def test_a_path_reads_back(codes: list[str]) -> None:
    assert rules.path_codes(rules.path_text(codes)) == tuple(codes)


def test_plans_differ_by_what_they_say_and_not_by_the_order_of_services() -> None:
    one, two = UUID(int=1), UUID(int=2)
    plan = OutingPlan(one, None, one, one, DAY, time(8), time(11), ("a", "b"), (one, two))
    same = OutingPlan(one, None, one, one, DAY, time(8), time(11), ("b", "a"), (one, two))
    other = OutingPlan(one, None, one, one, DAY, time(8), time(10), ("a",), (two, one))
    assert plan.differences(same) == []
    assert set(plan.differences(other)) == {"ends_at", "service_codes", "team"}


def test_a_desks_code_and_an_outings_never_meet() -> None:
    outing = rules.make_code("Cư M’gar", secrets.choice)
    desk = rules.make_code("Cư M’gar", secrets.choice, length=rules.DESK_CODE_LENGTH)
    assert not rules.is_desk_code(outing)
    assert rules.is_desk_code(desk)
    assert rules.read_code(desk.lower().replace("-", " ")) == desk
