"""Files of other systems are understood, shown, and taken row by row through the one way in for records."""

import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F

from raquan.capture import commands as capture_commands
from raquan.capture import queries as capture
from raquan.capture.commands import SentFile, attach_files
from raquan.capture.rules import Envelope, Outcome, RecordSource, ReviewState, Verdict
from raquan.catalogue import queries as catalogue
from raquan.exchange.gateways.labels import read_labels
from raquan.exchange.gateways.records import BadRow, Reading, read_export
from raquan.exchange.gateways.tables import open_export
from raquan.exchange.models import Import, ImportRefusal
from raquan.exchange.rules import ChildRow, ImportSource, Labels, ReadRow, write_instance
from raquan.files import commands as files
from raquan.files import queries as stored_files
from raquan.forms import queries as forms
from raquan.forms.queries import FormShape
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action

TOPIC = "exchange.import"
CHUNK = 100
SAMPLES = 3
MOST_LISTED = 10

_SOURCES = {ImportSource.CENTRAL: RecordSource.CENTRAL_EXPORT, ImportSource.KOBO: RecordSource.KOBO_EXPORT}


class ImportFormUnknown(NotFound):
    """There is no such form that takes records."""

    code = "import.form_unknown"
    message = N_("Không có biểu mẫu {form_id}, hoặc biểu mẫu đã đóng.")


class NothingInFile(Refused):
    """The file has a header and no row."""

    code = "import.empty"
    message = N_("Tệp không có dòng nào dưới tiêu đề.")


class NoColumnMatches(Refused):
    """The form's questions have no columns, or not those that make an assist: it is another form's export."""

    code = "import.no_column"
    message = N_("Cột của tệp không khớp với câu hỏi của biểu mẫu này. Hãy chọn đúng biểu mẫu.")


class ServiceNotOurs(Refused):
    """The catalogue does not have the row's service."""

    code = "import.service_unknown"
    message = N_("Danh mục không có dịch vụ “{code}”.")


class ResultNotOfService(Refused):
    """The row's result is none of its service's group."""

    code = "import.result_unknown"
    message = N_("Kết quả “{code}” không thuộc nhóm của dịch vụ.")


class ImportStarted(Conflict):
    """The import was started before."""

    code = "import.started"
    message = N_("Tệp này đã được cho nhập.")


def read_import(*, by: Actor, now: datetime, form_id: str, file: BinaryIO, file_name: str) -> UUID:
    """Keep a file, and what is understood of it, for a person to look at; nothing is taken yet. Gives its id.

    Raises NotAllowed, ImportFormUnknown, FormatUnknown, FileTooLarge, FileDamaged, NothingInFile, NoColumnMatches.
    """
    people.check(by, Action.RECORD_IMPORT)
    shape = _shape(by, form_id)
    if by.id is None:
        raise NotAllowed()
    reading = read_export(open_export(file), form_id=form_id, fields=shape.fields, labels=_labels(by, shape))
    needed = {shape.projection[field] for field in ("service", "result") if field in shape.projection}
    if not reading.main.answered or not needed <= reading.main.answered:
        raise NoColumnMatches()
    preview = _preview(reading, shape)
    if not preview["rows"]:
        raise NothingInFile()
    file.seek(0)
    stored = files.store_file(by=by, data=file)
    with transaction.atomic():
        one = Import.objects.create(
            owner_id=by.id,
            source=reading.export.source.value,
            form_id=form_id,
            file_name=normalize(file_name)[:200] or "records",
            file_sha256=stored.sha256,
            asked_at=now,
            preview=preview,
            total=preview["rows"],
        )
        detail = {"form": form_id, "file": one.file_name, "sha256": stored.sha256}
        ledger.record(by=by, verb="read_import", subject="exchange.Import", subject_id=one.id, detail=detail)
    return one.id


def start_import(*, by: Actor, now: datetime, import_id: UUID) -> bool:
    """Let a worker take the rows of a file that was read; also goes on with one that has stopped.

    False when it is under way already. Raises NotFound for anybody else's, ImportStarted for a finished one.
    """
    people.check(by, Action.RECORD_IMPORT)
    with transaction.atomic():
        one = Import.objects.filter(id=import_id).first()
        if one is None or one.owner_id != by.id:
            raise NotFound()
        if one.finished_at is not None:
            raise ImportStarted()
        asked = ledger.publish(topic=TOPIC, payload={"import": str(import_id)}, key=f"{TOPIC}:{import_id}")
        if asked:
            Import.objects.filter(id=import_id, started_at__isnull=True).update(started_at=now)
            ledger.record(by=by, verb="start_import", subject="exchange.Import", subject_id=import_id)
    return asked


