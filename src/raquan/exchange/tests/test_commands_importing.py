"""Exports of other systems come in row by row: what is good is taken once, what is not is listed with its reason."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import xlsxwriter

import raquan
from raquan.capture import commands as capture
from raquan.capture import queries as capture_queries
from raquan.capture.models import Submission
from raquan.capture.rules import RecordFilter
from raquan.capture.tests.world import Field
from raquan.exchange import commands, queries
from raquan.exchange.commands import importing
from raquan.exchange.gateways.records import read_export
from raquan.exchange.gateways.tables import FileDamaged, FormatUnknown, open_export
from raquan.exchange.models import Import
from raquan.exchange.rules import ReadRow
from raquan.kernel.refused import NotAllowed, NotFound

SAMPLES = Path(raquan.__file__).parents[2] / "tests" / "fixtures" / "imports" / "own"


HEAD, WHAT = b"service,result,outing,language,SubmissionDate,KEY\n", b"birth_registration,filed,"


def sample(name: str, field: Field) -> bytes:
    return (SAMPLES / name).read_bytes().replace(b"OUTING", field.outing_code.encode())


def read(field: Field, now: datetime, data: bytes, name: str = "a.csv") -> UUID:
    return commands.read_import(by=field.office, now=now, form_id="assist", file=io.BytesIO(data), file_name=name)


def finish(field: Field, now: datetime, import_id: UUID) -> tuple[int, int, int]:
    commands.start_import(by=field.office, now=now, import_id=import_id)
    while commands.run_import(now=now, import_id=import_id):
        pass
    done = queries.import_(field.office, import_id)
    assert done.is_finished
    assert done.done == done.total or done.total <= done.accepted + done.known + done.refused
    return done.accepted, done.known, done.refused


def refusals(field: Field, import_id: UUID) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in queries.import_refusals(field.office, import_id).items]


def test_a_central_export(field: Field, now: datetime) -> None:
    import_id = read(field, now, sample("central.csv", field), "assist.csv")
    preview = queries.import_(field.office, import_id).preview
    assert (preview["rows"], preview["bad"], preview["other_versions"]) == (10, 4, 6)
    assert ["outing", "outing"] in preview["columns"]
    assert "today" in preview["unknown"] or ["today", "today"] in preview["columns"]
    assert Submission.objects.count() == 0
    assert finish(field, now, import_id) == (4, 1, 5)
    assert refusals(field, import_id) == [
        (3, "import.rejected_there"),
        (5, "import.no_id"),
        (6, "import.time_unreadable"),
        (8, "submission.conflict"),
        (10, "import.cells"),
    ]
    capture.project_pending(now=now)
    found = capture_queries.search_records(field.office, RecordFilter(source="central_export"))
    assert found.total == 4
    one = Submission.objects.get(instance_id="uuid:0c000000-0000-4000-8000-000000000001")
    assert one.received_at == datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
    record = capture_queries.submission(field.office, one.id)
    assert record.history.source_name == "Nhập từ tệp của ODK Central"
    assert record.history.reference == "assist.csv, 2"
    assert record.reported_device == "import central collect:abc H’Trang Niê"
    assert record.assist is not None
    assert (record.assist.outing_code, record.assist.how) == (field.outing_code, "guided")
    doubtful = Submission.objects.get(instance_id="uuid:0c000000-0000-4000-8000-000000000006")
    assert doubtful.review_state == "hasIssues"


def test_the_same_file_again_adds_nothing(field: Field, now: datetime) -> None:
    data = sample("kobo.csv", field)
    assert finish(field, now, read(field, now, data)) == (2, 0, 2)
    assert finish(field, now, read(field, now, data)) == (0, 2, 2)
    assert Submission.objects.count() == 2


def test_a_kobo_export(field: Field, now: datetime) -> None:
    import_id = read(field, now, sample("kobo.csv", field))
    view = queries.import_(field.office, import_id)
    assert (view.source_name, view.preview["rows"], view.preview["unknown"]) == ("KoboToolbox", 4, [])
    assert finish(field, now, import_id) == (2, 0, 2)
    assert refusals(field, import_id) == [(3, "import.rejected_there"), (4, "import.no_id")]


def test_a_kobo_workbook(field: Field, now: datetime) -> None:
    lines = sample("kobo.csv", field).decode("utf-8-sig").splitlines()[:3]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Lượt hỗ trợ")
        for number, line in enumerate(lines):
            for place, cell in enumerate(line.split(";")):
                sheet.write(number, place, cell.strip('"'))
    import_id = read(field, now, out.getvalue(), "a.xlsx")
    assert finish(field, now, import_id) == (1, 0, 1)


def test_killed_it_goes_on_and_counts_each_row_once(
    field: Field, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    import_id = read(field, now, sample("central.csv", field))
    real = importing._attach
    for death in (1, 2, 1, 3):
        left = [death]

        def dying(*args: object, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise RuntimeError("killed")
            real(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(importing, "_attach", dying)
        with pytest.raises(RuntimeError, match="killed"):
            commands.run_import(now=now, import_id=import_id)
    monkeypatch.setattr(importing, "_attach", real)
    assert finish(field, now, import_id) == (4, 1, 5)
    assert len(refusals(field, import_id)) == 5
    assert Submission.objects.count() == 4


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


FIELDS = (
    *(("name", "string"), ("photo", "binary"), ("house", "repeat"), ("house/size", "int")),
    *(("house/room", "repeat"), ("house/room/color", "string")),
)


def test_repeats_of_a_central_zip() -> None:
    data = zipped(
        **{
            "visit.csv": b"SubmissionDate,name,SET-OF-house,KEY\n,A,uuid:1/house,uuid:1\n,B,uuid:2/house,uuid:2\n",
            "visit-house.csv": b"size,PARENT_KEY,KEY\n3,uuid:1,uuid:1/house[1]\n4,uuid:1,uuid:1/house[2]\n",
            "visit-house-room.csv": "color,PARENT_KEY,KEY\nđỏ,uuid:1/house[2],uuid:1/house[2]/room[1]\n".encode(),
            "media/a.jpg": b"photo",
        }
    )
    export = open_export(io.BytesIO(data))
    assert list(export.media) == ["a.jpg"]
    reading = read_export(export, form_id="visit", fields=FIELDS)
    first, second = reading.rows()
    assert isinstance(first, ReadRow)
    assert isinstance(second, ReadRow)
    houses = first.repeats["house"]
    assert [one.answers["house/size"] for one in houses] == ["3", "4"]
    assert [room.answers["house/room/color"] for room in houses[1].repeats["house/room"]] == ["đỏ"]
    assert second.repeats["house"] == ()
    assert reading.unmatched == ()


def test_files_of_a_zip_come_along(field: Field, now: datetime) -> None:
    table = sample("central.csv", field).replace(b",rad,", b",a.jpg,", 1)
    data = zipped(**{"assist.csv": table, "media/a.jpg": b"\xff\xd8photo", "media/b.jpg": b"nobody's"})
    import_id = read(field, now, data, "assist.zip")
    assert queries.import_(field.office, import_id).preview["media"] == 2
    finish(field, now, import_id)
    one = Submission.objects.get(instance_id="uuid:0c000000-0000-4000-8000-000000000001")
    assert [file.name for file in capture_queries.submission(field.office, one.id).attachments] == ["a.jpg"]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", FormatUnknown),
        (b"a,b\n1,2\n", FormatUnknown),
        (b"PK\x03\x04 and nothing more", FileDamaged),
        (b"SubmissionDate,nothing,KEY\n,x,uuid:1\n", commands.NoColumnMatches),
        (b"service,result,outing,language,SubmissionDate,KEY\n", commands.NothingInFile),
        (zipped(**{"readme.txt": b"x"}), FormatUnknown),
    ],
)
def test_files_that_are_refused(field: Field, now: datetime, data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read(field, now, data)
    assert Import.objects.count() == 0


def test_broken_rows_hold_nothing_up(field: Field, now: datetime) -> None:
    rows = [b"A,\xff\xfe,,uuid:1", b"A,a\x00b,,uuid:2", b"A,rad,,uuid:3"]
    import_id = read(field, now, HEAD + b"".join(WHAT + row + b"\n" for row in rows))
    assert finish(field, now, import_id) == (1, 0, 2)
    assert refusals(field, import_id) == [(2, "import.encoding"), (3, "import.encoding")]


def test_a_clock_that_runs_ahead_brings_nothing_from_the_future(field: Field, now: datetime) -> None:
    finish(field, now, read(field, now, HEAD + WHAT + b"A,rad,2033-01-01T00:00:00Z,uuid:1\n"))
    assert Submission.objects.get().received_at == now


def test_who_may_bring_records_in(field: Field, now: datetime) -> None:
    data = sample("kobo.csv", field)
    for who in (field.officer, field.helper):
        with pytest.raises(NotAllowed):
            commands.read_import(by=who, now=now, form_id="assist", file=io.BytesIO(data), file_name="a")
    with pytest.raises(commands.ImportFormUnknown):
        commands.read_import(by=field.office, now=now, form_id="none", file=io.BytesIO(data), file_name="a")
    import_id = read(field, now, data)
    with pytest.raises(NotFound):
        queries.import_(field.officer, import_id)
    assert [
        commands.start_import(by=field.office, now=now, import_id=import_id),
        commands.start_import(by=field.office, now=now, import_id=import_id),
    ] == [True, False]
    finish(field, now, import_id)
    with pytest.raises(commands.ImportStarted):
        commands.start_import(by=field.office, now=now, import_id=import_id)
