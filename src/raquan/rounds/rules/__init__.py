"""The rules of reporting rounds and of progress."""

from raquan.rounds.rules.calendar import Due, Every, RuleShape, due_rounds
from raquan.rounds.rules.progress import LIGHT_NAMES, Light, light
from raquan.rounds.rules.quick import QUICK_LIMIT, QuickFacts, quick_text
from raquan.rounds.rules.states import (
    OPEN_STATES,
    STATE_NAMES,
    TRANSITIONS,
    State,
    Step,
    result_of,
    sources_of,
    state_diagram,
    units_of,
)

__all__ = [
    "LIGHT_NAMES",
    "OPEN_STATES",
    "QUICK_LIMIT",
    "STATE_NAMES",
    "TRANSITIONS",
    "Due",
    "Every",
    "Light",
    "QuickFacts",
    "RuleShape",
    "State",
    "Step",
    "due_rounds",
    "light",
    "quick_text",
    "result_of",
    "sources_of",
    "state_diagram",
    "units_of",
]
