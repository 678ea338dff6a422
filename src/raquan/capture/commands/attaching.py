"""Files that come with a record: photos fill the place that its answers name; others are kept and flagged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from raquan.capture.models import Attachment, Submission
from raquan.files import commands as files
from raquan.files.commands import FileRef
from raquan.files.rules import PhotoUnreadable, strip_photo
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import nfc
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

MAX_ATTACHMENT = 20 * 1024 * 1024


class AttachmentTooLarge(Refused):
    """A file is over MAX_ATTACHMENT."""

    code = "attachment.too_large"
    message = N_("Tệp {name} quá lớn (hơn 20 MB).")
    status = 413


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent with a record."""

    name: str
    media_type: str
    size: int
    data: BinaryIO


def attach_files(*, by: Actor, now: datetime, submission_id: UUID, sent: Sequence[SentFile]) -> list[str]:
    """Keep the files that came with a record; give the names of those that its answers do not name.

    The same file again changes nothing; other bytes under a name replace it, and the earlier ones stay on record.
    """
    people.check(by, Action.SUBMISSION_SEND)
    for file in sent:
        if file.size > MAX_ATTACHMENT:
            raise AttachmentTooLarge(name=file.name)
    if not Submission.objects.filter(id=submission_id).exists():
        raise NotFound()
    # Stored before the transaction begins, which must be short: files are found by their content, not by it.
    stored = [(_plain(one.name), _store(by, one)) for one in sent]
    with transaction.atomic():
        changed = [name for name, file in stored if _attach(now, submission_id, name, file.sha256)]
        if changed:
            ledger.record(
                by=by,
                verb="attach_files",
                subject="capture.Submission",
                subject_id=submission_id,
                detail={"names": changed},
            )
    unnamed = Attachment.objects.filter(submission_id=submission_id, expected=False, replaced_at__isnull=True)
    return sorted(unnamed.values_list("name", flat=True))


def _store(by: Actor, file: SentFile) -> FileRef:
    """Keep a file; a photo without the place, time and owner that a camera writes beside the picture."""
    try:
        data, media_type = strip_photo(file.data.read(), MAX_ATTACHMENT)
    except PhotoUnreadable:  # no photo, or none that we know how to strip: kept as it came
        file.data.seek(0)
        return files.store_file(by=by, data=file.data, media_type=file.media_type)
    return files.store_file(by=by, data=data, media_type=media_type)


def _attach(now: datetime, submission_id: UUID, name: str, sha256: str) -> bool:
    """Fill, replace or add one file; tell whether something changed."""
    current = Attachment.objects.filter(submission_id=submission_id, name=name, replaced_at__isnull=True)
    if current.filter(sha256=sha256).exists():
        return False
    if current.filter(sha256__isnull=True).update(sha256=sha256):
        return True
    before = current.first()
    current.update(replaced_at=now)
    expected = before is not None and before.expected
    Attachment.objects.create(submission_id=submission_id, name=name, expected=expected, sha256=sha256)
    return True


def _plain(name: str) -> str:
    """Give the last part of a file's name: what is before a slash is another machine's business."""
    return nfc(name).replace("\\", "/").rsplit("/", 1)[-1][:200] or "file"
