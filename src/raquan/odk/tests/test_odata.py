"""Records as a table: its columns and types, its filters, and pages that neither miss nor repeat a row."""

import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.capture.queries import All, Answered, AnyOf, Column, Compare, Comparison, Not, RowView
from raquan.capture.tests.world import VERSION, Field, instance
from raquan.forms.queries import FormDetail
from raquan.forms.rules import FormState
from raquan.kernel.ids import uuid7
from raquan.odk import odata
from raquan.odk.odata_filter import FilterUnreadable, FilterUnsupported, read_filter
from raquan.odk.odata_rows import Shape, row_json
from raquan.odk.tests.test_central import OFFICE, TABLE, code, read, send, signed_in

QUESTIONS = {"how", "place/outing"}


@pytest.fixture
def office(field: Field) -> Client:
    """The office's program, which sees every record."""
    return signed_in(OFFICE)


@pytest.mark.django_db
def test_a_row(field: Field, office: Client, now: datetime) -> None:
    send(field, now, instance(field.outing_code, instance_id="uuid:1"))
    said = read(office.get(TABLE))
    base = "http://127.0.0.1:8000/v1/projects/2023/forms/assist.svc"
    assert said["@odata.context"] == f"{base}/$metadata#Submissions"
    (row,) = said["value"]
    assert row["__id"] == "uuid:1"
    assert row["__system"] == {
        "submissionDate": "2023-10-05T01:30:00.000Z",
        "updatedAt": None,
        "submitterId": str(1_000_000 + field.device.number),
        "submitterName": "Máy của H’Trang",
        "attachmentsPresent": 0,
        "attachmentsExpected": 0,
        "status": None,
        "reviewState": None,
        "deviceId": "collect:abc",
        "edits": 0,
        "formVersion": VERSION,
        "deletedAt": None,
    }
    assert (row["outing"], row["how"], row["bottleneck"]) == (field.outing_code, "guided", None)
    assert row["start"] == "2023-10-05T08:12:00.000+07:00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("__system/reviewState eq 'hasIssues'", {"b"}),
        ("__system/reviewState eq null", {"a", "c"}),
        ("__system/reviewState ne null and how eq 'by_magic'", {"b"}),
        ("not (how eq 'guided') or __id eq 'uuid:c'", {"b", "c"}),
        ("__system/submissionDate ge 2023-10-05T01:30:00.000Z", {"a", "b", "c"}),
        ("__system/submissionDate gt 2023-10-05T08:30:00 07:00", set()),
        ("__system/submissionDate lt 2023-10-06 and __system/submissionDate le 2023-10-05T01:30:00Z", {"a", "b", "c"}),
        ("__system/updatedAt eq null", {"a", "b", "c"}),
        ("__system/submitterId ge 1000000", {"a", "b", "c"}),
        ("__system/submitterId lt 1000000", set()),
        ("bottleneck eq null", {"a", "b"}),
        ("bottleneck ne 'storage'", {"a", "b"}),
        ("outing eq 'it''s'", set()),
    ],
)
def test_filters(field: Field, office: Client, now: datetime, text: str, found: set[str]) -> None:
    send(
        field,
        now,
        instance(field.outing_code, instance_id="uuid:a"),
        instance(field.outing_code, instance_id="uuid:b", how="by_magic"),
        instance(field.outing_code, instance_id="uuid:c", result="helped", bottleneck="storage"),
    )
    said = read(office.get(TABLE, {"$filter": text, "$count": "True"}))
    assert {row["__id"] for row in said["value"]} == {f"uuid:{one}" for one in found}
    assert said["@odata.count"] == len(found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("$filter=how", (400, 400.18)),
        ("$filter=how eq", (400, 400.18)),
        ("$filter=how eq 'x", (400, 400.18)),
        ("$filter=(how eq 'x'", (400, 400.18)),
        ("$filter=how eq 'x' how", (400, 400.18)),
        ("$filter=how gt 'x'", (501, 501.4)),
        ("$filter=nothing eq 'x'", (501, 501.4)),
        ("$filter=__system/submitterId eq 'x'", (400, 400.18)),
        ("$filter=__system/submissionDate ge 2023-13-01", (400, 400.18)),
        ("$filter=__system/updatedAt gt null", (501, 501.4)),
        ("$filter=" + "not " * 40 + "how eq 'x'", (501, 501.4)),
        ("$filter=" + "(" * 40 + "how eq 'x'", (501, 501.4)),
        ("$skiptoken=x", (400, 400.1)),
        ("$skiptoken=YmVsb3c6eA==", (400, 400.1)),
        ("$top=x", (400, 400.1)),
        ("$top=-1", (400, 400.1)),
        ("$count=maybe", (400, 400.1)),
        ("$expand=some", (400, 400.1)),
    ],
)
def test_what_cannot_be_asked_is_said(field: Field, office: Client, query: str, wanted: tuple[int, float]) -> None:
    assert code(office.get(f"{TABLE}?{query}")) == wanted


