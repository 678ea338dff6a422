"""The checks bite: each fault, planted in a copy of the house, makes its check fail."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

COPIED = ["src", "tests", "docs", "scripts", "conftest.py", "pyproject.toml", "README.md"]
BIN = Path(sys.executable).parent

UNDECLARED_ROUTE = """
from django.http import HttpRequest, HttpResponse


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


urlpatterns += [path("forgotten/", forgotten)]
"""
UNDOCUMENTED_COMMAND = '''

def paint_banner(*, by: object) -> None:
    """Paint a banner."""
'''
FOREIGN_KEY_UP = '''

class Misplaced(models.Model):
    """A row that points upstairs."""

    outing = models.ForeignKey("outings.Outing", on_delete=models.PROTECT, related_name="+")
'''

IGNORED = shutil.ignore_patterns("node_modules", "__pycache__", "planted")

CONTRACTS = {
    "an upward import": ("places/rules.py", "\nfrom raquan.outings import rules as upstairs\n"),
    "a view importing a model": ("places/views.py", "\nfrom raquan.places.models import Unit\n"),
    "Django in rules": ("outings/rules.py", "\nfrom django.db import models\n"),
    "a room without a floor": ("attic/__init__.py", '"""A room that nobody placed."""\n'),
    "the engine outside its importer": ("outings/queries/reading.py", "\nimport duckdb\n"),
}
"""What the contracts of imports find, one at a time: a broken contract hides what else breaks it."""

TESTS = {
    "behind a room's face": (
        "outings/queries/reading.py",
        "\nfrom raquan.places import models as m\n",
        "test_rooms.py::test_a_room_is_entered_only_by_its_face",
    ),
    "an undeclared route": (
        "portal/urls.py",
        UNDECLARED_ROUTE,
        "test_routes.py::test_every_route_declares_who_may_use_it",
    ),
    "an undocumented command": ("places/commands.py", UNDOCUMENTED_COMMAND, "test_docs.py::"),
    "a foreign key to a higher floor": ("places/models.py", FOREIGN_KEY_UP, "test_rooms.py::"),
}
"""What the tests of the house find, planted all at once: each fails a test of its own."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project to plant faults in."""
    copy = tmp_path_factory.mktemp("house")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=IGNORED)
        else:
            shutil.copy(source, copy / name)
    return copy


@contextmanager
def planted(house: Path, *faults: tuple[str, str]) -> Iterator[None]:
    """Plant texts at the ends of files; in the end all is as it was."""
    before: dict[Path, str | None] = {}
    for name, text in faults:
        path = house / "src" / "raquan" / name
        before[path] = path.read_text() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text((before[path] or "") + text)
    try:
        yield
    finally:
        for path, was in before.items():
            if was is None:
                shutil.rmtree(path.parent)
            else:
                path.write_text(was)


def _run(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    environment["PYTHONPATH"] = f"{house / 'src'}:{house}"
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=house, env=environment, capture_output=True, text=True, check=False
    )


def _contracts(house: Path) -> subprocess.CompletedProcess[str]:
    return _run(house, "lint-imports")


def _tests(house: Path) -> subprocess.CompletedProcess[str]:
    return _run(house, "pytest", "-q", "-p", "no:randomly", "-p", "no:xdist", "tests/architecture")


@pytest.mark.slow
def test_the_contracts_find_each_fault(house: Path) -> None:
    sound = _contracts(house)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    for fault, where in CONTRACTS.items():
        with planted(house, where):
            assert _contracts(house).returncode != 0, f"{fault} was not noticed"


@pytest.mark.slow
def test_the_tests_of_the_house_find_each_fault(house: Path) -> None:
    sound = _tests(house)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    with planted(house, *((name, text) for name, text, _ in TESTS.values())):
        said = _tests(house).stdout
    assert "rror collecting" not in said, said
    for fault, (*_, test) in TESTS.items():
        assert f"FAILED tests/architecture/{test}" in said, f"{fault} was not noticed: {said[-2000:]}"
