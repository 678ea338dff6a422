"""What may be done with help desks: each is written here and nowhere else."""

from raquan.helpdesks.commands.closing import close_days, reopen_days
from raquan.helpdesks.commands.life import (
    DeskCodeTaken,
    DeskCodeWrong,
    DeskDiffers,
    DeskEndedOtherwise,
    HoursClash,
    HoursMissing,
    change_hours,
    end_help_desk,
    set_up_help_desk,
)
from raquan.helpdesks.commands.loading import DeskEndsBeforeStart, DeskReasonMissing
from raquan.helpdesks.commands.roster import (
    OutsideDeskDays,
    ShiftDiffers,
    WeekdayWrong,
    put_on_roster,
    take_off_roster,
)

__all__ = [
    "DeskCodeTaken",
    "DeskCodeWrong",
    "DeskDiffers",
    "DeskEndedOtherwise",
    "DeskEndsBeforeStart",
    "DeskReasonMissing",
    "HoursClash",
    "HoursMissing",
    "OutsideDeskDays",
    "ShiftDiffers",
    "WeekdayWrong",
    "change_hours",
    "close_days",
    "end_help_desk",
    "put_on_roster",
    "reopen_days",
    "set_up_help_desk",
    "take_off_roster",
]
