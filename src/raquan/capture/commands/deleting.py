"""A record is deleted by laying a tombstone: it stays as it came, leaves the figures and does not come back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from raquan.capture.commands import receiving
from raquan.capture.commands.changes import announce
from raquan.capture.commands.reviewing import RecordDeleted, again, count_anew
from raquan.capture.gateways.xforms import read_head
from raquan.capture.models import RecordRow, Submission, Tombstone
from raquan.capture.queries.scope import check_record
from raquan.capture.rules import MAX_REASON, Change, ChangeKind, Envelope, Outcome, ReviewState, Verdict
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


def receive_submissions(*, by: Actor, now: datetime, envelopes: Sequence[Envelope]) -> list[Verdict]:
    """Take records as `receiving.receive_submissions` does; what was deleted is a conflict, as with ODK Central.

    So is a correction of what was deleted. Asked only where a record came before or corrects one, so that new
    records pay nothing for it.
    """
    edited = _edited(envelopes)
    gone = _gone(set(edited.values()))
    kept = [one for index, one in enumerate(envelopes) if edited.get(index) not in gone]
    verdicts = iter(_without_deleted(receiving.receive_submissions(by=by, now=now, envelopes=kept)))
    return [
        _deleted(one.instance_id) if edited.get(index) in gone else next(verdicts)
        for index, one in enumerate(envelopes)
    ]


def _edited(envelopes: Sequence[Envelope]) -> dict[int, str]:
    """Name what each correction among some envelopes corrects, by its place."""
    found: dict[int, str] = {}
    for index, one in enumerate(envelopes):
        if b"deprecatedID" not in one.payload:
            continue
        try:
            found[index] = read_head(one.payload).deprecated_id
        except Refused:  # said by the receiver, in its place
            continue
    return found


def _gone(instance_ids: set[str]) -> set[str]:
    """Tell which instance ids are of records that were deleted."""
    if not instance_ids:
        return set()
    versions = Submission.objects.filter(instance_id__in=instance_ids)
    roots = dict(versions.values_list("instance_id", "root_instance_id"))
    buried = Tombstone.objects.filter(root_instance_id__in=set(roots.values()))
    deleted = set(buried.values_list("root_instance_id", flat=True))
    return {instance_id for instance_id, root in roots.items() if root in deleted}


def _without_deleted(verdicts: list[Verdict]) -> list[Verdict]:
    known = {one.instance_id for one in verdicts if one.outcome in (Outcome.DUPLICATE, Outcome.CONFLICT)}
    gone = _gone(known)
    return [_deleted(one.instance_id) if one.instance_id in gone else one for one in verdicts]


def _deleted(instance_id: str) -> Verdict:
    refusal = RecordDeleted()
    return Verdict(instance_id, Outcome.CONFLICT, code=refusal.code, message=refusal.text(), status=refusal.status)
