"""Records are corrected and deleted by those who may; figures follow, and what was deleted does not come back."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from raquan.capture import commands, queries
from raquan.capture.commands import changes
from raquan.capture.models import Assist, Attachment, RecordRow, Submission, Tombstone
from raquan.capture.rules import Change, ChangeKind, Outcome, RecordFilter, RecordSource, ReviewState
from raquan.capture.tests.world import Field, envelope, instance
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, NotFound

ROOT = "uuid:one"


@pytest.fixture
def one(field: Field, now: datetime) -> UUID:
    """A record of Cư M’gar that is a fact."""
    payload = instance(field.outing_code, instance_id=ROOT)
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    commands.project_pending(now=now)
    assert verdict.submission_id is not None
    return verdict.submission_id


def send(field: Field, now: datetime, payload: bytes) -> tuple[Outcome, str, int]:
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    return verdict.outcome, verdict.code, verdict.status


def delete(by: Actor, now: datetime, one: UUID) -> bool:
    return commands.delete_record(by=by, now=now, submission_id=one, reason="Ghi thử")


def facts() -> list[tuple[int, int, bool]]:
    return [(fact.fact_seq, fact.version, fact.withdrawn) for fact in queries.facts_after(0, 10)]


def found(actor: Actor, **filters: object) -> list[str]:
    page = queries.search_records(actor, RecordFilter(**filters))  # type: ignore[arg-type]
    return [record.root_instance_id for record in page.items]


def test_a_deleted_record_leaves_figures_and_lists_by_a_new_fact(field: Field, one: UUID, now: datetime) -> None:
    before = Submission.objects.get(id=one)
    assert facts() == [(1, 1, False)]
    assert delete(field.officer, now, one)
    assert facts() == [(2, 2, True)]
    assert found(field.officer) == []
    assert found(field.officer, is_deleted=True) == [ROOT]
    assert queries.assists(field.officer).total == 0
    assert queries.rows(SYSTEM, "assist", 2023, below=None, limit=5) == ()
    assert queries.row_count(SYSTEM, "assist", 2023) == 0
    with pytest.raises(NotFound):
        queries.row_of(field.officer, "assist", 2023, ROOT)
    after = Submission.objects.get(id=one)
    assert (bytes(after.payload), after.sha256) == (bytes(before.payload), before.sha256)
    deletion = queries.submission(field.officer, one).history.deletion
    assert deletion is not None
    assert (deletion.reason, deletion.deleted_by_name) == ("Ghi thử", "Y Mek Ê Nuôl")


def test_deleting_twice_is_already_done(field: Field, one: UUID, now: datetime) -> None:
    assert [delete(field.officer, now, one) for _ in range(2)] == [True, False]
    assert facts() == [(2, 2, True)]
    assert Tombstone.objects.count() == 1


def test_what_was_deleted_does_not_come_back(field: Field, one: UUID, now: datetime) -> None:
    delete(field.officer, now, one)
    gone = (Outcome.CONFLICT, "record.deleted", 409)
    assert send(field, now, bytes(Submission.objects.get(id=one).payload)) == gone
    assert send(field, now, instance(field.outing_code, instance_id=ROOT, how="self")) == gone
    assert send(field, now, instance(field.outing_code, deprecated_id=ROOT)) == gone
    payloads = [
        instance(field.outing_code, instance_id="uuid:new"),
        instance(field.outing_code, deprecated_id=ROOT),
        b"<data",
        instance(field.outing_code, deprecated_id="uuid:new", how="self"),
    ]
    verdicts = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(p) for p in payloads])
    assert [one.outcome.value for one in verdicts] == ["accepted", "conflict", "refused", "refused"]
    commands.project_pending(now=now)
    assert found(field.officer) == ["uuid:new"]


def test_a_record_deleted_before_it_was_read_never_counts(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code, instance_id="uuid:soon")
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    assert verdict.submission_id is not None
    delete(field.officer, now, verdict.submission_id)
    commands.project_pending(now=now)
    assert (facts(), RecordRow.objects.count()) == ([], 0)


def test_a_deleted_record_is_neither_reviewed_nor_corrected(field: Field, one: UUID, now: datetime) -> None:
    delete(field.officer, now, one)
    with pytest.raises(commands.RecordDeleted):
        commands.review_submission(by=field.officer, now=now, submission_id=one, state=ReviewState.APPROVED)
    with pytest.raises(commands.RecordDeleted):
        commands.correct_record(by=field.officer, now=now, submission_id=one, reason="Sai", service_code="mobile_money")
    assert queries.review_of(field.officer, one).decisions == ()


@pytest.mark.parametrize("who", ["helper", "device", "city_officer"])
def test_only_who_may_deletes_or_corrects(field: Field, one: UUID, now: datetime, who: str) -> None:
    by = getattr(field, who)
    with pytest.raises(NotAllowed):
        delete(by, now, one)
    with pytest.raises(NotAllowed):
        commands.correct_record(by=by, now=now, submission_id=one, reason="Sai", service_code="mobile_money")
    assert facts() == [(1, 1, False)]


def test_a_reason_is_asked_for(field: Field, one: UUID, now: datetime) -> None:
    with pytest.raises(commands.ReasonNeeded):
        commands.delete_record(by=field.officer, now=now, submission_id=one, reason=" ")
    with pytest.raises(commands.ReasonTooLong):
        commands.delete_record(by=field.officer, now=now, submission_id=one, reason="a" * 301)
    with pytest.raises(NotFound):
        delete(field.officer, now, uuid4())


def correct(field: Field, now: datetime, one: UUID, **said: str) -> UUID | None:
    return commands.correct_record(by=field.officer, now=now, submission_id=one, reason="Chọn nhầm", **said)


def test_a_correction_is_a_version_with_its_reason(field: Field, one: UUID, now: datetime) -> None:
    Attachment.objects.create(submission_id=one, name="a.jpg", expected=True, sha256="a" * 64)
    before = Assist.objects.get()
    second = correct(field, now, one, service_code="mobile_money")
    assert second is not None
    commands.project_pending(now=now)
    after = Assist.objects.get()
    assert (after.service_code, after.submission_id, after.version) == ("mobile_money", second, 2)
    assert (after.occurred_at, after.helper_number) == (before.occurred_at, before.helper_number)
    record = queries.submission(field.officer, second)
    assert [(file.name, file.exists) for file in record.attachments] == [("a.jpg", True)]
    first, last = record.history.versions
    assert (last.reason, last.made_by_name, last.is_current, last.receipt) == ("Chọn nhầm", "Y Mek Ê Nuôl", True, "")
    assert first.receipt
    assert [(one.question, one.before, one.after) for one in last.differences] == [
        ("service", "birth_registration", "mobile_money")
    ]
    assert {act.name for act in record.history.acts.items} == {"Nhận bản ghi", "Sửa"}
    assert record.review_state == "edited"


def test_the_same_correction_again_is_already_done(field: Field, one: UUID, now: datetime) -> None:
    second = correct(field, now, one, service_code="mobile_money")
    assert second is not None
    with pytest.raises(commands.RecordCorrected):
        correct(field, now, one, service_code="mobile_money")
    assert correct(field, now, second, service_code="mobile_money") is None
    assert Submission.objects.count() == 2


def test_a_correction_needs_a_target_that_is_ones_own(field: Field, one: UUID, now: datetime) -> None:
    with pytest.raises(commands.TargetOutingUnknown):
        correct(field, now, one, outing_code="XXX-9999")
    with pytest.raises(commands.TargetServiceUnknown):
        correct(field, now, one, service_code="nothing")
    with pytest.raises(NotAllowed):
        correct(field, now, one, outing_code=field.city_outing_code)
    moved = commands.correct_record(
        by=field.office, now=now, submission_id=one, reason="Sai buổi", outing_code=field.city_outing_code.lower()
    )
    assert moved is not None
    commands.project_pending(now=now)
    assert found(field.officer) == []
    assert found(field.city_officer) == [ROOT]


def test_listeners_hear_of_every_change(
    field: Field, one: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Change] = []
    monkeypatch.setattr(changes, "LISTENERS", [heard.extend])
    second = correct(field, now, one, service_code="mobile_money")
    assert second is not None
    commands.project_pending(now=now)
    commands.review_submission(by=field.officer, now=now, submission_id=second, state=ReviewState.APPROVED)
    delete(field.officer, now, second)
    send(field, now, instance(field.outing_code))
    commands.project_pending(now=now)
    assert [change.kind for change in heard] == [
        ChangeKind.CORRECTED,
        ChangeKind.REVIEWED,
        ChangeKind.DELETED,
        ChangeKind.RECEIVED,
    ]


def test_origins_are_marked_once(field: Field, one: UUID, now: datetime) -> None:
    def mark() -> int:
        return commands.mark_origins(
            by=field.office, now=now, source=RecordSource.KOBO_EXPORT, references={one: "a.csv, dòng 2"}
        )

    assert [mark(), mark()] == [1, 0]
    assert found(field.officer, source="kobo_export") == [ROOT]
    history = queries.submission(field.officer, one).history
    assert (history.source_name, history.reference) == ("Nhập từ tệp của KoboToolbox", "a.csv, dòng 2")
    with pytest.raises(NotAllowed):
        commands.mark_origins(by=field.officer, now=now, source=RecordSource.KOBO_EXPORT, references={one: "b"})
