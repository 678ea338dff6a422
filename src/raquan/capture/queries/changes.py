"""What others may be told of a record that changed: who, where and what kind, and nothing that was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from raquan.capture.models import RecordRow, Submission
from raquan.kernel.actor import Actor
from raquan.people.queries import covered
from raquan.people.rules import Action


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record without personal data: no answer, no name of who sent it."""

    submission_id: UUID
    instance_id: str
    root_instance_id: str
    form_id: str
    form_version: str
    review_state: str
    received_at: datetime
    occurred_on: date
    place_code: str
    organization_id: UUID | None
    outing_id: UUID | None
    service_code: str
    edits: int
    is_synthetic: bool


def changed_records(actor: Actor, submission_ids: Collection[UUID]) -> dict[UUID, ChangedRecord]:
    """Give the records of some versions that the actor may read, by version; two queries."""
    versions = Submission.objects.filter(id__in=set(submission_ids)).select_related("form_version__form")
    needed = versions.defer("payload", "form_version__xml", "form_version__fields")
    chosen = {one.id: one for one in needed}
    readable = RecordRow.objects.filter(covered(actor, Action.RECORD_READ))
    rows = {
        row.root_instance_id: row
        for row in readable.filter(root_instance_id__in={one.root_instance_id for one in chosen.values()})
    }
    return {
        one.id: _changed(one, rows[one.root_instance_id]) for one in chosen.values() if one.root_instance_id in rows
    }


def _changed(version: Submission, row: RecordRow) -> ChangedRecord:
    return ChangedRecord(
        submission_id=version.id,
        instance_id=version.instance_id,
        root_instance_id=version.root_instance_id,
        form_id=version.form_version.form.xml_form_id,
        form_version=version.form_version.version,
        review_state=version.review_state,
        received_at=version.received_at,
        occurred_on=row.occurred_on,
        place_code=row.place_code,
        organization_id=row.organization_id,
        outing_id=row.outing_id,
        service_code=row.service_code,
        edits=row.edits,
        is_synthetic=version.is_synthetic,
    )
