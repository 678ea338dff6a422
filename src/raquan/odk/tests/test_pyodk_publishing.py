"""pyodk itself publishes: a form with its files, another version, and files alone."""

from datetime import datetime
from pathlib import Path

import pytest
from pyodk.client import Client
from pyodk.errors import PyODKError
from pytest_django.live_server_helper import LiveServer

from raquan.capture.tests.world import PASSWORD, make_field
from raquan.forms import queries
from raquan.forms.gateways import xlsforms
from raquan.forms.gateways.pyxform_child import compile_workbook
from raquan.forms.tests.world import trees, workbook
from raquan.kernel.actor import SYSTEM

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(live_server: LiveServer, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """pyodk, signed in as the steering office."""
    monkeypatch.setattr(xlsforms, "run_apart", compile_workbook)
    make_field(now)
    (tmp_path / "config.toml").write_text(
        f'[central]\nbase_url = "{live_server.url}"\nusername = "so@example.vn"\npassword = "{PASSWORD}"\n'
        "default_project_id = 2023\n"
    )
    for name, data in (("trees.xlsx", trees()), ("tree.jpg", b"picture" * 9999), ("species.csv", b"name,label\na,A\n")):
        (tmp_path / name).write_bytes(data)
    return Client(config_path=str(tmp_path / "config.toml"), cache_path=str(tmp_path / "cache.toml"))


def test_a_form_is_created_and_updated(office: Client, tmp_path: Path) -> None:
    made = office.forms.create(definition=tmp_path / "trees.xlsx", attachments=[tmp_path / "tree.jpg"])
    assert (made.xmlFormId, office.forms.get("trees").version) == ("trees", "1")
    assert office.forms.get_xml("trees").startswith("<?xml")
    assert [one.exists for one in queries.form_media(SYSTEM, "trees")] == [True, False]
    office.forms.update("trees", definition=trees("2", label="Mấy cây?"))
    assert office.forms.get("trees").version == "2"
    office.forms.update("trees", attachments=[tmp_path / "species.csv"], version_updater=lambda old: f"{old}b")
    assert office.forms.get("trees").version == "2b"
    assert [one.exists for one in queries.form_media(SYSTEM, "trees")] == [True, True]
    assert queries.media_file(SYSTEM, "trees", "tree.jpg").data == b"picture" * 9999


def test_a_refusal_reaches_the_program(office: Client) -> None:
    with pytest.raises(PyODKError) as refusal:
        office.forms.create(definition=workbook(type="select_one nothing"), form_id="other")
    assert "survey!A2" in str(refusal.value)
