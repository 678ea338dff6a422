"""The rules of reporting rounds and of progress."""

from raquan.rounds.rules.behind import KIND_NAMES, Kind, Owes, sum_of, urgency
from raquan.rounds.rules.calendar import Due, Every, RuleShape, due_rounds
from raquan.rounds.rules.progress import LIGHT_NAMES, Light, light, wanted_by, worst
from raquan.rounds.rules.quick import QUICK_LIMIT, QuickFacts, quick_text
from raquan.rounds.rules.reminders import (
    ESCALATE_AFTER,
    REMIND_BEFORE,
    TO_OFFICE,
    UNHEARD,
    Owed,
    Reminder,
    escalates_at,
    reminder,
)
from raquan.rounds.rules.states import (
    OPEN_STATES,
    STATE_NAMES,
    TRANSITIONS,
    WAITING_NAMES,
    State,
    Step,
    Waiting,
)

__all__ = [
    "ESCALATE_AFTER",
    "KIND_NAMES",
    "LIGHT_NAMES",
    "OPEN_STATES",
    "QUICK_LIMIT",
    "REMIND_BEFORE",
    "STATE_NAMES",
    "TO_OFFICE",
    "TRANSITIONS",
    "UNHEARD",
    "WAITING_NAMES",
    "Due",
    "Every",
    "Kind",
    "Light",
    "Owed",
    "Owes",
    "QuickFacts",
    "Reminder",
    "RuleShape",
    "State",
    "Step",
    "Waiting",
    "due_rounds",
    "escalates_at",
    "light",
    "quick_text",
    "reminder",
    "sum_of",
    "urgency",
    "wanted_by",
    "worst",
]
