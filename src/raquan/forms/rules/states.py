"""What a form is, and the states that it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_


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


@dataclass(frozen=True, slots=True)
class Transition:
    """A command leads from one state to another."""

    source: FormState
    command: str
    target: FormState


TRANSITIONS: tuple[Transition, ...] = (
    Transition(FormState.DRAFT, "publish_draft", FormState.PUBLISHED),
    Transition(FormState.DRAFT, "publish_form", FormState.PUBLISHED),
    Transition(FormState.PUBLISHED, "set_form_state", FormState.CLOSING),
    Transition(FormState.PUBLISHED, "set_form_state", FormState.CLOSED),
    Transition(FormState.CLOSING, "set_form_state", FormState.PUBLISHED),
    Transition(FormState.CLOSING, "set_form_state", FormState.CLOSED),
    Transition(FormState.CLOSED, "set_form_state", FormState.PUBLISHED),
    Transition(FormState.CLOSED, "set_form_state", FormState.CLOSING),
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
    return tuple(t.target for t in TRANSITIONS if t.source == state and t.command == "set_form_state")


def state_diagram() -> str:
    """Draw TRANSITIONS in Mermaid; docs/form-states.md carries it and a test compares them."""
    lines = ["stateDiagram-v2", f"    [*] --> {FormState.DRAFT}: keep_draft"]
    lines += [f"    [*] --> {FormState.PUBLISHED}: publish_form"]
    lines += [f"    {t.source} --> {t.target}: {t.command}" for t in TRANSITIONS]
    lines += [f"    {FormState.DRAFT} --> [*]: discard_draft"]
    return "\n".join(lines) + "\n"
