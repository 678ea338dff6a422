"""What a batch is answered: a verdict for each record, a receipt that proves it, the numbers that never came."""

import gzip
import json
from base64 import b64decode, urlsafe_b64decode
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pytest_django import DjangoAssertNumQueries

import raquan
from raquan.capture.commands import project_pending
from raquan.capture.models import Assist, Submission
from raquan.capture.tests.world import Field, new_id
from raquan.field.tests.conftest import Phone, batch, item, said_by
from raquan.forms.commands import publish_form
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people
from raquan.people.models import Device

pytestmark = pytest.mark.django_db
ROOT = Path(raquan.__file__).parents[2]


def proven(receipt: str, spki: str) -> dict[str, str]:
    """Verify a receipt as a browser does, and give what it says."""
    payload, signature = (urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in receipt.split("."))
    public = serialization.load_der_public_key(b64decode(spki))
    assert isinstance(public, ec.EllipticCurvePublicKey)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public.verify(encode_dss_signature(r, s), payload, ec.ECDSA(hashes.SHA256()))
    found: dict[str, str] = json.loads(payload)
    return found


def test_a_record_is_taken_and_its_receipt_proves_it(field: Field, phone: Phone, now: datetime) -> None:
    sent = item(field.outing_code)
    answer = phone.sync(sent)
    (verdict,) = answer["verdicts"]
    assert (verdict["id"], verdict["outcome"], verdict["code"]) == (sent["id"], "accepted", "")
    spki = json.loads(phone.get("day").content)["receipt_key"]["spki"]
    said = proven(verdict["receipt"], spki)
    assert (said["id"], said["sha256"]) == (sent["id"], sent["sha256"])
    assert said["device"] == str(Device.objects.get(field_code__isnull=False).id)
    stored = Submission.objects.get()
    assert bytes(stored.payload).decode() == sent["payload"]
    assert datetime.fromisoformat(said["received_at"]) == stored.received_at.replace(
        microsecond=stored.received_at.microsecond // 1000 * 1000
    )
    project_pending(now=now)
    assert Assist.objects.get().outing_code == field.outing_code


def test_the_same_again_is_a_duplicate_with_the_same_receipt(field: Field, phone: Phone) -> None:
    sent = item(field.outing_code)
    first, again = phone.sync(sent), phone.sync(sent)
    assert again["verdicts"][0]["outcome"] == "duplicate"
    assert again["verdicts"][0]["receipt"] == first["verdicts"][0]["receipt"]
    assert Submission.objects.count() == 1


def test_other_bytes_under_a_known_id_are_a_conflict_without_a_receipt(field: Field, phone: Phone) -> None:
    sent = item(field.outing_code)
    phone.sync(sent)
    (verdict,) = phone.sync(item(field.outing_code, item_id=sent["id"], how="self"))["verdicts"]
    assert (verdict["outcome"], verdict["code"], verdict["receipt"]) == ("conflict", "submission.conflict", None)
    assert verdict["message"]


def test_one_bad_item_of_fifty_spoils_no_other(field: Field, phone: Phone) -> None:
    items = [item(field.outing_code, seq=n + 1) for n in range(50)]
    items[17]["payload"] = items[17]["payload"].replace("guided", "self")
    verdicts = phone.sync(*items)["verdicts"]
    assert [one["id"] for one in verdicts] == [one["id"] for one in items]
    assert (verdicts[17]["outcome"], verdicts[17]["code"]) == ("refused", "item.damaged")
    assert {one["outcome"] for n, one in enumerate(verdicts) if n != 17} == {"accepted"}
    assert Submission.objects.count() == 49


def test_numbers_that_never_came_are_told(field: Field, phone: Phone) -> None:
    first = phone.sync(item(field.outing_code, seq=3), item(field.outing_code, seq=7))
    assert (first["last_seq"], first["gaps"]) == (7, [[1, 2], [4, 6]])
    second = phone.sync(*(item(field.outing_code, seq=n) for n in (1, 2, 4)))
    assert (second["last_seq"], second["gaps"]) == (7, [[5, 6]])
    assert phone.sync()["gaps"] == [[5, 6]]


