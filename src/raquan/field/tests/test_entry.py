"""Who is let in, what bodies are read, and that every refusal is JSON with words."""

import gzip
import json
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from raquan.capture.models import Submission
from raquan.capture.tests.world import KEY, Field
from raquan.field.entry import MAX_BODY
from raquan.field.tests.conftest import CLIENT, CODE, Phone, batch, give_code, item, said_by
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people
from raquan.people.models import Device, Duty
from raquan.people.rules.signing_in import MAX_BY_LOGIN

pytestmark = pytest.mark.django_db

ASKED = {"code": CODE, "label": "Máy của H’Trang", "client_id": CLIENT}
STRANGER = Phone(Client())


def test_signing_in_tells_all_that_the_phone_needs(field: Field, now: datetime) -> None:
    give_code(field, now)
    answer = STRANGER.post("sign-in", ASKED)
    assert answer.status_code == 200
    said = json.loads(answer.content)
    assert set(said) == {"key", "device", "person", "valid_until", "server_time", "receipt_key", "bundle_key"}
    assert len(said["key"]) == 64
    assert said["device"]["label"] == "Máy của H’Trang"
    assert said["person"] == {"id": str(field.helper.id), "name": "H’Trang Niê"}
    assert said["valid_until"] == "2023-10-31"
    assert said["server_time"].startswith("2023-10-05")
    assert said["receipt_key"]["alg"] == "ES256"
    assert answer.headers["Cache-Control"] == "private, no-store"
    again = json.loads(STRANGER.post("sign-in", ASKED).content)
    assert (again["key"], again["device"]) == (said["key"], said["device"])


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"code": "A3CD-EFHJ-KA"}, 401, "field_code.wrong"),
        ({"code": "không phải mã"}, 401, "field_code.wrong"),
        ({"code": 7}, 400, "body.unreadable"),
        ({"client_id": "máy này"}, 400, "body.unreadable"),
        ({"client_id": None}, 400, "body.unreadable"),
        ({"client_id": [CLIENT]}, 400, "body.unreadable"),
    ],
)
def test_a_sign_in_that_cannot_be(field: Field, now: datetime, changes: dict[str, Any], status: int, code: str) -> None:
    give_code(field, now)
    assert said_by(STRANGER.post("sign-in", ASKED | changes)) == (status, code)
    assert Device.objects.count() == 1  # the one of the world


def test_what_a_phone_calls_itself_is_cleaned(field: Field, now: datetime) -> None:
    give_code(field, now)
    said = STRANGER.post("sign-in", ASKED | {"label": "Máy\x00 \ud800của\u200b Bình" + "!" * 500})
    label = json.loads(said.content)["device"]["label"]
    assert label.startswith("Máy của Bình!")
    assert len(label) == 200


def test_guessing_must_wait_and_is_told_how_long(field: Field, now: datetime) -> None:
    give_code(field, now)
    for _ in range(MAX_BY_LOGIN):
        STRANGER.post("sign-in", ASKED | {"code": "A3CD-EFHJ-KA"})
    answer = STRANGER.post("sign-in", ASKED)
    assert said_by(answer) == (429, "people.too_many_tries")
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60


def test_a_code_that_is_over_or_taken_away_says_so(field: Field, now: datetime) -> None:
    code_id = give_code(field, now)
    people.revoke_field_code(by=SYSTEM, now=now, field_code_id=code_id)
    assert said_by(STRANGER.post("sign-in", ASKED)) == (403, "field_code.revoked")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "key.missing"),
        ("Basic abc", "key.missing"),
        ("Bearer ", "key.missing"),
        ("Bearer " + "x" * 64, "key.unknown"),
        ("Bearer ' OR 1=1 --", "key.unknown"),
    ],
)
def test_without_a_key_nothing_is_given(phone: Phone, header: str, code: str) -> None:
    stranger = Phone(Client())
    for answer in (
        stranger.get("day", Authorization=header),
        stranger.post("sync", batch(), Authorization=header),
    ):
        assert said_by(answer) == (401, code)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_phone_that_an_officer_registered_may_send_too(field: Field) -> None:
    assert Phone(Client(), KEY).sync(item(field.outing_code))["verdicts"][0]["outcome"] == "accepted"


def test_another_method_is_told_which_one(phone: Phone) -> None:
    answer = phone.get("sync")
    assert said_by(answer) == (405, "method.wrong")
    assert answer.headers["Allow"] == "POST"
    assert said_by(phone.post("day", {})) == (405, "method.wrong")


