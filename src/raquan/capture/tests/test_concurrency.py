"""What many telephones and two projectors do at once, in real transactions."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from raquan.capture import commands, queries
from raquan.capture.models import Assist, Attachment, PhotoPart, Submission
from raquan.capture.rules import Outcome, Verdict
from raquan.capture.tests.test_commands_photos import photo, send
from raquan.capture.tests.world import Field, envelope, instance, make_field, new_id
from raquan.forms.commands import set_form_state
from raquan.forms.rules import FormState
from raquan.kernel.actor import SYSTEM
from raquan.ledger.models import AuditEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 8


@pytest.fixture
def busy(transactional_db: None, now: datetime) -> Field:
    """The world, committed, so that other threads see it."""
    return make_field(now)


def at_once(work: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Run `work` in several threads that start together, each with its own connection."""
    start = Barrier(threads)

    def run(number: int) -> Any:
        start.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def test_one_record_sent_by_eight_threads_is_kept_once(busy: Field, now: datetime) -> None:
    same = envelope(instance(busy.outing_code))

    def send(_: int) -> Outcome:
        return commands.receive_submissions(by=busy.device, now=now, envelopes=[same])[0].outcome

    outcomes = at_once(send)
    assert sorted(outcomes) == [Outcome.ACCEPTED] + [Outcome.DUPLICATE] * (THREADS - 1)
    assert Submission.objects.count() == 1
    assert AuditEntry.objects.filter(verb="receive_submissions").count() == 1


def test_eight_records_under_one_id_leave_the_first(busy: Field, now: datetime) -> None:
    same = new_id()
    payloads = [instance(busy.outing_code, instance_id=same, deviceid=f"d{n}") for n in range(THREADS)]

    def send(number: int) -> Outcome:
        one = envelope(payloads[number])
        return commands.receive_submissions(by=busy.device, now=now, envelopes=[one])[0].outcome

    outcomes = at_once(send)
    assert sorted(outcomes) == [Outcome.ACCEPTED] + [Outcome.CONFLICT] * (THREADS - 1)
    assert bytes(Submission.objects.get().payload) == payloads[outcomes.index(Outcome.ACCEPTED)]


def test_batches_with_the_same_records_do_not_block_each_other(busy: Field, now: datetime) -> None:
    records = [envelope(instance(busy.outing_code)) for _ in range(40)]

    def send(number: int) -> list[Outcome]:
        turned = records[number * 5 :] + records[: number * 5]
        found = commands.receive_submissions(by=busy.device, now=now, envelopes=turned)
        return [verdict.outcome for verdict in found]

    outcomes = [outcome for batch in at_once(send) for outcome in batch]
    assert outcomes.count(Outcome.ACCEPTED) == 40
    assert outcomes.count(Outcome.DUPLICATE) == 40 * (THREADS - 1)
    assert Submission.objects.count() == 40


def test_two_corrections_at_once_leave_one(busy: Field, now: datetime) -> None:
    original = new_id()
    commands.receive_submissions(
        by=busy.device, now=now, envelopes=[envelope(instance(busy.outing_code, instance_id=original))]
    )

    def send(number: int) -> str:
        edit = envelope(instance(busy.outing_code, deprecated_id=original, deviceid=f"d{number}"))
        return commands.receive_submissions(by=busy.device, now=now, envelopes=[edit])[0].code

    assert sorted(at_once(send)) == [""] + ["edit.stale"] * (THREADS - 1)


@pytest.fixture
def watcher(busy: Field) -> Iterator[list[list[int]]]:
    """Read the facts' numbers again and again while a test runs."""
    seen: list[list[int]] = []
    stop = Event()

    def watch() -> None:
        while not stop.is_set():
            seen.append([fact.fact_seq for fact in queries.facts_after(0, 10_000)])
        connections.close_all()

    thread = Thread(target=watch)
    thread.start()
    yield seen
    stop.set()
    thread.join()


def test_two_projectors_give_each_number_once_and_leave_no_gap(
    busy: Field, now: datetime, watcher: list[list[int]]
) -> None:
    for _ in range(6):
        batch = [envelope(instance(busy.outing_code)) for _ in range(50)]
        commands.receive_submissions(by=busy.device, now=now, envelopes=batch)

    def project(number: int) -> int:
        done = 0
        while step := commands.project_pending(now=now, limit=20 + number):
            done += step
        return done

    assert sum(at_once(project, 2)) == 300
    assert queries.pending_count() == 0
    numbers = sorted(Assist.objects.values_list("fact_seq", flat=True))
    assert numbers == list(range(1, 301))
    # A reader that has seen number n has seen every number below it: a watermark never misses a fact.
    assert all(view == list(range(1, len(view) + 1)) for view in watcher)


def test_a_record_asks_nothing_about_a_form_that_is_known_and_a_closed_one_refuses_at_once(
    busy: Field, now: datetime
) -> None:
    def send() -> Verdict:
        one = envelope(instance(busy.outing_code))
        return commands.receive_submissions(by=busy.device, now=now, envelopes=[one])[0]

    assert send().is_taken
    with CaptureQueriesContext(connection) as asked:
        assert send().is_taken
    assert [one["sql"] for one in asked if '"forms_' in one["sql"]] == []
    set_form_state(by=SYSTEM, now=now, form_id="assist", state=FormState.CLOSED)
    assert send().code == "form.closed"


def test_one_photo_sent_by_eight_threads_is_kept_once(busy: Field, now: datetime) -> None:
    instance_id = new_id()
    payload = instance(busy.outing_code, instance_id=instance_id)
    commands.receive_submissions(by=busy.device, now=now, envelopes=[envelope(payload)])
    said = photo(instance_id)
    ends = at_once(lambda _: send(busy, now, said).kept_at)
    assert ends == [now] * THREADS
    assert Attachment.objects.count() == 1
    assert not PhotoPart.objects.exists()
    assert AuditEntry.objects.filter(verb="append_photo").count() == 1
