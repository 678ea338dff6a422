"""Every page is valid HTML, and axe finds nothing on it: full, and with what a form sent empty is told."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse

from raquan.ui.tests.test_in_a_browser import launch
from tests.axe import faults
from tests.matrix.case import Case
from tests.matrix.cases import CASES
from tests.matrix.shown import is_page, serve
from tests.matrix.test_matrix import ask, does, reads
from tests.matrix.world import Visitor, World
from tests.thorough import THOROUGH

pytestmark = pytest.mark.django_db
VALIDATOR = Path("src/raquan/ui/front/node_modules/html-validate/bin/html-validate.mjs").resolve()
RULES = {"extends": ["html-validate:standard"], "root": True}
OFFICE = "steering_officer@whole"


@pytest.fixture(scope="module")
def pages(world: World) -> dict[str, bytes]:
    """Ask for each page, as one who may and, where everybody may, as nobody in particular; send each form empty."""
    return {name: answer.content for name, answer in _answers(world) if is_page(answer)}


def test_pages_are_valid(pages: dict[str, bytes], tmp_path: Path) -> None:
    assert len(pages) > len(CASES) / 2
    for name, page in pages.items():
        (tmp_path / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.html").write_bytes(page)
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(RULES))
    with (tmp_path / "found.json").open("wb") as found:  # to a pipe it writes the first 64 KB alone
        command = ["node", str(VALIDATOR), "--formatter", "json", "*.html"]
        run = subprocess.run(command, cwd=tmp_path, stdout=found, stderr=subprocess.PIPE, check=False)
    assert {
        Path(page["filePath"]).stem: [f"{one['line']}: {one['ruleId']} {one['message']}" for one in page["messages"]]
        for page in json.loads((tmp_path / "found.json").read_text() or f'"{run.stderr.decode()}"')
        if page["messages"]
    } == {}


def test_axe_finds_nothing(pages: dict[str, bytes]) -> None:
    """On the public's pages, and on all when thorough: each as it came, at the width of a phone.

    The field app and the counter draw their screens themselves: their journeys try each of those.
    """
    chosen = {
        name: page
        for name, page in pages.items()
        if (THOROUGH or name.startswith("nobody")) and not re.search(" (field|counter)/", name)
    }
    found = {}
    with launch() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        page.route("**/*", lambda route: serve(route, chosen))
        for name in chosen:
            page.goto(f"https://raquan.example/?{quote(name)}")
            if bad := faults(page):
                found[name] = bad
    assert found == {}


def _answers(world: World) -> Iterator[tuple[str, HttpResponse]]:
    for route, case in CASES.items():
        if route.startswith(("v1/", "api/")):
            continue
        for visitor in _readers(world, route, case):
            yield f"{visitor.name} get {route}", ask(world, visitor, route, case, query=case.queries[0])
        for number, write in enumerate(case.writes):
            if writer := _first([one for one in _people(world) if does(world, one, route, case, write)]):
                with transaction.atomic():
                    answer = ask(world, writer, route, case, method="POST")
                    transaction.set_rollback(True)
                yield f"{writer.name} {number} post {route}", answer


def _readers(world: World, route: str, case: Case) -> list[Visitor]:
    able = [one for one in _people(world) if case.get is not None and reads(world, one, route, case)]
    return [one for one in dict.fromkeys([_first(able), world.visitors["nobody"]]) if one in able]


def _people(world: World) -> list[Visitor]:
    return [one for one in world.visitors.values() if not one.key]


def _first(able: list[Visitor]) -> Visitor | None:
    return next((one for one in able if one.name == OFFICE), able[0] if able else None)
