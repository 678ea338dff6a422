"""The states of plans and of sub-plans of units, and the steps between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from raquan.kernel.refused import N_


class PlanState(StrEnum):
    """Whether a plan orders the campaign now; an amended one does, with what a later document changed."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    CLOSED = "closed"


class PlanStep(StrEnum):
    """What is done to a plan; each is a command."""

    PUT_IN_FORCE = "put_plan_in_force"
    AMEND = "amend_plan"
    CLOSE = "close_plan"


class SubPlanState(StrEnum):
    """Where a unit's sub-plan stands; a draft, an issued one and a returned one are the unit's alone."""

    DRAFT = "draft"
    ISSUED = "issued"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"


class SubPlanStep(StrEnum):
    """What is done to a sub-plan; each is a command."""

    ISSUE = "issue_sub_plan"
    REOPEN = "reopen_sub_plan"
    SEND = "send_sub_plan"
    RETURN = "return_sub_plan"
    APPROVE = "approve_sub_plan"


S = TypeVar("S", bound=StrEnum)
T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S, T]):
    """A step that leads from one state to another."""

    source: S
    step: T
    target: S


PLAN_TRANSITIONS: tuple[Transition[PlanState, PlanStep], ...] = (
    Transition(PlanState.DRAFT, PlanStep.PUT_IN_FORCE, PlanState.IN_FORCE),
    Transition(PlanState.IN_FORCE, PlanStep.AMEND, PlanState.AMENDED),
    Transition(PlanState.AMENDED, PlanStep.AMEND, PlanState.AMENDED),
    Transition(PlanState.IN_FORCE, PlanStep.CLOSE, PlanState.CLOSED),
    Transition(PlanState.AMENDED, PlanStep.CLOSE, PlanState.CLOSED),
)
SUB_PLAN_TRANSITIONS: tuple[Transition[SubPlanState, SubPlanStep], ...] = (
    Transition(SubPlanState.DRAFT, SubPlanStep.ISSUE, SubPlanState.ISSUED),
    Transition(SubPlanState.RETURNED, SubPlanStep.ISSUE, SubPlanState.ISSUED),
    Transition(SubPlanState.ISSUED, SubPlanStep.REOPEN, SubPlanState.DRAFT),
    Transition(SubPlanState.ISSUED, SubPlanStep.SEND, SubPlanState.SENT),
    Transition(SubPlanState.SENT, SubPlanStep.RETURN, SubPlanState.RETURNED),
    Transition(SubPlanState.SENT, SubPlanStep.APPROVE, SubPlanState.APPROVED),
)

ORDERING = (PlanState.IN_FORCE, PlanState.AMENDED)
"""The states in which a plan orders what is done."""

SIGNED = (*ORDERING, PlanState.CLOSED)
"""The states of a plan that everybody knows of."""

CHANGEABLE = (PlanState.DRAFT, *ORDERING)
"""The states in which what a plan says may be changed: freely in a draft, afterwards with a reason."""

WRITABLE = (SubPlanState.DRAFT, SubPlanState.RETURNED)
"""The states in which a unit writes its sub-plan."""

HEARD = (SubPlanState.SENT, SubPlanState.APPROVED)
"""The states in which the office reads a sub-plan."""

PLAN_STATE_NAMES: Mapping[PlanState, str] = {
    PlanState.DRAFT: N_("Bản nháp"),
    PlanState.IN_FORCE: N_("Đang thực hiện"),
    PlanState.AMENDED: N_("Đang thực hiện, đã sửa đổi"),
    PlanState.CLOSED: N_("Đã kết thúc"),
}
SUB_PLAN_STATE_NAMES: Mapping[SubPlanState, str] = {
    SubPlanState.DRAFT: N_("Đang soạn"),
    SubPlanState.ISSUED: N_("Đã ban hành, chưa gửi"),
    SubPlanState.SENT: N_("Đã gửi"),
    SubPlanState.RETURNED: N_("Bị trả lại"),
    SubPlanState.APPROVED: N_("Đã duyệt"),
}


def sources_of(transitions: Iterable[Transition[S, T]], step: T) -> tuple[S, ...]:
    """Give the states that a step can be taken from."""
    return tuple(one.source for one in transitions if one.step == step)


def result_of(transitions: Iterable[Transition[S, T]], step: T) -> S:
    """Give the one state that a step leads to."""
    (result,) = {one.target for one in transitions if one.step == step}
    return result


def state_diagram(transitions: Iterable[Transition[S, T]], begins: str) -> str:
    """Draw transitions in Mermaid; docs/plan-states.md carries both diagrams and a test compares them."""
    lines = ["stateDiagram-v2", f"    [*] --> draft: {begins}"]
    return "\n".join([*lines, *(f"    {one.source} --> {one.target}: {one.step}" for one in transitions)]) + "\n"
