"""The commands of `raquan people`, one after another, as the first administrator types them."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from raquan.cli import people as door
from raquan.people import queries

pytestmark = pytest.mark.django_db


def run(*arguments: str, expect: int = 0) -> str:
    """Run a command and give what it printed."""
    result = CliRunner().invoke(door.people, arguments)
    assert result.exit_code == expect, result.output + repr(result.exception)
    return result.output


def test_from_nothing_to_a_phone_that_may_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "start_django", lambda: None)
    assert "giữ nguyên 0" in run("load")
    assert "thêm 0, sửa 0" in run("load")
    assert "UBND huyện Cư M’gar\t1.00" in run("match", "UBND huyện Cu Mgar", "các sở")
    run("add", "--name", "H'Trang Niê", "--login", "0905 123 456", "--password", "một mật khẩu đủ dài")
    unit = ("--organization", "UBND huyện Cư M'gar")
    run("duty", "--login", "0905123456", "--role", "helper", *unit, "--place", "648", "--from", "15/09/2023")
    key = run("device", "--owner", "0905123456", *unit, "--label", "Máy 1").strip().split("\t")[1]
    actor = queries.actor_by_device_key(key, date(2023, 9, 15))
    assert actor is not None
    assert actor.duties
    run("password", "--login", "0905123456", "--password", "một mật khẩu khác")
    listed = run("list")
    assert "H’Trang Niê" in listed
    assert "Người hỗ trợ: UBND huyện Cư M’gar, 648, 15/09/2023" in listed


def test_a_code_is_given_listed_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "start_django", lambda: None)
    run("load")
    run("add", "--name", "H'Trang Niê", "--login", "0905 123 456", "--password", "một mật khẩu đủ dài")
    assert "--organization" in run("code", "0905123456", "--to", "31/10/2099", expect=2)
    unit = ("--organization", "UBND huyện Cư M'gar")
    run("duty", "--login", "0905123456", "--role", "helper", *unit)
    assert "--to" in run("code", "0905123456", expect=2)
    code_id, code, until = run("code", "0905123456", "--to", "31/10/2099").strip().split("\t")
    assert (len(code), until) == (12, "31/10/2099")
    listed = run("codes")
    assert f"{code_id}\tH’Trang Niê\tUBND huyện Cư M’gar\tđến 31/10/2099\t0 máy" in listed
    assert code not in listed
    assert "0 máy" in run("code-revoke", code_id)
    assert "đã thu hồi" in run("codes")


def test_what_is_not_known_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(door, "start_django", lambda: None)
    assert "ai@do.vn" in run("duty", "--login", "ai@do.vn", "--role", "helper", expect=2)
    assert "steering_officer" in run("duty", "--login", "ai@do.vn", "--role", "king", expect=2)
    run("load", str(tmp_path / "không-có.csv"), expect=2)
