"""Reads plans, keeps what they say, and takes officers' corrections."""

from raquan.readings.commands.correcting import (
    DatesReversed,
    LineChanged,
    LineWanted,
    ReadingClosed,
    SectionUnknown,
    TitleMissing,
    UnitUnknown,
    UnitWanted,
    add_task,
    confirm_line,
    correct_line,
    dismiss_line,
    restore_line,
)
from raquan.readings.commands.settling import (
    ReadingChanged,
    StillOpen,
    discard_reading,
    reopen_reading,
    settle_reading,
)
from raquan.readings.commands.starting import (
    TOPIC,
    NotAPlan,
    ReadingStarted,
    read_on,
    resume_reading,
    start_reading,
)
from raquan.readings.commands.understanding import open_sheets, understand_plan
from raquan.readings.gateways import media_type

__all__ = [
    "TOPIC",
    "DatesReversed",
    "LineChanged",
    "LineWanted",
    "NotAPlan",
    "ReadingChanged",
    "ReadingClosed",
    "ReadingStarted",
    "SectionUnknown",
    "StillOpen",
    "TitleMissing",
    "UnitUnknown",
    "UnitWanted",
    "add_task",
    "confirm_line",
    "correct_line",
    "discard_reading",
    "dismiss_line",
    "media_type",
    "open_sheets",
    "read_on",
    "reopen_reading",
    "restore_line",
    "resume_reading",
    "settle_reading",
    "start_reading",
    "understand_plan",
]
