"""Artwork: its life as a table, what its maker writes of it, what it says once it is approved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class ArtworkState(StrEnum):
    """Where an artwork stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ArtworkStep(StrEnum):
    """What takes an artwork from one state to another; each is a command."""

    SUBMIT = "submit_artwork"
    RETURN = "return_artwork"
    APPROVE = "approve_artwork"
    WITHDRAW = "withdraw_artwork"
    EXPIRE = "expire_artwork"


ARTWORK_TRANSITIONS: StateTable[ArtworkState, ArtworkStep] = StateTable(
    (ArtworkState.DRAFTED, ArtworkStep.SUBMIT, ArtworkState.SUBMITTED),
    (ArtworkState.RETURNED, ArtworkStep.SUBMIT, ArtworkState.SUBMITTED),
    (ArtworkState.SUBMITTED, ArtworkStep.RETURN, ArtworkState.RETURNED),
    (ArtworkState.SUBMITTED, ArtworkStep.APPROVE, ArtworkState.APPROVED),
    (ArtworkState.DRAFTED, ArtworkStep.WITHDRAW, ArtworkState.WITHDRAWN),
    (ArtworkState.RETURNED, ArtworkStep.WITHDRAW, ArtworkState.WITHDRAWN),
    (ArtworkState.SUBMITTED, ArtworkStep.WITHDRAW, ArtworkState.WITHDRAWN),
    (ArtworkState.APPROVED, ArtworkStep.WITHDRAW, ArtworkState.WITHDRAWN),
    (ArtworkState.APPROVED, ArtworkStep.EXPIRE, ArtworkState.EXPIRED),
    begins={ArtworkState.DRAFTED: "draft_artwork"},
    ends={ArtworkState.WITHDRAWN: "", ArtworkState.EXPIRED: ""},
)

EDITABLE = frozenset({ArtworkState.DRAFTED, ArtworkState.RETURNED})
"""States in which its maker changes an artwork."""

NEED_REASON = frozenset({ArtworkStep.RETURN, ArtworkStep.WITHDRAW})
"""Steps that say why."""

MAKERS_STEPS = frozenset({ArtworkStep.SUBMIT, ArtworkStep.WITHDRAW})
"""Steps that who made it may take; the others are the office's, and the last is time's."""

ARTWORK_STATE_NAMES: Mapping[ArtworkState, str] = {
    ArtworkState.DRAFTED: N_("Bản nháp"),
    ArtworkState.SUBMITTED: N_("Chờ duyệt"),
    ArtworkState.RETURNED: N_("Trả lại để sửa"),
    ArtworkState.APPROVED: N_("Đã duyệt"),
    ArtworkState.WITHDRAWN: N_("Đã thu hồi"),
    ArtworkState.EXPIRED: N_("Hết hạn"),
}

LANGUAGES: Mapping[str, str] = {"vi": "Tiếng Việt", "en": "English", "rad": "Ê Đê", "cmo": "M’Nông"}
"""In which languages a slogan may be (ISO 639; rad is Ê Đê, cmo is M'Nông), by their own names."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Draft:
    """What its maker writes of an artwork; `ends_on` is the last day on which it may hang.

    `language` is the slogan's own, `second` another language of it below (empty: none), `line` a sentence more.
    The three answers about its place are None where nobody knows yet.
    """

    design: str
    title: str
    starts_on: date
    ends_on: date
    language: str = "vi"
    second: str = ""
    line: str = ""
    place: str = ""
    is_for_units: bool = False
    is_across_road: bool | None = None
    hides_signs: bool | None = None
    has_brand: bool | None = None
    filed_on: date | None = None
    file_number: str = ""


def make_artwork_code(choose: Callable[[str], str]) -> str:
    """Make a code such as TT-7K2QWX; `choose` picks a sign of an alphabet at random."""
    return f"TT-{''.join(choose(_ALPHABET) for _ in range(6))}"
