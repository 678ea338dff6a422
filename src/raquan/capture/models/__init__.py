"""How records, tally sheets and what is done with them are stored."""

from raquan.capture.models.beside import BulkTask, Comment, Correction, Origin, Tombstone
from raquan.capture.models.photos import Photo, PhotoPart
from raquan.capture.models.records import AnswerSheet, Assist, Attachment, RecordRow, Submission
from raquan.capture.models.tallies import FactTurn, TallyCount, TallyEntry, TallyLine, TallySheet

__all__ = [
    "AnswerSheet",
    "Assist",
    "Attachment",
    "BulkTask",
    "Comment",
    "Correction",
    "FactTurn",
    "Origin",
    "Photo",
    "PhotoPart",
    "RecordRow",
    "Submission",
    "TallyCount",
    "TallyEntry",
    "TallyLine",
    "TallySheet",
    "Tombstone",
]
