"""The commands that set ODK Collect up: a sheet of codes, the list, taking one away, a public link."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from raquan.capture.tests.world import Field, make_field
from raquan.cli import collect, people
from raquan.forms.tests.world import publish, workbook
from raquan.people import queries
from raquan.people.models import Device

pytestmark = pytest.mark.django_db
UNIT = ("--organization", "Ủy ban nhân dân huyện Cư M’gar")


@pytest.fixture
def field(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Field:
    """A unit, and a campaign with a form."""
    monkeypatch.setattr(collect, "start_django", lambda: None)
    return make_field(now)


def run(*arguments: str, expect: int = 0) -> str:
    """Run a command and give what it printed."""
    result = CliRunner().invoke(people.people, arguments)
    assert result.exit_code == expect, result.output + repr(result.exception)
    return result.output


def test_a_sheet_of_codes_is_written_and_one_is_taken_away(field: Field, tmp_path: Path) -> None:
    names, sheet = tmp_path / "names.csv", tmp_path / "sheet.html"
    names.write_text("\ufeffHọ tên,Buôn\nY Bhăm Niê,A\nH’Ler & con,B\n", encoding="utf-8")
    said = run("collect-codes", *UNIT, "--csv", str(names), "--out", str(sheet), "Thêm Một")
    assert "Đã làm 3 mã mới, giữ 0 mã cũ" in said
    page = sheet.read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert "H’Ler &amp; con" in page
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", page)  # nothing is fetched
    assert sheet.stat().st_mode & 0o077 == 0
    again = run("collect-codes", *UNIT, "Y Bhăm Niê", "--out", str(sheet))
    assert "Đã làm 0 mã mới, giữ 1 mã cũ" in again
    device = Device.objects.get(label="Y Bhăm Niê")
    assert device.organization_id == field.cumgar_id
    assert "Y Bhăm Niê\tỦy ban nhân dân huyện Cư M’gar\tchưa thấy" in run("collect-list")
    run("collect-revoke", str(device.id))
    assert "đã thu hồi" in run("collect-list")


def test_a_link_for_anybody_is_printed(field: Field, now: datetime) -> None:
    publish(now, workbook("1"))
    printed = run("public-link", "other", "--name", "Trang xã").strip()
    assert "/v1/projects/2023?st=" in printed
    actor = queries.actor_by_public_link(printed.partition("?st=")[2], date(2023, 10, 5))
    assert actor is not None
    assert run("public-link", "other", "--name", "Trang xã").strip() == printed
