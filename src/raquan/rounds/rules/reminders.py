"""Who is reminded of a report, and when: before its due time the unit, after it the unit and then the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from raquan.rounds.rules.states import State


class Reminder(StrEnum):
    """What is said, in the order in which it comes; each is said once a report."""

    SOON = "soon"
    DUE = "due"
    ESCALATED = "escalated"


REMIND_BEFORE = timedelta(hours=2)
ESCALATE_AFTER = timedelta(hours=24)
"""A unit that has not submitted a day after its due time and grace is told of to the office."""

UNHEARD = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Owed:
    """A report as reminders see it."""

    state: State
    due_at: datetime
    grace: timedelta = timedelta(0)


TO_OFFICE: Mapping[Reminder, bool] = {Reminder.SOON: False, Reminder.DUE: False, Reminder.ESCALATED: True}


def reminder(owed: Owed, now: datetime) -> Reminder | None:
    """Give the last reminder whose time has come; None where nothing is owed, or it is early.

    The time is the unit's own: an extension moves all of them.
    """
    if owed.state not in UNHEARD:
        return None
    late_at = owed.due_at + owed.grace
    if now >= late_at + ESCALATE_AFTER:
        return Reminder.ESCALATED
    if now >= late_at:
        return Reminder.DUE
    return Reminder.SOON if now >= owed.due_at - REMIND_BEFORE else None


def escalates_at(owed: Owed) -> datetime:
    """Give when the office is told of a report that is still owed."""
    return owed.due_at + owed.grace + ESCALATE_AFTER
