"""What programs that speak ODK Central's API are answered, and what they are not shown."""

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.models import Assist, Submission
from raquan.capture.tests.world import KEY, LOGIN, PASSWORD, VERSION, Field, envelope, instance, new_id
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people

OFFICER, CITY, OFFICE = "cumgar@example.vn", "bmt@example.vn", "so@example.vn"
FORMS = "/v1/projects/2023/forms"
RECORDS = f"{FORMS}/assist/submissions"
TABLE = f"{FORMS}/assist.svc/Submissions"
pytestmark = pytest.mark.django_db


def signed_in(login: str) -> Client:
    """Give a client that has opened a session as pyodk does, from this machine."""
    client = Client(headers={"Host": "127.0.0.1:8000"})
    answer = client.post("/v1/sessions", {"email": login, "password": PASSWORD}, content_type="application/json")
    assert answer.status_code == 200
    return Client(headers={"Host": "127.0.0.1:8000", "Authorization": f"Bearer {answer.json()['token']}"})


@pytest.fixture
def officer(field: Field) -> Client:
    """The officer of Cư M’gar's program."""
    return signed_in(OFFICER)


def send(field: Field, now: datetime, *payloads: bytes) -> list[UUID]:
    """Take records and make facts of them."""
    verdicts = receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    project_pending(now=now)
    return [verdict.submission_id for verdict in verdicts if verdict.submission_id]


def read(answer: Any) -> Any:
    """Read a JSON answer, also one that is written as it is read."""
    return json.loads(answer.getvalue())


def code(answer: Any) -> tuple[int, float]:
    """Give a refusal's status and Central's code."""
    said = answer.json()
    assert said["message"].endswith(".")
    return answer.status_code, said["code"]


def test_a_session_is_opened_shown_and_ended(field: Field) -> None:
    own = Client(headers={"Host": "127.0.0.1:8000"})
    said = own.post("/v1/sessions", {"email": LOGIN, "password": PASSWORD}, content_type="application/json").json()
    assert set(said) == {"token", "csrf", "expiresAt", "createdAt"}
    bearer = {"Authorization": f"Bearer {said['token']}"}
    user = own.get("/v1/users/current", headers=bearer).json()
    assert (user["id"], user["email"], user["displayName"]) == (field.helper.number, LOGIN, "H’Trang Niê")
    assert own.delete("/v1/sessions/current", headers=bearer).json() == {"success": True}
    assert code(own.get("/v1/users/current", headers=bearer)) == (401, 401.2)


def test_who_may_not_come_in_is_told_in_json(field: Field) -> None:
    own, far = Client(headers={"Host": "127.0.0.1"}), Client()
    wrong = {"email": LOGIN, "password": "sai"}
    assert code(own.post("/v1/sessions", wrong, content_type="application/json")) == (401, 401.2)
    assert code(own.post("/v1/sessions", "[]", content_type="application/json")) == (400, 400.1)
    assert code(own.post("/v1/sessions", "{", content_type="application/json")) == (400, 400.1)
    right = {"email": LOGIN, "password": PASSWORD}
    assert code(far.post("/v1/sessions", right, content_type="application/json")) == (403, 403.1)
    nobody = own.get("/v1/projects")
    assert code(nobody) == (401, 401.2)
    assert nobody.headers["WWW-Authenticate"].startswith("Basic ")
    unknown = own.get("/v1/projects", headers={"Authorization": "Bearer x"})
    assert code(unknown) == (401, 401.2)
    assert "WWW-Authenticate" not in unknown.headers


def test_spreadsheets_may_use_a_password(field: Field) -> None:
    basic = "Basic " + base64.b64encode(f"{OFFICER}:{PASSWORD}".encode()).decode()
    own = Client(headers={"Host": "127.0.0.1", "Authorization": basic})
    assert own.get("/v1/projects").status_code == 200
    assert own.get(f"{TABLE}?$top=1").status_code == 200


