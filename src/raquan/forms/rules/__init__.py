"""What a form is, whether and to whom it is offered, what one that records assists must ask, and how it reads."""

from raquan.forms.rules.assists import (
    ASSIST_FIELDS,
    FAULT_TEXTS,
    REQUIRED_FIELDS,
    Declared,
    Fault,
    FaultKind,
    faults_of,
)
from raquan.forms.rules.offering import (
    FORM_ID,
    MAX_FORM_FILE,
    MAX_MEDIA_FILE,
    MAX_NAME,
    MAX_TRIAL_RECORD,
    MAX_TRIAL_RECORDS,
    MEDIA_NAME,
    MediaRef,
    is_offered,
)
from raquan.forms.rules.states import (
    FORM_KIND_NAMES,
    FORM_STATE_NAMES,
    TRANSITIONS,
    FormKind,
    FormState,
    states_from,
)
from raquan.forms.rules.wording import Asked, Choice, Names, Question, asked, in_words

__all__ = [
    "ASSIST_FIELDS",
    "FAULT_TEXTS",
    "FORM_ID",
    "FORM_KIND_NAMES",
    "FORM_STATE_NAMES",
    "MAX_FORM_FILE",
    "MAX_MEDIA_FILE",
    "MAX_NAME",
    "MAX_TRIAL_RECORD",
    "MAX_TRIAL_RECORDS",
    "MEDIA_NAME",
    "REQUIRED_FIELDS",
    "TRANSITIONS",
    "Asked",
    "Choice",
    "Declared",
    "Fault",
    "FaultKind",
    "FormKind",
    "FormState",
    "MediaRef",
    "Names",
    "Question",
    "asked",
    "faults_of",
    "in_words",
    "is_offered",
    "states_from",
]
