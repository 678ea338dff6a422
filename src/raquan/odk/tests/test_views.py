"""What ODK Collect is answered: statuses, headers and bodies."""

import base64
import hashlib
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from raquan.capture.commands import project_pending
from raquan.capture.models import Assist, Attachment, Submission
from raquan.capture.tests.world import KEY, LOGIN, PASSWORD, VERSION, Field, instance, new_id
from raquan.forms.commands import set_form_state
from raquan.forms.rules import FormState
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people

BASE = f"/v1/key/{KEY}/projects/2023"
OPEN = "/v1/projects/2023"
LIST = "{http://openrosa.org/xforms/xformsList}"
pytestmark = pytest.mark.django_db


def xml_file(payload: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("instance.xml", payload, content_type="text/xml")


def send(phone: Client, payload: bytes, base: str = BASE, **parts: Any) -> HttpResponse:
    """Post an instance as Collect does."""
    answer = phone.post(f"{base}/submission?deviceID=collect:abc", {"xml_submission_file": xml_file(payload), **parts})
    assert isinstance(answer, HttpResponse)
    return answer


def message(answer: Any) -> tuple[str, str]:
    """Read an OpenRosa message: its nature and its words."""
    (found,) = ET.fromstring(answer.content)
    assert found.tag == "{http://openrosa.org/http/response}message"
    return found.attrib["nature"], found.text or ""


def basic(login: str = LOGIN, password: str = PASSWORD) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def test_the_list_names_the_form_and_the_hash_of_its_bytes(field: Field, phone: Client) -> None:
    answer = phone.get(f"{BASE}/formList")
    assert answer.status_code == 200
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "5242880"
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    (form,) = ET.fromstring(answer.content)
    said = {child.tag.removeprefix(LIST): child.text or "" for child in form}
    xml = phone.get(said["downloadUrl"])
    assert said == {
        "formID": "assist",
        "name": "Ghi lượt hỗ trợ",
        "version": VERSION,
        "hash": "md5:" + hashlib.md5(xml.content).hexdigest(),
        "downloadUrl": f"http://testserver{BASE}/forms/assist.xml",
    }


def test_what_the_client_has_is_not_sent_again(field: Field, phone: Client) -> None:
    for address in (f"{BASE}/formList", f"{BASE}/forms/assist.xml", f"{BASE}/forms/assist/manifest"):
        first = phone.get(address)
        again = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert again.headers["X-OpenRosa-Version"] == "1.0"


def test_the_list_can_be_asked_for_one_form(field: Field, phone: Client) -> None:
    assert len(ET.fromstring(phone.get(f"{BASE}/formList?formID=assist").content)) == 1
    assert len(ET.fromstring(phone.get(f"{BASE}/formList?formID=other").content)) == 0


def test_the_manifest_of_a_form_without_media_is_empty(field: Field, phone: Client) -> None:
    answer = phone.get(f"{BASE}/forms/assist/manifest")
    root = ET.fromstring(answer.content)
    assert (root.tag, len(root)) == ("{http://openrosa.org/xforms/xformsManifest}manifest", 0)
    assert phone.get(f"{BASE}/forms/other/manifest").status_code == 404


@pytest.mark.parametrize("path", ["formList", "forms/assist/manifest", "submission"])
def test_openrosa_must_be_spoken(field: Field, client: Client, path: str) -> None:
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == 400
    assert message(answer) == ("error", "Yêu cầu thiếu X-OpenRosa-Version: 1.0.")
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert client.get(f"{BASE}/{path}", headers={"X-OpenRosa-Version": "2.0"}).status_code == 400


def test_a_forms_bytes_need_no_header(field: Field, client: Client) -> None:
    assert client.get(f"{BASE}/forms/assist.xml").status_code == 200
    assert client.get(f"{BASE}/forms/other.xml").status_code == 404


def test_a_client_asks_before_it_sends(field: Field, phone: Client) -> None:
    for answer in (phone.head(f"{BASE}/submission"), phone.get(f"{BASE}/submission")):
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["Location"] == f"http://testserver{BASE}/submission"
        assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "5242880"


def test_a_record_is_taken_and_taken_again(field: Field, phone: Client) -> None:
    payload = instance(field.outing_code)
    for _ in range(2):
        answer = send(phone, payload)
        assert answer.status_code == 201
        assert message(answer) == ("submit_success", "Đã nhận bản ghi. Cảm ơn bạn.")
    row = Submission.objects.get()
    assert bytes(row.payload) == payload
    assert (row.reported_device, row.device_id) == ("collect:abc", field.device.id)


def test_a_device_with_todays_date_records_in_the_campaigns_time(field: Field, phone: Client, now: datetime) -> None:
    send(phone, instance(field.outing_code, start=clock.real_now().isoformat()))
    project_pending(now=now)
    assert Assist.objects.get().occurred_on.isoformat() == "2023-10-05"


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        (b"<data", 400),
        (b"<data version='1'/>", 400),
        (b"<!DOCTYPE d><data id='assist' version='1'/>", 400),
        (b"<data id='other' version='1'/>", 404),
        (b"<data id='assist' version='9'/>", 404),
        (b"<data id='assist'/>", 404),
        (instance("X", deprecated_id=new_id()), 404),
        (b"", 400),
    ],
)
def test_what_is_no_record_is_refused_in_vietnamese(field: Field, phone: Client, payload: bytes, status: int) -> None:
    answer = send(phone, payload)
    assert answer.status_code == status
    nature, words = message(answer)
    assert nature == "error"
    assert words.endswith(".")