def test_projects_and_forms(officer: Client) -> None:
    (project,) = officer.get("/v1/projects").json()
    assert (project["id"], project["name"]) == (2023, "Ngày Chuyển đổi số 2023")
    assert officer.get("/v1/projects/2023").json() == project
    (form,) = officer.get(FORMS).json()
    assert (form["projectId"], form["xmlFormId"], form["version"]) == (2023, "assist", VERSION)
    assert (form["state"], form["enketoId"], form["keyId"]) == ("open", None, None)
    assert officer.get(f"{FORMS}/assist").json() == form
    assert b"<h:html" in officer.get(f"{FORMS}/assist.xml").content
    for address in ("/v1/projects/1999", f"{FORMS}/none", "/v1/projects/1999/forms", f"{FORMS}/none.svc/Submissions"):
        assert code(officer.get(address)) == (404, 404.1)


def test_a_record_is_taken_from_a_program(field: Field, officer: Client, now: datetime) -> None:
    same = new_id()
    payload = instance(field.outing_code, instance_id=same)
    first = officer.post(f"{RECORDS}?deviceID=pyodk", payload, content_type="application/xml")
    assert first.status_code == 200
    said = first.json()
    assert (said["instanceId"], said["deviceId"], said["reviewState"]) == (same, "pyodk", None)
    assert said["submitterId"] == field.officer.number
    assert code(officer.post(RECORDS, payload, content_type="application/xml")) == (409, 409.3)
    other = instance(field.outing_code, instance_id=same, how="self")
    assert code(officer.post(RECORDS, other, content_type="application/xml")) == (409, 409.3)
    assert code(officer.post(RECORDS, b"<data", content_type="application/xml")) == (400, 400.1)
    assert code(officer.post(f"{FORMS}/none/submissions", payload, content_type="application/xml"))[0] == 400
    assert Submission.objects.count() == 1
    assert officer.get(f"{RECORDS}/{same.replace(':', '%3A')}").json()["instanceId"] == same
    project_pending(now=now)
    assert [one["instanceId"] for one in read(officer.get(RECORDS))] == [same]


def test_a_record_is_reviewed_and_discussed(field: Field, officer: Client, now: datetime) -> None:
    original = new_id()
    send(field, now, instance(field.outing_code, instance_id=original))
    address = f"{RECORDS}/{original}"
    done = officer.patch(address, {"reviewState": "rejected"}, content_type="application/json")
    assert (done.status_code, done.json()["reviewState"]) == (200, "rejected")
    assert Assist.objects.get().version == 2
    said = officer.post(f"{address}/comments", {"body": "Ghi nhầm"}, content_type="application/json").json()
    assert (said["body"], said["actorId"]) == ("Ghi nhầm", field.officer.number)
    assert officer.get(f"{address}/comments").json() == [said]
    assert officer.get(f"{address}/attachments").json() == []
    for body, wanted in (({"reviewState": "fine"}, 400.8), ({"reviewState": "edited"}, 409.1), ({}, 400.1)):
        assert code(officer.patch(address, body, content_type="application/json"))[1] == wanted
    empty = officer.post(f"{address}/comments", {"body": " "}, content_type="application/json")
    assert code(empty) == (400, 400.8)


def test_a_file_is_added_to_a_record(field: Field, officer: Client, now: datetime) -> None:
    original = new_id()
    send(field, now, instance(field.outing_code, instance_id=original))
    address = f"{RECORDS}/{original}/attachments"
    assert officer.post(f"{address}/a.jpg", b"photo", content_type="image/jpeg").json() == {"success": True}
    assert officer.get(address).json() == [{"name": "a.jpg", "exists": True}]


