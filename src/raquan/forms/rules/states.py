"""What a form is, and the states that it goes through."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class FormKind(StrEnum):
    """What a form's answers become: assists, or answers alone."""

    ASSIST = "assist"
    OTHER = "other"


class FormState(StrEnum):
    """Whether a form was ever published, is offered, and whether its records are taken."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSING = "closing"
    CLOSED = "closed"


TRANSITIONS: StateTable[FormState, str] = StateTable(
    (FormState.DRAFT, "publish_draft", FormState.PUBLISHED),
    (FormState.DRAFT, "publish_form", FormState.PUBLISHED),
    (FormState.PUBLISHED, "set_form_state", FormState.CLOSING),
    (FormState.PUBLISHED, "set_form_state", FormState.CLOSED),
    (FormState.CLOSING, "set_form_state", FormState.PUBLISHED),
    (FormState.CLOSING, "set_form_state", FormState.CLOSED),
    (FormState.CLOSED, "set_form_state", FormState.PUBLISHED),
    (FormState.CLOSED, "set_form_state", FormState.CLOSING),
    begins={FormState.DRAFT: "keep_draft", FormState.PUBLISHED: "publish_form"},
    ends={FormState.DRAFT: "discard_draft"},
)

FORM_STATE_NAMES: Mapping[FormState, str] = {
    FormState.DRAFT: N_("Bản nháp"),
    FormState.PUBLISHED: N_("Đang dùng"),
    FormState.CLOSING: N_("Sắp đóng"),
    FormState.CLOSED: N_("Đã đóng"),
}

FORM_KIND_NAMES: Mapping[FormKind, str] = {
    FormKind.ASSIST: N_("Ghi lượt hỗ trợ"),
    FormKind.OTHER: N_("Biểu mẫu khác"),
}


def states_from(state: FormState) -> tuple[FormState, ...]:
    """List the states that a person may put a form into, from the one that it is in."""
    return tuple(t.target for t in TRANSITIONS if t.source == state and t.step == "set_form_state")