def test_a_changed_record_conflicts(field: Field, phone: Client) -> None:
    same = new_id()
    assert send(phone, instance(field.outing_code, instance_id=same)).status_code == 201
    answer = send(phone, instance(field.outing_code, instance_id=same, how="self"))
    assert answer.status_code == 409
    assert "nội dung khác" in message(answer)[1]


def test_a_record_without_an_id_and_with_unknown_answers_is_taken(field: Field, phone: Client) -> None:
    assert send(phone, instance(field.outing_code, instance_id="", more="than asked")).status_code == 201


def test_corrections(field: Field, phone: Client) -> None:
    original, edited = new_id(), new_id()
    first = instance(field.outing_code, instance_id=original)
    edit = instance(field.outing_code, instance_id=edited, deprecated_id=original, how="self")
    late = instance(field.outing_code, deprecated_id=original)
    assert [send(phone, one).status_code for one in (first, edit, edit, first, late)] == [201, 201, 201, 201, 409]


def test_a_closing_form_takes_records_a_closed_one_does_not(field: Field, phone: Client, now: datetime) -> None:
    set_form_state(by=SYSTEM, now=now, form_id="assist", state=FormState.CLOSING)
    assert len(ET.fromstring(phone.get(f"{BASE}/formList").content)) == 0
    assert send(phone, instance(field.outing_code)).status_code == 201
    set_form_state(by=SYSTEM, now=now, form_id="assist", state=FormState.CLOSED)
    assert send(phone, instance(field.outing_code)).status_code == 409


def test_what_is_not_multipart_is_refused(field: Field, phone: Client) -> None:
    plain = phone.post(f"{BASE}/submission", instance(field.outing_code), content_type="text/xml")
    other = phone.post(f"{BASE}/submission", {"something": "else"})
    broken = phone.post(f"{BASE}/submission", b"--x", content_type="multipart/form-data")
    assert [one.status_code for one in (plain, other, broken)] == [400, 400, 400]
    assert {message(one)[0] for one in (plain, other, broken)} == {"error"}
    assert "bị hỏng" in message(broken)[1]


def test_the_instance_may_come_as_a_plain_field(field: Field, phone: Client) -> None:
    answer = phone.post(f"{BASE}/submission", {"xml_submission_file": instance(field.outing_code).decode()})
    assert answer.status_code == 201


