"""How an enterprise comes in: what it tells, where its registration stands, the address that only it has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class RegistrationState(StrEnum):
    """Where a registration stands."""

    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class RegistrationStep(StrEnum):
    """What takes it from one state to another; each is a command."""

    RETURN = "return_registration"
    SEND_AGAIN = "send_registration_again"
    ACCEPT = "accept_registration"


REGISTRATION_TRANSITIONS: StateTable[RegistrationState, RegistrationStep] = StateTable(
    (RegistrationState.SENT, RegistrationStep.RETURN, RegistrationState.RETURNED),
    (RegistrationState.SENT, RegistrationStep.ACCEPT, RegistrationState.ACCEPTED),
    (RegistrationState.RETURNED, RegistrationStep.SEND_AGAIN, RegistrationState.SENT),
    begins={RegistrationState.SENT: "send_registration"},
    ends={RegistrationState.ACCEPTED: ""},
)

REGISTRATION_STATE_NAMES: Mapping[RegistrationState, str] = {
    RegistrationState.SENT: N_("Chờ kiểm tra"),
    RegistrationState.RETURNED: N_("Trả lại để bổ sung"),
    RegistrationState.ACCEPTED: N_("Đã chấp nhận"),
}

_TAX_CODE = re.compile(r"\d{10}(-\d{3})?|\d{12}")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an enterprise tells of itself; `contact_login` is the phone or e-mail that its officer will sign in with."""

    name: str
    tax_code: str
    address: str
    contact_name: str
    contact_login: str
    home_page: str = ""
    about: str = ""


def is_tax_code(text: str) -> bool:
    """Tell whether a text has the shape of a tax code: 10 digits, 10-3 of a branch, or 12 of a person's number."""
    return _TAX_CODE.fullmatch(text) is not None


def registration_path(token: str) -> str:
    """Give the path at which an enterprise reads how its registration stands."""
    return f"/dk/{token}/"
