"""What can be done with tally sheets, in the order of their life."""

from raquan.tallies.commands.arriving import (
    WorkbookEntered,
    WorkbookRefused,
    enter_tally_workbook,
    store_photo,
)
from raquan.tallies.commands.counting import count_tally_sheets
from raquan.tallies.commands.sheets import (
    NothingToTally,
    NotOnSheet,
    OutingCalledOff,
    ReasonMissing,
    TallyConflict,
    TallyEmpty,
    TallyNotEntered,
    TallyOvertaken,
    TallyTooEarly,
    TallyUnknown,
    TallyWithdrawn,
    TooManySheets,
    correct_tally_sheet,
    enter_tally_sheet,
    issue_tally_sheets,
    withdraw_tally_sheet,
)

__all__ = [
    "NotOnSheet",
    "NothingToTally",
    "OutingCalledOff",
    "ReasonMissing",
    "TallyConflict",
    "TallyEmpty",
    "TallyNotEntered",
    "TallyOvertaken",
    "TallyTooEarly",
    "TallyUnknown",
    "TallyWithdrawn",
    "TooManySheets",
    "WorkbookEntered",
    "WorkbookRefused",
    "correct_tally_sheet",
    "count_tally_sheets",
    "enter_tally_sheet",
    "enter_tally_workbook",
    "issue_tally_sheets",
    "store_photo",
    "withdraw_tally_sheet",
]