def test_a_filter_is_read_by_the_rules_of_odata() -> None:
    one, two = Answered(("how",), "x"), Answered(("place", "outing"), "y")
    three = Compare(Column.SUBMITTER, Comparison.AT_LEAST, 3)
    text = "how eq 'x' and place/outing eq 'y' or not __system/submitterId ge 3"
    assert read_filter(text, QUESTIONS) == AnyOf((All((one, two)), Not(three)))
    assert read_filter("how eq 'x' and (place/outing eq 'y' or how ne 'x')", QUESTIONS) == All(
        (one, AnyOf((two, Not(one))))
    )
    for wrong in ("", "and", "how eq 'x' or", "how eq )"):
        with pytest.raises(FilterUnreadable):
            read_filter(wrong, QUESTIONS)
    with pytest.raises(FilterUnsupported):
        read_filter("how eq 'x' or " * 400 + "how eq 'x'", QUESTIONS)


def test_answers_have_the_types_and_the_nesting_of_the_form() -> None:
    at = datetime.fromisoformat("2023-10-05T01:30:00+00:00")
    fields = (
        *(("age", "int"), ("weight", "decimal"), ("home", "group"), ("home/where", "geopoint"), ("note", "string")),
        *(("child", "repeat"), ("child/age", "int")),
    )
    form = FormDetail("f", "F", "1", "", FormState.PUBLISHED, at, at, fields)

    def shaped(answers: dict[str, Any], **options: bool) -> dict[str, Any]:
        row = RowView(1, "a", "a", uuid7(), "1", at, None, 1, "", "", "received", 0, 0, 0, answers)
        said = row_json(row, form, Shape(**options))
        return {name: said[name] for name in said if name not in ("__id", "__system", "meta")}

    answers = {"age": "36", "weight": "4.5", "home": {"where": "12.6 108 500 3"}, "child": {"age": "3"}, "extra": "x"}
    point = {"type": "Point", "coordinates": [108.0, 12.6, 500.0], "properties": {"accuracy": 3.0}}
    link = {"child@odata.navigationLink": "Submissions('a')/child"}
    assert shaped(answers) == {"age": 36, "weight": 4.5, "home": {"where": point}, "note": None, **link}
    assert shaped(answers, wkt=True)["home"] == {"where": "POINT Z (108.0 12.6 500.0)"}
    (child,) = shaped(answers, expand=True)["child"]
    assert (child["age"], child["__Submissions-id"]) == (3, "a")
    wrong = shaped({"age": "many", "weight": "inf", "home": {"where": "12"}})
    assert wrong == {"age": None, "weight": None, "home": {"where": None}, "note": None, **link}
    document = ET.fromstring(odata.metadata(form))
    types = {one.get("Name"): one.get("Type") for one in document.iter() if one.tag.endswith("}Property")}
    assert types["age"] == "Edm.Int64"
    assert types["home"] == "org.opendatakit.submission.Submissions.home"
    assert types["where"] == "Edm.GeographyPoint"
    assert "child" not in types


@pytest.mark.django_db
def test_the_service_describes_itself(office: Client) -> None:
    said = office.get("/v1/projects/2023/forms/assist.svc").json()
    assert said["value"] == [{"name": "Submissions", "kind": "EntitySet", "url": "Submissions"}]
    document = ET.fromstring(office.get("/v1/projects/2023/forms/assist.svc/$metadata").content)
    names = {one.get("Name") for one in document.iter() if one.tag.endswith("}Property")}
    assert {"__id", "__system", "reviewState", "outing", "how"} <= names


@pytest.mark.django_db
def test_columns_can_be_chosen(field: Field, office: Client, now: datetime) -> None:
    send(field, now, instance(field.outing_code, instance_id="uuid:1"))
    said = read(office.get(f"{TABLE}?$select=how,__system/reviewState,none/such"))
    assert said["value"] == [{"__id": "uuid:1", "how": "guided", "__system": {"reviewState": None}, "none": {}}]


@pytest.mark.django_db
def test_pages(field: Field, office: Client, now: datetime) -> None:
    send(field, now, *[instance(field.outing_code, instance_id=f"uuid:{n}") for n in range(5)])
    first = read(office.get(f"{TABLE}?$top=2&$count=true"))
    send(field, now, instance(field.outing_code, instance_id="uuid:late"))
    second = read(office.get(first["@odata.nextLink"]))
    third = read(office.get(second["@odata.nextLink"]))
    assert "@odata.nextLink" not in third
    assert (first["@odata.count"], third["@odata.count"]) == (5, 6)
    ids = [row["__id"] for page in (first, second, third) for row in page["value"]]
    assert sorted(ids) == [f"uuid:{n}" for n in range(5)]
    assert len(read(office.get(f"{TABLE}?$top=6"))["value"]) == 6
    assert "@odata.nextLink" not in read(office.get(f"{TABLE}?$top=6"))
    newest = [row["__id"] for row in read(office.get(TABLE))["value"]]
    assert newest[0] == "uuid:late"
    skipped = read(office.get(f"{TABLE}?$skip=4&$top=1"))["value"]
    assert [row["__id"] for row in skipped] == newest[4:5]
    assert read(office.get(f"{TABLE}?$skip=9"))["value"] == []


@pytest.mark.django_db
def test_a_page_costs_the_same_however_long(
    field: Field, office: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    send(field, now, *[instance(field.outing_code) for _ in range(30)])
    page = read(office.get(f"{TABLE}?$top=2"))["@odata.nextLink"]
    for size in (2, 20):
        with django_assert_max_num_queries(8):
            assert len(read(office.get(page.replace("top=2", f"top={size}")))["value"]) == size