def run_import(*, now: datetime, import_id: UUID, most: int = 1000) -> bool:
    """Take the next rows of a file, as the person who brought it and by what they may today; True when some are left.

    Rows, refusals and how far it has come are one transaction, so that a crash neither loses a row nor counts one
    twice; files follow, and are sent again for rows whose files may not have been.
    """
    one = Import.objects.filter(id=import_id, finished_at__isnull=True).first()
    if one is None:
        return False
    by = people_queries.actor_of_user(one.owner_id, local_date(now))
    if by is None:
        raise NotAllowed()
    shape = _shape(by, one.form_id)
    with _opened(one, by, shape) as reading:
        known = _catalogue()
        read = reading.rows(after=one.filed)
        rows = (_check(row, shape, known) if isinstance(row, ReadRow) else row for row in read)
        for _ in range(-(-most // CHUNK)):
            chunk = list(islice(rows, CHUNK))
            if not chunk:
                Import.objects.filter(id=import_id).update(finished_at=now)
                return False
            _take(one, by, now, chunk, shape)
            _attach(one, by, now, chunk, reading)
            one.refresh_from_db()
    return True


def _shape(by: Actor, form_id: str) -> FormShape:
    found = next((shape for shape in forms.form_shapes(by) if shape.form_id == form_id), None)
    if found is None:
        raise ImportFormUnknown(form_id=form_id)
    return found


def _labels(by: Actor, shape: FormShape) -> Labels:
    return read_labels(forms.form_xml(by, shape.form_id).xml)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """What an assist can be of: the group of each service, and the results of each group."""

    groups: Mapping[str, str]
    rungs: frozenset[tuple[str, str]]


def _catalogue() -> _Catalogue:
    return _Catalogue(
        groups={service.code: service.group_code for service in catalogue.all_services()},
        rungs=frozenset((group.code, rung.code) for group in catalogue.groups() for rung in group.rungs),
    )


def _check(row: ReadRow, shape: FormShape, known: _Catalogue) -> ReadRow | BadRow:
    """Refuse an assist that could count nowhere: nobody here can ask the helper of another system again."""
    if not shape.projection:
        return row
    service = row.answers.get(shape.projection["service"], "")
    result = row.answers.get(shape.projection["result"], "")
    if service not in known.groups:
        return BadRow(row.line, row.instance_id, ServiceNotOurs(code=service))
    if (known.groups[service], result) not in known.rungs:
        return BadRow(row.line, row.instance_id, ResultNotOfService(code=result))
    return row


@contextmanager
def _opened(one: Import, by: Actor, shape: FormShape) -> Iterator[Reading]:
    with stored_files.open_file(one.file_sha256) as file:
        labels = _labels(by, shape)
        yield read_export(open_export(file), form_id=one.form_id, fields=shape.fields, labels=labels)


def _preview(reading: Reading, shape: FormShape) -> dict[str, Any]:
    """Say what was understood: counts, columns, samples, and what will not be taken."""
    rows = bad = other_versions = 0
    samples: list[dict[str, str]] = []
    refusals: list[list[Any]] = []
    known = _catalogue()
    for read in reading.rows():
        row = _check(read, shape, known) if isinstance(read, ReadRow) else read
        rows += 1
        if isinstance(row, BadRow):
            bad += 1
            refusals += [[row.line, row.refusal.text()]] if len(refusals) < MOST_LISTED else []
            continue
        other_versions += bool(row.version) and row.version not in shape.versions
        if len(samples) < SAMPLES:
            samples.append({path: text for path, text in row.answers.items() if text})
    heads = reading.export.main.header
    answered = reading.main.answered.union(*(one.answered for one in reading.repeats.values()))
    return {
        "rows": rows,
        "bad": bad,
        "refusals": refusals,
        "other_versions": other_versions,
        "version": shape.versions[0],
        "columns": [[heads[place], path] for place, path in reading.main.questions.items()],
        "joined": sorted({path for path, _ in [*reading.main.points.values(), *reading.main.choices.values()]}),
        "repeats": sorted(reading.repeats),
        "unmatched_tables": list(reading.unmatched),
        "unknown": list(reading.main.unknown),
        "ignored": list(reading.main.ignored),
        "unanswered": [p for p, kind in shape.fields if kind not in ("group", "repeat") and p not in answered],
        "media": len(reading.export.media),
        "samples": samples,
    }


def _take(one: Import, by: Actor, now: datetime, chunk: Sequence[ReadRow | BadRow], shape: FormShape) -> None:
    fresh = [row for row in chunk if row.line > one.reached]
    if not fresh:
        return
    good = [row for row in fresh if isinstance(row, ReadRow)]
    envelopes = [_envelope(row, one, shape, now) for row in good]
    with transaction.atomic():
        verdicts = capture_commands.receive_submissions(by=by, now=now, envelopes=envelopes)
        taken = [pair for pair in zip(good, verdicts, strict=True) if pair[1].is_taken]
        accepted = {v.submission_id: row for row, v in taken if v.outcome is Outcome.ACCEPTED and v.submission_id}
        _mark(one, by, now, accepted)
        refusals = [_refusal(one, row) for row in fresh if isinstance(row, BadRow)]
        refusals += [
            _said_no(one, row, verdict) for row, verdict in zip(good, verdicts, strict=True) if not verdict.is_taken
        ]
        ImportRefusal.objects.bulk_create(refusals)
        Import.objects.filter(id=one.id).update(
            reached=fresh[-1].line,
            accepted=F("accepted") + len(accepted),
            known=F("known") + len(taken) - len(accepted),
            refused=F("refused") + len(refusals),
        )


def _mark(one: Import, by: Actor, now: datetime, accepted: dict[UUID, ReadRow]) -> None:
    """Say of records where they come from, and decide on them as it was decided there."""
    references = {submission_id: f"{one.file_name}, {row.line}" for submission_id, row in accepted.items()}
    capture_commands.mark_origins(by=by, now=now, source=_SOURCES[ImportSource(one.source)], references=references)
    for submission_id, row in accepted.items():
        if row.review:
            capture_commands.review_submission(
                by=by, now=now, submission_id=submission_id, state=ReviewState(row.review)
            )


def _envelope(row: ReadRow, one: Import, shape: FormShape, now: datetime) -> Envelope:
    version = row.version if row.version in shape.versions else shape.versions[0]
    payload = write_instance(row, form_id=one.form_id, version=version, fields=shape.fields)
    sent = " ".join(part for part in (f"import {one.source}", row.device, row.sender) if part)
    # A clock of the other system that runs ahead makes nothing come from the future.
    received = min(row.sent_at, now) if row.sent_at else now
    return Envelope(payload=payload, received_at=received, device_id=sent)


def _refusal(one: Import, row: BadRow) -> ImportRefusal:
    said = row.refusal
    return ImportRefusal(of=one, line=row.line, instance_id=row.instance_id, code=said.code, message=said.text())


def _said_no(one: Import, row: ReadRow, verdict: Verdict) -> ImportRefusal:
    return ImportRefusal(
        of=one, line=row.line, instance_id=row.instance_id[:200], code=verdict.code, message=verdict.message
    )


def _attach(one: Import, by: Actor, now: datetime, chunk: Sequence[ReadRow | BadRow], reading: Reading) -> None:
    """Send along the files that the rows name, where the export has them; one that is refused holds nothing up."""
    if reading.export.media:
        lines = [row.line for row in chunk]
        refused = set(ImportRefusal.objects.filter(of=one, line__in=lines).values_list("line", flat=True))
        rows = [row for row in chunk if isinstance(row, ReadRow) and row.line not in refused]
        ids = capture.submission_ids(row.instance_id for row in rows)
        for row in rows:
            _attach_to(one, by, now, ids[row.instance_id], row, reading)
    Import.objects.filter(id=one.id).update(filed=chunk[-1].line)


def _attach_to(one: Import, by: Actor, now: datetime, submission_id: UUID, row: ReadRow, reading: Reading) -> None:
    for name in sorted(set(said_in(row)) & set(reading.export.media)):
        source, size = reading.export.open_media(name)
        with source:
            sent = SentFile(name, _media_type(name), size, cast(BinaryIO, source))
            try:
                attach_files(by=by, now=now, submission_id=submission_id, sent=[sent])
            except Refused as refusal:
                _file_refused(one, row, refusal)


def _file_refused(one: Import, row: ReadRow, refusal: Refused) -> None:
    """List a file that was not taken; its record was, and the rows that were not are counted elsewhere."""
    if not ImportRefusal.objects.filter(of=one, line=row.line, code=refusal.code).exists():
        _refusal(one, BadRow(row.line, row.instance_id[:200], refusal)).save(force_insert=True)


def said_in(row: ReadRow | ChildRow) -> Iterator[str]:
    """Give every answer of a row, those of its repeats too."""
    yield from (text.strip() for text in row.answers.values())
    for children in row.repeats.values():
        for child in children:
            yield from said_in(child)


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
