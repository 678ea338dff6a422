"""What a power cut, a killed worker and a stop leave behind: every acknowledged record once, every job done once."""

import os
import signal
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random

import pytest

from tests.journeys.collect import Collect, Fleet
from tests.journeys.conftest import copy_of
from tests.journeys.installation import Installation, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow]

KILLS = 3
TELEPHONES = 6
WAITING = 6000
"""Records that wait for the worker: twelve transactions of its job."""

OPEN_OUTING = "SELECT code FROM outings_outing WHERE state = 'open' ORDER BY code LIMIT 1"
LEASED = (
    "SELECT id, leased_by FROM ledger_outboxmessage"
    " WHERE topic = 'capture.project' AND leased_by <> '' AND done_at IS NULL"
)


@pytest.fixture
def own(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that a test may break; nothing of it is left running."""
    copy = copy_of(demo_home, tmp_path_factory)
    yield copy
    if copy.server is not None and copy.living():
        copy.kill()


def test_a_killed_server_loses_no_acknowledged_record(own: Installation) -> None:
    dice = Random(1010)
    collect = Collect(own.address, own.ask(OPEN_OUTING)[0][0])
    before, fleet = own.figure("assists", "--by", "day")["total"], Fleet(collect, dice)
    own.start()
    collect.prepare()
    for _ in range(KILLS):
        fleet.send_until(telephones=TELEPHONES, answered=dice.randint(1, 40), break_line=own.kill)
        kept = _times_kept(own)
        assert {kept.get(one) for one in fleet.answers} == {1}
        own.start()
        assert _times_kept(own) == kept

    assert set(fleet.answers.values()) == {201}
    assert {collect.send(record) for record in fleet.sent.values()} == {201}
    kept = _times_kept(own)
    assert {kept.get(one) for one in fleet.sent} == {1}
    changed = [record.replace(b"guided", b"self") for record in fleet.sent.values()]
    assert {collect.send(record) for record in changed} == {409}

    wait_until(lambda: own.figure("assists", "--by", "day")["total"] == before + len(fleet.sent), "records are missing")
    assert _times_kept(own) == kept


def _times_kept(own: Installation) -> dict[str, int]:
    """Count how often each record stands in the database."""
    return dict(own.ask("SELECT instance_id, count(*) FROM capture_submission GROUP BY instance_id"))


def test_a_killed_workers_job_is_done_after_a_restart(own: Installation) -> None:
    own.run("simulate", "--assists", str(WAITING), "--seed", "7")
    before, records = own.count("capture_assist"), own.count("capture_submission")
    assert records == before + WAITING
    own.start()
    message_id, worker = _stop_worker_at_work(own, before)
    assert own.ask("SELECT done_at, attempts FROM ledger_outboxmessage WHERE id = ?", message_id) == [(None, 1)]
    assert before < own.count("capture_assist") < records
    assert own.living()[worker] in {"raquan-quick", "raquan-slow"}
    os.kill(worker, signal.SIGKILL)
    assert own.server is not None
    assert own.server.wait(timeout=30) == 1
    assert own.living() == {}

    own.start()
    wait_until(lambda: own.count("capture_assist") == records, "the killed worker's job is not done")
    wait_until(lambda: _is_done(own, message_id), "its message stays open")
    assert own.ask("SELECT attempts, last_error FROM ledger_outboxmessage WHERE id = ?", message_id) == [(2, "")]
    assert own.ask("SELECT count(DISTINCT submission_id), count(DISTINCT fact_seq) FROM capture_assist") == [
        (records, records)
    ]
    assert own.figure("assists", "--by", "commune")["grades"]["counted"] == records


def _stop_worker_at_work(own: Installation, before: int) -> tuple[str, int]:
    """Halt the worker when a part of its job is committed and the rest is not; give its message and its pid."""
    wait_until(lambda: own.ask(LEASED) and own.count("capture_assist") > before, "no worker at work", pause=0.01)
    message_id, holder = own.ask(LEASED)[0]
    worker = int(holder.split(":")[1])
    os.kill(worker, signal.SIGSTOP)
    return message_id, worker


def _is_done(own: Installation, message_id: str) -> bool:
    return own.ask("SELECT done_at FROM ledger_outboxmessage WHERE id = ?", message_id) != [(None,)]


@pytest.mark.parametrize("how", ["asked to stop", "interrupted at the keyboard", "killed alone"])
def test_the_server_leaves_no_process_behind(own: Installation, how: str) -> None:
    own.start()
    assert own.server is not None
    assert {"raquan-web", "raquan-quick", "raquan-slow", "raquan-clock"} < set(own.living().values())
    visitor = HTTPConnection("127.0.0.1", own.port, timeout=30)  # a browser keeps its line open
    visitor.request("GET", "/healthz")
    assert visitor.getresponse().read()
    if how == "asked to stop":
        own.server.send_signal(signal.SIGTERM)
    elif how == "interrupted at the keyboard":  # a terminal tells every process of the group
        os.killpg(own.server.pid, signal.SIGINT)
    else:
        own.server.kill()
    assert own.server.wait(timeout=30) == (-signal.SIGKILL if how == "killed alone" else 0)
    wait_until(lambda: not own.living(), "a process runs on without its server")
    visitor.close()
