"""A bundle that the app itself seals: carried by another phone, taken in as if its own phone had sent it."""

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from raquan.capture.models import Submission
from raquan.capture.tests.world import Field
from raquan.field.tests.conftest import CODE, Phone, said_by
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people
from raquan.people.models import Device, Duty

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.front]

APP = Path(__file__).parents[4] / "field"
ASSIST = {
    "service": "birth_registration",
    "group": "online_public_service",
    "result": "filed",
    "how": "guided",
    "bottleneck": None,
    "language": "rad",
}
OTHER_CLIENT = "0b8f5a62-53f5-4a8e-9a3b-1b1f0a6f4d22"

Said = dict[str, Any]


class App:
    """The app's own code on a phone of its own, which has no line; each test signs in anew on it."""

    client_id = ""
    said: Said

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node, "the field app is tested with Node"
        self._process = subprocess.Popen(
            [node, "tests/relay_phone.mjs"], cwd=APP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, what: str, **told: Any) -> Any:
        """Ask the phone to do something."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": what, "owner": self.client_id, **told}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        """Switch the phone off."""
        self._process.communicate()


def sign_in(client_id: str, code: str = CODE) -> Said:
    """Sign a phone in and give what the server says to it."""
    answer = Phone(Client()).post("sign-in", {"code": code, "label": "Máy", "client_id": client_id})
    assert answer.status_code == 200, answer.content
    found: Said = json.loads(answer.content)
    return found


@pytest.fixture(scope="module")
def started() -> Iterator[App]:
    """The app's code, started once."""
    one = App()
    yield one
    one.end()


@pytest.fixture
def app(started: App, code_id: UUID, field: Field) -> App:
    """A phone without a line that holds five records, the last a correction of the first."""
    started.client_id = str(uuid4())
    started.said = sign_in(started.client_id)
    started.ask("sign_in", said=started.said)
    form = json.loads(Phone(Client(), started.said["key"]).get("day").content)["form"]
    services = ["birth_registration", "vneid", "vneid", "birth_registration", "birth_registration"]
    started.ask("save", form=form, all=[ASSIST | {"outing": field.outing_code, "service": one} for one in services])
    return started


@pytest.fixture
def carrier(code_id: UUID) -> Phone:
    """A teammate's phone, with a line."""
    return Phone(Client(), sign_in(OTHER_CLIENT)["key"])


def seal(app: App) -> Said:
    """Let the phone seal what it has not sent."""
    (bundle,) = app.ask("bundles")
    assert isinstance(bundle, dict)
    return bundle


def test_a_bundle_is_taken_in_and_its_answer_settles_the_records(app: App, carrier: Phone) -> None:
    bundle = seal(app)
    assert app.ask("counts") == {"kept": 5, "unsent": 5, "received": 0, "returned": 0}
    assert (bundle["first"], bundle["last"], bundle["count"]) == (1, 5, 5)
    answer = carrier.post("relay", bundle)
    assert answer.status_code == 200, answer.content
    file = json.loads(answer.content)
    assert (file["taken"], file["refused"]) == (5, 0)
    stored = Submission.objects.all()
    own, other = Device.objects.order_by("-number")[:2][::-1]
    assert stored.count() == 5
    assert {str(one.device_id) for one in stored} == {str(own.id)} == {app.said["device"]["id"]}
    assert all(one.reported_device.endswith(f"via device {other.number}") for one in stored)
    # The moment of sealing mends no clock: it may have been carried for days.
    assert all(one.clock is None or one.clock["sent_at"] is None for one in stored)

    again = json.loads(carrier.post("relay", bundle).content)
    assert again["taken"] == 5
    assert Submission.objects.count() == 5

    app.ask("lock")  # receipts are taken in while the phone is locked
    assert app.ask("take", text=json.dumps(file)) == {"settled": 5, "refused": 0}
    assert app.ask("take", text=json.dumps(again)) == {"settled": 0, "refused": 0}
    assert app.ask("counts") == {"kept": 5, "unsent": 0, "received": 5, "returned": 0}


def test_an_answer_that_was_touched_settles_nothing(app: App, carrier: Phone) -> None:
    file = json.loads(carrier.post("relay", seal(app)).content)
    payload, signature = file["answer"].split(".")
    told = b64decode(payload + "==", altchars=b"-_").replace(b"accepted", b"refused ")
    forged = b64encode(told, altchars=b"-_").decode().rstrip("=")
    for answer in (f"{forged}.{signature}", f"{payload}.{signature[:-4]}AAAA", "", "a.b"):
        assert app.ask("take", text=json.dumps({**file, "answer": answer})) == "false"
    assert app.ask("take", text=json.dumps({**file, "client_id": OTHER_CLIENT})) == "elsewhere"
    assert app.ask("counts")["unsent"] == 5


