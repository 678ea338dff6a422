"""How records and what is done with them are stored."""

from raquan.capture.models.beside import BulkTask, Comment, Correction, Origin, Tombstone
from raquan.capture.models.photos import Photo, PhotoPart
from raquan.capture.models.records import AnswerSheet, Assist, Attachment, FactTurn, RecordRow, Submission

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
    "Tombstone",
]
