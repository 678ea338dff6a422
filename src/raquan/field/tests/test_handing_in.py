"""The desk's page for bundles: who may, what is taken, what goes back, and what is refused in words."""

import json
from base64 import b64decode
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from raquan.capture.models import Submission
from raquan.capture.tests.test_views import signed_in
from raquan.capture.tests.world import Field
from raquan.field.tests.conftest import Phone, batch, item
from raquan.field.tests.sealing import seal_bundle
from raquan.kernel.actor import SYSTEM, Actor, ActorKind
from raquan.people import commands as people

pytestmark = pytest.mark.django_db

PAGE = "/desk/bundles/"


def hand_in(client: Client, content: bytes) -> HttpResponse:
    """Choose a file and send it."""
    answer = client.post(PAGE, {"bundle": SimpleUploadedFile("goi.txt", content, "text/plain")})
    assert isinstance(answer, HttpResponse)
    return answer


def test_only_who_may_send_sees_the_page(field: Field, now: datetime) -> None:
    user_id = people.create_user(
        by=SYSTEM, now=now, full_name="Người xem", login="xem@example.vn", password="mat-khau-dai-du"
    )
    assert Client().get(PAGE).status_code == 302
    assert signed_in(Actor(ActorKind.USER, user_id)).get(PAGE).status_code == 403
    assert signed_in(field.officer).get(PAGE).status_code == 200


def test_a_bundle_is_taken_and_its_answer_offered(phone: Phone, field: Field) -> None:
    bundle = seal_bundle(phone.key, batch(item(field.outing_code, seq=4), item("CMG-NONE", seq=9)))
    page = hand_in(signed_in(field.officer), json.dumps(bundle).encode())
    assert page.status_code == 200
    text = page.content.decode()
    assert "Đã nhận 2 lượt." in text
    file = json.loads(b64decode(text.split("data:text/plain;base64,")[1].split('"')[0]))
    assert (file["raquan"], file["taken"], file["refused"]) == ("answer", 2, 0)
    assert Submission.objects.count() == 2
    assert all("via user" in one.reported_device for one in Submission.objects.all())


def test_what_is_no_bundle_is_refused_in_words(phone: Phone, field: Field) -> None:
    bundle = seal_bundle(phone.key, batch(item(field.outing_code)))
    for content, words in [
        (b"", "Tập tin"),
        (b"\xff\xfe", "không phải gói dự phòng"),
        (b"[]", "không phải gói dự phòng"),
        (json.dumps(bundle).encode()[:-30], "chưa tải đủ"),
        (json.dumps({**bundle, "kid": "other"}).encode(), "máy chủ khác"),
        (b"x" * (1024 * 1024 + 1), "quá lớn"),
    ]:
        page = hand_in(signed_in(field.officer), content)
        assert page.status_code == 422
        assert words in page.content.decode(), content[:20]
    assert signed_in(field.officer).post(PAGE).status_code == 422
    assert not Submission.objects.exists()