def rehash(bundle: Said, sealed: bytes) -> Said:
    """Put other sealed bytes in a bundle, with their own hash."""
    return {**bundle, "sealed": b64encode(sealed).decode(), "sha256": sha256(sealed).hexdigest()}


def test_what_was_touched_cut_short_or_is_for_others_is_told_apart(app: App, carrier: Phone) -> None:
    bundle = seal(app)
    sealed = b64decode(bundle["sealed"])
    turned = sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:]
    whole = json.dumps(bundle).encode()
    point = b64encode(b"\x04" + b"\x01" * 64).decode()  # not on the curve
    cases: list[tuple[Said | bytes, tuple[int, str]]] = [
        (whole[: len(whole) // 2], (400, "body.unreadable")),
        ({}, (400, "bundle.unreadable")),
        ({**bundle, "raquan": "answer"}, (400, "bundle.unreadable")),
        ({name: bundle[name] for name in bundle if name != "epk"}, (400, "bundle.unreadable")),
        ({**bundle, "first": "1"}, (400, "bundle.unreadable")),
        ({**bundle, "sealed": "ê"}, (400, "bundle.unreadable")),
        ({**bundle, "client_id": "me"}, (400, "bundle.unreadable")),
        ({**bundle, "v": 2}, (422, "bundle.version_unknown")),
        ({**bundle, "kid": "another"}, (409, "bundle.foreign")),
        ({**bundle, "sealed": bundle["sealed"][:-8]}, (400, "bundle.damaged")),
        (rehash(bundle, turned), (400, "bundle.damaged")),
        (rehash(bundle, b"short"), (400, "bundle.damaged")),
        (rehash(bundle, b""), (400, "bundle.damaged")),
        ({**bundle, "epk": point}, (400, "bundle.damaged")),
        ({**bundle, "epk": "?"}, (400, "bundle.damaged")),
        ({**bundle, "client_id": OTHER_CLIENT}, (400, "bundle.damaged")),
        ({**bundle, "last": bundle["last"] + 1}, (400, "bundle.damaged")),
        ({**bundle, "count": 1}, (400, "bundle.damaged")),
    ]
    for body, refusal in cases:
        assert said_by(carrier.post("relay", body)) == refusal, body
    assert not Submission.objects.exists()
    assert said_by(Phone(Client()).post("relay", bundle)) == (401, "key.missing")


def test_a_bundle_is_worth_no_more_than_its_phone(app: App, carrier: Phone, now: datetime, field: Field) -> None:
    bundle = seal(app)
    assert field.helper.id
    Duty.objects.filter(user_id=field.helper.id).update(ends_on=date(2023, 10, 1))
    assert said_by(carrier.post("relay", bundle)) == (403, "bundle.origin_not_allowed")
    people.revoke_device(by=SYSTEM, now=now, device_id=UUID(app.said["device"]["id"]))
    assert said_by(carrier.post("relay", bundle)) == (403, "bundle.origin_revoked")
    Device.objects.filter(id=app.said["device"]["id"]).update(key_hash="0" * 64)
    assert said_by(carrier.post("relay", bundle)) == (403, "bundle.origin_unknown")
    assert not Submission.objects.exists()


def test_a_spare_is_opened_for_its_person_and_nobody_else(
    app: App, carrier: Phone, now: datetime, field: Field
) -> None:
    told = app.ask("spare", said=app.said)
    spare = told["spare"]
    people.revoke_device(by=SYSTEM, now=now, device_id=UUID(app.said["device"]["id"]))
    answer = carrier.post("spare", spare)  # the same person's phone, signed in anew
    assert json.loads(answer.content) == {"data_key": told["raw"]}
    for body in (
        {},
        {**spare, "kid": "other"},
        {**spare, "client_id": OTHER_CLIENT},
        {**spare, "sealed": spare["sealed"][:-4] + "AAAA"},
        {**spare, "sealed": "?"},
        {**spare, "epk": ""},
        {**spare, "sealed": app.ask("spare", said=app.said)["spare"]["sealed"]},
    ):
        assert said_by(carrier.post("spare", body)) == (400, "spare.unreadable")
    assert field.officer.id
    _, key = people.register_device(
        by=SYSTEM, now=now, label="", owner_id=field.officer.id, organization_id=field.cumgar_id
    )
    assert said_by(Phone(Client(), key).post("spare", spare)) == (403, "device.not_own")


def test_the_carrier_reads_nothing(app: App) -> None:
    text = json.dumps(seal(app))
    for secret in (app.said["key"], "birth_registration", app.said["person"]["name"], "uuid:"):
        assert secret not in text
