"""The lives of exhibitions and of applications as tables, and the public code of a booth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable
from raquan.kernel.text import fold


class ExhibitionState(StrEnum):
    """Where an exhibition stands."""

    DRAFT = "draft"
    APPLYING = "applying"
    ALLOCATED = "allocated"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ExhibitionStep(StrEnum):
    """What takes an exhibition from one state to another; each is a command."""

    INVITE = "open_applications"
    CONFIRM = "confirm_allocation"
    OPEN = "open_exhibition"
    CLOSE = "close_exhibition"
    CANCEL = "cancel_exhibition"


EXHIBITION_TRANSITIONS: StateTable[ExhibitionState, ExhibitionStep] = StateTable(
    (ExhibitionState.DRAFT, ExhibitionStep.INVITE, ExhibitionState.APPLYING),
    (ExhibitionState.APPLYING, ExhibitionStep.CONFIRM, ExhibitionState.ALLOCATED),
    (ExhibitionState.ALLOCATED, ExhibitionStep.CONFIRM, ExhibitionState.ALLOCATED),
    (ExhibitionState.ALLOCATED, ExhibitionStep.OPEN, ExhibitionState.OPEN),
    (ExhibitionState.OPEN, ExhibitionStep.CLOSE, ExhibitionState.CLOSED),
    (ExhibitionState.DRAFT, ExhibitionStep.CANCEL, ExhibitionState.CANCELLED),
    (ExhibitionState.APPLYING, ExhibitionStep.CANCEL, ExhibitionState.CANCELLED),
    (ExhibitionState.ALLOCATED, ExhibitionStep.CANCEL, ExhibitionState.CANCELLED),
    (ExhibitionState.OPEN, ExhibitionStep.CANCEL, ExhibitionState.CANCELLED),
    begins={ExhibitionState.DRAFT: "draft_exhibition"},
    ends={ExhibitionState.CLOSED: "", ExhibitionState.CANCELLED: ""},
)

EXHIBITION_STATE_NAMES: Mapping[ExhibitionState, str] = {
    ExhibitionState.DRAFT: N_("Bản nháp"),
    ExhibitionState.APPLYING: N_("Đang nhận đơn"),
    ExhibitionState.ALLOCATED: N_("Đã xếp gian"),
    ExhibitionState.OPEN: N_("Đang mở cửa"),
    ExhibitionState.CLOSED: N_("Đã kết thúc"),
    ExhibitionState.CANCELLED: N_("Đã hủy"),
}

TOLD = frozenset(set(ExhibitionState) - {ExhibitionState.DRAFT})
"""States in which enterprises know of an exhibition."""

SHOWN = frozenset({ExhibitionState.ALLOCATED, ExhibitionState.OPEN, ExhibitionState.CLOSED})
"""States in which everybody may see its plan and its booths."""

PLANNED = frozenset({ExhibitionState.DRAFT, ExhibitionState.APPLYING, ExhibitionState.ALLOCATED})
"""States in which its particulars and its plan may be changed, and booths be given and moved."""


class ApplicationState(StrEnum):
    """Where an application for a booth stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ALLOCATED = "allocated"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class ApplicationStep(StrEnum):
    """What takes an application from one state to another; each is a command."""

    SUBMIT = "change_application"
    RETURN = "return_application"
    APPROVE = "approve_application"
    ALLOCATE = "allocate_booth"
    WITHDRAW = "withdraw_application"
    REFUSE = "refuse_application"


_A, _S = ApplicationState, ApplicationStep
APPLICATION_TRANSITIONS: StateTable[ApplicationState, ApplicationStep] = StateTable(
    (_A.SUBMITTED, _S.SUBMIT, _A.SUBMITTED),
    (_A.RETURNED, _S.SUBMIT, _A.SUBMITTED),
    (_A.SUBMITTED, _S.RETURN, _A.RETURNED),
    (_A.APPROVED, _S.RETURN, _A.RETURNED),
    (_A.SUBMITTED, _S.APPROVE, _A.APPROVED),
    (_A.APPROVED, _S.ALLOCATE, _A.ALLOCATED),
    (_A.SUBMITTED, _S.REFUSE, _A.REFUSED),
    (_A.APPROVED, _S.REFUSE, _A.REFUSED),
    *((state, _S.WITHDRAW, _A.WITHDRAWN) for state in (_A.SUBMITTED, _A.RETURNED, _A.APPROVED, _A.ALLOCATED)),
    begins={_A.SUBMITTED: "apply_for_booth"},
    ends={_A.WITHDRAWN: "", _A.REFUSED: ""},
)

APPLICATION_STATE_NAMES: Mapping[ApplicationState, str] = {
    _A.SUBMITTED: N_("Chờ xem xét"),
    _A.RETURNED: N_("Trả lại để bổ sung"),
    _A.APPROVED: N_("Đã nhận, chờ xếp gian"),
    _A.ALLOCATED: N_("Đã có gian"),
    _A.WITHDRAWN: N_("Đã rút"),
    _A.REFUSED: N_("Không nhận"),
}

NEED_REASON = frozenset({_S.RETURN, _S.REFUSE})
"""Steps of an application that say why."""

OWN_STEPS = frozenset({_S.WITHDRAW})
"""Steps that the enterprise takes itself; the others are the organizer's."""


@dataclass(frozen=True, slots=True)
class ExhibitionSaid:
    """What the organizer says of an exhibition; hours are Viet Nam's, days and hours both included.

    `cell_cm` is the side of a cell of the plan, `post_watts` what a post carries, `most_booths` an enterprise's most.
    """

    name: str
    place_code: str
    where: str
    starts_on: date
    ends_on: date
    opens_at: time
    closes_at: time
    apply_until: date
    fields: tuple[str, ...]
    about: str = ""
    cell_cm: int = 300
    post_watts: int = 5000
    most_booths: int = 1


@dataclass(frozen=True, slots=True)
class ApplicationSaid:
    """What an enterprise says: the field, what it shows as (name, about) pairs, and what it needs.

    Sides in centimetres, power in watts; `prefers` is a booth's number or "". `apart` asks for no rival beside it.
    """

    title: str
    field: str
    items: tuple[tuple[str, str], ...]
    about: str = ""
    link: str = ""
    width_cm: int = 300
    depth_cm: int = 300
    watts: int = 0
    tables: int = 1
    wifi: bool = False
    prefers: str = ""
    apart: bool = False


_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 6


def make_code(head: str, choose: Callable[[str], str]) -> str:
    """Make a public code such as GH-7K2QWX; `choose` picks a sign of an alphabet at random."""
    return f"{head}-{''.join(choose(_ALPHABET) for _ in range(_CODE_LENGTH))}"


def read_code(written: str) -> str:
    """Give a code as it is stored, from what a person typed: "gh 7k2qwx" is GH-7K2QWX."""
    signs = "".join(c for c in fold(written[:40]).upper() if c.isascii() and c.isalnum())
    return f"{signs[:2]}-{signs[2:]}"


def read_items(text: str) -> tuple[tuple[str, str], ...]:
    """Read products and solutions, one a line: what stands behind the first colon says what it is for."""
    found = []
    for line in text.splitlines():
        name, _, about = (part.strip() for part in line.partition(":"))
        if name:
            found.append((name[:120], about[:400]))
    return tuple(found[:20])


def write_items(items: tuple[tuple[str, str], ...]) -> str:
    """Write products and solutions as read_items reads them."""
    return "\n".join(f"{name}: {about}" if about else name for name, about in items)
