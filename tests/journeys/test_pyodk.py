"""pyodk against a real server: what needs one that takes bodies in pieces, as pyodk sends files."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from pyodk.client import Client
from pyodk.errors import PyODKError

from tests.journeys.collect import Collect
from tests.journeys.conftest import Site
from tests.journeys.installation import Installation, wait_until
from tests.journeys.test_crashes import OPEN_OUTING

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CONFIG = """[central]
base_url = "{address}"
username = "{login}"
password = "{password}"
default_project_id = 2023
"""


@pytest.fixture
def client_of(site: Site, tmp_path: Path) -> Callable[[str], Client]:
    """Open pyodk as one of the demo's accounts."""

    def open_client(login: str) -> Client:
        config = tmp_path / f"{login}.toml"
        config.write_text(CONFIG.format(address=site.address, login=login, password=site.password))
        return Client(config_path=config, cache_path=tmp_path / f"{login}.cache.toml")

    return open_client


def test_records_with_files_are_sent_corrected_and_read(
    client_of: Callable[[str], Client], installation: Installation, tmp_path: Path
) -> None:
    client = client_of("thuongtruc@demo.vn")
    outing, instance_id, edited_id = installation.ask(OPEN_OUTING)[0][0], f"uuid:{uuid4()}", f"uuid:{uuid4()}"
    phone = Collect(installation.address, outing)
    phone.prepare()
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(bytes(range(256)) * 300)  # several pieces of 16 KB
    sent = client.submissions.create(
        xml=phone.record(instance_id).decode(), form_id="assist", device_id="pyodk", attachments=[photo]
    )
    assert sent.instanceId == instance_id
    assert [(one.name, one.exists) for one in sent.attachments or []] == [("anh.jpg", True)]
    answer = client.get(f"projects/2023/forms/assist/submissions/{instance_id}/attachments/anh.jpg")
    assert answer.content == photo.read_bytes()

    edit = phone.record(edited_id, how="self", corrects=instance_id).decode()
    client.submissions.edit(instance_id=instance_id, form_id="assist", xml=edit, comment="Sửa cách làm")
    said = client.submissions.get(instance_id=instance_id, form_id="assist")
    assert (said.instanceId, said.reviewState) == (instance_id, "edited")
    comments = client.submissions.list_comments(form_id="assist", instance_id=instance_id)
    assert [one.body for one in comments] == ["Sửa cách làm"]
    stale = phone.record(f"uuid:{uuid4()}", corrects=instance_id).decode()
    with pytest.raises(PyODKError) as refused:
        client.submissions.edit(instance_id=instance_id, form_id="assist", xml=stale)
    assert refused.value.is_central_error(409.1)

    def listed() -> list[str]:
        rows = client.submissions.get_table(form_id="assist", filter=f"__id eq '{instance_id}'", count=True)
        return [row["meta"]["instanceID"] for row in rows["value"]]

    wait_until(lambda: listed() == [edited_id], "the correction is not in the table")


def test_app_users_are_made_and_send(client_of: Callable[[str], Client], installation: Installation) -> None:
    client = client_of("quantri@demo.vn")
    names = [f"Y Bhăm {uuid4().hex[:6]}", f"H’Ler {uuid4().hex[:6]}"]
    made = list(client.projects.create_app_users(display_names=names, forms=["assist"]))
    assert [one.displayName for one in made] == names
    assert list(client.projects.create_app_users(display_names=names)) == []
    phone = Collect(installation.address, installation.ask(OPEN_OUTING)[0][0], key=made[0].token or "")
    phone.prepare()
    assert phone.send(phone.record(f"uuid:{uuid4()}")) == 201
