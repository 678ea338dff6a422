"""Reads plans, keeps what they say, and takes officers' corrections."""

from raquan.readings.commands.correcting import (
    DatesReversed,
    ItemChanged,
    ReadingClosed,
    SectionUnknown,
    TaskWanted,
    TitleMissing,
    UnitUnknown,
    UnitWanted,
    add_task,
    confirm_item,
    correct_item,
    dismiss_item,
    restore_item,
)
from raquan.readings.commands.settling import ReadingChanged, discard_reading, settle_reading
from raquan.readings.commands.starting import (
    TOPIC,
    NotAPlan,
    ReadingStarted,
    read_on,
    resume_reading,
    start_reading,
)
from raquan.readings.commands.understanding import PlanUnderstood, UnitMatch, understand_plan

__all__ = [
    "TOPIC",
    "DatesReversed",
    "ItemChanged",
    "NotAPlan",
    "PlanUnderstood",
    "ReadingChanged",
    "ReadingClosed",
    "ReadingStarted",
    "SectionUnknown",
    "TaskWanted",
    "TitleMissing",
    "UnitMatch",
    "UnitUnknown",
    "UnitWanted",
    "add_task",
    "confirm_item",
    "correct_item",
    "discard_reading",
    "dismiss_item",
    "read_on",
    "restore_item",
    "resume_reading",
    "settle_reading",
    "start_reading",
    "understand_plan",
]
