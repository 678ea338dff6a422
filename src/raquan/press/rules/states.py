"""The states of a publication, as a table."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class Kind(StrEnum):
    """What the office publishes."""

    RELEASE = "release"
    NEWS = "news"


class State(StrEnum):
    """What a publication is in."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Step(StrEnum):
    """What is done with a publication, named by its command."""

    CHANGE = "change_publication"
    PUBLISH = "publish_publication"
    CORRECT = "correct_publication"
    WITHDRAW = "withdraw_publication"
    DROP = "drop_publication"


KIND_NAMES: Mapping[Kind, str] = {Kind.RELEASE: N_("Thông cáo báo chí"), Kind.NEWS: N_("Tin chiến dịch")}
STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: N_("Bản nháp"),
    State.PUBLISHED: N_("Đã đăng"),
    State.CORRECTED: N_("Đã đính chính"),
    State.WITHDRAWN: N_("Đã thu hồi"),
    State.DROPPED: N_("Đã bỏ"),
}
STATE_TONES: Mapping[State, str] = {
    State.DRAFT: "waiting",
    State.PUBLISHED: "good",
    State.CORRECTED: "good",
    State.WITHDRAWN: "bad",
    State.DROPPED: "neutral",
}
TRANSITIONS: StateTable[State, Step] = StateTable(
    (State.DRAFT, Step.CHANGE, State.DRAFT),
    (State.DRAFT, Step.PUBLISH, State.PUBLISHED),
    (State.DRAFT, Step.DROP, State.DROPPED),
    (State.PUBLISHED, Step.CORRECT, State.CORRECTED),
    (State.PUBLISHED, Step.WITHDRAW, State.WITHDRAWN),
    (State.CORRECTED, Step.CORRECT, State.CORRECTED),
    (State.CORRECTED, Step.WITHDRAW, State.WITHDRAWN),
    begins={State.DRAFT: "start_publication"},
)
PUBLIC = frozenset({State.PUBLISHED, State.CORRECTED, State.WITHDRAWN})
"""What has a public page: what is withdrawn keeps its address, with the reason in place of its text."""


def is_shown(state: State, shown_from: datetime | None, shown_until: datetime | None, now: datetime) -> bool:
    """Tell whether the public sees a publication at a moment: from `shown_from` on, before `shown_until`."""
    begun = shown_from is None or shown_from <= now
    return state in PUBLIC and begun and (shown_until is None or now < shown_until)
