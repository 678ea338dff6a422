"""Records of one form as higher rooms take them up: who sent them, what was answered, which of their files came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.capture.models import AnswerSheet, Attachment, Submission, Tombstone


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A version of a record, of who carries the phone; `files` are the SHA-256 by name of those that have come."""

    submission_id: UUID
    received_at: datetime
    sent_by_name: str
    organization_id: UUID | None
    answers: Mapping[str, Any]
    files: Mapping[str, str]
    is_deleted: bool
    is_synthetic: bool


def roots_of_form(form_id: str, submission_ids: Collection[UUID]) -> dict[UUID, str]:
    """Name the records of which some versions are, of those that answer a form; one query, for rooms, not for pages."""
    found = Submission.objects.filter(id__in=set(submission_ids), form_version__form__xml_form_id=form_id)
    return dict(found.order_by().values_list("id", "root_instance_id"))


def form_records(submission_ids: Collection[UUID]) -> dict[UUID, FormRecord]:
    """Give versions of records with their answers and files; four queries, for rooms, not for pages."""
    found = Submission.objects.filter(id__in=set(submission_ids)).select_related("device__owner")
    rows = list(found.defer("payload"))
    roots = {row.root_instance_id for row in rows}
    answers = dict(AnswerSheet.objects.filter(submission__in=rows).values_list("submission_id", "answers"))
    deleted = set(Tombstone.objects.filter(root_instance_id__in=roots).values_list("root_instance_id", flat=True))
    files: dict[str, dict[str, str]] = {}
    # A photo that came with an earlier version, or after it was corrected, belongs to all of them.
    sent = Attachment.objects.filter(submission__root_instance_id__in=roots, replaced_at__isnull=True)
    for root, name, sha256 in sent.order_by("id").values_list("submission__root_instance_id", "name", "sha256"):
        if sha256:
            files.setdefault(root, {})[name] = sha256
    return {
        row.id: FormRecord(
            submission_id=row.id,
            received_at=row.received_at,
            sent_by_name=row.device.owner.full_name if row.device and row.device.owner else row.sent_by_name,
            organization_id=row.organization_id,
            answers=answers.get(row.id, {}),
            files=files.get(row.root_instance_id, {}),
            is_deleted=row.root_instance_id in deleted,
            is_synthetic=row.is_synthetic,
        )
        for row in rows
    }