def test_a_correction_is_one_record_under_its_first_id(field: Field, officer: Client, now: datetime) -> None:
    original, edited = new_id(), new_id()
    send(field, now, instance(field.outing_code, instance_id=original))
    receive_submissions(
        by=field.device,
        now=now,
        envelopes=[envelope(instance(field.outing_code, instance_id=edited, deprecated_id=original, how="self"))],
    )
    waiting = officer.get(f"{RECORDS}/{original}").json()
    assert (waiting["instanceId"], waiting["currentVersion"]["instanceId"]) == (original, edited)
    project_pending(now=now)
    (row,) = read(officer.get(TABLE))["value"]
    assert (row["__id"], row["meta"]["instanceID"], row["how"]) == (original, edited, "self")
    assert (row["__system"]["edits"], row["__system"]["reviewState"]) == (1, "edited")


def put(client: Client, instance_id: str, payload: bytes) -> Any:
    return client.put(f"{RECORDS}/{instance_id.replace(':', '%3A')}", payload, content_type="application/xml")


def test_a_record_is_corrected_by_a_program(field: Field, officer: Client, now: datetime) -> None:
    original, edited, other = new_id(), new_id(), new_id()
    first = instance(field.outing_code, instance_id=original)
    edit = instance(field.outing_code, instance_id=edited, deprecated_id=original, how="self")
    send(field, now, first, instance(field.outing_code, instance_id=other))
    for _ in range(2):  # an answer that was lost is asked for again
        said = put(officer, original, edit).json()
        assert (said["instanceId"], said["currentVersion"]["instanceId"]) == (original, edited)
        assert said["reviewState"] == "edited"
    stale = instance(field.outing_code, deprecated_id=original, how="done_for")
    unknown = instance(field.outing_code, deprecated_id=new_id())
    anothers = instance(field.outing_code, deprecated_id=other)
    wanted = ((stale, 409), (unknown, 404), (anothers, 400), (first, 400), (b"<data", 400))
    assert [put(officer, original, payload).status_code for payload, _ in wanted] == [status for _, status in wanted]
    assert code(put(officer, new_id(), edit)) == (404, 404.1)
    assert code(put(signed_in(CITY), original, edit)) == (403, 403.1)
    again = instance(field.outing_code, deprecated_id=edited, how="guided")
    assert put(officer, original, again).status_code == 200
    project_pending(now=now)
    assert Submission.objects.count() == 4
    assert sorted(Assist.objects.values_list("how", flat=True)) == ["guided", "guided"]


def test_a_deleted_record_is_gone_and_does_not_come_back(field: Field, officer: Client, now: datetime) -> None:
    original = new_id()
    payload = instance(field.outing_code, instance_id=original)
    edit = instance(field.outing_code, deprecated_id=original)
    send(field, now, payload)
    office, address = signed_in(OFFICE), f"{RECORDS}/{original}"
    assert code(signed_in(CITY).delete(address)) == (403, 403.1)
    assert office.delete(f"{address}?reason=Ghi%20nhầm").json() == {"success": True}
    for gone in (address, f"{address}.xml", f"{address}/versions", f"{address}/attachments"):
        assert code(office.get(gone)) == (404, 404.1)
    assert code(office.delete(address)) == (404, 404.1)
    assert read(office.get(TABLE))["value"] == []
    assert code(put(office, original, edit)) == (404, 404.1)
    phone = Client(headers={"X-OpenRosa-Version": "1.0"})
    for one in (payload, edit):
        parts = {"xml_submission_file": one.decode()}
        assert phone.post(f"/v1/key/{KEY}/projects/2023/submission", parts).status_code == 409
    assert code(office.post(RECORDS, payload, content_type="application/xml"))[0] == 409


