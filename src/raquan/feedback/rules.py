"""The words of feedback: how it was, what about it, where it stands, and the address that only its sender has."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from raquan.kernel.refused import N_


class Mood(StrEnum):
    """How it was, in one tap."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Topic(StrEnum):
    """What about it."""

    KIND = "kind"
    CLEAR = "clear"
    WAIT = "wait"
    WORDS = "words"
    UNDONE = "undone"
    NOBODY = "nobody"
    RUDE = "rude"
    MONEY = "money"


class State(StrEnum):
    """Where it stands: nothing to answer, waiting for an answer, answered, or closed without one."""

    NOTED = "noted"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class Step(StrEnum):
    """What takes it from one state to another; each is a command."""

    ANSWER = "answer_feedback"
    ASK_AGAIN = "ask_again"
    CLOSE = "close_feedback"


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: `step` leads from `source` to `target`."""

    source: State
    step: Step
    target: State


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.NOTED, Step.ANSWER, State.ANSWERED),
    Transition(State.WAITING, Step.ANSWER, State.ANSWERED),
    Transition(State.ANSWERED, Step.ASK_AGAIN, State.WAITING),
    Transition(State.NOTED, Step.CLOSE, State.CLOSED),
    Transition(State.WAITING, Step.CLOSE, State.CLOSED),
)

MOOD_NAMES: Mapping[Mood, str] = {
    Mood.GOOD: N_("Hài lòng"),
    Mood.FAIR: N_("Tạm được"),
    Mood.POOR: N_("Chưa hài lòng"),
}
TOPIC_NAMES: Mapping[Topic, str] = {
    Topic.KIND: N_("Nhiệt tình"),
    Topic.CLEAR: N_("Chỉ dễ hiểu"),
    Topic.WAIT: N_("Phải chờ lâu"),
    Topic.WORDS: N_("Nói khó hiểu, không đúng tiếng của tôi"),
    Topic.UNDONE: N_("Chưa làm được việc cần làm"),
    Topic.NOBODY: N_("Đến nơi mà không có ai"),
    Topic.RUDE: N_("Thái độ chưa tốt"),
    Topic.MONEY: N_("Có người đòi tiền, hỏi mật khẩu hoặc mã OTP"),
}
STATE_NAMES: Mapping[State, str] = {
    State.NOTED: N_("Góp ý, không cần trả lời"),
    State.WAITING: N_("Chờ trả lời"),
    State.ANSWERED: N_("Đã trả lời"),
    State.CLOSED: N_("Đã khép lại"),
}

LONGEST_TEXT = 1000
MOST_ENTRIES = 20
"""After so many words to and fro a telephone call is better."""

ANSWER_WITHIN = timedelta(days=2)
"""When a question that nobody has answered is told to the level above."""

TICKET_SECONDS = 24 * 3600
"""How long an opened form may lie before it is sent."""

MOST_AN_HOUR = 60
"""How much one address of the network may send in an hour: a whole village may share one."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def leads_to(state: State, step: Step) -> State | None:
    """Give the state that a step leads to; None where it may not be taken."""
    return next((one.target for one in TRANSITIONS if (one.source, one.step) == (state, step)), None)


def first_state(topics: frozenset[Topic], *, wants_answer: bool) -> State:
    """Tell whether somebody must look: at a question, and wherever money or a password was asked for."""
    return State.WAITING if wants_answer or Topic.MONEY in topics else State.NOTED


def is_for_the_office(topics: frozenset[Topic]) -> bool:
    """Tell whether the steering office looks first, since it is the unit's own team that is spoken of."""
    return Topic.MONEY in topics


def is_token(text: str) -> bool:
    """Tell whether a text has the shape of a private address: 128 random bits in base64."""
    return _TOKEN.fullmatch(text) is not None


def mark_of(token: str) -> str:
    """Give what the server keeps of a private address: a hash that leads back to none (SHA-256, hexadecimal)."""
    return hashlib.sha256(token.encode()).hexdigest()


def private_path(token: str) -> str:
    """Give the path at which the sender reads the answer."""
    return f"/q/{token}/"
