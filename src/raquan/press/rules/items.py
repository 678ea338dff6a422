"""The states of what others wrote about the campaign, as a table, and when a reply to it is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class PressItemState(StrEnum):
    """What a press item is in; `owed` is one that a reply is owed to."""

    OWED = "owed"
    NOTED = "noted"
    REPLIED = "replied"
    SET_ASIDE = "set_aside"


class PressItemStep(StrEnum):
    """What is done with a press item; a change may also say that it needs a reply now, or no more."""

    CHANGE = "change_press_item"
    REQUIRE = "require_press_reply"
    WAIVE = "waive_press_reply"
    REPLY = "reply_to_press_item"
    SET_ASIDE = "set_aside_press_item"


@dataclass(frozen=True, slots=True)
class PressItemSaid:
    """What the office notes of a press item: who wrote what, when, where; `reply_due_on` where a reply is owed."""

    outlet: str
    title: str
    published_at: datetime
    author: str = ""
    address: str = ""
    topic: str = ""
    reply_due_on: date | None = None


PRESS_ITEM_STATE_NAMES: Mapping[PressItemState, str] = {
    PressItemState.OWED: N_("Cần phản hồi"),
    PressItemState.NOTED: N_("Đã ghi nhận"),
    PressItemState.REPLIED: N_("Đã phản hồi"),
    PressItemState.SET_ASIDE: N_("Đã gác lại"),
}
PRESS_ITEM_STATE_TONES: Mapping[PressItemState, str] = {
    PressItemState.OWED: "waiting",
    PressItemState.NOTED: "neutral",
    PressItemState.REPLIED: "good",
    PressItemState.SET_ASIDE: "ended",
}
PRESS_ITEM_TRANSITIONS: StateTable[PressItemState, PressItemStep] = StateTable(
    (PressItemState.NOTED, PressItemStep.CHANGE, PressItemState.NOTED),
    (PressItemState.OWED, PressItemStep.CHANGE, PressItemState.OWED),
    (PressItemState.NOTED, PressItemStep.REQUIRE, PressItemState.OWED),
    (PressItemState.OWED, PressItemStep.WAIVE, PressItemState.NOTED),
    (PressItemState.NOTED, PressItemStep.REPLY, PressItemState.REPLIED),
    (PressItemState.OWED, PressItemStep.REPLY, PressItemState.REPLIED),
    (PressItemState.NOTED, PressItemStep.SET_ASIDE, PressItemState.SET_ASIDE),
    (PressItemState.OWED, PressItemStep.SET_ASIDE, PressItemState.SET_ASIDE),
    begins={PressItemState.NOTED: "note_press_item", PressItemState.OWED: "note_press_item"},
)


def changing_step(state: PressItemState, reply_due_on: date | None) -> PressItemStep:
    """Give the step that a change is: it may bring the need of a reply, or take it away."""
    if state is PressItemState.NOTED and reply_due_on:
        return PressItemStep.REQUIRE
    if state is PressItemState.OWED and not reply_due_on:
        return PressItemStep.WAIVE
    return PressItemStep.CHANGE


def is_reply_late(state: PressItemState, reply_due_on: date | None, today: date) -> bool:
    """Tell whether a reply is owed whose last day is over."""
    return state is PressItemState.OWED and reply_due_on is not None and reply_due_on < today
