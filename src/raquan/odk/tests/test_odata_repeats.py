"""A repeat's rows as a table of their own: their ids, their parents, and pages through them."""

import xml.etree.ElementTree as ET
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.rules import Envelope
from raquan.capture.tests.world import Field
from raquan.forms.tests.world import publish
from raquan.odk.tests.test_central import OFFICE, code, read, signed_in

BASE = "/v1/projects/2023/forms/family.svc"
pytestmark = pytest.mark.django_db

QUESTIONS = (
    ("text", "village"),
    ("begin_group", "home"),
    ("begin_repeat", "child"),
    ("text", "name"),
    ("integer", "age"),
    ("begin_repeat", "toy"),
    ("text", "name"),
    ("end_repeat", ""),
    ("end_repeat", ""),
    ("end_group", ""),
)


def family_form() -> bytes:
    """Write a form with a repeat within a group, and one within that."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    survey, settings = book.add_worksheet("survey"), book.add_worksheet("settings")
    survey.write_row(0, 0, ["type", "name", "label"])
    for number, (kind, name) in enumerate(QUESTIONS, start=1):
        survey.write_row(number, 0, [kind, name, name])
    settings.write_row(0, 0, ["form_id", "form_title", "version"])
    settings.write_row(1, 0, ["family", "Gia đình", "1"])
    book.close()
    return stream.getvalue()


def family(name: str, children: dict[str, list[str]]) -> bytes:
    """Write a record: children by name, each with its toys."""
    body = "".join(
        f"<child><name>{child}</name><age>{len(child)}</age>"
        + "".join(f"<toy><name>{toy}</name></toy>" for toy in toys)
        + "</child>"
        for child, toys in children.items()
    )
    return (
        f'<data id="family" version="1"><village>{name}</village><home>{body}</home>'
        f"<meta><instanceID>uuid:{name}</instanceID></meta></data>"
    ).encode()


def send(field: Field, now: datetime, *payloads: bytes) -> None:
    envelopes = [Envelope(payload=one, received_at=now) for one in payloads]
    assert {one.status for one in receive_submissions(by=field.device, now=now, envelopes=envelopes)} == {201}
    project_pending(now=now)


@pytest.fixture
def office(field: Field, now: datetime) -> Client:
    """The office, with three families of no, one and three children."""
    publish(now, family_form())
    send(
        field,
        now,
        family("a", {}),
        family("b", {"An": ["bóng"]}),
        family("c", {"Bình": ["xe", "diều"], "Chi": [], "Duy": ["bi"]}),
    )
    return signed_in(OFFICE)


def rows(client: Client, address: str) -> list[Any]:
    found: list[Any] = read(client.get(f"{BASE}/{address}"))["value"]
    return found


def test_the_service_names_each_repeat(office: Client) -> None:
    said = office.get(BASE).json()["value"]
    names = ["Submissions", "Submissions.home.child", "Submissions.home.child.toy"]
    assert [one["name"] for one in said] == names
    document = ET.fromstring(office.get(f"{BASE}/$metadata").content)
    edm = "{http://docs.oasis-open.org/odata/ns/edm}"
    assert [one.get("Name") for one in document.iter(f"{edm}EntitySet")] == names
    columns = {
        one.get("Name"): {child.get("Name") for child in one.iter(f"{edm}Property")}
        for one in document.iter(f"{edm}EntityType")
    }
    assert columns["Submissions.home.child"] == {"__id", "__Submissions-id", "name", "age"}
    assert columns["Submissions.home.child.toy"] == {"__id", "__Submissions-home-child-id", "name"}


def test_rows_of_repeats_name_the_rows_that_they_are_within(office: Client) -> None:
    children = rows(office, "Submissions.home.child")
    assert [(one["__Submissions-id"], one["name"], one["age"]) for one in children] == [
        ("uuid:c", "Bình", 4),
        ("uuid:c", "Chi", 3),
        ("uuid:c", "Duy", 3),
        ("uuid:b", "An", 2),
    ]
    ids = {one["name"]: one["__id"] for one in children}
    assert len(set(ids.values())) == 4
    toys = rows(office, "Submissions.home.child.toy")
    assert [(one["__Submissions-home-child-id"], one["name"]) for one in toys] == [
        (ids["Bình"], "xe"),
        (ids["Bình"], "diều"),
        (ids["Duy"], "bi"),
        (ids["An"], "bóng"),
    ]


def test_expanded_rows_are_the_same_rows(office: Client) -> None:
    families = {one["__id"]: one["home"]["child"] for one in rows(office, "Submissions?$expand=*")}
    assert families["uuid:a"] == []
    apart = rows(office, "Submissions.home.child")
    assert [child["__id"] for child in families["uuid:c"]] == [one["__id"] for one in apart[:3]]
    within = [toy for children in families.values() for child in children for toy in child["toy"]]
    toys = rows(office, "Submissions.home.child.toy")
    assert sorted(one["__id"] for one in within) == sorted(one["__id"] for one in toys)


def test_navigation_links_lead_to_what_they_name(office: Client) -> None:
    (newest, *_) = rows(office, "Submissions")
    link = newest["home"]["child@odata.navigationLink"]
    assert link == "Submissions('uuid:c')/home/child"
    children = rows(office, link)
    assert [one["name"] for one in children] == ["Bình", "Chi", "Duy"]
    assert [one["name"] for one in rows(office, children[0]["toy@odata.navigationLink"])] == ["xe", "diều"]
    assert rows(office, children[1]["toy@odata.navigationLink"]) == []
    assert rows(office, "Submissions('uuid:c')") == [newest]
    for wrong in ("Submissions('uuid:c')/home", "Submissions('uuid:z')", "Submissions.child", "Submissions.home"):
        assert code(office.get(f"{BASE}/{wrong}")) == (404, 404.1)


@pytest.mark.parametrize("top", [1, 2, 3, 5])
def test_pages_break_within_a_record_too(office: Client, field: Field, now: datetime, top: int) -> None:
    first = read(office.get(f"{BASE}/Submissions.home.child?$top={top}&$count=True"))
    assert first["@odata.count"] == 4
    send(field, now, family("d", {"Muộn": []}))
    seen, page = first["value"], first
    while "@odata.nextLink" in page:
        page = read(office.get(page["@odata.nextLink"]))
        seen = seen + page["value"]
    assert [one["name"] for one in seen] == ["Bình", "Chi", "Duy", "An"]


def test_repeats_are_narrowed_by_their_records(office: Client) -> None:
    found = rows(office, "Submissions.home.child?$filter=village eq 'b'")
    assert [one["name"] for one in found] == ["An"]
    ids = rows(office, "Submissions.home.child?$filter=$root/Submissions/__id eq 'uuid:c'&$select=name")
    assert [set(one) for one in ids] == [{"__id", "__Submissions-id", "name"}] * 3
    assert len(rows(office, "Submissions.home.child?$skip=3")) == 1


def test_nobody_reads_the_repeats_of_others(office: Client, field: Field) -> None:
    city = signed_in("bmt@example.vn")
    assert rows(city, "Submissions.home.child") == []
    assert code(city.get(f"{BASE}/Submissions('uuid:c')/home/child")) == (403, 403.1)
