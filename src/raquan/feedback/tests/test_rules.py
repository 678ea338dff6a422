"""The states of feedback, who looks first, and private addresses."""

import secrets

import pytest

from raquan.feedback.rules import (
    TRANSITIONS,
    State,
    Step,
    Topic,
    first_state,
    is_for_the_office,
)
from raquan.kernel.open_forms import is_token, mark_of


def test_every_arrow_is_drawn_once() -> None:
    arrows = [(one.source, one.step) for one in TRANSITIONS]
    assert len(arrows) == len(set(arrows))
    assert TRANSITIONS.leads_to(State.CLOSED, Step.ANSWER) is None
    assert TRANSITIONS.leads_to(State.ANSWERED, Step.ANSWER) is None


@pytest.mark.parametrize(
    ("topics", "wants", "state"),
    [
        (frozenset(), False, State.NOTED),
        (frozenset(), True, State.WAITING),
        (frozenset({Topic.WAIT}), False, State.NOTED),
        (frozenset({Topic.MONEY}), False, State.WAITING),
    ],
)
def test_somebody_must_look_at_questions_and_at_money(topics: frozenset[Topic], wants: bool, state: State) -> None:
    assert first_state(topics, wants_answer=wants) is state
    assert is_for_the_office(topics) == (Topic.MONEY in topics)


def test_an_address_says_nothing_of_what_is_kept() -> None:
    token = secrets.token_urlsafe(16)
    assert is_token(token)
    assert not is_token(token[:-1])
    assert not is_token(token + "x")
    assert token not in mark_of(token)
    assert len(mark_of(token)) == 64
