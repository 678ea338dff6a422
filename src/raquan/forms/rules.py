"""What a form is, whether it is offered, and what one that records assists must ask."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_


class FormKind(StrEnum):
    """What a form's answers become: assists, or answers alone."""

    ASSIST = "assist"
    OTHER = "other"


class FormState(StrEnum):
    """Whether a form is offered and whether its records are taken."""

    PUBLISHED = "published"
    CLOSING = "closing"
    CLOSED = "closed"


FORM_STATE_NAMES: Mapping[FormState, str] = {
    FormState.PUBLISHED: N_("Đang dùng"),
    FormState.CLOSING: N_("Sắp đóng"),
    FormState.CLOSED: N_("Đã đóng"),
}

ASSIST_FIELDS: tuple[str, ...] = ("started", "outing", "service", "result", "how", "bottleneck", "language", "card")
"""The fields of an assist that a form's questions may feed; the form says which (bind::raquan:assist)."""

REQUIRED_FIELDS = frozenset({"started", "outing", "service", "result", "how"})
"""What a form of kind "assist" must ask."""
