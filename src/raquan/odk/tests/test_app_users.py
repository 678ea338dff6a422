"""App users, what is assigned to them, and links that anybody may open: over Central's API and as Collect uses them."""

import xml.etree.ElementTree as ET
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from raquan.capture.models import Submission
from raquan.capture.tests.world import PASSWORD, Field, instance
from raquan.forms import commands as forms
from raquan.forms.tests.world import publish, workbook
from raquan.kernel.actor import SYSTEM
from raquan.odk.tests.test_central import OFFICER, code, signed_in
from raquan.odk.tests.test_views import message, send
from raquan.people import commands as people
from raquan.people.models import Device
from raquan.people.rules import Role

USERS = "/v1/projects/2023/app-users"
ADMINISTRATOR = "tri@example.vn"
pytestmark = pytest.mark.django_db


def make_administrator(now: datetime, organization_id: UUID | None = None, login: str = ADMINISTRATOR) -> Client:
    """Sign somebody in who manages people, of one unit or of all."""
    user_id = people.create_user(by=SYSTEM, now=now, full_name="Lê Quang Trị", login=login, password=PASSWORD)
    people.give_duty(
        by=SYSTEM,
        now=now,
        user_id=user_id,
        role=Role.ADMINISTRATOR,
        organization_id=organization_id,
        starts_on=date(2023, 1, 1),
    )
    return signed_in(login)


@pytest.fixture
def administrator(field: Field, now: datetime) -> Client:
    """Who manages people everywhere."""
    return make_administrator(now)


def make(client: Client, name: str) -> Any:
    return client.post(USERS, {"displayName": name}, content_type="application/json")


def listed(phone: Client, base: str, link: str = "") -> list[str]:
    """Name the forms that a device is offered."""
    answer = phone.get(f"{base}/formList{link}")
    assert answer.status_code == 200
    return [one.text or "" for one in ET.fromstring(answer.content).iter() if one.tag.endswith("}formID")]


def test_an_app_user_is_made_listed_and_ended(administrator: Client) -> None:
    made = make(administrator, "Y Bhăm").json()
    assert set(made) >= {"projectId", "id", "type", "displayName", "token", "createdAt", "updatedAt", "deletedAt"}
    assert (made["projectId"], made["type"], made["displayName"], len(made["token"])) == (
        2023,
        "field_key",
        "Y Bhăm",
        64,
    )
    assert make(administrator, "Y Bhăm").json() == made
    assert administrator.get(USERS).json() == [made]
    assert administrator.delete(f"{USERS}/{made['id']}").json() == {"success": True}
    (ended,) = administrator.get(USERS).json()
    assert (ended["id"], ended["token"]) == (made["id"], None)
    assert make(administrator, "Y Bhăm").json()["id"] != made["id"]
    assert code(make(administrator, " ")) == (400, 400.1)
    assert code(administrator.post(USERS, "{}", content_type="application/json")) == (400, 400.1)
    assert code(administrator.delete(f"{USERS}/7")) == (404, 404.1)


def test_an_app_user_is_offered_what_is_assigned_to_it(
    field: Field, administrator: Client, phone: Client, now: datetime
) -> None:
    publish(now, workbook("1"))
    made = make(administrator, "Y Bhăm").json()
    base = f"/v1/key/{made['token']}/projects/2023"
    assert listed(phone, base) == []
    refused = send(phone, instance(field.outing_code), base)
    assert (refused.status_code, message(refused)[0]) == (403, "error")
    assert phone.get(f"{base}/forms/assist.xml").status_code == 403
    address = f"/v1/projects/2023/forms/assist/assignments/2/{made['id']}"
    for _ in range(2):
        assert administrator.post(address).json() == {"success": True}
    assert listed(phone, base) == ["assist"]
    assert phone.get(f"{base}/forms/assist.xml").status_code == 200
    assert send(phone, instance(field.outing_code), base).status_code == 201
    assert send(phone, b"<data id='other' version='1'><a>x</a></data>", base).status_code == 403
    assert administrator.get(USERS).json()[0]["lastUsed"].startswith("2023-10-05T02:0")
    assert administrator.delete(address).json() == {"success": True}
    assert listed(phone, base) == []
    administrator.delete(f"{USERS}/{made['id']}")
    assert phone.get(f"{base}/formList").status_code == 403
    assert Submission.objects.get().sent_by_name == "Y Bhăm"