def test_a_record_is_handed_back_as_it_came(field: Field, officer: Client, now: datetime) -> None:
    original, edited = new_id(), new_id()
    first = instance(field.outing_code, instance_id=original)
    edit = instance(field.outing_code, instance_id=edited, deprecated_id=original, how="self")
    send(field, now, first)
    assert officer.get(f"{RECORDS}/{original}.xml").content == first
    put(officer, original, edit)
    assert officer.get(f"{RECORDS}/{original}.xml").content == edit
    listed = officer.get(f"{RECORDS}/{original}/versions").json()
    assert [(one["instanceId"], one["current"]) for one in listed] == [(edited, True), (original, False)]
    assert officer.get(f"{RECORDS}/{original}/versions/{original}.xml").content == first
    assert code(officer.get(f"{RECORDS}/{original}/versions/{new_id()}.xml")) == (404, 404.1)
    for address in (f"{RECORDS}/{original}.xml", f"{RECORDS}/{original}/versions"):
        assert code(signed_in(CITY).get(address)) == (403, 403.1)


def test_a_file_is_handed_back_to_who_may_read_its_record(field: Field, officer: Client, now: datetime) -> None:
    original = new_id()
    send(field, now, instance(field.outing_code, instance_id=original))
    address = f"{RECORDS}/{original}/attachments/a.jpg"
    assert code(officer.get(address)) == (404, 404.1)
    officer.post(address, b"photo", content_type="image/jpeg")
    answer: Any = officer.get(address, follow=True)
    assert b"".join(answer.streaming_content) == b"photo"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert code(signed_in(CITY).get(address)) == (403, 403.1)


def test_nobody_sees_or_touches_the_records_of_others(field: Field, officer: Client, now: datetime) -> None:
    ours, theirs, nobodys = new_id(), new_id(), new_id()
    send(
        field,
        now,
        instance(field.outing_code, instance_id=ours),
        instance(field.city_outing_code, instance_id=theirs),
        instance("XXX-9999", instance_id=nobodys),  # its sender's unit's
    )
    city, office, helper = signed_in(CITY), signed_in(OFFICE), signed_in(LOGIN)
    seen = {
        name: {row["__id"] for row in read(client.get(TABLE))["value"]}
        for name, client in (("officer", officer), ("city", city), ("office", office))
    }
    assert seen == {"officer": {ours, nobodys}, "city": {theirs}, "office": {ours, theirs, nobodys}}
    assert read(city.get(f"{TABLE}?$count=true&$top=0"))["@odata.count"] == 1
    assert [one["instanceId"] for one in read(city.get(RECORDS))] == [theirs]
    for path in ("", "/comments", "/attachments"):
        assert code(city.get(f"{RECORDS}/{ours}{path}")) == (403, 403.1)
    rejected = {"reviewState": "rejected"}
    assert code(city.patch(f"{RECORDS}/{ours}", rejected, content_type="application/json")) == (403, 403.1)
    assert code(helper.get(TABLE)) == (403, 403.1)
    assert code(helper.get(RECORDS)) == (403, 403.1)
    assert set(Submission.objects.values_list("review_state", flat=True)) == {"received", "hasIssues"}


def test_devices_and_people_share_one_sequence_of_actors(field: Field, officer: Client, now: datetime) -> None:
    send(field, now, instance(field.outing_code))
    officer.post(RECORDS, instance(field.outing_code), content_type="application/xml")
    project_pending(now=now)
    submitters = [row["__system"]["submitterId"] for row in read(officer.get(TABLE))["value"]]
    assert submitters == [str(field.officer.number), str(1_000_000 + field.device.number)]


def test_a_devices_key_opens_nothing_here(field: Field) -> None:
    own = Client(headers={"Host": "127.0.0.1", "Authorization": f"Bearer {KEY}"})
    assert own.get("/v1/projects").status_code == 401
    assert own.get(f"/v1/key/{KEY}/projects/2023/forms/assist.svc/Submissions").status_code == 404


def test_no_refusal_is_a_page(field: Field, officer: Client, now: datetime) -> None:
    people.create_user(by=SYSTEM, now=now, full_name="Người Mới", login="moi@example.vn", password=PASSWORD)
    new = signed_in("moi@example.vn")
    for address in (FORMS, f"{FORMS}/assist", TABLE, RECORDS, f"{FORMS}/assist.svc/$metadata"):
        assert code(new.get(address)) == (403, 403.1)
