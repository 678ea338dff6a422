"""What is done with reporting rounds: rules set, rounds opened, reports written and decided, units called."""

from raquan.rounds.commands.calling import AgainInThePast, NothingSaid, record_call
from raquan.rounds.commands.deciding import (
    AlreadyDecided,
    ReadAnother,
    ReasonMissing,
    approve_report,
    correct_report,
    extend_due,
    return_report,
)
from raquan.rounds.commands.opening import RuleEndsBeforeStart, open_due_rounds, set_round_rule
from raquan.rounds.commands.reminding import remind_units, tell_silent_outings
from raquan.rounds.commands.writing import (
    DraftChanged,
    NotBeingWritten,
    ResultsMissing,
    save_draft,
    submit_report,
)

__all__ = [
    "AgainInThePast",
    "AlreadyDecided",
    "DraftChanged",
    "NotBeingWritten",
    "NothingSaid",
    "ReadAnother",
    "ReasonMissing",
    "ResultsMissing",
    "RuleEndsBeforeStart",
    "approve_report",
    "correct_report",
    "extend_due",
    "open_due_rounds",
    "record_call",
    "remind_units",
    "return_report",
    "save_draft",
    "set_round_rule",
    "submit_report",
    "tell_silent_outings",
]
