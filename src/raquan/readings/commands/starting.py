"""Takes a document in and reads it line by line, at once when it is short, else by and by."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.files.commands import store_file
from raquan.files.queries import read_file
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger.commands import publish, record
from raquan.people.commands import check
from raquan.people.queries import OrganizationMatch, match_organizations
from raquan.people.rules import Action
from raquan.readings.gateways import media_type, read_document
from raquan.readings.models import Reading, ReadingItem, ReadingUnit
from raquan.readings.rules import (
    CHUNK,
    GAP,
    SMALL,
    Part,
    PlanReading,
    ReadingState,
    SectionRead,
    TaskRead,
    Use,
    doubts_of,
    pack_head,
    read_plan,
)

TOPIC = "readings.read"


class NotAPlan(Refused):
    """The document has neither a plan's title nor tasks."""

    code = "plan.not_a_plan"
    message = N_("Không thấy tên kế hoạch hay nhiệm vụ nào trong văn bản này. Hãy kiểm tra lại tệp đã chọn.")


@dataclass(frozen=True, slots=True)
class ReadingStarted:
    """A reading by its id; `already` when this very file was taken in before, and has not been discarded."""

    reading_id: UUID
    is_read: bool
    already: bool


def start_reading(*, by: Actor, now: datetime, document: bytes, file_name: str) -> ReadingStarted:
    """Keep a document and read it; a long one is read by a worker. The same file again is the same reading.

    Raises NotAllowed, NotDocx, NotXlsx, OldFormat, TooLarge, TooManyCells, OldFont or NotAPlan.
    """
    check(by, Action.PLAN_IMPORT)
    sha256 = hashlib.sha256(document).hexdigest()
    if found := _standing(sha256):
        return found
    read = read_plan(read_document(document, file_name))
    if not read.says_a_plan:
        raise NotAPlan()
    store_file(by=by, data=document, media_type=media_type(file_name))
    try:
        reading = _begin(by, now, sha256, file_name, read)
    except IntegrityError:  # another upload of the same file was first in this moment
        if found := _standing(sha256):
            return found
        raise
    if reading.total <= SMALL:
        _read_chunks(reading, read, most=SMALL)
    return ReadingStarted(reading.id, reading.total <= SMALL, already=False)


def read_on(*, now: datetime, reading_id: UUID, most: int = 1000) -> bool:
    """Read the next lines of a document; True when some are left. Does nothing to one that is read or discarded.

    Lines and how far they have come are one transaction, so that a crash neither loses a line nor reads one twice.
    """
    reading = Reading.objects.filter(id=reading_id, state=ReadingState.UNDER_WAY.value).first()
    if reading is None:
        return False
    read = read_plan(read_document(read_file(reading.file_sha256), reading.file_name))
    return _read_chunks(reading, read, most=most)


def resume_reading(*, by: Actor, now: datetime, reading_id: UUID) -> bool:
    """Ask a worker once more for a reading that has stopped; False when it is asked for already. Raises NotFound."""
    check(by, Action.PLAN_IMPORT)
    with transaction.atomic():
        if not Reading.objects.filter(id=reading_id, state=ReadingState.UNDER_WAY.value).exists():
            raise NotFound()
        asked = _ask(reading_id)
        if asked:
            record(by=by, verb="resume_reading", subject="readings.Reading", subject_id=reading_id)
    return asked


def _standing(sha256: str) -> ReadingStarted | None:
    found = Reading.objects.filter(file_sha256=sha256).exclude(state=ReadingState.DISCARDED.value).first()
    return ReadingStarted(found.id, found.state != ReadingState.UNDER_WAY.value, already=True) if found else None


def _ask(reading_id: UUID) -> bool:
    return publish(topic=TOPIC, payload={"reading": str(reading_id)}, key=f"{TOPIC}:{reading_id}")


@transaction.atomic
def _begin(by: Actor, now: datetime, sha256: str, file_name: str, read: PlanReading) -> Reading:
    reading = Reading.objects.create(
        file_sha256=sha256,
        file_name=file_name[-255:],
        head=pack_head(read),
        total=len(read.pieces),
        asked_by=by.id,
        asked_at=now,
    )
    if reading.total > SMALL:
        _ask(reading.id)
    detail = {"file_sha256": sha256, "lines": reading.total, "tasks": len(read.tasks)}
    record(by=by, verb="start_reading", subject="readings.Reading", subject_id=reading.id, detail=detail)
    return reading


