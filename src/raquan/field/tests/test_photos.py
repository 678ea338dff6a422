"""How a phone sends photos: announced, in parts, each with a receipt, never from another phone."""

import json
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from raquan.capture.models import Photo
from raquan.capture.rules import MAX_PART
from raquan.capture.tests.world import Field
from raquan.field.tests.conftest import API, Phone, item, said_by
from raquan.field.tests.test_sync import proven
from raquan.files.tests.test_photos import exif, jpeg

pytestmark = pytest.mark.django_db

PICTURE = jpeg(exif(1))


def photo(record: str, **changes: Any) -> dict[str, Any]:
    """Say that a photo will come."""
    said = {"record": record, "sha256": sha256(PICTURE).hexdigest(), "size": len(PICTURE), "consent": "agreed"}
    return {**said, "agreed_by": ["beneficiary"], "illustration": True, "caption": "Bà con tự bấm", **changes}


def part(phone: Phone, photo_id: str, start: int, data: bytes) -> HttpResponse:
    """Send a part as it is."""
    headers = {"Authorization": f"Bearer {phone.key}"}
    path = f"{API}photos/{photo_id}/{start}"
    answer = phone.client.post(path, data, content_type="application/octet-stream", headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_photo_goes_in_parts_and_its_receipt_proves_it(field: Field, phone: Phone) -> None:
    sent, photo_id = item(field.outing_code), str(uuid4())
    phone.sync(sent)
    begun = json.loads(phone.post(f"photos/{photo_id}", photo(sent["id"])).content)
    assert (begun["id"], begun["offset"], begun["receipt"]) == (photo_id, 0, None)
    half = len(PICTURE) // 2
    assert json.loads(part(phone, photo_id, 0, PICTURE[:half]).content)["offset"] == half
    done = json.loads(part(phone, photo_id, half, PICTURE[half:]).content)
    spki = json.loads(phone.get("day").content)["receipt_key"]["spki"]
    said = proven(done["receipt"], spki)
    assert (said["id"], said["sha256"]) == (photo_id, sha256(PICTURE).hexdigest())
    again = json.loads(phone.post(f"photos/{photo_id}", photo(sent["id"])).content)
    assert again["receipt"] == done["receipt"]
    kept = Photo.objects.get()
    assert (kept.consent, kept.agreed_by, kept.is_illustration) == ("agreed", ["beneficiary"], True)


def test_a_photo_whose_record_is_not_there_waits(field: Field, phone: Phone) -> None:
    answer = phone.post(f"photos/{uuid4()}", photo("uuid:nothing"))
    assert said_by(answer) == (409, "photo.record_missing")


@pytest.mark.parametrize("changes", [{"record": 5}, {"sha256": "x"}, {"sha256": None}, {"record": None}])
def test_what_is_no_announcement_is_refused(field: Field, phone: Phone, changes: dict[str, Any]) -> None:
    assert said_by(phone.post(f"photos/{uuid4()}", photo("uuid:1") | changes)) == (400, "body.unreadable")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"consent": None}, "photo.consent_missing"),
        ({"agreed_by": "all"}, "photo.consent_missing"),
        ({"agreed_by": [None]}, "photo.consent_missing"),
        ({"size": "12"}, "photo.size_wrong"),
        ({"size": -1}, "photo.size_wrong"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    field: Field, phone: Phone, changes: dict[str, Any], code: str
) -> None:
    sent = item(field.outing_code)
    phone.sync(sent)
    assert said_by(phone.post(f"photos/{uuid4()}", photo(sent["id"], **changes)))[1] == code
    assert not Photo.objects.exists()


def test_parts_are_capped_and_need_a_key(field: Field, phone: Phone) -> None:
    photo_id = str(uuid4())
    assert said_by(part(phone, photo_id, 0, b"x" * (MAX_PART + 1))) == (413, "body.too_large")
    assert said_by(part(phone, photo_id, 0, b"x")) == (409, "photo.unknown")
    assert said_by(part(Phone(phone.client), photo_id, 0, b"x")) == (401, "key.missing")
    assert said_by(phone.get(f"photos/{photo_id}")) == (405, "method.wrong")
