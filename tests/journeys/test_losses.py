"""Ten thousand records while the server and its database are killed: what was acknowledged is there, once."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.journeys.collect import Collect, Fleet
from tests.journeys.conftest import copy_of
from tests.journeys.installation import Installation, wait_until
from tests.with_postgres import Postgres, running_postgres

pytestmark = [pytest.mark.journey, pytest.mark.slow]

RECORDS = int(os.environ.get("RAQUAN_LOSS_RECORDS", "10000"))
"""How many are sent in each test; fewer on a machine where this takes more than a minute."""

KILLS = 4
TELEPHONES = 16
OPEN_OUTING = "SELECT code FROM outings_outing WHERE state = 'open' ORDER BY code LIMIT 1"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that tests may crash."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def on_sqlite(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation on SQLite that a test may kill."""
    copy = copy_of(demo_home, tmp_path_factory)
    yield copy
    _end(copy)


@pytest.fixture(scope="module")
def on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation on PostgreSQL that tests may kill, each in its turn."""
    home = tmp_path_factory.mktemp("postgres") / "home"
    home.mkdir()
    installation = Installation(home, postgres.address)
    installation.run("migrate")
    installation.run("demo", "load", "--assists", "20")
    yield installation
    _end(installation)


def _end(own: Installation) -> None:
    if own.server is not None and own.living():
        own.kill()


def test_a_server_killed_under_load_loses_nothing_on_sqlite(on_sqlite: Installation) -> None:
    _kill_under_load(on_sqlite)


def test_a_server_killed_under_load_loses_nothing_on_postgresql(on_postgres: Installation) -> None:
    _kill_under_load(on_postgres)
    on_postgres.stop()


def test_a_database_killed_under_load_loses_nothing(on_postgres: Installation, postgres: Postgres) -> None:
    own, fleet = on_postgres, _fleet(on_postgres)
    own.start()
    fleet.collect.prepare()

    def crash_and_recover() -> None:
        postgres.crash()
        postgres.start_again()
        assert own.server is not None
        if own.server.poll() is None:  # worker or clock may have met the crash, and then all parts end
            known = len(fleet.acknowledged)
            wait_until(
                lambda: len(fleet.acknowledged) > known or own.server is None or own.server.poll() is not None,
                "nothing is taken after the database is back",
            )

    for _ in range(KILLS):
        fleet.send_until(telephones=TELEPHONES, answered=RECORDS // KILLS, break_line=crash_and_recover)
        if own.server is not None and own.server.poll() is not None:
            own.start()
    _check(own, fleet)
    own.stop()


def _fleet(own: Installation) -> Fleet:
    return Fleet(Collect(own.address, own.ask(OPEN_OUTING)[0][0]), Random(2025))


def _kill_under_load(own: Installation) -> None:
    fleet = _fleet(own)
    own.start()
    fleet.collect.prepare()
    for _ in range(KILLS):
        fleet.send_until(telephones=TELEPHONES, answered=RECORDS // KILLS, break_line=own.kill)
        own.start()
    _check(own, fleet)


def _check(own: Installation, fleet: Fleet) -> None:
    """Hold the database against what telephones were told; then send everything again, which must change nothing."""
    kept = _times_kept(own, fleet)
    assert fleet.acknowledged
    assert {kept.get(one) for one in fleet.acknowledged} == {1}
    assert set(kept.values()) == {1}
    acts = _acts(own)
    lost = len(fleet.sent) - len(kept)
    with ThreadPoolExecutor(TELEPHONES) as telephones:
        assert set(telephones.map(fleet.collect.send, list(fleet.sent.values()))) == {201}
    assert _times_kept(own, fleet) == dict.fromkeys(fleet.sent, 1)
    assert _acts(own) == acts + lost  # what was known is a duplicate: nothing was done


def _times_kept(own: Installation, fleet: Fleet) -> dict[str, int]:
    """Count how often each record of the fleet stands in the database."""
    found = dict(own.ask("SELECT instance_id, count(*) FROM capture_submission GROUP BY instance_id"))
    return {one: times for one, times in found.items() if one in fleet.sent}


def _acts(own: Installation) -> int:
    return int(own.ask("SELECT count(*) FROM ledger_auditentry WHERE verb = 'receive_submissions'")[0][0])
