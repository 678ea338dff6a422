"""Encrypted records are stored and handed back unread; answers are compressed, and still known by their ETags."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.capture.commands import project_pending
from raquan.capture.models import Assist, Submission
from raquan.capture.tests.world import VERSION, Field, new_id
from raquan.odk.tests.test_central import OFFICE, RECORDS, TABLE, read, signed_in
from raquan.odk.tests.test_views import BASE, send

pytestmark = pytest.mark.django_db


def sealed(instance_id: str) -> bytes:
    """Write the envelope that Collect sends of a form with a public key."""
    return f"""<?xml version='1.0' ?>
<data xmlns="http://www.opendatakit.org/xforms/encrypted" id="assist" version="{VERSION}" encrypted="yes">
<base64EncryptedKey>a2V5</base64EncryptedKey>
<orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID>{instance_id}</orx:instanceID></orx:meta>
<media><file>1.jpg.enc</file></media><media><file>2.jpg.enc</file></media>
<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>
<base64EncryptedElementSignature>c2ln</base64EncryptedElementSignature></data>""".encode()


def test_an_encrypted_record_is_kept_and_handed_back_unread(field: Field, phone: Client, now: datetime) -> None:
    instance_id = new_id()
    payload = sealed(instance_id)
    enc = "application/octet-stream"
    parts: dict[str, Any] = {"a": SimpleUploadedFile("submission.xml.enc", b"secret", enc), "*isIncomplete*": "yes"}
    assert send(phone, payload, **parts).status_code == 201
    assert send(phone, payload, b=SimpleUploadedFile("1.jpg.enc", b"photo", enc)).status_code == 201
    project_pending(now=now)
    row = Submission.objects.get()
    assert (row.review_state, row.issues) == ("hasIssues", ["answers.encrypted"])
    assert not Assist.objects.exists()
    office = signed_in(OFFICE)
    assert office.get(f"{RECORDS}/{instance_id}.xml").content == payload
    assert office.get(f"{RECORDS}/{instance_id}/attachments").json() == [
        {"name": "1.jpg.enc", "exists": True},
        {"name": "2.jpg.enc", "exists": False},
        {"name": "submission.xml.enc", "exists": True},
    ]
    answer: Any = office.get(f"{RECORDS}/{instance_id}/attachments/submission.xml.enc", follow=True)
    assert b"".join(answer.streaming_content) == b"secret"
    (shown,) = read(office.get(TABLE))["value"]
    assert (shown["__system"]["status"], shown["how"]) == ("notDecrypted", None)
    assert shown["__system"]["attachmentsExpected"] == 3


def test_answers_are_known_by_their_etags_compressed_or_not(field: Field, phone: Client) -> None:
    for path, encoding in (("formList", None), ("forms/assist.xml", "gzip")):  # a short list is not worth compressing
        first = phone.get(f"{BASE}/{path}", headers={"Accept-Encoding": "gzip"})
        assert first.headers.get("Content-Encoding") == encoding
        etag = first.headers["ETag"]
        again = phone.get(f"{BASE}/{path}", headers={"Accept-Encoding": "gzip", "If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert phone.get(f"{BASE}/{path}", headers={"If-None-Match": etag.removeprefix("W/")}).status_code == 304
        changed = phone.get(f"{BASE}/{path}", headers={"If-None-Match": '"another"'})
        assert changed.status_code == 200
