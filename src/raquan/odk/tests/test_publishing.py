"""Programs publish as to ODK Central: drafts, files, versions; telephones fetch the files and try drafts out."""

import hashlib
import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.capture.models import Submission
from raquan.capture.tests.world import KEY, Field
from raquan.forms import commands, queries
from raquan.forms.gateways import xlsforms
from raquan.forms.gateways.pyxform_child import compile_workbook
from raquan.forms.models import FormDraft, TrialRecord
from raquan.forms.tests.world import book, settings, trees, trial, workbook
from raquan.kernel.actor import SYSTEM
from raquan.odk.tests.test_views import basic

BASE = "/v1/projects/2023/forms"
PHONE = f"/v1/key/{KEY}/projects/2023"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _compile_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile in this process: what is tested here is the door."""
    monkeypatch.setattr(xlsforms, "run_apart", compile_workbook)


@pytest.fixture
def office(field: Field) -> Client:
    """A program of the steering office."""
    return Client(headers={"Host": "127.0.0.1"} | basic("so@example.vn"))


def post(office: Client, path: str, body: bytes = b"", kind: str = XLSX, **headers: str) -> Any:
    return office.post(f"{BASE}{path}", body, content_type=kind, headers=headers)


def test_a_form_is_published_at_once(office: Client) -> None:
    answer = post(office, "?publish=True&ignoreWarnings=True", trees())
    assert answer.status_code == 200
    said = answer.json()
    assert (said["xmlFormId"], said["version"], said["state"], said["name"]) == ("trees", "1", "open", "Đếm cây")
    assert said["publishedAt"]
    assert post(office, "?publish=true", trees()).json()["hash"] == said["hash"]
    taken = post(office, "?publish=true", trees(label="Khác"))
    assert (taken.status_code, taken.json()["code"]) == (409, 409.6)


def test_a_form_is_drafted_given_files_and_published(office: Client, phone: Client) -> None:
    made = post(office, "?publish=False", trees()).json()
    assert (made["xmlFormId"], made["publishedAt"]) == ("trees", None)
    assert office.get(f"{BASE}/trees").status_code == 404
    assert office.get(f"{BASE}/trees/draft").json()["draftToken"] == made["draftToken"]
    assert post(office, "/trees/draft/attachments/tree.jpg", b"picture", "image/jpeg").json() == {"success": True}
    listed = office.get(f"{BASE}/trees/draft/attachments").json()
    assert [(one["name"], one["type"], one["exists"]) for one in listed] == [
        ("tree.jpg", "image", True),
        ("species.csv", "file", False),
    ]
    assert office.get(f"{BASE}/trees/draft/attachments/tree.jpg").content == b"picture"
    assert office.get(f"{BASE}/trees/draft.xlsx").content == trees()
    assert post(office, "/trees/draft/publish").json() == {"success": True}
    assert office.get(f"{BASE}/trees").json()["version"] == "1"
    assert office.get(f"{BASE}/trees/draft").status_code == 404
    assert post(office, "/trees/draft/publish").status_code == 404


def test_telephones_fetch_what_the_manifest_names(office: Client, phone: Client) -> None:
    post(office, "?publish=true", trees())
    post(office, "/trees/draft")
    post(office, "/trees/draft/attachments/tree.jpg", b"picture", "image/jpeg")
    post(office, "/trees/draft/publish?version=2")
    (form,) = [
        one for one in ET.fromstring(phone.get(f"{PHONE}/formList").content) if one.findtext(f"{LIST}manifestUrl")
    ]
    assert form.findtext(f"{LIST}formID") == "trees"
    answer = phone.get(str(form.findtext(f"{LIST}manifestUrl")))
    (file,) = ET.fromstring(answer.content)
    assert file.findtext(f"{MANIFEST}filename") == "tree.jpg"
    assert file.findtext(f"{MANIFEST}hash") == "md5:" + hashlib.md5(b"picture").hexdigest()
    address = str(file.findtext(f"{MANIFEST}downloadUrl"))
    found = Client().get(address)
    assert (found.content, found.headers["Content-Type"]) == (b"picture", "image/jpeg")
    assert Client().get(address, headers={"If-None-Match": found.headers["ETag"]}).status_code == 304
    assert Client().get(f"{PHONE}/forms/trees/attachments/species.csv").status_code == 404
    assert office.get(f"{BASE}/trees/attachments/tree.jpg").content == b"picture"
    assert phone.get(f"{PHONE}/formList", headers={"If-None-Match": "x"}).status_code == 200


def test_a_draft_begins_as_a_copy_and_is_thrown_away(office: Client) -> None:
    post(office, "?publish=true", trees())
    assert post(office, "/trees/draft").json() == {"success": True}
    assert office.get(f"{BASE}/trees/draft").json()["version"] == "1"
    assert office.delete(f"{BASE}/trees/draft").json() == {"success": True}
    assert office.delete(f"{BASE}/trees/draft").status_code == 404
    assert post(office, "/trees/draft", workbook()).json()["details"]["code"] == "form.id_differs"


def test_warnings_are_told_and_can_be_ignored(office: Client) -> None:
    warned = book(survey=[{"type": "text", "name": "a", "label::Tiếng Việt": "A"}], settings=settings())
    answer = post(office, "", warned)
    assert (answer.status_code, answer.json()["code"]) == (400, 400.16)
    assert "Tiếng Việt" in answer.json()["details"]["warnings"]["xlsFormWarnings"][0]
    assert post(office, "?ignoreWarnings", warned).status_code == 200


def test_refusals_name_the_cell(office: Client) -> None:
    answer = post(office, "", workbook(type="select_one nothing"))
    assert (answer.status_code, answer.json()["code"]) == (400, 400.15)
    assert "survey!A2" in answer.json()["message"]
    assert post(office, "", b"nothing").status_code == 400


def test_the_fallback_names_a_form_without_an_id(office: Client) -> None:
    bare = book(survey=[{"type": "text", "name": "a", "label": "A"}], settings={"version": "1"})
    said = post(office, "?publish", bare, **{"X-XlsForm-FormId-Fallback": "c%C3%A2y"})
    assert said.json()["xmlFormId"] == "cây"


def test_versions_are_there_for_ever(office: Client) -> None:
    nameless = book(survey=[{"type": "text", "name": "a", "label": "A"}], settings={"form_id": "other"})
    for body in (nameless, workbook("1"), workbook("2")):
        assert post(office, "?publish", body).status_code == 200
    assert [one["version"] for one in office.get(f"{BASE}/other/versions").json()] == ["2", "1", ""]
    assert office.get(f"{BASE}/other/versions/1.xlsx").content == workbook("1")
    assert b'version="1"' in office.get(f"{BASE}/other/versions/1.xml").content
    assert office.get(f"{BASE}/other/versions/___.xlsx").content == nameless
    assert office.get(f"{BASE}/other/versions/1").json()["version"] == "1"
    assert office.get(f"{BASE}/other/versions/3").status_code == 404
    assert office.get(f"{BASE}/other.xlsx").content == workbook("2")
    assert b'version="2"' in office.get(f"{BASE}/other.xml").content


def test_a_form_comes_as_xml_too(office: Client) -> None:
    xml = xlsforms.compile_form(workbook()).xml
    assert post(office, "?publish=true", xml, "application/xml").json()["version"] == "1"
    assert office.get(f"{BASE}/other.xlsx").status_code == 404


def test_a_state_is_changed(office: Client) -> None:
    def patch(state: str) -> Any:
        return office.patch(f"{BASE}/assist", json.dumps({"state": state}), content_type="application/json")

    assert [patch(one).json()["state"] for one in ("closing", "closed", "open")] == ["closing", "closed", "open"]
    assert patch("gone").status_code == 400


def test_who_may_not_publish_is_refused(field: Field, phone: Client) -> None:
    helper = Client(headers={"Host": "127.0.0.1"} | basic())
    assert post(helper, "?publish", workbook()).status_code == 403
    for path in ("/assist/draft", "/assist/versions", "/assist.xlsx"):
        assert helper.get(f"{BASE}{path}").status_code == 403
    assert Client(headers={"Host": "127.0.0.1"}).get(f"{BASE}/assist/versions").status_code == 401


def test_a_form_of_other_units_is_not_offered(field: Field, office: Client, phone: Client) -> None:
    commands.assign_form(by=SYSTEM, form_id="assist", organization_id=field.city_id)
    assert len(ET.fromstring(phone.get(f"{PHONE}/formList").content)) == 0
    assert phone.get(f"{PHONE}/forms/assist.xml").status_code == 403
    assert phone.get(f"{PHONE}/forms/assist/manifest").status_code == 403
    commands.assign_form(by=SYSTEM, form_id="assist", organization_id=field.cumgar_id)
    assert phone.get(f"{PHONE}/forms/assist.xml").status_code == 200


def test_a_draft_is_tried_out_and_leaves_nothing(office: Client, phone: Client) -> None:
    token = post(office, "", trees()).json()["draftToken"]
    post(office, "/trees/draft/attachments/tree.jpg", b"picture", "image/jpeg")
    base = f"/v1/test/{token}/projects/2023/forms/trees/draft"
    (form,) = ET.fromstring(phone.get(f"{base}/formList").content)
    said = {child.tag.removeprefix(LIST): child.text or "" for child in form}
    xml = phone.get(said["downloadUrl"])
    assert said["hash"] == "md5:" + hashlib.md5(xml.content).hexdigest()
    (file,) = ET.fromstring(phone.get(said["manifestUrl"]).content)
    assert phone.get(str(file.findtext(f"{MANIFEST}downloadUrl"))).content == b"picture"
    ready = phone.head(f"{base}/submission")
    assert (ready.status_code, ready.headers["Location"]) == (204, f"http://testserver{base}/submission")

    def send(payload: bytes) -> int:
        parts = {
            "xml_submission_file": SimpleUploadedFile("a.xml", payload, content_type="text/xml"),
            "tree.jpg": SimpleUploadedFile("tree.jpg", b"photo"),
        }
        return phone.post(f"{base}/submission", parts).status_code

    assert [send(trial()), send(trial()), send(trial(count="9")), send(trial("other"))] == [201, 201, 409, 400]
    assert TrialRecord.objects.get().files == ["tree.jpg"]
    post(office, "/trees/draft/publish")
    assert (TrialRecord.objects.count(), FormDraft.objects.count(), Submission.objects.count()) == (0, 0, 0)
    for address in (f"{base}/formList", f"{base}.xml", f"{base}/manifest", f"{base}/submission"):
        assert phone.get(address).status_code == 404
    assert send(trial()) == 404
    assert queries.forms_for(SYSTEM)[-1].form_id == "trees"
