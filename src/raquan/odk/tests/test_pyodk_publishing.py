"""pyodk itself publishes: a form with its files, another version, and files alone."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pyodk.client import Client
from pyodk.errors import PyODKError

from raquan.capture.tests.world import PASSWORD, make_field
from raquan.forms import queries
from raquan.forms.tests.world import trees, workbook
from raquan.kernel.actor import SYSTEM

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    """Gunicorn itself over the test's database: Django's test server does not decode bodies that come in chunks."""
    if connection.vendor != "sqlite":
        pytest.fail("this test hands its database over as a file")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "raquan.config.settings_test",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "RAQUAN_HOME": str(django_settings.RAQUAN_HOME),
    }
    command = [sys.executable, "-m", "gunicorn", "--threads", "2", "-b", f"127.0.0.1:{port}", "raquan.config.wsgi"]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        assert running.stderr is not None
        for line in running.stderr:
            if b"Booting worker" in line:
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.communicate()


@pytest.fixture
def office(server: str, now: datetime, tmp_path: Path) -> Client:
    """pyodk, signed in as the steering office."""
    make_field(now)
    (tmp_path / "config.toml").write_text(
        f'[central]\nbase_url = "{server}"\nusername = "so@example.vn"\npassword = "{PASSWORD}"\n'
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
