"""Takes a document in and reads it line by line, at once when it is short, else by and by."""

import hashlib
from collections.abc import Iterator, Mapping
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
from raquan.readings.models import Reading, ReadingLine, ReadingUnit
from raquan.readings.rules import (
    CHUNK,
    GAP,
    SMALL,
    STRETCH,
    SURE_ENOUGH,
    USABLE,
    Part,
    Piece,
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
        _write_lines(reading.id, read, most=SMALL)
    return ReadingStarted(reading.id, already=False)


def read_on(*, now: datetime, reading_id: UUID, most: int = STRETCH) -> bool:
    """Read the next lines of a document; True when some are left. Does nothing to one that is read or discarded.

    Lines and how far they have come are one transaction, so that a crash neither loses a line nor reads one twice.
    """
    reading = Reading.objects.filter(id=reading_id, state=ReadingState.UNDER_WAY.value).first()
    if reading is None:
        return False
    read = read_plan(read_document(read_file(reading.file_sha256), reading.file_name))
    return _write_lines(reading_id, read, most=most)


def resume_reading(*, by: Actor, now: datetime, reading_id: UUID) -> bool:
    """Ask a worker once more for a reading that has stopped; False when it is asked for already, or is read.

    Raises NotAllowed, NotFound.
    """
    check(by, Action.PLAN_IMPORT)
    with transaction.atomic():
        state = Reading.objects.filter(id=reading_id).values_list("state", flat=True).first()
        if state is None:
            raise NotFound()
        asked = state == ReadingState.UNDER_WAY.value and _ask(reading_id)
        if asked:
            record(by=by, verb="resume_reading", subject="readings.Reading", subject_id=reading_id)
    return asked


def _standing(sha256: str) -> ReadingStarted | None:
    found = Reading.objects.filter(file_sha256=sha256).exclude(state=ReadingState.DISCARDED.value).first()
    return ReadingStarted(found.id, already=True) if found else None


def _ask(reading_id: UUID) -> bool:
    return publish(topic=TOPIC, payload={"reading": str(reading_id)}, key=f"{TOPIC}:{reading_id}")


@transaction.atomic
def _begin(by: Actor, now: datetime, sha256: str, file_name: str, read: PlanReading) -> Reading:
    """Keep the head of a document. A worker is asked for a short one too: its officer's request may be cut off."""
    reading = Reading.objects.create(
        file_sha256=sha256,
        file_name=file_name[-255:],
        head=pack_head(read),
        total=len(read.pieces),
        asked_by=by.id,
        asked_at=now,
    )
    _ask(reading.id)
    detail = {"file_sha256": sha256, "lines": reading.total, "tasks": len(read.tasks)}
    record(by=by, verb="start_reading", subject="readings.Reading", subject_id=reading.id, detail=detail)
    return reading


def _write_lines(reading_id: UUID, read: PlanReading, *, most: int) -> bool:
    """Write lines a chunk at a time until `most` are written or none is left; True when some are left."""
    words = sorted({unit for task in read.tasks for unit in (*task.lead_units, *task.cooperating_units)})
    matches = {word: one for word, one in zip(words, match_organizations(words), strict=True) if one is not None}
    for _ in range(0, most, CHUNK):
        reading = Reading.objects.get(id=reading_id)
        if reading.state != ReadingState.UNDER_WAY.value:
            return False
        _write_chunk(reading, read, matches)
    return Reading.objects.filter(id=reading_id, state=ReadingState.UNDER_WAY.value).exists()


@transaction.atomic
def _write_chunk(reading: Reading, read: PlanReading, matches: Mapping[str, OrganizationMatch]) -> None:
    """Write the lines after those that are written, unless another worker has done so in this moment."""
    end = min(reading.done + CHUNK, reading.total)
    state = ReadingState.READ if end == reading.total else ReadingState.UNDER_WAY
    claimed = Reading.objects.filter(id=reading.id, done=reading.done, state=ReadingState.UNDER_WAY.value)
    if not claimed.update(done=end, state=state.value):
        return
    made = list(_Lines(reading, read, matches).made(reading.done, end))
    ReadingLine.objects.bulk_create(line for line, _ in made)
    ReadingUnit.objects.bulk_create(unit for _, units in made for unit in units)
    if state is ReadingState.READ:
        detail = {"lines": reading.total}
        record(by=SYSTEM, verb="finish_reading", subject="readings.Reading", subject_id=reading.id, detail=detail)


class _Lines:
    """What a document says, looked up by the place where it says so."""

    def __init__(self, reading: Reading, read: PlanReading, matches: Mapping[str, OrganizationMatch]) -> None:
        self._reading, self._pieces, self._matches = reading, read.pieces, matches
        self._tasks = {one.source: one for one in read.tasks}
        self._sections = {one.source: one for one in read.sections}
        self._objectives = {one.source: one for one in read.objectives}
        self._left: dict[str, list[str]] = {}
        for one in read.leftovers:
            self._left.setdefault(one.source, []).append(one.text)

    def made(self, begin: int, end: int) -> Iterator[tuple[ReadingLine, list[ReadingUnit]]]:
        """Make the lines from `begin` up to `end`, each with its units."""
        for at, piece in enumerate(self._pieces[begin:end], start=begin + 1):
            line = self._line(piece, at * GAP)
            task = self._tasks.get(piece.source)
            if task is not None:
                self._fill_task(line, task)
            elif piece.source in self._sections:
                self._fill_section(line, self._sections[piece.source])
            elif piece.source in self._objectives:
                line.use, line.title = Use.OBJECTIVE.value, self._objectives[piece.source].text
            elif piece.use in USABLE:
                line.use = Use.DETAIL.value
            line.read_as = line.use
            yield line, list(self._units(line, task)) if task is not None else []

    def _line(self, piece: Piece, position: int) -> ReadingLine:
        left = self._left.get(piece.source, [])
        return ReadingLine(
            id=uuid7(),
            reading=self._reading,
            position=position,
            source=piece.source,
            text=piece.text,
            use=piece.use.value,
            left=left,
            is_open=bool(left),
        )

    def _fill_section(self, line: ReadingLine, read: SectionRead) -> None:
        line.use, line.path, line.title = Use.SECTION.value, read.path[:60], read.title

    def _fill_task(self, line: ReadingLine, read: TaskRead) -> None:
        line.use, line.path, line.title, line.section = Use.TASK.value, read.path[:60], read.title, read.section
        line.starts_on, line.due_on = read.starts_on, read.due_on
        line.time_as_written, line.deliverable = read.time_as_written[:500], read.deliverable or ""
        unsure = [word for word, match in self._matches.items() if match.score < SURE_ENOUGH]
        left = [read.source] if line.left else []
        doubts = doubts_of(read, known_units=self._matches, left=left, unsure_units=unsure)
        line.doubts, line.is_open = [one.value for one in doubts], bool(doubts)

    def _units(self, line: ReadingLine, read: TaskRead) -> Iterator[ReadingUnit]:
        for part, names in ((Part.LEAD, read.lead_units), (Part.COOPERATING, read.cooperating_units)):
            for position, written in enumerate(names, start=1):
                match = self._matches.get(written)
                yield ReadingUnit(
                    line=line,
                    position=position,
                    part=part.value,
                    as_written=written,
                    organization_id=match.organization_id if match else None,
                    score=match.score if match else None,
                )
