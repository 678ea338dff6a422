"""Files of a form with a photo: awaited, filled later, overwritten, carried over; and records of an older version."""

import hashlib
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.capture.commands import project_pending
from raquan.capture.models import Attachment
from raquan.capture.tests.world import Field, new_id
from raquan.forms.tests.world import publish, workbook
from raquan.odk.tests.test_central import FORMS, OFFICE, read, signed_in
from raquan.odk.tests.test_views import send

pytestmark = pytest.mark.django_db
RECORDS = f"{FORMS}/photo/submissions"


@pytest.fixture
def office(field: Field, now: datetime) -> Client:
    """The office, with two versions of a form that asks for a photo."""
    for version in ("1", "2"):
        publish(now, workbook(version, "photo", type="image"))
    return signed_in(OFFICE)


def photo(data: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def record(instance_id: str, *, version: str = "2", corrects: str = "", answer: str = "anh.jpg") -> bytes:
    deprecated = f"<deprecatedID>{corrects}</deprecatedID>" if corrects else ""
    meta = f"<meta><instanceID>{instance_id}</instanceID>{deprecated}</meta>"
    return f"<data id='photo' version='{version}'><a>{answer}</a>{meta}</data>".encode()


def listed(office: Client, instance_id: str) -> dict[str, bool]:
    """Tell which files a record has, and which it waits for."""
    return {one["name"]: one["exists"] for one in office.get(f"{RECORDS}/{instance_id}/attachments").json()}


def test_a_photo_is_awaited_filled_and_overwritten(office: Client, phone: Client, now: datetime) -> None:
    one = new_id()
    payload = record(one)
    assert send(phone, payload).status_code == 201
    assert listed(office, one) == {"anh.jpg": False}
    for data in (b"first", b"first", b"second"):
        assert send(phone, payload, file=photo(data)).status_code == 201
    assert send(phone, payload, file=photo(b"more", "khac.jpg")).status_code == 201
    assert listed(office, one) == {"anh.jpg": True, "khac.jpg": True}
    kept = Attachment.objects.filter(name="anh.jpg").order_by("id")
    assert [(file.sha256, file.replaced_at is None) for file in kept] == [
        (hashlib.sha256(b"first").hexdigest(), False),
        (hashlib.sha256(b"second").hexdigest(), True),
    ]
    assert Attachment.objects.get(name="khac.jpg").expected is False
    project_pending(now=now)
    (row,) = read(office.get(f"{FORMS}/photo.svc/Submissions"))["value"]
    assert (row["__system"]["attachmentsExpected"], row["__system"]["attachmentsPresent"]) == (1, 1)


def test_a_correction_keeps_the_photo_that_it_still_names(office: Client, phone: Client) -> None:
    one, other = new_id(), new_id()
    send(phone, record(one), file=photo(b"first"))
    assert send(phone, record(other, corrects=one)).status_code == 201
    assert listed(office, one) == {"anh.jpg": True}
    assert send(phone, record(new_id(), corrects=other, answer="moi.jpg")).status_code == 201
    assert listed(office, one) == {"moi.jpg": False}


def test_an_older_version_is_still_taken(office: Client, phone: Client) -> None:
    assert send(phone, record(new_id(), version="1")).status_code == 201
    assert send(phone, record(new_id(), version="3")).status_code == 404


def test_a_file_over_the_cap_is_refused_and_the_record_kept(
    office: Client, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raquan.capture.commands.attaching.MAX_ATTACHMENT", 3)
    one = new_id()
    assert send(phone, record(one), file=photo(b"long")).status_code == 413
    assert listed(office, one) == {"anh.jpg": False}
