"""What can be done with records and tally sheets, in the order of a record's life."""

from raquan.capture.commands.attaching import AttachmentTooLarge, SentFile, attach_files
from raquan.capture.commands.projecting import project_pending
from raquan.capture.commands.receiving import receive_submissions
from raquan.capture.commands.replacing import CorrectsAnother, CorrectsNothing, replace_submission
from raquan.capture.commands.reviewing import (
    CommentEmpty,
    CommentTooLong,
    DecisionImpossible,
    RecordCorrected,
    ReviewOvertaken,
    add_comment,
    review_submission,
)
from raquan.capture.commands.tallies import (
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
from raquan.capture.commands.tally_files import (
    WorkbookEntered,
    WorkbookRefused,
    enter_tally_workbook,
    store_photo,
)

__all__ = [
    "AttachmentTooLarge",
    "CommentEmpty",
    "CommentTooLong",
    "CorrectsAnother",
    "CorrectsNothing",
    "DecisionImpossible",
    "NotOnSheet",
    "NothingToTally",
    "OutingCalledOff",
    "ReasonMissing",
    "RecordCorrected",
    "ReviewOvertaken",
    "SentFile",
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
    "add_comment",
    "attach_files",
    "correct_tally_sheet",
    "enter_tally_sheet",
    "enter_tally_workbook",
    "issue_tally_sheets",
    "project_pending",
    "receive_submissions",
    "replace_submission",
    "review_submission",
    "store_photo",
    "withdraw_tally_sheet",
]