def test_a_phone_whose_code_was_taken_away_is_told_so(phone: Phone, code_id: UUID, now: datetime, field: Field) -> None:
    people.revoke_field_code(by=SYSTEM, now=now, field_code_id=code_id)
    assert said_by(phone.post("sync", batch(item(field.outing_code)))) == (401, "device.revoked")
    assert said_by(phone.get("day")) == (401, "device.revoked")
    assert not Submission.objects.exists()


ANCHOR = {"server": "2023-10-05T08:00:00+07:00", "mono": 1000, "origin": "page", "rtt": 400}


@pytest.mark.parametrize(
    ("clock", "quality", "occurred_at"),
    [
        # The server's clock of the campaign counts on: the demo's moved walls play no part.
        (
            {"wall": "1970-01-01T00:00:00Z", "mono": 1000 + 1_800_000, "origin": "page", "anchor": ANCHOR},
            "anchored",
            "2023-10-05T08:30:00.2+07:00",
        ),
        ({"wall": None, "mono": 5, "origin": "later", "anchor": ANCHOR}, "unknown", "2023-10-05T09:00+07:00"),
        ({"wall": 7, "mono": "x", "origin": None, "anchor": [], "more": "\x00"}, "unknown", "2023-10-05T09:00+07:00"),
    ],
)
def test_the_clocks_of_the_phone_say_when(
    field: Field, phone: Phone, now: datetime, clock: dict[str, object], quality: str, occurred_at: str
) -> None:
    phone.sync(item(field.outing_code, start="") | {"clock": clock}, sent_at="2026-10-05T09:00:00+07:00")
    project_pending(now=now)
    assist = Assist.objects.get()
    assert assist.time_quality == quality
    assert abs((assist.occurred_at - datetime.fromisoformat(occurred_at)).total_seconds()) < 10


def test_a_phone_without_clocks_is_believed_by_its_answers(field: Field, phone: Phone, now: datetime) -> None:
    for clock in (None, "noon", 12):
        phone.sync(item(field.outing_code) | {"clock": clock})
    project_pending(now=now)
    assert {one.time_quality for one in Assist.objects.all()} <= {"device", "doubtful"}
    assert not Submission.objects.filter(clock__isnull=False).exists()


def test_a_packed_batch_is_unpacked(field: Field, phone: Phone) -> None:
    packed = gzip.compress(json.dumps(batch(item(field.outing_code))).encode())
    answer = phone.post("sync", packed, **{"Content-Encoding": "gzip", "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["verdicts"][0]["outcome"] == "accepted"


def test_queries_do_not_grow_with_the_batch(
    field: Field, phone: Phone, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(25):
        phone.sync(*(item(field.outing_code, seq=n + 1) for n in range(50)))


def test_a_record_of_another_form_is_taken_as_any(field: Field, phone: Phone, now: datetime) -> None:
    workbook = (ROOT / "forms" / "supervision.xlsx").read_bytes()
    version = publish_form(by=SYSTEM, now=now, xlsform=workbook, file_name="supervision.xlsx").version
    item_id = new_id()
    payload = (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="supervision" version="{version}">'
        "<outing>CMG-7K2Q</outing><held>yes</held><picture><photo_consent>nobody</photo_consent><photo>1.jpg</photo>"
        f"</picture><orx:meta><orx:instanceID>{item_id}</orx:instanceID></orx:meta></data>"
    )
    sent = {"kind": "form", "id": item_id, "seq": 1, "payload": payload, "clock": None}
    (verdict,) = phone.sync({**sent, "sha256": sha256(payload.encode()).hexdigest()})["verdicts"]
    assert verdict["outcome"] == "accepted", verdict
    project_pending(now=now)
    row = Submission.objects.get()
    assert (row.projected_at, Assist.objects.count()) == (now, 0)
    (awaited,) = row.attachments.all()
    assert (awaited.name, awaited.expected, awaited.sha256) == ("1.jpg", True, None)


def test_a_kind_that_is_not_known_is_refused_alone(field: Field, phone: Phone) -> None:
    verdicts = phone.sync(item(field.outing_code) | {"kind": "voucher"}, item(field.outing_code, seq=2))["verdicts"]
    assert [(one["outcome"], one["code"]) for one in verdicts] == [("refused", "item.kind_unknown"), ("accepted", "")]
