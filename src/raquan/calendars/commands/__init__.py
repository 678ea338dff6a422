"""Keeps calendars that units send, takes officers' corrections, and makes outings of their rows."""

from raquan.calendars.commands.correcting import (
    CalendarLineChanged,
    LineWanted,
    correct_calendar_line,
    dismiss_calendar_line,
    restore_calendar_line,
)
from raquan.calendars.commands.starting import (
    TOPIC,
    CalendarClosed,
    CalendarStarted,
    NoCampaign,
    NotACalendar,
    continue_calendar,
    discard_calendar,
    resume_calendar,
    start_calendar,
)
from raquan.calendars.commands.taking import TOPIC as TAKING_TOPIC
from raquan.calendars.commands.taking import NothingToTake, Taking, continue_taking, resume_taking, take_in

__all__ = [
    "TAKING_TOPIC",
    "TOPIC",
    "CalendarClosed",
    "CalendarLineChanged",
    "CalendarStarted",
    "LineWanted",
    "NoCampaign",
    "NotACalendar",
    "NothingToTake",
    "Taking",
    "continue_calendar",
    "continue_taking",
    "correct_calendar_line",
    "discard_calendar",
    "dismiss_calendar_line",
    "restore_calendar_line",
    "resume_calendar",
    "resume_taking",
    "start_calendar",
    "take_in",
]
