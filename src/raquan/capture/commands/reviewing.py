"""People decide what a record is worth, and say why; a decision that changes what counts makes a new fact."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F

from raquan.capture.commands.changes import announce
from raquan.capture.commands.counting import count_tallies, next_fact_seq
from raquan.capture.commands.projecting import ATTEMPTS
from raquan.capture.commands.receiving import RecordDeleted
from raquan.capture.models import Assist, Comment, RecordRow, Submission, Tombstone
from raquan.capture.queries.scope import check_record
from raquan.capture.rules import (
    DECISIONS,
    MAX_COMMENT,
    REVIEW_STATE_NAMES,
    Change,
    ChangeKind,
    ReviewState,
    counting,
)
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import nfc
from raquan.ledger import commands as ledger
from raquan.people.rules import Action

T = TypeVar("T")


class DecisionImpossible(Conflict):
    """The transition table has no such step: only a correction makes a record "edited"."""

    code = "review.impossible"
    message = N_("Không thể chuyển bản ghi này sang tình trạng “{state}”.")


class RecordCorrected(Conflict):
    """The record has a correction; that is what is to be reviewed."""

    code = "review.corrected"
    message = N_("Bản ghi này đã có bản sửa. Hãy mở bản sửa để xem xét.")


class ReviewOvertaken(Conflict):
    """Somebody else decided on the record in this moment."""

    code = "review.overtaken"
    message = N_("Người khác vừa đổi tình trạng của bản ghi này. Hãy tải lại rồi xem xét lại.")


class CommentEmpty(Refused):
    """The comment says nothing."""

    code = "comment.empty"
    message = N_("Hãy ghi ý kiến.")


class CommentTooLong(Refused):
    """The comment is longer than MAX_COMMENT."""

    code = "comment.too_long"
    message = N_("Ý kiến dài quá {most} ký tự.")


def review_submission(
    *,
    by: Actor,
    now: datetime,
    submission_id: UUID,
    state: ReviewState,
    comment: str = "",
    request_id: UUID | None = None,
) -> bool:
    """Decide on a record, in its current version, and say why; False when it was decided so already.

    Raises NotAllowed, DecisionImpossible (see rules.DECISIONS), RecordCorrected, RecordDeleted, ReviewOvertaken,
    CommentTooLong.
    A decision between counting and not counting, or in doubt and not, gives the assist its next fact number in the
    same transaction.
    """
    body = _body(comment)

    def work() -> dict[str, Any]:
        row = _record(by, submission_id)
        changed = row.review_state != state and _decide(by, now, row, state)
        if body:
            say(by, now, row, body)
        return {"changed": changed}

    digest = hashlib.sha256(f"{submission_id}\n{state}\n{body}".encode()).hexdigest()
    answer = again(lambda: ledger.once(request_id=request_id, by=by, digest=digest, do=work))
    return bool(answer["changed"])


def add_comment(*, by: Actor, now: datetime, submission_id: UUID, body: str, request_id: UUID | None = None) -> UUID:
    """Say something about a record, for everybody who reads it; give the comment's id. Raises CommentEmpty."""
    said = _body(body)
    if not said:
        raise CommentEmpty()

    def work() -> dict[str, Any]:
        return {"id": str(say(by, now, _record(by, submission_id), said))}

    digest = hashlib.sha256(f"{submission_id}\n{said}".encode()).hexdigest()
    return UUID(again(lambda: ledger.once(request_id=request_id, by=by, digest=digest, do=work))["id"])


def again(work: Callable[[], T]) -> T:
    """Run a transaction, again from the start when the projector took the fact number first."""
    return ledger.until_free(work, attempts=ATTEMPTS)


def _record(by: Actor, submission_id: UUID) -> Submission:
    row = Submission.objects.defer("payload").filter(id=submission_id).first()
    if row is None:
        raise NotFound()
    check_record(by, Action.RECORD_REVIEW, row)
    return row


def _decide(by: Actor, now: datetime, row: Submission, state: ReviewState) -> bool:
    before = ReviewState(row.review_state)
    check_open(row)
    if state not in DECISIONS[before]:
        raise DecisionImpossible(state=REVIEW_STATE_NAMES[state])
    # First the record, then its assist: a projector at work on it has either finished, or waits and reads this.
    if not Submission.objects.filter(id=row.id, review_state=before.value).update(review_state=state.value):
        raise ReviewOvertaken()
    RecordRow.objects.filter(submission_id=row.id).update(updated_at=now)
    if counting(before) != counting(state):
        count_anew(row)
    detail = {"from": before.value, "to": state.value}
    ledger.record(by=by, verb="review_submission", subject="capture.Submission", subject_id=row.id, detail=detail)
    announce([Change(ChangeKind.REVIEWED, row.id)])
    return True


def check_open(row: Submission) -> None:
    """Raise RecordDeleted or RecordCorrected where a version is not the one to act upon any more."""
    if Tombstone.objects.filter(root_instance_id=row.root_instance_id).exists():
        raise RecordDeleted()
    if Submission.objects.filter(deprecated_id=row.instance_id).exists():
        raise RecordCorrected()


def count_anew(row: Submission, **changes: Any) -> None:
    """Make the assist's next version; a record that is not a fact yet becomes one as it now stands."""
    assist = Assist.objects.filter(root_instance_id=row.root_instance_id)
    if assist.exists():  # asked first: whoever waits for a number must hold nothing that the projector waits for
        assist.update(version=F("version") + 1, fact_seq=next_fact_seq(), **changes)
        # Who no longer counts by a record may count on a tally sheet of the same outing again.
        count_tallies(set(assist.filter(outing__isnull=False).values_list("outing_id", flat=True)))


def say(by: Actor, now: datetime, row: Submission, body: str) -> UUID:
    said = Comment.objects.create(
        submission=row,
        body=body,
        said_by_kind=by.kind.value,
        said_by_number=by.number,
        said_by_name=by.name[:200],
        said_at=now,
    )
    ledger.record(by=by, verb="add_comment", subject="capture.Submission", subject_id=row.id)
    return said.id


def _body(text: str) -> str:
    body = nfc(text).strip()
    if len(body) > MAX_COMMENT:
        raise CommentTooLong(most=MAX_COMMENT)
    return body
