"""Thousands of records while the server and its database are killed: what was acknowledged is there, once."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import pytest

from tests.journeys.collect import Collect, Fleet
from tests.journeys.installation import Installation, wait_until
from tests.shape import migrated
from tests.thorough import amount
from tests.with_postgres import Postgres, running_postgres

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("losses"), pytest.mark.slow]

RECORDS = amount(800, 10_000)
"""How many are sent in each test."""

KILLS = 4
TELEPHONES = 16
LOGIN, UNIT = "may@example.vn", "UBND huyện Cư M'gar"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that tests may crash."""
    with running_postgres() as server:
        yield server


@dataclass(frozen=True)
class Field:
    """An installation that takes records, and a telephone's key."""

    own: Installation
    key: str

    def fleet(self, seed: int) -> Fleet:
        """Give telephones that have sent nothing yet; another seed, other records."""
        return Fleet(Collect(self.own.address, "CMG-LOSS", self.key), Random(seed))


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """An installation on SQLite that a test may kill."""
    field = _prepared(migrated(Installation(tmp_path_factory.mktemp("sqlite"))))
    yield field
    _end(field.own)


@pytest.fixture(scope="module")
def on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """An installation on PostgreSQL that tests may kill, each in its turn."""
    own = Installation(tmp_path_factory.mktemp("postgres"), postgres.address)
    own.run("migrate")
    field = _prepared(own)
    yield field
    _end(field.own)


def _prepared(own: Installation) -> Field:
    """Set it up by commands, as an administrator does."""
    own.run("places", "load")
    own.run("catalogue", "load")
    own.run("people", "load")
    own.run("plan", "import", "examples/ke-hoach-138-2023.docx")
    own.run("form", "publish", "forms/assist.xlsx")
    own.run("people", "add", "--name", "Máy thử", "--login", LOGIN, "--password", "mật khẩu đủ dài")
    own.run("people", "duty", "--login", LOGIN, "--role", "helper", "--organization", UNIT, "--from", "2023-09-01")
    said = own.run("people", "device", "--owner", LOGIN, "--organization", UNIT, "--label", "Máy 1")
    key = re.search(r"[A-Za-z0-9_-]{64}", said)
    assert key, said
    return Field(own, key[0])


def _end(own: Installation) -> None:
    if own.server is not None and own.living():
        own.kill()


def test_a_server_killed_under_load_loses_nothing_on_sqlite(on_sqlite: Field) -> None:
    _kill_under_load(on_sqlite)


def test_a_server_killed_under_load_loses_nothing_on_postgresql(on_postgres: Field) -> None:
    _kill_under_load(on_postgres)


def _kill_under_load(field: Field) -> None:
    own, fleet = field.own, field.fleet(seed=1)
    own.start()
    fleet.collect.prepare()
    for _ in range(KILLS):
        fleet.send_until(telephones=TELEPHONES, answered=RECORDS // KILLS, break_line=own.kill)
        own.start()
    _check(own, fleet)
    own.stop()


def test_a_database_killed_under_load_loses_nothing(on_postgres: Field, postgres: Postgres) -> None:
    own, fleet = on_postgres.own, on_postgres.fleet(seed=2)
    own.start()
    fleet.collect.prepare()

    def crash_and_recover() -> None:
        postgres.crash()
        postgres.start_again()
        known = len(fleet.acknowledged)
        wait_until(lambda: len(fleet.acknowledged) > known, "nothing is taken any more")

    with _kept_running(own):
        for _ in range(KILLS):
            fleet.send_until(telephones=TELEPHONES, answered=RECORDS // KILLS, break_line=crash_and_recover)
        _check(own, fleet)
    own.stop()


@contextmanager
def _kept_running(own: Installation) -> Iterator[None]:
    """Start it again whenever it has ended, as a service manager does.

    Worker and clock meet a crash of the database when they next ask it, and then all parts end.
    """
    over = threading.Event()

    def manage() -> None:
        while not over.wait(timeout=0.2):
            if own.server is None or own.server.poll() is not None:
                own.start()

    with ThreadPoolExecutor(1) as manager:
        managing = manager.submit(manage)
        try:
            yield
        finally:
            over.set()
        managing.result()


def _check(own: Installation, fleet: Fleet) -> None:
    """Hold the database against what telephones were told; then send everything again, which must change nothing."""
    kept = _times_kept(own, fleet)
    assert fleet.acknowledged
    assert {kept.get(one) for one in fleet.acknowledged} == {1}
    assert set(kept.values()) == {1}
    acts = _acts(own)
    lost = len(fleet.sent) - len(kept)
    assert fleet.send_all_again(telephones=TELEPHONES) == {201}
    assert _times_kept(own, fleet) == dict.fromkeys(fleet.sent, 1)
    assert _acts(own) == acts + lost  # what was known is a duplicate: nothing was done


def _times_kept(own: Installation, fleet: Fleet) -> dict[str, int]:
    """Count how often each record of the fleet stands in the database."""
    found = dict(own.ask("SELECT instance_id, count(*) FROM capture_submission GROUP BY instance_id"))
    return {one: times for one, times in found.items() if one in fleet.sent}


def _acts(own: Installation) -> int:
    return int(own.ask("SELECT count(*) FROM ledger_auditentry WHERE verb = 'receive_submissions'")[0][0])