def test_what_cannot_be_assigned_is_said(field: Field, administrator: Client) -> None:
    made, forms_ = make(administrator, "Y Bhăm").json(), "/v1/projects/2023/forms"
    phone_id = 1_000_000 + field.device.number
    for address in (
        f"{forms_}/none/assignments/2/{made['id']}",
        f"{forms_}/assist/assignments/5/{made['id']}",
        f"{forms_}/assist/assignments/2/{phone_id}",
        f"{forms_}/assist/assignments/2/1",
    ):
        assert code(administrator.post(address)) == (404, 404.1)


def test_who_manages_one_unit_makes_its_own(field: Field, administrator: Client, now: datetime) -> None:
    everybodys = make(administrator, "H’Ler").json()
    own = make_administrator(now, field.cumgar_id, "cumgar-quantri@example.vn")
    made = make(own, "Y Bhăm").json()
    assert Device.objects.get(label="Y Bhăm").organization_id == field.cumgar_id
    assert [one["id"] for one in own.get(USERS).json()] == [made["id"]]
    assert code(own.delete(f"{USERS}/{everybodys['id']}")) == (404, 404.1)
    officer = signed_in(OFFICER)
    assert code(officer.get(USERS)) == (403, 403.1)
    assert code(make(officer, "Ai đó")) == (403, 403.1)
    assert code(Client(headers={"Host": "127.0.0.1"}).get(USERS)) == (401, 401.2)


def test_a_reader_of_people_is_shown_no_keys(field: Field, administrator: Client) -> None:
    make(administrator, "Y Bhăm")
    (seen,) = signed_in("so@example.vn").get(USERS).json()
    assert (seen["displayName"], seen["token"]) == ("Y Bhăm", None)


def test_anybody_fills_in_the_form_of_a_public_link(field: Field, phone: Client, now: datetime) -> None:
    publish(now, workbook("1"))
    link = forms.open_public_link(by=SYSTEM, now=now, form_id="other", name="Góp ý", organization_id=field.cumgar_id)
    again = forms.open_public_link(by=SYSTEM, now=now, form_id="other", name="Góp ý", organization_id=field.cumgar_id)
    assert (again.key, again.already, link.already) == (link.key, True, False)
    base, st = "/v1/projects/2023", f"?st={link.key}"
    assert listed(phone, base, st) == ["other"]
    assert f"forms/other.xml?st={link.key}" in phone.get(f"{base}/formList{st}").content.decode()
    assert phone.get(f"{base}/forms/other.xml{st}").status_code == 200
    head = phone.head(f"{base}/submission{st}")
    assert head.headers["Location"].endswith(f"/submission{st}")
    answer = b"<data id='other' version='1'><a>x</a></data>"
    part = {"xml_submission_file": answer.decode()}
    assert phone.post(f"{base}/submission{st}", part).status_code == 201
    assert phone.post(f"{base}/submission{st}", {"xml_submission_file": instance("X").decode()}).status_code == 403
    assert phone.get(f"/v1/key/{link.key}/projects/2023/formList").status_code == 403
    people.revoke_device(by=SYSTEM, now=now, device_id=link.device_id)
    for key in (link.key, "", "short"):
        assert phone.get(f"{base}/formList?st={key}").status_code == 403
    with pytest.raises(forms.UnknownForm):
        forms.open_public_link(by=SYSTEM, now=now, form_id="none", name="x")
