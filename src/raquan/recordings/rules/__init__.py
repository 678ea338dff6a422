"""The words of recordings: where one stands, in which languages, how long, and which text it says."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable
from raquan.recordings.rules.audio import LARGEST, LONGEST_SECONDS, Heard, SoundUnreadable, hear

__all__ = [
    "CONSENT",
    "EXTENSIONS",
    "LARGEST",
    "LONGEST_SECONDS",
    "SPOKEN",
    "STATE_NAMES",
    "TRANSITIONS",
    "Heard",
    "SoundUnreadable",
    "State",
    "Step",
    "hear",
    "text_version",
]


class State(StrEnum):
    """Where a recording stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What takes it from one state to another; each is a command, but for the last, which an approval does."""

    APPROVE = "approve_recording"
    RETURN = "return_recording"
    WITHDRAW = "withdraw_recording"
    REPLACE = "replace"


TRANSITIONS: StateTable[State, Step] = StateTable(
    (State.WAITING, Step.APPROVE, State.APPROVED),
    # Heard again after the guide's text was changed, and found to say it still.
    (State.APPROVED, Step.APPROVE, State.APPROVED),
    (State.WAITING, Step.RETURN, State.RETURNED),
    (State.APPROVED, Step.REPLACE, State.REPLACED),
    (State.WAITING, Step.WITHDRAW, State.WITHDRAWN),
    (State.APPROVED, Step.WITHDRAW, State.WITHDRAWN),
    (State.RETURNED, Step.WITHDRAW, State.WITHDRAWN),
    begins={State.WAITING: "send_recording"},
    ends={State.REPLACED: "", State.WITHDRAWN: ""},
)

STATE_NAMES: Mapping[State, str] = {
    State.WAITING: N_("Chờ người nghe lại"),
    State.APPROVED: N_("Đã duyệt"),
    State.RETURNED: N_("Trả lại, cần thu lại"),
    State.REPLACED: N_("Đã có bản mới"),
    State.WITHDRAWN: N_("Đã rút"),
}

SPOKEN: Mapping[str, str] = {
    "rad": N_("Tiếng Ê Đê"),
    "cmo": N_("Tiếng M’Nông"),
    "vi": N_("Tiếng Việt"),
}
"""In which languages a guide is spoken: ISO 639-3, and `vi`."""

CONSENT = 1
"""The version of the words to which a speaker has agreed; it grows when the words on the page change."""

EXTENSIONS: Mapping[str, str] = {"audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a"}
"""How the file of each kind of sound is named."""


def text_version(lines: Sequence[str]) -> str:
    """Give what stands for the very words of a guide: the first 16 signs of their SHA-256."""
    return hashlib.sha256(json.dumps(list(lines), ensure_ascii=False).encode()).hexdigest()[:16]
