"""The states of plans and of sub-plans of units, and the steps between them."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


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
    TAKE_BACK = "withdraw_amendment"
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


PLAN_TRANSITIONS: StateTable[PlanState, PlanStep] = StateTable(
    (PlanState.DRAFT, PlanStep.PUT_IN_FORCE, PlanState.IN_FORCE),
    (PlanState.IN_FORCE, PlanStep.AMEND, PlanState.AMENDED),
    (PlanState.AMENDED, PlanStep.AMEND, PlanState.AMENDED),
    (PlanState.AMENDED, PlanStep.TAKE_BACK, PlanState.IN_FORCE),
    (PlanState.AMENDED, PlanStep.TAKE_BACK, PlanState.AMENDED),
    (PlanState.IN_FORCE, PlanStep.CLOSE, PlanState.CLOSED),
    (PlanState.AMENDED, PlanStep.CLOSE, PlanState.CLOSED),
    begins={PlanState.DRAFT: "start_plan_from"},
)
SUB_PLAN_TRANSITIONS: StateTable[SubPlanState, SubPlanStep] = StateTable(
    (SubPlanState.DRAFT, SubPlanStep.ISSUE, SubPlanState.ISSUED),
    (SubPlanState.RETURNED, SubPlanStep.ISSUE, SubPlanState.ISSUED),
    (SubPlanState.ISSUED, SubPlanStep.REOPEN, SubPlanState.DRAFT),
    (SubPlanState.ISSUED, SubPlanStep.SEND, SubPlanState.SENT),
    (SubPlanState.SENT, SubPlanStep.RETURN, SubPlanState.RETURNED),
    (SubPlanState.SENT, SubPlanStep.APPROVE, SubPlanState.APPROVED),
    begins={SubPlanState.DRAFT: "start_sub_plan"},
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
