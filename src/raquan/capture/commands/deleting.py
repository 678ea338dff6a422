"""A record is deleted by laying a tombstone: it stays as it came, leaves the figures and does not come back."""

from datetime import datetime
from uuid import UUID

from raquan.capture.commands.changes import announce
from raquan.capture.commands.reviewing import again, count_anew
from raquan.capture.models import RecordRow, Submission, Tombstone
from raquan.capture.queries.scope import check_record
from raquan.capture.rules import MAX_REASON, Change, ChangeKind, ReviewState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people.rules import Action


class ReasonNeeded(Refused):
    """Nothing was said about why."""

    code = "record.reason_needed"
    message = N_("Hãy ghi lý do.")


class ReasonTooLong(Refused):
    """The reason is longer than MAX_REASON."""

    code = "record.reason_too_long"
    message = N_("Lý do dài quá {most} ký tự.")


def delete_record(*, by: Actor, now: datetime, submission_id: UUID, reason: str) -> bool:
    """Delete a record through all its versions, and say why; False when it was deleted before.

    Raises NotFound, NotAllowed, ReasonNeeded, ReasonTooLong. The assist's next fact is a withdrawn one.
    """
    said = clean_reason(reason)

    def work() -> bool:
        row = Submission.objects.defer("payload").filter(id=submission_id).first()
        if row is None:
            raise NotFound()
        check_record(by, Action.RECORD_DELETE, row)
        if Tombstone.objects.filter(root_instance_id=row.root_instance_id).exists():
            return False
        _lay(by, now, row, said)
        return True

    return again(work)


def _lay(by: Actor, now: datetime, row: Submission, reason: str) -> None:
    root = row.root_instance_id
    Tombstone.objects.create(
        root_instance_id=root, reason=reason, deleted_at=now, deleted_by_name=by.name[:200] or by.kind.value
    )
    # A projector that is at work on it has either finished, or stores a fact that this state keeps out of figures.
    Submission.objects.filter(root_instance_id=root).update(review_state=ReviewState.REJECTED.value)
    RecordRow.objects.filter(root_instance_id=root).update(updated_at=now)
    count_anew(row, withdrawn_at=now)
    ledger.record(
        by=by, verb="delete_record", subject="capture.Submission", subject_id=row.id, detail={"reason": reason}
    )
    announce([Change(ChangeKind.DELETED, row.id)])


def clean_reason(reason: str) -> str:
    """Give a reason as it is kept. Raises ReasonNeeded, ReasonTooLong."""
    said = normalize(reason)
    if not said:
        raise ReasonNeeded()
    if len(said) > MAX_REASON:
        raise ReasonTooLong(most=MAX_REASON)
    return said
