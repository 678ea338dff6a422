"""The states of a unit's report and the steps between them."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


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


TRANSITIONS: StateTable[State, Step] = StateTable(
    (State.DRAFT, Step.SUBMIT, State.SUBMITTED),
    (State.RETURNED, Step.SUBMIT, State.SUBMITTED),
    (State.SUBMITTED, Step.RETURN, State.RETURNED),
    (State.SUBMITTED, Step.APPROVE, State.APPROVED),
    (State.APPROVED, Step.REPLACE, State.REPLACED),
    begins={State.DRAFT: "open_due_rounds, correct_report"},
    ends={State.APPROVED: "", State.REPLACED: ""},
)
OPEN_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED)
STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: N_("Chưa nộp"),
    State.SUBMITTED: N_("Đã nộp, chờ duyệt"),
    State.RETURNED: N_("Bị trả lại"),
    State.APPROVED: N_("Đã duyệt"),
    State.REPLACED: N_("Đã có bản sau thay"),
}
