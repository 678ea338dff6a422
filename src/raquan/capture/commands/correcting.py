"""An officer corrects what a record says about its outing or service: a version of its own, with the reason."""

import hashlib
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from raquan.capture.commands.deleting import clean_reason
from raquan.capture.commands.reviewing import again, check_open
from raquan.capture.gateways.xforms import answer_at, change_answers, read_answers
from raquan.capture.models import Attachment, Correction, Origin, Submission
from raquan.capture.queries.scope import check_record
from raquan.capture.rules import ReviewState
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.ledger import commands as ledger
from raquan.outings import queries as outings
from raquan.outings.rules import read_code
from raquan.people import commands as people
from raquan.people.rules import Action


class NotCorrectable(Conflict):
    """The record's form has no question that says this, or its answers are closed to us."""

    code = "record.not_correctable"
    message = N_("Biểu mẫu của bản ghi này không có câu hỏi để sửa như vậy.")


class TargetOutingUnknown(NotFound):
    """No outing has this code."""

    code = "record.outing_unknown"
    message = N_("Không có buổi ra quân nào mang mã {code}.")


class TargetServiceUnknown(NotFound):
    """The catalogue has no such service."""

    code = "record.service_unknown"
    message = N_("Danh mục không có dịch vụ {code}.")


def correct_record(
    *, by: Actor, now: datetime, submission_id: UUID, reason: str, outing_code: str = "", service_code: str = ""
) -> UUID | None:
    """Give a record another outing or service by a version that corrects it; None where it says so already.

    The new version keeps who sent the record, from what device and when: only what was wrong is another. Raises
    NotFound, NotAllowed (also where the outing is not the actor's), NotCorrectable, TargetOutingUnknown,
    TargetServiceUnknown, RecordCorrected, RecordDeleted, ReasonNeeded.
    """
    said = clean_reason(reason)
    wanted = {"outing": outing_code, "service": service_code}
    answers = {field: value for field, value in wanted.items() if value}

    def work() -> UUID | None:
        row = Submission.objects.select_related("form_version").filter(id=submission_id).first()
        if row is None:
            raise NotFound()
        check_record(by, Action.RECORD_CORRECT, row)
        changes = _changes(row, {field: _target(by, field, value) for field, value in answers.items()})
        if not changes:
            return None
        check_open(row)
        return _store(by, now, row, changes, said)

    return again(work)


def _target(by: Actor, field: str, value: str) -> str:
    """Give what the answer is to be; an outing must be one that the actor may correct records of."""
    if field == "service":
        if value not in catalogue.service_names([value]):
            raise TargetServiceUnknown(code=value)
        return value
    code = read_code(value)
    outing = outings.outings_by_codes({code}).get(code)
    if outing is None:
        raise TargetOutingUnknown(code=value)
    people.check(by, Action.RECORD_CORRECT, organization_id=outing.organization_id, place_path=outing.place_path)
    return outing.code


def _changes(row: Submission, wanted: dict[str, str]) -> dict[str, str]:
    """Give the answers that change, by the path of their question."""
    projection = row.form_version.projection
    if any(field not in projection for field in wanted):
        raise NotCorrectable()
    answers = read_answers(bytes(row.payload))
    return {
        projection[field]: value for field, value in wanted.items() if answer_at(answers, projection[field]) != value
    }


def _store(by: Actor, now: datetime, row: Submission, changes: dict[str, str], reason: str) -> UUID:
    told = "\n".join(f"{path}={value}" for path, value in sorted(changes.items()))
    instance_id = f"uuid:{uuid5(NAMESPACE_URL, f'{row.instance_id} {told}')}"
    payload = change_answers(bytes(row.payload), changes, instance_id=instance_id, deprecated_id=row.instance_id)
    if payload is None:
        raise NotCorrectable()
    version = Submission.objects.create(
        instance_id=instance_id,
        root_instance_id=row.root_instance_id,
        deprecated_id=row.instance_id,
        payload=payload,
        sha256=hashlib.sha256(payload).hexdigest(),
        size=len(payload),
        review_state=ReviewState.EDITED.value,
        **{name: getattr(row, name) for name in _KEPT},
    )
    Correction.objects.create(submission=version, reason=reason, made_at=now, made_by_name=by.name[:200])
    Attachment.objects.bulk_create(
        Attachment(submission=version, name=one.name, expected=one.expected, sha256=one.sha256)
        for one in Attachment.objects.filter(submission=row, replaced_at__isnull=True)
    )
    for origin in Origin.objects.filter(submission=row):
        Origin.objects.create(
            submission=version,
            source=origin.source,
            reference=origin.reference,
            brought_in_at=origin.brought_in_at,
        )
    detail = {"reason": reason, "changes": changes, "of": str(row.id)}
    ledger.record(by=by, verb="correct_record", subject="capture.Submission", subject_id=version.id, detail=detail)
    return version.id


_KEPT = (
    *("form_version_id", "received_at", "reported_device", "device_id", "sent_by_kind", "sent_by_id"),
    *("sent_by_number", "sent_by_name", "organization_id", "time_shift", "clock", "is_synthetic"),
)
"""What a correction takes over from the version that it corrects: the helper recorded it, then and there."""
