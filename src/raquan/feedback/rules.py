"""The words of feedback: how it was, what about it, where it stands, and the address that only its sender has."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


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


TRANSITIONS: StateTable[State, Step] = StateTable(
    (State.NOTED, Step.ANSWER, State.ANSWERED),
    (State.WAITING, Step.ANSWER, State.ANSWERED),
    (State.ANSWERED, Step.ASK_AGAIN, State.WAITING),
    (State.NOTED, Step.CLOSE, State.CLOSED),
    (State.WAITING, Step.CLOSE, State.CLOSED),
    begins={State.NOTED: "send_feedback", State.WAITING: "send_feedback"},
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

SETTLED = frozenset({State.NOTED, State.ANSWERED, State.CLOSED})
"""States in which nobody waits any more."""

DAYS_A_YEAR, MONTHS_A_YEAR = 365, 12
NO_WORDS = "–"
"""What stands for the reason of a closing whose words were emptied."""

LONGEST_TEXT = 1000
MOST_ENTRIES = 20
"""After so many words to and fro a telephone call is better."""

ANSWER_WITHIN = timedelta(days=2)
"""When a question that nobody has answered is told to the level above."""

MOST_AN_HOUR = 60
"""How much one address of the network may send in an hour: a whole village may share one."""


def first_state(topics: frozenset[Topic], *, wants_answer: bool) -> State:
    """Tell whether somebody must look: at a question, and wherever money or a password was asked for."""
    return State.WAITING if wants_answer or Topic.MONEY in topics else State.NOTED


def is_for_the_office(topics: frozenset[Topic]) -> bool:
    """Tell whether the steering office looks first, since it is the unit's own team that is spoken of."""
    return Topic.MONEY in topics


def private_path(token: str) -> str:
    """Give the path at which the sender reads the answer."""
    return f"/q/{token}/"
