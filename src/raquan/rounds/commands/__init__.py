"""What is done with reporting rounds: rules set, rounds opened, reports written, submitted, decided, corrected."""

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
from raquan.rounds.commands.writing import (
    DraftChanged,
    NotBeingWritten,
    ResultsMissing,
    save_draft,
    submit_report,
)

__all__ = [
    "AlreadyDecided",
    "DraftChanged",
    "NotBeingWritten",
    "ReadAnother",
    "ReasonMissing",
    "ResultsMissing",
    "RuleEndsBeforeStart",
    "approve_report",
    "correct_report",
    "extend_due",
    "open_due_rounds",
    "return_report",
    "save_draft",
    "set_round_rule",
    "submit_report",
]
