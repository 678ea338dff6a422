"""What can be done with records, in the order of their life."""

from raquan.capture.commands.attaching import AttachmentTooLarge, SentFile, attach_files
from raquan.capture.commands.bulk import (
    AT_ONCE,
    BulkStarted,
    NothingChosen,
    TargetMissing,
    continue_bulk_task,
    run_bulk_task,
    start_bulk_task,
)
from raquan.capture.commands.changes import on_change
from raquan.capture.commands.correcting import (
    NotCorrectable,
    TargetOutingUnknown,
    TargetServiceUnknown,
    correct_record,
)
from raquan.capture.commands.deleting import ReasonNeeded, ReasonTooLong, delete_record
from raquan.capture.commands.origins import mark_origins
from raquan.capture.commands.photos import (
    PhotoConflict,
    PhotoConsentMissing,
    PhotoDamaged,
    PhotoNotNamed,
    PhotoOfOtherDevice,
    PhotoPartWrong,
    PhotoProgress,
    PhotoRecordMissing,
    PhotosFull,
    PhotoSizeWrong,
    PhotosTooMany,
    PhotoUnknown,
    append_photo,
    begin_photo,
    forget_unfinished_photos,
)
from raquan.capture.commands.projecting import project_pending
from raquan.capture.commands.receiving import PayloadTooLarge, RecordDeleted, receive_submissions
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

__all__ = [
    "AT_ONCE",
    "AttachmentTooLarge",
    "BulkStarted",
    "CommentEmpty",
    "CommentTooLong",
    "CorrectsAnother",
    "CorrectsNothing",
    "DecisionImpossible",
    "NotCorrectable",
    "NothingChosen",
    "PayloadTooLarge",
    "PhotoConflict",
    "PhotoConsentMissing",
    "PhotoDamaged",
    "PhotoNotNamed",
    "PhotoOfOtherDevice",
    "PhotoPartWrong",
    "PhotoProgress",
    "PhotoRecordMissing",
    "PhotoSizeWrong",
    "PhotoUnknown",
    "PhotosFull",
    "PhotosTooMany",
    "ReasonNeeded",
    "ReasonTooLong",
    "RecordCorrected",
    "RecordDeleted",
    "ReviewOvertaken",
    "SentFile",
    "TargetMissing",
    "TargetOutingUnknown",
    "TargetServiceUnknown",
    "add_comment",
    "append_photo",
    "attach_files",
    "begin_photo",
    "continue_bulk_task",
    "correct_record",
    "delete_record",
    "forget_unfinished_photos",
    "mark_origins",
    "on_change",
    "project_pending",
    "receive_submissions",
    "replace_submission",
    "review_submission",
    "run_bulk_task",
    "start_bulk_task",
]
