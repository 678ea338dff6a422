"""Exports say what the search found when they were asked for, whatever arrives or dies in between."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

import pytest
import python_calamine
from django.core.files.storage import default_storage

from raquan.capture import commands as capture
from raquan.capture import queries as capture_queries
from raquan.capture.rules import RecordFilter
from raquan.capture.tests.world import Field, envelope, instance
from raquan.exchange import commands, queries
from raquan.exchange.commands import exporting
from raquan.exchange.gateways import files as disk
from raquan.exchange.models import Export
from raquan.exchange.rules import KEEP, ExportKind
from raquan.files import commands as files
from raquan.files.rules import storage_name
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import OutboxMessage

PHOTO = b"\xff\xd8" + b"photo" * 200


def start(by: Actor, now: datetime, kind: ExportKind = ExportKind.CSV, **filters: object) -> UUID:
    return commands.start_export(by=by, now=now, kind=kind, filters=RecordFilter(**filters))  # type: ignore[arg-type]


def finish(export_id: UUID, now: datetime) -> Path:
    while commands.run_export(now=now, export_id=export_id):
        pass
    return queries.export_file(SYSTEM, export_id, now).path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def with_photos(field: Field, now: datetime) -> None:
    """Give every record a photo, which its answers do not name."""
    for number in range(7):
        (verdict,) = capture.receive_submissions(
            by=field.device,
            now=now,
            envelopes=[envelope(instance(field.outing_code, instance_id=f"uuid:p{number}"))],
        )
        assert verdict.submission_id is not None
        data = io.BytesIO(PHOTO + str(number).encode())
        sent = capture.SentFile("ảnh.jpg", "image/jpeg", len(data.getvalue()), data)
        capture.attach_files(by=field.device, now=now, submission_id=verdict.submission_id, sent=[sent])
    capture.project_pending(now=now)


def test_csv_opens_in_excel_and_says_what_was_found(records: Field, now: datetime) -> None:
    path = finish(start(records.officer, now), now)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(path)
    assert [row["Mã bản ghi"] for row in rows] == [f"uuid:{n}" for n in range(5)]
    first = rows[0]
    assert (first["Dịch vụ"], first["service"], first["how"]) == ("Đăng ký khai sinh", "birth_registration", "guided")
    assert first["Lúc (giờ Việt Nam)"] == "2023-10-05 08:12:00"
    assert first["Xã, phường, thị trấn"] == "thị trấn Quảng Phú"


def test_what_somebody_typed_never_runs_as_a_formula(field: Field, now: datetime) -> None:
    payload = instance(field.outing_code, bottleneck="=HYPERLINK(1)", language="-5")
    capture.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    capture.project_pending(now=now)
    (row,) = rows_of(finish(start(field.officer, now), now))
    assert (row["bottleneck"], row["language"]) == ("'=HYPERLINK(1)", "-5")
    book = python_calamine.CalamineWorkbook.from_path(finish(start(field.officer, now, ExportKind.XLSX), now))
    assert "=HYPERLINK(1)" in book.get_sheet_by_index(0).to_python()[1]


def test_excel_and_maps(records: Field, now: datetime) -> None:
    path = finish(start(records.office, now, ExportKind.XLSX), now)
    table = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("raquan").to_python()
    assert table[0][:2] == ["Số dòng", "Mã bản ghi"]
    assert [row[:2] for row in table[1:]] == [[float(n + 1), f"uuid:{n}"] for n in range(7)]
    found = json.loads(finish(start(records.office, now, ExportKind.GEOJSON), now).read_text())
    assert found["type"] == "FeatureCollection"
    assert [one["id"] for one in found["features"]] == [f"uuid:{n}" for n in range(7)]
    assert found["features"][0]["geometry"] is None  # neither a point nor a commune whose place is known
    assert found["features"][0]["properties"]["place_code"] == "24259"


def test_what_comes_later_is_not_in_it(records: Field, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    export_id = start(records.officer, now)
    assert commands.run_export(now=now, export_id=export_id, most=2)
    late = envelope(instance(records.outing_code, instance_id="uuid:late"))
    capture.receive_submissions(by=records.device, now=now, envelopes=[late])
    capture.project_pending(now=now)
    assert len(rows_of(finish(export_id, now))) == 5
    view = queries.export(records.officer, export_id)
    assert (view.done, view.total, view.is_finished) == (5, 5, True)


@pytest.mark.parametrize("kind", list(ExportKind))
def test_killed_anywhere_it_goes_on_and_comes_out_the_same(
    field: Field, now: datetime, monkeypatch: pytest.MonkeyPatch, kind: ExportKind
) -> None:
    """A worker dies after each write in turn, with more on disk than the database knows of."""
    with_photos(field, now)
    monkeypatch.setattr(exporting, "CHUNK", 2)
    whole = finish(start(field.office, now, kind), now).read_bytes()
    began: list[int] = []
    deadline, steps = [0], [0]
    real_rows, real_append, real_archive = capture_queries.export_rows, disk.append, disk.archive

    def step() -> None:
        steps[0] += 1
        if steps[0] == deadline[0]:
            raise RuntimeError("killed")

    def rows(*args: Any, **said: Any) -> Any:
        began.append(said["above"])
        return real_rows(*args, **said)

    def append(path: Path, at: int, pieces: Iterable[bytes]) -> int:
        wanted = list(pieces)
        real_append(path, at, [*wanted, b"half of what comes ne"])
        step()
        return real_append(path, at, wanted)

    def archive(path: Path, size: int, entries: Iterable[tuple[str, IO[bytes]]]) -> int:
        held = []
        for name, source in entries:
            with source:
                held.append((name, source.read()))
        real_archive(path, size, [(name, io.BytesIO(data)) for name, data in held])
        step()
        return real_archive(path, size, [(name, io.BytesIO(data)) for name, data in held])

    monkeypatch.setattr(capture_queries, "export_rows", rows)
    monkeypatch.setattr(disk, "append", append)
    monkeypatch.setattr(disk, "archive", archive)
    deaths = 0
    for deadline[0] in range(1, 16):
        steps[0] = 0
        began.clear()
        export_id = start(field.office, now, kind)
        try:
            finish(export_id, now)
        except RuntimeError:
            deaths += 1
            was_certain = Export.objects.get(id=export_id).done > 0
            began.clear()
            finish(export_id, now)
            assert (0 in began) is not was_certain  # never from the beginning once a piece was certain
        _same(kind, queries.export_file(SYSTEM, export_id, now).path.read_bytes(), whole)
    assert deaths >= 4


def _same(kind: ExportKind, found: bytes, whole: bytes) -> None:
    if kind in (ExportKind.CSV, ExportKind.GEOJSON):
        assert found == whole
        return
    with zipfile.ZipFile(io.BytesIO(found)) as one, zipfile.ZipFile(io.BytesIO(whole)) as other:
        assert one.testzip() is None
        assert sorted(one.namelist()) == sorted(other.namelist())
        assert {name: one.read(name) for name in one.namelist()} == {n: other.read(n) for n in other.namelist()}


def test_photos_come_along_and_a_lost_one_is_said(field: Field, now: datetime) -> None:
    with_photos(field, now)
    first = files.store_file(by=SYSTEM, data=PHOTO + b"6").sha256
    default_storage.delete(storage_name(first))
    path = finish(start(field.office, now, ExportKind.ZIP), now)
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("media/")]
        assert len(names) == 6
        assert package.read("media/1-ảnh.jpg") == PHOTO + b"0"
        assert "media/1-ảnh.jpg" in package.read("records.csv").decode()
    assert queries.export(SYSTEM, Export.objects.get().id).missing_files == 1


def test_only_its_owner_gets_it_for_a_week(records: Field, now: datetime) -> None:
    export_id = start(records.officer, now)
    path = finish(export_id, now)
    assert queries.export_file(records.officer, export_id, now + KEEP - timedelta(seconds=1)).path == path
    for who in (records.office, records.helper):
        with pytest.raises(NotFound):
            queries.export_file(who, export_id, now)
    with pytest.raises(NotFound):
        queries.export_file(records.officer, export_id, now + KEEP)
    assert commands.remove_exports(now=now + KEEP) == 0
    assert commands.remove_exports(now=now + KEEP + timedelta(seconds=1)) == 1
    assert list(path.parent.glob(f"{export_id}*")) == []
    assert queries.export(records.officer, export_id).is_removed


def test_refusals(records: Field, now: datetime) -> None:
    for who in (records.helper, records.device):
        with pytest.raises(NotAllowed):
            start(who, now)
    with pytest.raises(commands.NothingToExport):
        start(records.officer, now, text="không có")
    with pytest.raises(NotFound):
        commands.continue_export(by=records.office, now=now, export_id=start(records.officer, now))


def test_excel_holds_only_so_many(records: Field, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "EXCEL_ROWS", 4)
    with pytest.raises(commands.TooManyForExcel):
        start(records.officer, now, ExportKind.XLSX)


def test_asking_twice_is_one_export(records: Field, now: datetime) -> None:
    request = uuid4()
    ids = {
        commands.start_export(
            by=records.officer, now=now, kind=ExportKind.CSV, filters=RecordFilter(), request_id=request
        )
        for _ in range(2)
    }
    assert len(ids) == Export.objects.count() == OutboxMessage.objects.filter(topic=exporting.TOPIC).count() == 1


def test_a_second_worker_keeps_away(records: Field, now: datetime) -> None:
    export_id = start(records.officer, now)
    with disk.only_one(export_id) as mine:
        assert mine
        assert not commands.run_export(now=now, export_id=export_id)
    assert Export.objects.get().done == 0
    assert len(rows_of(finish(export_id, now))) == 5


def test_who_may_no_longer_gets_nothing(records: Field, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    export_id = start(records.officer, now)
    commands.run_export(now=now, export_id=export_id, most=2)
    Export.objects.update(owner_id=records.helper.id)
    assert not commands.run_export(now=now, export_id=export_id)
    assert queries.export(SYSTEM, export_id).is_removed
    assert not disk.path_of(export_id, "part").exists()


def test_a_lost_disk_means_beginning_anew(records: Field, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    export_id = start(records.officer, now)
    commands.run_export(now=now, export_id=export_id, most=2)
    disk.path_of(export_id, "part").unlink()
    assert len(rows_of(finish(export_id, now))) == 5
    assert queries.export(SYSTEM, export_id).done == 5