def _read_chunks(reading: Reading, read: PlanReading, *, most: int) -> bool:
    """Write lines a chunk at a time until `most` are written; True when some are left."""
    words = sorted({unit for task in read.tasks for unit in (*task.lead_units, *task.cooperating_units)})
    found = match_organizations(words)
    matches = {word: one for word, one in zip(words, found, strict=True) if one is not None}
    written = 0
    while written < most:
        reading.refresh_from_db()
        if reading.state != ReadingState.UNDER_WAY.value:
            return False
        _write_chunk(reading, read, matches)
        written += CHUNK
    return reading.done + CHUNK < reading.total


@transaction.atomic
def _write_chunk(reading: Reading, read: PlanReading, matches: Mapping[str, OrganizationMatch]) -> None:
    """Write the lines after those that are written, unless another worker has done so in this moment."""
    end = min(reading.done + CHUNK, reading.total)
    state = ReadingState.READ if end == reading.total else ReadingState.UNDER_WAY
    claimed = Reading.objects.filter(id=reading.id, done=reading.done, state=ReadingState.UNDER_WAY.value)
    if not claimed.update(done=end, state=state.value):
        return
    known = {one.source: one for one in reading.items.filter(use=Use.SECTION.value)}
    items, units = _items(reading, read, known, matches, reading.done, end)
    ReadingItem.objects.bulk_create(items)
    ReadingUnit.objects.bulk_create(units)
    if state is ReadingState.READ:
        detail = {"lines": reading.total}
        record(by=SYSTEM, verb="finish_reading", subject="readings.Reading", subject_id=reading.id, detail=detail)


def _items(
    reading: Reading,
    read: PlanReading,
    known: dict[str, ReadingItem],
    matches: Mapping[str, OrganizationMatch],
    begin: int,
    end: int,
) -> tuple[list[ReadingItem], list[ReadingUnit]]:
    tasks = {one.source: one for one in read.tasks}
    sections = {one.source: one for one in read.sections}
    aims = {one.source: one.text for one in read.objectives}
    left: dict[str, list[str]] = {}
    for one in read.leftovers:
        left.setdefault(one.source, []).append(one.text)
    items: list[ReadingItem] = []
    units: list[ReadingUnit] = []
    for at, piece in enumerate(read.pieces[begin:end], start=begin + 1):
        item = ReadingItem(
            id=uuid7(),
            reading=reading,
            position=at * GAP,
            source=piece.source[:60],
            text=piece.text,
            read_as=piece.use.value,
            use=piece.use.value,
            title=aims.get(piece.source, "") if piece.use is Use.OBJECTIVE else "",
            left=left.get(piece.source, []),
            is_open=piece.source in left,
        )
        if piece.source in sections:
            _fill_section(item, sections[piece.source])
            known[piece.source] = item
        if piece.source in tasks:
            _fill_task(item, tasks[piece.source], known, matches)
            units += _units(item, tasks[piece.source], matches)
        items.append(item)
    return items, units


def _fill_section(item: ReadingItem, read: SectionRead) -> None:
    item.use = Use.SECTION.value
    item.path, item.title = read.path[:60], read.title


def _fill_task(
    item: ReadingItem, read: TaskRead, known: Mapping[str, ReadingItem], matches: Mapping[str, OrganizationMatch]
) -> None:
    item.use = Use.TASK.value
    item.path, item.title, item.section = read.path[:60], read.title, known.get(read.section)
    item.starts_on, item.due_on = read.starts_on, read.due_on
    item.time_as_written, item.deliverable = read.time_as_written[:500], read.deliverable or ""
    doubts = doubts_of(read, known_units=matches, left=[read.source] if item.left else [])
    item.doubts = [one.value for one in doubts]
    item.is_open = bool(doubts)


def _units(item: ReadingItem, read: TaskRead, matches: Mapping[str, OrganizationMatch]) -> Sequence[ReadingUnit]:
    made: list[ReadingUnit] = []
    for part, names in ((Part.LEAD, read.lead_units), (Part.COOPERATING, read.cooperating_units)):
        for position, written in enumerate(names, start=1):
            match = matches.get(written)
            made.append(
                ReadingUnit(
                    item=item,
                    position=position,
                    part=part.value,
                    as_written=written,
                    organization_id=match.organization_id if match else None,
                    score=match.score if match else None,
                )
            )
    return made