BOMB = gzip.compress(b"[" * (MAX_BODY * 20), mtime=0)  # the same bytes in every worker: they name the case
DEEP = b'{"items":' + b"[" * 200_000


@pytest.mark.parametrize(
    ("body", "packing", "status", "code"),
    [
        (b"", "", 400, "body.unreadable"),
        (b"[]", "", 400, "body.unreadable"),
        (b'{"schema": 1', "", 400, "body.unreadable"),
        (b'{"schema": "\xff"}', "", 400, "body.unreadable"),
        (DEEP, "", 400, "body.unreadable"),
        (b'{"schema": 1' + b"0" * 5000 + b"}", "", 400, "body.unreadable"),
        (b" " * (MAX_BODY + 1), "", 413, "body.too_large"),
        (BOMB, "gzip", 413, "body.too_large"),
        (b"{}", "gzip", 400, "body.unreadable"),
        (gzip.compress(b"{}", mtime=0)[:-4], "gzip", 400, "body.unreadable"),
        (gzip.compress(b"{}", mtime=0) * 2, "gzip", 400, "body.unreadable"),
        (b"{}", "br", 415, "body.encoding_unknown"),
        (b"{}", "", 422, "sync.schema_unknown"),
        (json.dumps(batch(schema=2)).encode(), "", 422, "sync.schema_unknown"),
        (json.dumps(batch(items=None)).encode(), "", 400, "body.unreadable"),
        (json.dumps(batch(items=[{}] * 51)).encode(), "", 413, "sync.too_many"),
        (json.dumps(batch(client_id="x")).encode(), "", 400, "body.unreadable"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_whole(
    phone: Phone, body: bytes, packing: str, status: int, code: str
) -> None:
    headers = {"Content-Encoding": packing} if packing else {}
    assert said_by(phone.post("sync", body, **headers)) == (status, code)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": None}, "item.unreadable"),
        ({"id": ""}, "item.unreadable"),
        ({"seq": 0}, "item.unreadable"),
        ({"seq": True}, "item.unreadable"),
        ({"seq": "1"}, "item.unreadable"),
        ({"payload": None}, "item.unreadable"),
        ({"sha256": None}, "item.unreadable"),
        ({"kind": "tally"}, "item.kind_unknown"),
        ({"kind": None}, "item.kind_unknown"),
        ({"payload": "\ud800"}, "item.damaged"),
        ({"sha256": "0" * 64}, "item.damaged"),
        ({"id": "uuid:other"}, "envelope.differs"),
    ],
)
def test_an_item_that_cannot_be_read_is_refused_alone(
    field: Field, phone: Phone, changes: dict[str, Any], code: str
) -> None:
    good = item(field.outing_code, seq=2)
    verdicts = phone.sync(item(field.outing_code) | changes, good)["verdicts"]
    assert [(one["outcome"], one["code"]) for one in verdicts] == [("refused", code), ("accepted", "")]
    assert verdicts[0]["receipt"] is None
    assert verdicts[0]["message"]
    assert Submission.objects.get().instance_id == good["id"]


def test_an_item_that_is_none_at_all(phone: Phone) -> None:
    things: list[Any] = [None, 7, "x", []]
    for thing in things:
        (verdict,) = phone.sync(thing)["verdicts"]
        assert (verdict["id"], verdict["code"]) == ("", "item.unreadable")


def test_payloads_that_attack_are_refused(field: Field, phone: Phone) -> None:
    entity = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    for start, code in (("", "envelope.malformed"), (entity, "envelope.doctype")):
        sent = item(field.outing_code)
        payload = sent["payload"].replace("<data ", start + "<data ", 1) if start else "không phải XML"
        sent |= {"payload": payload, "sha256": sha256(payload.encode()).hexdigest()}
        assert phone.sync(sent)["verdicts"][0]["code"] == code


def test_a_helper_whose_duty_is_over_is_refused_and_told(field: Field, phone: Phone) -> None:
    Duty.objects.filter(user__full_name="H’Trang Niê").update(ends_on="2023-10-01")
    assert said_by(phone.post("sync", batch(item(field.outing_code)))) == (403, "not_allowed")


def test_every_answer_says_the_servers_time(phone: Phone) -> None:
    for answer in (phone.get("day"), phone.get("sync"), STRANGER.get("day")):
        assert answer.headers["X-Server-Time"].startswith("2023-10-05T02:00")
