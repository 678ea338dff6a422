"""Plans from the command line: read without a database, refused in words and in JSON, imported once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from raquan.campaign.queries import campaign_of_year
from raquan.cli.plan import plan
from raquan.kernel.refused import Refused

ROOT = Path(__file__).resolve().parents[4]
EXAMPLE = ROOT / "examples" / "ke-hoach-138-2023.docx"


def _read(file: Path) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(plan, ["read", str(file), "--json"])
    return result.exit_code, json.loads(result.output)


@pytest.mark.django_db
def test_a_reading_has_the_shape_that_others_rely_on() -> None:
    code, found = _read(EXAMPLE)
    assert code == 0
    assert list(found) == ["plan", "tasks", "leftovers"]
    assert found["plan"]["number"] == "138/KH-UBND"
    assert found["plan"]["issued_on"] == "2023-08-17"
    first = found["tasks"][0]
    assert list(first) == [
        "path", "title", "lead_units", "cooperating_units", "starts_on", "due_on", "deliverable", "source",
    ]  # fmt: skip
    assert first["lead_units"][0] == {"written": "Các sở, ban, ngành", "match": None, "score": None}


@pytest.mark.django_db
def test_a_person_reads_it_in_words() -> None:
    told = CliRunner().invoke(plan, ["read", str(EXAMPLE)]).output
    assert "Thời gian: 15/09/2023 đến 15/10/2023" in told
    assert "chủ trì: UBND huyện Cư M’gar" in told


def test_a_refusal_as_json_and_in_words(tmp_path: Path) -> None:
    page = tmp_path / "trang.docx"
    page.write_text("<html></html>")
    code, found = _read(page)
    assert (code, found["refused"]["code"]) == (1, "plan.not_docx")
    assert "không phải là văn bản Word" in found["refused"]["message"]
    assert isinstance(CliRunner().invoke(plan, ["read", str(page)]).exception, Refused)


@pytest.mark.slow
@pytest.mark.parametrize("empty_file", [False, True])
def test_reading_needs_no_database_and_makes_none(tmp_path: Path, empty_file: bool) -> None:
    database = tmp_path / "db.sqlite3"
    if empty_file:
        database.touch()
    settings = {"RAQUAN_HOME": str(tmp_path), "DATABASE_URL": f"sqlite:///{database}"}
    environment = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | settings
    command = [sys.executable, "-m", "raquan.cli", "plan", "read", str(EXAMPLE), "--json"]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["plan"]["number"] == "138/KH-UBND"
    assert database.exists() is empty_file


@pytest.mark.django_db
def test_an_import_is_done_once() -> None:
    first = CliRunner().invoke(plan, ["import", str(EXAMPLE)])
    again = CliRunner().invoke(plan, ["import", str(EXAMPLE)])
    assert "Đã nhập kế hoạch: 13 nhiệm vụ, 0 phần chưa xếp được." in first.output
    assert "đã được nhập từ trước" in again.output
    assert campaign_of_year(2023) is not None
