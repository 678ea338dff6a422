"""The checks bite: each fault, planted in a copy of the house, makes its check fail."""

import os
import shutil
import subprocess
import sys
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

ROOMS = "test_rooms.py"
IGNORED = shutil.ignore_patterns("node_modules", "__pycache__", "planted")
FAULTS = {
    "an upward import": ("places/rules.py", "\nfrom raquan.outings import rules as upstairs\n", "contracts"),
    "a view importing a model": ("places/views.py", "\nfrom raquan.places.models import Unit\n", "contracts"),
    "Django in rules": ("outings/rules.py", "\nfrom django.db import models\n", "contracts"),
    "a room without a floor": ("attic/__init__.py", '"""A room that nobody placed."""\n', "contracts"),
    "the engine outside its importer": ("outings/queries/reading.py", "\nimport duckdb\n", "contracts"),
    "behind a room's face": (
        "outings/queries/reading.py",
        "\nfrom raquan.places import models as m\n",
        "test_rooms.py",
    ),
    "an undeclared route": ("portal/urls.py", UNDECLARED_ROUTE, "test_routes.py"),
    "an undocumented command": ("places/commands.py", UNDOCUMENTED_COMMAND, "test_docs.py"),
    "a foreign key to a higher floor": ("places/models.py", FOREIGN_KEY_UP, "test_rooms.py"),
}


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


def _check(house: Path, check: str) -> subprocess.CompletedProcess[str]:
    command = (
        [str(BIN / "lint-imports"), "--no-cache"]
        if check == "contracts"
        else [str(BIN / "pytest"), "-q", "-p", "no:randomly", "-p", "no:xdist", f"tests/architecture/{check}"]
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    environment["PYTHONPATH"] = f"{house / 'src'}:{house}"
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("check", ["contracts", "test_rooms.py", "test_routes.py", "test_docs.py"])
def test_the_house_as_it_stands_passes(house: Path, check: str) -> None:
    result = _check(house, check)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(house: Path, fault: str) -> None:
    name, text, check = FAULTS[fault]
    path = house / "src" / "raquan" / name
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text((before or "") + text)
    try:
        result = _check(house, check)
        assert result.returncode != 0, f"{fault} was not noticed"
        assert "rror collecting" not in result.stdout, result.stdout
    finally:
        if before is None:
            shutil.rmtree(path.parent)
        else:
            path.write_text(before)
