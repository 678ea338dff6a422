"""The states of a unit's report and the steps between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_


class State(StrEnum):
    """Where a version of a unit's report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REPLACED = "replaced"


class Step(StrEnum):
    """What is done to a version; each is a command, REPLACE follows from approving the next version."""

    SUBMIT = "submit_report"
    RETURN = "return_report"
    APPROVE = "approve_report"
    REPLACE = "approve_next_version"


class Waiting(StrEnum):
    """Why a report waits for somebody: the first two for who writes it, the others for who decides."""

    DUE_TODAY = "due_today"
    RETURNED = "returned"
    TO_DECIDE = "to_decide"
    LATE = "late"

    @property
    def is_own(self) -> bool:
        """Tell whether it waits for the unit itself."""
        return self in (Waiting.DUE_TODAY, Waiting.RETURNED)


WAITING_NAMES: Mapping[Waiting, str] = {
    Waiting.DUE_TODAY: N_("Báo cáo phải nộp"),
    Waiting.RETURNED: N_("Báo cáo bị trả lại, chờ sửa"),
    Waiting.TO_DECIDE: N_("Báo cáo chờ duyệt"),
    Waiting.LATE: N_("Báo cáo quá hạn"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A step that leads from one state to another."""

    source: State
    step: Step
    target: State


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.DRAFT, Step.SUBMIT, State.SUBMITTED),
    Transition(State.RETURNED, Step.SUBMIT, State.SUBMITTED),
    Transition(State.SUBMITTED, Step.RETURN, State.RETURNED),
    Transition(State.SUBMITTED, Step.APPROVE, State.APPROVED),
    Transition(State.APPROVED, Step.REPLACE, State.REPLACED),
)
OPEN_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED)
STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: N_("Chưa nộp"),
    State.SUBMITTED: N_("Đã nộp, chờ duyệt"),
    State.RETURNED: N_("Bị trả lại"),
    State.APPROVED: N_("Đã duyệt"),
    State.REPLACED: N_("Đã có bản sau thay"),
}


def sources_of(step: Step) -> tuple[State, ...]:
    """Give the states that a step can be taken from."""
    return tuple(one.source for one in TRANSITIONS if one.step == step)


def result_of(step: Step) -> State:
    """Give the one state that a step leads to."""
    (result,) = {one.target for one in TRANSITIONS if one.step == step}
    return result


def state_diagram() -> str:
    """Draw TRANSITIONS in Mermaid; docs/unit-report-states.md carries it and a test compares them."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.DRAFT}: open_due_rounds, correct_report"]
    lines += [f"    {one.source} --> {one.target}: {one.step}" for one in TRANSITIONS]
    lines += [f"    {State.APPROVED} --> [*]", f"    {State.REPLACED} --> [*]"]
    return "\n".join(lines) + "\n"
