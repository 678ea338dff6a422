"""Exports are asked for, written piece by piece, and removed after a week."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, gettext

from raquan.capture import queries as capture
from raquan.capture.queries import ExportRow
from raquan.capture.rules import RecordFilter, read_filter, write_filter
from raquan.exchange.gateways import files as disk
from raquan.exchange.gateways.writing import (
    CUT,
    CsvWriter,
    FeatureWriter,
    Line,
    SheetWriter,
    Writer,
)
from raquan.exchange.models import Export
from raquan.exchange.rules import COLUMNS, EXCEL_ROWS, KEEP, ExportKind, answer_of, columns_of, point_of
from raquan.files import queries as files
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.refused import N_, NotAllowed, NotFound, Refused
from raquan.kernel.tables import SHEET, WORKBOOK
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action
from raquan.places import queries as places

TOPIC = "exchange.export"
CHUNK = 250


class NothingToExport(Refused):
    """The search finds no record."""

    code = "export.nothing"
    message = N_("Không có bản ghi nào khớp để tải về.")


class TooManyForExcel(Refused):
    """A sheet of Excel holds no more rows."""

    code = "export.too_many_for_excel"
    message = N_("Excel chỉ chứa được {most} dòng. Hãy chọn CSV hoặc lọc bớt.")


def start_export(
    *, by: Actor, now: datetime, kind: ExportKind, filters: RecordFilter, request_id: UUID | None = None
) -> UUID:
    """Ask for an export of what a search finds now; give its id. A worker makes it.

    Raises NotAllowed, NothingToExport, TooManyForExcel.
    """
    people.check(by, Action.RECORD_EXPORT)

    def work() -> dict[str, Any]:
        upper = capture.last_number()
        total = capture.export_size(by, filters, upto=upper)
        if not total:
            raise NothingToExport()
        if kind is ExportKind.XLSX and total > EXCEL_ROWS:
            raise TooManyForExcel(most=EXCEL_ROWS)
        heads = {name: gettext(head) for name, head in COLUMNS.items()}
        columns = columns_of(capture.export_fields(by, filters, upto=upper), heads)
        export = Export.objects.create(
            kind=kind.value,
            owner_id=by.id,
            asked_at=now,
            wanted=write_filter(filters),
            heads=list(columns.heads),
            questions=[list(one) for one in columns.questions],
            language=get_language() or "vi",
            upper_number=upper,
            total=total,
        )
        ledger.publish(topic=TOPIC, payload={"export": str(export.id)}, key=f"{TOPIC}:{export.id}")
        detail = {"kind": kind.value, "total": total, "wanted": export.wanted}
        ledger.record(by=by, verb="start_export", subject="exchange.Export", subject_id=export.id, detail=detail)
        return {"id": str(export.id)}

    content = json.dumps([kind.value, write_filter(filters)], sort_keys=True)
    with transaction.atomic():
        digest = hashlib.sha256(content.encode()).hexdigest()
        return UUID(ledger.once(request_id=request_id, by=by, digest=digest, do=work)["id"])


def run_export(*, now: datetime, export_id: UUID, most: int = 2000) -> bool:
    """Write the next records of an export, by what its owner may read today; True when records are left.

    Can be killed at any point: the file is cut back to what the database knows of it, and goes on from there.
    """
    with disk.only_one(export_id) as mine:
        if not mine:
            return False
        for _ in range(-(-most // CHUNK)):
            export = Export.objects.filter(id=export_id, finished_at__isnull=True).first()
            if export is None:
                return False
            try:
                more = _next(export, _owner(export, now))
            except NotAllowed:  # they may not any more: what was written so far is not theirs either
                disk.remove(export_id)
                Export.objects.filter(id=export_id).update(finished_at=now, removed_at=now)
                return False
            if not more:
                _finish(export, now)
                return False
    return True


def continue_export(*, by: Actor, now: datetime, export_id: UUID) -> None:
    """Let a worker go on with an export of the actor's that has stopped."""
    with transaction.atomic():
        export = Export.objects.filter(id=export_id).first()
        if export is None or export.owner_id != by.id:
            raise NotFound()
        if ledger.publish(topic=TOPIC, payload={"export": str(export_id)}, key=f"{TOPIC}:{export_id}"):
            ledger.record(by=by, verb="continue_export", subject="exchange.Export", subject_id=export_id)


def remove_exports(*, now: datetime) -> int:
    """Delete the files of exports that are older than a week; count them."""
    old = Export.objects.filter(removed_at__isnull=True, asked_at__lt=now - KEEP)
    ids = list(old.values_list("id", flat=True))
    for one in ids:
        disk.remove(one)
        with transaction.atomic():
            Export.objects.filter(id=one).update(removed_at=now)
            ledger.record(by=SYSTEM, verb="remove_exports", subject="exchange.Export", subject_id=one)
    return len(ids)


