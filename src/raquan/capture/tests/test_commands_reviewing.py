"""A record is decided on by those who may, as the table allows; figures learn of it by a new fact number."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from raquan.capture import commands, queries
from raquan.capture.commands import reviewing
from raquan.capture.models import Assist, Comment, RecordRow, Submission
from raquan.capture.rules import DECISIONS, MAX_COMMENT, ReviewState
from raquan.capture.tests.world import Field, envelope, instance, new_id
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.commands import RequestReused
from raquan.ledger.queries import history

APPROVED, REJECTED, HAS_ISSUES = ReviewState.APPROVED, ReviewState.REJECTED, ReviewState.HAS_ISSUES


@pytest.fixture
def one(field: Field, now: datetime) -> UUID:
    """A record of Cư M’gar that is a fact, and another after it."""
    payloads = [instance(field.outing_code), instance(field.outing_code)]
    envelopes = [envelope(one) for one in payloads]
    first = commands.receive_submissions(by=field.device, now=now, envelopes=envelopes)[0].submission_id
    commands.project_pending(now=now)
    assert first is not None
    return first


def fact_of(submission_id: UUID) -> tuple[int, int, bool, bool]:
    """Give a fact's number, version, and whether it is withdrawn or in doubt."""
    (found,) = (fact for fact in queries.facts_after(0, 10) if fact.submission_id == str(submission_id))
    return found.fact_seq, found.version, found.withdrawn, found.under_review


def test_a_rejected_record_is_withdrawn_by_a_new_fact_and_comes_back(field: Field, one: UUID, now: datetime) -> None:
    before = fact_of(one)[:2]

    def decide(state: ReviewState) -> tuple[int, int, bool, bool]:
        assert commands.review_submission(by=field.officer, now=now, submission_id=one, state=state)
        return fact_of(one)

    assert before[1] == 1
    assert decide(REJECTED) == (3, 2, True, False)
    assert decide(HAS_ISSUES) == (4, 3, False, True)
    assert decide(APPROVED) == (5, 4, False, False)
    assert [fact.submission_id for fact in queries.facts_after(4, 10)] == [str(one)]
    assert RecordRow.objects.get(submission_id=one).updated_at == now


def test_a_decision_that_changes_no_count_makes_no_fact(field: Field, one: UUID, now: datetime) -> None:
    before = fact_of(one)
    assert commands.review_submission(by=field.officer, now=now, submission_id=one, state=APPROVED)
    assert fact_of(one) == before


def test_deciding_so_again_is_already_done(field: Field, one: UUID, now: datetime) -> None:
    def decide() -> bool:
        return commands.review_submission(by=field.officer, now=now, submission_id=one, state=REJECTED)

    assert (decide(), fact_of(one)[0]) == (True, 3)
    assert (decide(), fact_of(one)[0]) == (False, 3)
    assert next(entry.verb for entry in history(SYSTEM, "capture.Submission", one).items) == "review_submission"


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("wanted", list(ReviewState))
def test_the_table_decides(field: Field, one: UUID, now: datetime, state: ReviewState, wanted: ReviewState) -> None:
    Submission.objects.filter(id=one).update(review_state=state.value)

    def decide() -> bool:
        return commands.review_submission(by=field.officer, now=now, submission_id=one, state=wanted)

    if wanted == state:
        assert not decide()
    elif wanted in DECISIONS[state]:
        assert decide()
    else:
        with pytest.raises(commands.DecisionImpossible):
            decide()
    assert Submission.objects.get(id=one).review_state == (wanted if wanted in DECISIONS[state] else state)


@pytest.mark.parametrize("who", ["helper", "device", "city_officer"])
def test_only_who_may_review_it_decides_or_comments(field: Field, one: UUID, now: datetime, who: str) -> None:
    by = getattr(field, who)
    with pytest.raises(NotAllowed):
        commands.review_submission(by=by, now=now, submission_id=one, state=REJECTED)
    with pytest.raises(NotAllowed):
        commands.add_comment(by=by, now=now, submission_id=one, body="Không phải của tôi")
    assert Submission.objects.get(id=one).review_state == "received"


