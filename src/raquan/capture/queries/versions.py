"""A record's versions as they came, bytes and all, for programs that read or correct them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.capture.models import Attachment, Submission
from raquan.capture.queries.rows import row_of, submitter_number
from raquan.files import queries as files
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound


@dataclass(frozen=True, slots=True)
class RowVersionView:
    """A version of a record; `submitter` is a number over all actors."""

    submission_id: UUID
    instance_id: str
    submitter: int
    device_id: str
    received_at: datetime
    is_current: bool


def row_versions(actor: Actor, form_id: str, year: int, instance_id: str) -> tuple[RowVersionView, ...]:
    """List the versions of a record, the newest first; raises NotFound, NotAllowed."""
    row = row_of(actor, form_id, year, instance_id)
    found = Submission.objects.filter(root_instance_id=row.root_instance_id).defer("payload")
    ones = sorted(found, key=lambda one: (one.id == row.submission_id, one.received_at, one.id), reverse=True)
    return tuple(
        RowVersionView(
            submission_id=one.id,
            instance_id=one.instance_id,
            submitter=submitter_number(one),
            device_id=one.reported_device,
            received_at=one.received_at,
            is_current=one.id == row.submission_id,
        )
        for one in ones
    )


def row_payload(actor: Actor, form_id: str, year: int, instance_id: str, *, version: str = "") -> bytes:
    """Give the very bytes of a record's current version, or of the one named; raises NotFound, NotAllowed."""
    row = row_of(actor, form_id, year, instance_id)
    named = Submission.objects.filter(root_instance_id=row.root_instance_id)
    one = (named.filter(instance_id=version) if version else named.filter(id=row.submission_id)).first()
    if one is None:
        raise NotFound()
    return bytes(one.payload)


def row_file_address(actor: Actor, form_id: str, year: int, instance_id: str, name: str) -> str:
    """Give the address to download a file of a record's current version from; raises NotFound, NotAllowed."""
    row = row_of(actor, form_id, year, instance_id)
    kept = Attachment.objects.filter(submission_id=row.submission_id, name=name, replaced_at__isnull=True)
    sha256 = kept.values_list("sha256", flat=True).first()
    if sha256 is None:
        raise NotFound()
    return files.download_address(sha256, name=name)