def _owner(export: Export, now: datetime) -> Actor:
    if export.owner_id is None:
        return SYSTEM
    owner = people_queries.actor_of_user(export.owner_id, local_date(now))
    if owner is None:
        raise NotAllowed()
    return owner


def _next(export: Export, by: Actor) -> bool:
    """Write a chunk; False when there was none."""
    text, archive = disk.path_of(export.id, "part"), disk.path_of(export.id, "zip-part")
    if disk.path_of(export.id, "done").exists():
        return False
    if not (disk.is_whole(text, export.written) and disk.is_whole(archive, export.archived)):
        export.reached = export.written = export.archived = export.done = 0  # its disk is gone: begin anew
    people.check(by, Action.RECORD_EXPORT)
    rows = capture.export_rows(
        by,
        read_filter(export.wanted),
        above=export.reached,
        upto=export.upper_number,
        limit=CHUNK,
        language=export.language,
    )
    writer = _writer(export)
    head = [] if export.written else [writer.head(export.heads)]
    written = disk.append(text, export.written, [*head, *(writer.row(line) for line in _lines(export, rows))])
    missing: list[str] = []
    archived = export.archived
    if export.kind == ExportKind.ZIP and rows:
        archived = disk.archive(archive, export.archived, _photos(rows, missing))
    reached = rows[-1].number if rows else export.reached
    Export.objects.filter(id=export.id).update(
        reached=reached,
        done=export.done + len(rows),
        written=written,
        archived=archived,
        missing_files=export.missing_files + len(missing),
    )
    return bool(rows)


def _writer(export: Export) -> Writer:
    if export.kind == ExportKind.XLSX:
        return SheetWriter()
    if export.kind == ExportKind.GEOJSON:
        return FeatureWriter([*COLUMNS, *(path for path, _ in export.questions)])
    return CsvWriter()


def _lines(export: Export, rows: Sequence[ExportRow]) -> Iterator[Line]:
    questions = [(path, kind) for path, kind in export.questions]
    is_map = export.kind == ExportKind.GEOJSON
    codes = {row.place_code for row in rows if row.place_code} if is_map else set()
    units = places.units_by_codes(codes, local_date(rows[0].occurred_at)) if codes else {}
    for row in rows:
        fixed = [_cell(row, name, export.kind) for name in COLUMNS]
        answers = [_answer(answer_of(row.answers, path), kind) for path, kind in questions]
        point = point_of(row.answers, questions) if is_map else None
        unit = units.get(row.place_code)
        if is_map and point is None and unit is not None and unit.lat is not None and unit.lon is not None:
            point = (float(unit.lon), float(unit.lat))
        yield Line((*fixed, *answers), point)


def _cell(row: ExportRow, name: str, kind: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M:%S")
    if name == "files":
        return "; ".join(_name(row, file) if kind == ExportKind.ZIP else file for file, _ in row.files)
    return value


def _answer(value: Any, kind: str) -> Any:
    """Give an answer as a number where its question asks for one."""
    if kind not in ("int", "decimal") or not isinstance(value, str) or not value:
        return value
    try:
        return int(value) if kind == "int" else float(value)
    except ValueError:
        return value


def _name(row: ExportRow, file: str) -> str:
    return f"media/{row.number}-{file}"


def _photos(rows: Sequence[ExportRow], missing: list[str]) -> Iterator[tuple[str, IO[bytes]]]:
    for row in rows:
        for file, sha256 in row.files:
            try:
                source = files.open_file(sha256)
            except NotFound:  # said in the export's page; the others are not held up
                missing.append(sha256)
                continue
            yield _name(row, file), source


def _finish(export: Export, now: datetime) -> None:
    """Close the file and give it its place; doing so again after a crash comes to the same."""
    export.refresh_from_db()
    target = disk.path_of(export.id, "done")
    if not target.exists():
        _close(export, target)
    with transaction.atomic():
        Export.objects.filter(id=export.id).update(finished_at=now, size=target.stat().st_size)
        ledger.record(by=SYSTEM, verb="run_export", subject="exchange.Export", subject_id=export.id)


def _close(export: Export, target: Path) -> None:
    text = disk.path_of(export.id, "part")
    tail = _writer(export).tail()
    if export.kind == ExportKind.GEOJSON:
        disk.append(text, export.written - (len(CUT) if export.done else 0), [tail])
        text.replace(target)
    elif export.kind == ExportKind.XLSX:
        disk.append(text, export.written, [tail])
        disk.pack(target, [*WORKBOOK, (SHEET, text)])
    elif export.kind == ExportKind.ZIP:
        archive = disk.path_of(export.id, "zip-part")
        disk.archive(archive, export.archived, [("records.csv", text.open("rb"))])
        archive.replace(target)
    else:
        text.replace(target)