def test_files_come_with_or_after_their_record(field: Field, phone: Client) -> None:
    payload = instance(field.outing_code)
    first = SimpleUploadedFile("a.jpg", b"photo", content_type="image/jpeg")
    assert send(phone, payload, first=first, **{"*isIncomplete*": "yes"}).status_code == 201
    second = SimpleUploadedFile("b.jpg", b"other", content_type="image/jpeg")
    assert send(phone, payload, second=second).status_code == 201
    assert Submission.objects.count() == 1
    kept = Attachment.objects.order_by("name").values_list("name", "expected", "sha256")
    assert [(name, expected) for name, expected, _ in kept] == [("a.jpg", False), ("b.jpg", False)]
    assert kept[0][2] == hashlib.sha256(b"photo").hexdigest()


def test_keys(field: Field, phone: Client, now: datetime) -> None:
    malformed = phone.get("/v1/key/short/projects/2023/formList")
    unknown = phone.get(f"/v1/key/{'x' * 64}/projects/2023/formList")
    assert (malformed.status_code, unknown.status_code) == (401, 403)
    assert "WWW-Authenticate" not in unknown.headers
    assert message(malformed)[0] == message(unknown)[0] == "error"
    assert field.device.id is not None
    people.revoke_device(by=SYSTEM, now=now, device_id=field.device.id)
    assert phone.get(f"{BASE}/formList").status_code == 403
    assert send(phone, instance(field.outing_code)).status_code == 403


def test_an_unknown_campaign_is_not_found(field: Field, phone: Client) -> None:
    answer = phone.get(f"/v1/key/{KEY}/projects/1999/formList")
    assert (answer.status_code, message(answer)[1]) == (404, "Không có chiến dịch năm 1999.")


def test_a_person_may_send_with_a_password_from_this_machine(field: Field) -> None:
    own = Client(headers={"X-OpenRosa-Version": "1.0", "Host": "127.0.0.1:8000"} | basic())
    answer = own.get(f"{OPEN}/formList")
    assert answer.status_code == 200
    assert f"http://127.0.0.1:8000{OPEN}/forms/assist.xml" in answer.content.decode()
    assert send(own, instance(field.outing_code), OPEN).status_code == 201
    assert Submission.objects.get().sent_by_id == field.helper.id


def test_a_person_may_send_with_a_password_over_https(field: Field, phone: Client) -> None:
    assert phone.get(f"{OPEN}/formList", headers=basic(), secure=True).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "testserver"},
        {"Host": "127.0.0.1", "X-Forwarded-For": "203.0.113.5"},
        {"Host": "127.0.0.1", "Forwarded": "for=203.0.113.5"},
    ],
)
def test_no_password_is_taken_where_others_can_listen(field: Field, phone: Client, headers: dict[str, str]) -> None:
    answer = phone.get(f"{OPEN}/formList", headers=headers | basic())
    assert answer.status_code == 403
    assert "WWW-Authenticate" not in answer.headers


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic !"}, basic(password="sai"), basic("ai đó")]
)
def test_who_says_nothing_or_something_wrong_is_challenged(
    field: Field, phone: Client, headers: dict[str, str]
) -> None:
    answer = phone.get(f"{OPEN}/formList", headers=headers, secure=True)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_who_may_not_send_is_told_so(field: Field, now: datetime, phone: Client) -> None:
    people.create_user(by=SYSTEM, now=now, full_name="Người Mới", login="moi@example.vn", password=PASSWORD)
    headers = basic("moi@example.vn")
    assert phone.get(f"{OPEN}/formList", headers=headers, secure=True).status_code == 403


def test_no_token_is_asked_of_a_client_that_has_none(field: Field) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"X-OpenRosa-Version": "1.0"})
    assert send(strict, instance(field.outing_code)).status_code == 201
