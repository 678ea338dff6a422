"""Cells, columns, signatures and addresses, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from raquan.exchange.rules import (
    ImportSource,
    Meta,
    ReadRow,
    answers_of,
    columns_of,
    is_given_up,
    map_columns,
    point_of,
    read_instance_id,
    read_moment,
    review_of,
    sign,
    source_of_table,
    write_instance,
)

FIELDS = (
    ("start", "dateTime"),
    ("place", "group"),
    ("place/outing", "string"),
    ("place/point", "geopoint"),
    ("tools", "string"),
    ("child", "repeat"),
    ("child/name", "string"),
    ("name", "string"),
)
CENTRAL, KOBO = ImportSource.CENTRAL, ImportSource.KOBO


def test_central_columns() -> None:
    header = (
        *("SubmissionDate", "start", "place-outing", "place-point-Latitude", "place-point-Longitude"),
        *("place-point-Altitude", "place-point-Accuracy", "tools", "tools/hammer", "name", "SET-OF-child"),
        *("meta-instanceID", "KEY", "SubmitterID", "FormVersion", "ReviewState", "strange"),
    )
    assert source_of_table(header) is CENTRAL
    found = map_columns(header, FIELDS, CENTRAL)
    assert dict(found.questions) == {1: "start", 2: "place/outing", 7: "tools", 9: "name"}
    assert {path for path, _ in found.points.values()} == {"place/point"}
    assert found.choices == {}
    assert (found.meta[Meta.ID], found.meta[Meta.SENT_AT], found.meta[Meta.REVIEW]) == (12, 0, 15)
    assert found.unknown == ("strange",)
    cells = ["", "s", "A", "12.5", "108.25", "", "5", "hammer", "1", "n", "", "", "uuid:1", "", "", "", ""]
    assert answers_of(cells, found)["place/point"] == "12.5 108.25 0 5"


def test_kobo_columns() -> None:
    header = (
        *("start", "place/outing", "place/point", "place/_point_latitude", "place/_point_longitude"),
        *("tools/hammer", "tools/saw", "name", "_id", "_uuid", "_submission_time", "__version__", "_index"),
    )
    assert source_of_table(header) is KOBO
    found = map_columns(header, FIELDS, KOBO)
    assert dict(found.questions) == {0: "start", 1: "place/outing", 2: "place/point", 7: "name"}
    assert found.points == {}
    assert found.choices == {5: ("tools", "hammer"), 6: ("tools", "saw")}
    assert found.meta[Meta.INDEX] == 12
    assert found.unknown == ()
    assert answers_of(["", "", "", "", "", "1", "1", "", "", "", "", "", ""], found)["tools"] == "hammer saw"


def test_columns_without_groups_match_where_a_name_is_one_questions() -> None:
    found = map_columns(("outing", "NAME", "KEY", "SubmissionDate"), FIELDS, CENTRAL)
    assert dict(found.questions) == {0: "place/outing", 1: "name"}
    twice = (("a/x", "string"), ("b/x", "string"))
    assert map_columns(("x", "a-x"), twice, CENTRAL).unknown == ("x",)


def test_a_repeats_table() -> None:
    found = map_columns(("name", "PARENT_KEY", "KEY"), FIELDS, CENTRAL, "child")
    assert dict(found.questions) == {0: "child/name"}
    assert found.meta == {Meta.PARENT: 1, Meta.ID: 2}


def test_neither_system() -> None:
    assert source_of_table(("KEY", "a")) is None
    assert source_of_table(("Số", "Tên")) is None


def test_values() -> None:
    assert read_moment("2023-10-05T01:30:00.000Z") == datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
    assert read_moment("2023-10-05 01:30:00") == datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
    assert read_moment(" ") is None
    with pytest.raises(ValueError, match="isoformat"):
        read_moment("hôm qua")
    assert read_instance_id(" a-b ") == "uuid:a-b"
    assert read_instance_id("uuid:a") == "uuid:a"
    assert read_instance_id("") == ""
    assert [review_of(one) for one in ("Approved", "Not Approved", "hasIssues", "edited", "")] == [
        "approved",
        "rejected",
        "hasIssues",
        "",
        "",
    ]


def test_an_instance_is_the_same_bytes_each_time() -> None:
    row = ReadRow(2, "uuid:1", None, "", "", "", "", {"place/outing": "A & <B>", "name": ""})
    xml = write_instance(row, form_id="f", version="1", fields=FIELDS)
    assert xml == write_instance(row, form_id="f", version="1", fields=FIELDS)
    assert b"<place><outing>A &amp; &lt;B&gt;</outing><point/></place>" in xml
    assert b"<child>" not in xml


def test_columns_and_points() -> None:
    columns = columns_of(FIELDS, {"number": "Số"})
    assert columns.heads == ("Số", "start", "place/outing", "place/point", "tools", "child", "name")
    answers = {"place": {"point": "12.5 108.25 0 4"}}
    assert point_of(answers, columns.questions) == (108.25, 12.5)
    assert point_of({"place": {"point": "95 1"}}, columns.questions) is None
    assert point_of({"place": {"point": "x y"}}, columns.questions) is None


def test_a_signature_is_over_time_and_body() -> None:
    # From RFC 4231's scheme: openssl dgst -sha256 -hmac k <<< "1.x" without the line's end.
    assert sign("k", 1, b"x") == sign("k", 1, b"x")
    assert len({sign("k", 1, b"x"), sign("k", 2, b"x"), sign("k", 1, b"y"), sign("l", 1, b"x")}) == 4


def test_giving_up_takes_time_and_failures() -> None:
    now = datetime(2023, 10, 5, tzinfo=UTC)
    assert is_given_up(now - timedelta(hours=13), 10, now)
    assert not is_given_up(now - timedelta(hours=11), 99, now)
    assert not is_given_up(now - timedelta(hours=13), 9, now)
    assert not is_given_up(None, 99, now)
