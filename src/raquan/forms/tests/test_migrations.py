"""An installation from before forms had a room keeps every form, version and record, and what was done to them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.thorough import THOROUGH

from raquan.forms.tests.old_installation import FORM, VERSION

pytestmark = pytest.mark.slow
NAME = f"moving_{os.getpid()}"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database of its own, of the kind that the tests run on."""
    found = {"RAQUAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "raquan.config.settings"}
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield os.environ | found | {"DATABASE_URL": ""}
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {NAME}")
        yield os.environ | found | {"DATABASE_URL": urlsplit(address)._replace(path=f"/{NAME}").geturl()}
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def _run(environment: dict[str, str], *steps: str) -> str:
    command = [sys.executable, "-m", "raquan.forms.tests.old_installation", *steps]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_forms_move_with_all_that_refers_to_them(environment: dict[str, str]) -> None:
    before = ("ledger:0001_initial", "capture:0002_rows_and_comments")  # before records were listed
    moved = {
        "form": ["assist", "Ghi lượt hỗ trợ", "1", "closing", str(FORM)],
        "fields": [["result", "string"]],
        "version": [str(VERSION), str(FORM), {"result": "result"}, ["photo"]],
        "xml": "<h/>",
        "row": [1, "uuid:1", "1"],
        "history": ["publish_form"],
        "refused": ["record", "row"],
        "tables": ["forms_form", "forms_formversion"],
    }
    assert json.loads(_run(environment, *before, "fill", "migrate", "read")) == moved
    if THOROUGH:  # and back, for who must return to the release before
        assert json.loads(_run(environment, "capture:0005_clocks", "migrate", "read")) == moved
