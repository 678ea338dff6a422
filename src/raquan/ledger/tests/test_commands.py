"""The ledger's promises: acts are recorded with what they record, requests run once, later work is done."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import real_now
from raquan.ledger import commands
from raquan.ledger.commands import holders, outbox, registry
from raquan.ledger.jobs import renewing
from raquan.ledger.models import AuditEntry, HandledRequest, OutboxMessage
from raquan.ledger.rules import LEASE, Lane

OFFICER = Actor(kind=ActorKind.USER, id=uuid4(), name="H’Trang Niê")


@pytest.fixture
def done() -> Iterator[list[dict[str, Any]]]:
    """What the subscriber of the topic "test.work" has done."""
    seen: list[dict[str, Any]] = []
    registry.SUBSCRIBERS["test.work"] = lambda payload, now: seen.append(payload)
    yield seen
    del registry.SUBSCRIBERS["test.work"]


class Queue:
    """A queue in memory that holds what was handed over."""

    def __init__(self) -> None:
        self.items: list[tuple[UUID, int]] = []
        self.lanes: list[Lane] = []

    def __call__(self, message_id: UUID, attempt: int, lane: Lane) -> None:
        self.items.append((message_id, attempt))
        self.lanes.append(lane)


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError):
        commands.record(by=OFFICER, verb="plan_outing", subject="outings.Outing", subject_id="1")


@pytest.mark.django_db
def test_record_falls_with_its_transaction() -> None:
    with transaction.atomic():
        commands.record(by=OFFICER, verb="plan_outing", subject="outings.Outing", subject_id="1")
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_request_runs_once() -> None:
    request_id, runs = uuid4(), []

    def work() -> dict[str, Any]:
        runs.append(1)
        return {"answer": 7}

    answers = [commands.once(request_id=request_id, by=OFFICER, digest="a", do=work) for _ in range(3)]
    assert answers == [{"answer": 7}] * 3
    assert len(runs) == 1


@pytest.mark.django_db
def test_a_request_id_with_other_content_is_refused() -> None:
    request_id = uuid4()
    commands.once(request_id=request_id, by=OFFICER, digest="a", do=dict)
    with pytest.raises(commands.RequestReused):
        commands.once(request_id=request_id, by=OFFICER, digest="b", do=dict)


@pytest.mark.django_db(transaction=True)
def test_two_copies_of_a_request_at_once_do_the_work_once() -> None:
    request_id = uuid4()

    def work() -> dict[str, Any]:
        commands.record(by=OFFICER, verb="test", subject="test", subject_id="1")
        return {"ok": True}

    def send(_: int) -> dict[str, Any]:
        try:
            with transaction.atomic():
                return commands.once(request_id=request_id, by=OFFICER, digest="a", do=work)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert answers == [{"ok": True}] * 4
    assert AuditEntry.objects.filter(verb="test").count() == 1
    assert HandledRequest.objects.count() == 1


@pytest.mark.django_db
def test_one_open_message_a_key() -> None:
    assert commands.publish(topic="test.work", key="k")
    assert not commands.publish(topic="test.work", key="k")
    OutboxMessage.objects.update(done_at=real_now())
    assert commands.publish(topic="test.work", key="k")


@pytest.mark.django_db
def test_a_message_is_delivered_once(done: list[dict[str, Any]], now: datetime) -> None:
    commands.publish(topic="test.work", payload={"n": 1})
    queue = Queue()
    assert commands.hand_over_due(real_now=real_now() + timedelta(seconds=1), enqueue=queue) == 1
    assert commands.hand_over_due(real_now=real_now() + timedelta(seconds=1), enqueue=queue) == 0
    ((message_id, attempt),) = queue.items
    assert commands.deliver(message_id=message_id, attempt=attempt, now=now, real_now=real_now())
    assert not commands.deliver(message_id=message_id, attempt=attempt, now=now, real_now=real_now())
    assert done == [{"n": 1}]


@pytest.mark.django_db
def test_a_dead_workers_message_is_handed_over_again(
    done: list[dict[str, Any]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.publish(topic="test.work", payload={"n": 2})
    message = OutboxMessage.objects.get()
    monkeypatch.setattr(outbox, "this_process", lambda: "another-host:1:1")
    registry.SUBSCRIBERS["test.work"] = lambda payload, now: (_ for _ in ()).throw(SystemExit)
    with pytest.raises(SystemExit):  # the worker is killed in the middle: nothing after the work runs
        commands.deliver(message_id=message.id, attempt=0, now=now, real_now=real_now())
    registry.SUBSCRIBERS["test.work"] = lambda payload, now: done.append(payload)
    queue = Queue()
    assert commands.hand_over_due(real_now=real_now(), enqueue=queue) == 0
    later = real_now() + timedelta(minutes=6)
    assert commands.hand_over_due(real_now=later, enqueue=queue) == 1
    ((message_id, attempt),) = queue.items
    assert commands.deliver(message_id=message_id, attempt=attempt, now=now, real_now=later)
    assert done == [{"n": 2}]


@pytest.mark.django_db
def test_slow_work_waits_on_a_queue_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "SLOW", set())
    monkeypatch.setattr(outbox, "SLOW", registry.SLOW)
    commands.subscribe("test.slow", slow=True)(lambda payload, now: None)
    commands.publish(topic="test.slow")
    commands.publish(topic="test.work")
    queue = Queue()
    assert commands.hand_over_due(real_now=real_now() + timedelta(seconds=1), enqueue=queue) == 2
    del registry.SUBSCRIBERS["test.slow"]
    assert queue.lanes == [Lane.SLOW, Lane.QUICK]


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_for_as_long_as_the_work_goes_on(now: datetime) -> None:
    commands.publish(topic="test.work")
    message = OutboxMessage.objects.get()
    long_ago, seen = real_now() - 2 * LEASE, Event()

    def work(payload: dict[str, Any], now: datetime) -> None:
        for _ in range(1000):
            if OutboxMessage.objects.filter(leased_until__gt=real_now()).exists():
                return seen.set()
            sleep(0.01)

    registry.SUBSCRIBERS["test.work"] = work
    with renewing(message.id, 0, seconds=0.01):
        assert commands.deliver(message_id=message.id, attempt=0, now=now, real_now=long_ago)
    del registry.SUBSCRIBERS["test.work"]
    assert seen.is_set()
    assert not commands.renew_lease(message_id=message.id, attempt=0, real_now=real_now())  # it is done
    assert OutboxMessage.objects.get().leased_until is None


@pytest.mark.django_db
@pytest.mark.parametrize("gone", ["ended", "its pid is another's now", "nobody asked how it ended"])
def test_a_worker_that_died_on_this_machine_is_noticed_at_once(gone: str) -> None:
    host, pid, began = holders.this_process().split(":")
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    holder = {
        "ended": f"{host}:4194304:1",  # above the highest pid of Linux
        "its pid is another's now": f"{host}:{pid}:{int(began) - 1}",
        "nobody asked how it ended": f"{host}:{ended.pid}:1",
    }[gone]
    commands.publish(topic="test.work")
    lease = {"leased_until": real_now() + timedelta(minutes=5), "attempts": 1}
    OutboxMessage.objects.update(leased_by=holders.this_process(), **lease)
    assert commands.hand_over_due(real_now=real_now() + timedelta(seconds=1), enqueue=Queue()) == 0
    OutboxMessage.objects.update(leased_by=holder, **lease)
    assert commands.hand_over_due(real_now=real_now() + timedelta(seconds=1), enqueue=Queue()) == 1
    ended.wait()


@pytest.mark.django_db
def test_what_no_worker_has_begun_is_taken_back_and_done_once(done: list[dict[str, Any]], now: datetime) -> None:
    commands.publish(topic="test.work", payload={"n": 3})
    queue, soon = Queue(), real_now() + timedelta(seconds=1)
    assert commands.hand_over_due(real_now=soon, enqueue=queue) == 1
    assert commands.hand_over_due(real_now=soon, enqueue=queue) == 0
    assert commands.take_back() == 1
    assert commands.hand_over_due(real_now=soon, enqueue=queue) == 1
    told = [commands.deliver(message_id=one, attempt=n, now=now, real_now=soon) for one, n in queue.items]
    assert (told, done) == ([True, False], [{"n": 3}])
    assert commands.take_back() == 0


@pytest.mark.django_db
def test_what_a_worker_has_begun_is_not_taken_back(done: list[dict[str, Any]], now: datetime) -> None:
    taken_back: list[int] = []
    commands.publish(topic="test.work")
    registry.SUBSCRIBERS["test.work"] = lambda payload, now: taken_back.append(commands.take_back())
    message = OutboxMessage.objects.get()
    assert commands.deliver(message_id=message.id, attempt=0, now=now, real_now=real_now())
    assert taken_back == [0]


@pytest.mark.django_db
def test_a_failed_message_is_kept_and_tried_later(now: datetime) -> None:
    def fail(payload: dict[str, Any], now: datetime) -> None:
        raise ZeroDivisionError

    registry.SUBSCRIBERS["test.work"] = fail
    commands.publish(topic="test.work")
    message = OutboxMessage.objects.get()
    with pytest.raises(ZeroDivisionError):
        commands.deliver(message_id=message.id, attempt=0, now=now, real_now=real_now())
    message.refresh_from_db()
    assert "ZeroDivisionError" in message.last_error
    assert message.due_at > real_now()
    assert message.done_at is None
    del registry.SUBSCRIBERS["test.work"]


@pytest.mark.django_db
def test_scheduled_work_is_asked_for_when_its_time_has_come() -> None:
    asked: list[int] = []

    def sweep(now: datetime) -> None:
        asked.clear()

    commands.every(seconds=10, when=lambda: bool(asked))(sweep)
    topic = next(one for one in registry.SCHEDULES if one.endswith(".sweep"))
    others = {one: 0.0 for one in registry.SCHEDULES if one != topic}
    memory: dict[str, float] = dict(others)
    try:
        assert commands.publish_scheduled(last_runs=memory, monotonic=1.0) == 0
        asked.append(1)
        assert commands.publish_scheduled(last_runs=memory, monotonic=2.0) == 0
        assert commands.publish_scheduled(last_runs={**memory, **others}, monotonic=11.5) >= 1
        assert OutboxMessage.objects.filter(topic=topic).count() == 1
    finally:
        del registry.SCHEDULES[topic], registry.SUBSCRIBERS[topic]


@pytest.mark.django_db(transaction=True)
def test_grouped_writes_answer_after_their_commit_and_fail_alone() -> None:
    def send(n: int) -> str:
        def work() -> str:
            with transaction.atomic():
                commands.record(by=OFFICER, verb="grouped", subject="test", subject_id=str(n))
            if n % 5 == 0:
                raise ValueError(n)
            return str(n)

        try:
            answer = commands.write_grouped(work)
            assert AuditEntry.objects.filter(verb="grouped", subject_id=answer).exists()
            return answer
        except ValueError:
            return "failed"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(60)))
    assert answers.count("failed") == 12
    assert AuditEntry.objects.filter(verb="grouped").count() == 48


@pytest.mark.django_db
def test_a_grouped_write_inside_a_transaction_is_part_of_it() -> None:
    assert connection.in_atomic_block
    commands.write_grouped(lambda: commands.record(by=OFFICER, verb="inside", subject="test", subject_id="1"))
    assert AuditEntry.objects.filter(verb="inside").exists()


def _entry(subject_id: str) -> AuditEntry:
    return AuditEntry(actor_kind="system", verb="together", subject="test", subject_id=subject_id)


@pytest.mark.django_db(transaction=True)
def test_items_written_together_fail_alone_and_each_gets_its_own_result() -> None:
    groups: list[int] = []

    def write(items: Sequence[int]) -> list[str]:
        groups.append(len(items))
        commands.insert_new([_entry(str(item)) for item in items])
        if any(item % 7 == 0 for item in items):
            raise ValueError(items)
        return [f"written {item}" for item in items]

    def send(item: int) -> str:
        try:
            return commands.write_together(write, item)
        except ValueError as error:
            return f"failed {error}"

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(1, 71)))
    assert answers == [f"failed [{n}]" if n % 7 == 0 else f"written {n}" for n in range(1, 71)]
    assert AuditEntry.objects.filter(verb="together").count() == 60
    assert max(groups) > 1


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_rests_writes_again() -> None:
    commands.write_together(lambda items: [commands.insert_new([_entry("1")]) for _ in items], None)
    commands.rest_writer()
    commands.write_together(lambda items: [commands.insert_new([_entry("2")]) for _ in items], None)
    assert AuditEntry.objects.filter(verb="together").count() == 2


@pytest.mark.django_db
def test_an_insert_says_which_rows_are_new() -> None:
    known = _entry("1")
    assert commands.insert_new([known]) == {known.id}
    rows = [known, *(_entry(str(n)) for n in range(1200))]
    assert commands.insert_new(rows) == {row.id for row in rows[1:]}
    assert AuditEntry.objects.filter(verb="together").count() == 1201
    assert AuditEntry.objects.get(id=known.id).at is not None
    assert commands.insert_new([]) == set()