def test_there_must_be_such_a_record(field: Field, now: datetime) -> None:
    with pytest.raises(NotFound):
        commands.review_submission(by=field.officer, now=now, submission_id=uuid4(), state=REJECTED)


def test_what_has_a_correction_is_reviewed_there(field: Field, now: datetime) -> None:
    original = new_id()
    ids = []
    for payload in (
        instance(field.outing_code, instance_id=original),
        instance(field.outing_code, deprecated_id=original, how="self"),
    ):
        (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
        ids.append(verdict.submission_id)
        commands.project_pending(now=now)
    first, second = ids
    assert first is not None
    assert second is not None
    with pytest.raises(commands.RecordCorrected):
        commands.review_submission(by=field.officer, now=now, submission_id=first, state=REJECTED)
    assert commands.review_submission(by=field.officer, now=now, submission_id=second, state=REJECTED)
    assert fact_of(second)[1:] == (3, True, False)
    commands.add_comment(by=field.officer, now=now, submission_id=first, body="Xem bản sửa")
    assert [said.body for said in queries.comments(field.officer, second)] == ["Xem bản sửa"]


def test_a_record_rejected_before_it_was_read_never_counts(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code, how="by_magic")
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    assert verdict.submission_id is not None
    commands.review_submission(by=field.officer, now=now, submission_id=verdict.submission_id, state=REJECTED)
    commands.project_pending(now=now)
    assert fact_of(verdict.submission_id) == (1, 1, True, False)


def test_a_decision_is_explained(field: Field, one: UUID, now: datetime) -> None:
    commands.review_submission(by=field.officer, now=now, submission_id=one, state=REJECTED, comment=" Ghi nhầm người ")
    (said,) = queries.review_of(field.officer, one).comments
    assert (said.body, said.said_by_name, said.said_at) == ("Ghi nhầm người", "Y Mek Ê Nuôl", now)
    with pytest.raises(commands.CommentTooLong):
        commands.review_submission(
            by=field.officer, now=now, submission_id=one, state=APPROVED, comment="a" * (MAX_COMMENT + 1)
        )


def test_a_comment_sent_twice_is_said_once(field: Field, one: UUID, now: datetime) -> None:
    request = uuid4()

    def say(body: str) -> UUID:
        return commands.add_comment(by=field.officer, now=now, submission_id=one, body=body, request_id=request)

    assert say("Đã gọi điện hỏi lại") == say("Đã gọi điện hỏi lại")
    assert Comment.objects.count() == 1
    with pytest.raises(RequestReused):
        say("Khác")
    with pytest.raises(commands.CommentEmpty):
        commands.add_comment(by=field.officer, now=now, submission_id=one, body=" ")


def test_a_taken_fact_number_is_tried_again(
    field: Field, one: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [2, 3]  # 2 is the other record's
    monkeypatch.setattr(reviewing, "next_fact_seq", lambda: numbers.pop(0))
    assert commands.review_submission(by=field.officer, now=now, submission_id=one, state=REJECTED, comment="Sai")
    assert fact_of(one) == (3, 2, True, False)
    assert Comment.objects.count() == 1


def test_it_gives_up_when_no_number_can_be_had(
    field: Field, one: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "next_fact_seq", lambda: 2)
    with pytest.raises(IntegrityError):
        commands.review_submission(by=field.officer, now=now, submission_id=one, state=REJECTED)
    assert Submission.objects.get(id=one).review_state == "received"


def test_who_decides_second_is_told(field: Field, one: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    read: Callable[..., Any] = reviewing._record

    def overtaken(*args: Any) -> Any:
        row = read(*args)
        Submission.objects.filter(id=one).update(review_state=HAS_ISSUES.value)
        return row

    monkeypatch.setattr(reviewing, "_record", overtaken)
    with pytest.raises(commands.ReviewOvertaken):
        commands.review_submission(by=field.officer, now=now, submission_id=one, state=REJECTED)
    assert Assist.objects.get(submission_id=one).version == 1


def test_what_may_be_decided_is_shown(field: Field, one: UUID) -> None:
    assert [state for state, _ in queries.review_of(field.officer, one).decisions] == [
        "approved",
        "hasIssues",
        "rejected",
    ]
    with pytest.raises(NotAllowed):
        queries.review_of(field.city_officer, one)
