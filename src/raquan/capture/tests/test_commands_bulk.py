"""One thing is done to many records: each once, whoever stops it in between, and by what the person may."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.capture import commands, queries
from raquan.capture.commands import bulk
from raquan.capture.models import Assist, BulkTask, Comment
from raquan.capture.rules import BulkKind, RecordFilter
from raquan.capture.tests.world import Field, envelope, instance
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.commands import RequestReused
from raquan.ledger.models import OutboxMessage

IDS = [f"uuid:{n}" for n in range(7)]


@pytest.fixture
def records(field: Field, now: datetime) -> Field:
    """Five records of Cư M’gar and two of the city."""
    codes = [field.outing_code] * 5 + [field.city_outing_code] * 2
    payloads = [instance(code, instance_id=one) for code, one in zip(codes, IDS, strict=True)]
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    commands.project_pending(now=now)
    return field


def start(by: Actor, now: datetime, kind: BulkKind = BulkKind.REVIEW, **said: Any) -> commands.BulkStarted:
    wanted: dict[str, Any] = {"target": "rejected", "reason": "Ghi thử", "filters": RecordFilter()} | said
    return commands.start_bulk_task(by=by, now=now, kind=kind, **wanted)


def states() -> list[str]:
    return list(Assist.objects.order_by("root_instance_id").values_list("submission__review_state", flat=True))


def test_all_that_is_found_is_reviewed_with_one_comment_each(records: Field, now: datetime) -> None:
    started = start(records.officer, now)
    assert (started.total, started.is_small) == (5, True)
    assert not commands.run_bulk_task(now=now, task_id=started.id)
    assert states() == ["rejected"] * 5 + ["received"] * 2
    assert Comment.objects.count() == 5
    task = queries.bulk_task(records.officer, started.id)
    assert (task.done, task.changed, task.unchanged, task.refused, task.is_finished) == (5, 5, 0, 0, True)
    assert not commands.run_bulk_task(now=now, task_id=started.id)
    assert Comment.objects.count() == 5


def test_it_goes_on_where_it_was_stopped(records: Field, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 2)
    real = commands.review_submission
    seen: list[UUID] = []

    def dying(**said: Any) -> bool:
        seen.append(said["submission_id"])
        if len(seen) == 4:
            raise RuntimeError("killed")
        return real(**said)

    monkeypatch.setattr(bulk, "review_submission", dying)
    started = start(records.officer, now)
    with pytest.raises(RuntimeError, match="killed"):
        commands.run_bulk_task(now=now, task_id=started.id)
    assert BulkTask.objects.get().done == 2
    while commands.run_bulk_task(now=now, task_id=started.id, most=2):
        pass
    assert states() == ["rejected"] * 5 + ["received"] * 2
    assert Comment.objects.count() == 5
    assert len(seen) == 7  # only the chunk that was under way was asked for again


def test_only_chosen_rows_that_one_may_touch(records: Field, now: datetime) -> None:
    started = start(records.officer, now, filters=None, roots=[IDS[0], IDS[6], "uuid:none"])
    assert started.total == 1
    with pytest.raises(commands.NothingChosen):
        start(records.officer, now, filters=None, roots=[IDS[6]])
    with pytest.raises(commands.NothingChosen):
        start(records.officer, now, filters=None)


def test_records_that_come_later_are_left_alone(records: Field, now: datetime) -> None:
    started = start(records.officer, now)
    late = envelope(instance(records.outing_code, instance_id="uuid:late"))
    commands.receive_submissions(by=records.device, now=now, envelopes=[late])
    commands.project_pending(now=now)
    commands.run_bulk_task(now=now, task_id=started.id)
    assert states() == ["rejected"] * 5 + ["received"] * 3


def test_what_cannot_be_done_is_listed_and_holds_nothing_up(records: Field, now: datetime) -> None:
    moved = start(records.officer, now, BulkKind.OUTING, target=records.city_outing_code)
    commands.run_bulk_task(now=now, task_id=moved.id)
    task = queries.bulk_task(records.officer, moved.id)
    assert (task.done, task.changed, task.refused) == (5, 0, 5)
    assert task.refusals[0] == (IDS[4], "Tài khoản của bạn không có quyền làm việc này.")
    fixed = start(records.officer, now, BulkKind.SERVICE, target="mobile_money", filters=None, roots=IDS[:2])
    commands.run_bulk_task(now=now, task_id=fixed.id)
    commands.project_pending(now=now)
    assert Assist.objects.filter(service_code="mobile_money").count() == 2
    gone = start(records.officer, now, BulkKind.DELETE, target="", filters=None, roots=IDS[:2])
    commands.run_bulk_task(now=now, task_id=gone.id)
    assert queries.search_records(records.officer, RecordFilter()).total == 3


def test_it_must_say_what_and_why(records: Field, now: datetime) -> None:
    with pytest.raises(commands.CommentEmpty):
        start(records.officer, now, reason=" ")
    with pytest.raises(commands.TargetMissing):
        start(records.officer, now, target="edited")
    with pytest.raises(commands.TargetMissing):
        start(records.officer, now, BulkKind.OUTING, target="")
    with pytest.raises(commands.ReasonNeeded):
        start(records.officer, now, BulkKind.DELETE, reason="")
    for who in (records.helper, records.device):
        with pytest.raises(NotAllowed):
            start(who, now)


def test_asking_twice_makes_one_task(records: Field, now: datetime) -> None:
    request = uuid4()
    assert start(records.officer, now, request_id=request).id == start(records.officer, now, request_id=request).id
    with pytest.raises(RequestReused):
        start(records.officer, now, request_id=request, reason="Khác")
    assert BulkTask.objects.count() == 1


def test_a_large_task_is_left_to_a_worker(records: Field, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 3)
    started = start(records.officer, now)
    assert not started.is_small
    assert OutboxMessage.objects.get(topic=bulk.TOPIC).payload == {"task": str(started.id)}
    commands.continue_bulk_task(by=records.officer, now=now, task_id=started.id)
    assert OutboxMessage.objects.filter(topic=bulk.TOPIC).count() == 1
    with pytest.raises(NotFound):
        commands.continue_bulk_task(by=records.office, now=now, task_id=started.id)
    with pytest.raises(NotFound):
        queries.bulk_task(records.office, started.id)
    assert [task.id for task in queries.bulk_tasks(records.officer)] == [started.id]


def test_who_is_gone_does_nothing_more(records: Field, now: datetime) -> None:
    started = start(records.officer, now)
    BulkTask.objects.update(asked_by_id=UUID(int=1))
    assert not commands.run_bulk_task(now=now, task_id=started.id)
    assert states() == ["received"] * 7
