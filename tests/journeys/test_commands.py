"""The command line as a newcomer and as an administrator meet it: help, settings, and loading the demo."""

import json
import os
import re
import signal
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.journeys.conftest import copy_of
from tests.journeys.installation import ROOT, Installation, wait_until
from tests.shape import migrated

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PLAN = "examples/ke-hoach-138-2023.docx"
ASKED = 3000


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """A home in which nothing is yet."""
    return Installation(tmp_path)


def test_help_has_a_plain_line_for_every_command_and_each_an_example(empty: Installation) -> None:
    documented = set(
        re.findall(r"^\| `raquan ([a-z -]+)` \|", (ROOT / "docs/operations/commands.md").read_text(), re.M)
    )
    listed = _listed(empty.run("--help"))
    assert set(listed) == {name.split()[0] for name in documented}
    assert all(map(_is_whole, listed.values())), listed
    groups = {name for name in listed if any(one.startswith(f"{name} ") for one in documented)}
    for name in sorted(listed):
        said = empty.run(name, "--help")
        assert f"Example: raquan {name}" in said
        if name in groups:
            inside = _listed(said)
            assert {f"{name} {one}" for one in inside} == {one for one in documented if one.startswith(f"{name} ")}
            assert all(map(_is_whole, inside.values())), inside


def _is_whole(line: str) -> bool:
    return line.endswith(".") and not line.endswith("...")


def _listed(said: str) -> dict[str, str]:
    """Give the commands that a help text lists, each with its line."""
    commands = said.partition("Commands:\n")[2]
    return dict(re.findall(r"^  ([a-z-]+)\s+(\S.*)$", commands, re.M))


def test_a_plan_is_read_where_there_is_no_database(empty: Installation, tmp_path: Path) -> None:
    said = json.loads(empty.run("plan", "read", PLAN, "--json"))
    assert said["plan"]["number"] == "138/KH-UBND"
    assert (said["plan"]["starts_on"], said["plan"]["ends_on"]) == ("2023-09-15", "2023-10-15")
    assert {"path", "title", "lead_units", "due_on", "source"} <= set(said["tasks"][0])
    assert not list(tmp_path.glob("*.sqlite3*"))
    assert "138/KH-UBND" in empty.run("plan", "read", str(ROOT / PLAN), cwd=tmp_path)


def test_home_and_port_are_obeyed(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    here, elsewhere = copy_of(demo_home, tmp_path_factory), tmp_path_factory.mktemp("elsewhere")
    try:
        here.start()
        with urlopen(f"{here.address}/") as answer:
            assert "Đắk Lắk" in answer.read().decode()
        assert f"{here.address}/desk/" in here.run("demo", "load")
        assert here.figure("assists", "--by", "day")["address"].startswith(here.address)
    finally:
        here.stop()
    other = Installation(elsewhere / "a home" / "ở đây")
    other.run("migrate", cwd=elsewhere)
    assert {path.name for path in other.home.iterdir()} >= {"raquan.sqlite3", "secret.key"}
    assert [path.name for path in elsewhere.iterdir()] == ["a home"]


def test_a_port_that_is_taken_is_said(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first, second = (copy_of(demo_home, tmp_path_factory) for _ in range(2))
    second.port = first.port
    try:
        first.start()
        second.server = second.spawn("serve")
        assert second.server.wait(timeout=30) == 1
        assert str(first.port) in (second.home / "log").read_text()
        assert second.living() == {}
    finally:
        first.stop()


def test_the_demo_is_loaded_once(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = copy_of(demo_home, tmp_path_factory)
    before = _everything(home)
    spent = os.times()
    home.run("demo", "load")
    assert _everything(home) == before
    now = os.times()
    assert now.children_user + now.children_system - spent.children_user - spent.children_system < 10


def test_loading_goes_on_where_it_was_killed(
    demo_home: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = migrated(Installation(tmp_path))
    for table, rows in (("outings_outing", 400), ("capture_submission", 1000), ("capture_assist", 1)):
        loading = home.spawn("demo", "load", "--assists", str(ASKED))
        wait_until(lambda: home.count(table) >= rows or loading.poll() is not None, table, pause=0.01)  # noqa: B023
        assert loading.poll() is None, (home.home / "log").read_text()
        os.killpg(loading.pid, signal.SIGKILL)
        loading.wait(timeout=30)
    assert home.ask("SELECT loaded FROM demo_demostate")[0][0].count("snapshot") == 0
    home.run("demo", "load", "--assists", str(ASKED))

    assert home.ask("SELECT count(*), count(DISTINCT instance_id) FROM capture_submission") == [(ASKED, ASKED)]
    assert home.ask("SELECT count(*), count(DISTINCT submission_id) FROM capture_assist") == [(ASKED, ASKED)]
    assert home.figure("assists", "--by", "service")["grades"]["counted"] == ASKED
    whole = copy_of(demo_home, tmp_path_factory)
    outings = "SELECT code, held_on, starts_at, state FROM outings_outing ORDER BY code"
    assert home.ask(outings) == whole.ask(outings)
    for table in (
        "places_unit",
        "people_user",
        "people_duty",
        "campaign_task",
        "forms_formversion",
        "tallies_tallyentry",
    ):
        assert home.count(table) == whole.count(table)
    assert home.count("analytics_snapshot") == 1


def _everything(home: Installation) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table."""
    tables = home.ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {str(table): home.ask(f'SELECT * FROM "{table}" ORDER BY rowid') for (table,) in tables}
