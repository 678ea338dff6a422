"""What officers make of a reading: they put a line right, add a task, or say that a line is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from raquan.kernel.actor import Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger.commands import record
from raquan.people.commands import check
from raquan.people.queries import match_organizations, user_names
from raquan.people.rules import Action
from raquan.readings.models import Reading, ReadingLine, ReadingUnit
from raquan.readings.rules import ADDED, GAP, USABLE, Doubt, Part, ReadingState, Use, doubts_of_units


class ReadingClosed(Conflict):
    """The document is in the plan already, or was discarded, or is still being read."""

    code = "reading.closed"
    message = N_("Bản đọc này không còn sửa được: văn bản đang được đọc, đã đưa vào thực hiện hoặc đã bị bỏ.")


class LineChanged(Conflict):
    """Somebody else has changed the line since it was shown."""

    code = "reading.line_changed"
    message = N_("{name} vừa sửa dòng này. Hãy xem bản mới ở bên cạnh, rồi lưu lại nếu bản của bạn đúng hơn.")


class TitleMissing(Refused):
    """A task has no name."""

    code = "reading.title_missing"
    message = N_("Hãy ghi tên nhiệm vụ.")


class DatesReversed(Refused):
    """The last day of a task comes before its first."""

    code = "reading.dates_reversed"
    message = N_("Hạn hoàn thành phải sau hoặc trùng ngày bắt đầu.")


class UnitUnknown(Refused):
    """No organization has this name, or several have."""

    code = "reading.unit_unknown"
    message = N_("Danh bạ không có đơn vị “{name}”, hoặc có nhiều đơn vị tên giống vậy. Hãy chọn trong danh sách.")


class SectionUnknown(Refused):
    """There is no such section in this document."""

    code = "reading.section_unknown"
    message = N_("Không có nhóm nhiệm vụ này trong văn bản.")


@dataclass(frozen=True, slots=True)
class UnitWanted:
    """A unit as the plan writes it, and the name in the directory of the organization that it is, if any."""

    as_written: str
    organization: str = ""


@dataclass(frozen=True, slots=True)
class LineWanted:
    """A line as an officer says that it is; `section` is the source of the line that it stands under."""

    title: str
    use: Use = Use.TASK
    path: str = ""
    section: str = ""
    lead_units: Sequence[UnitWanted] = ()
    cooperating_units: Sequence[UnitWanted] = ()
    starts_on: date | None = None
    due_on: date | None = None
    time_as_written: str = ""
    deliverable: str = ""


def correct_line(*, by: Actor, now: datetime, line_id: UUID, version: int, wanted: LineWanted) -> None:
    """Say what a line is, with these fields; what has no place, or was something else, can become a task.

    Raises NotAllowed, NotFound, ReadingClosed, LineChanged, TitleMissing, DatesReversed, UnitUnknown, SectionUnknown.
    """
    line = _line(by, line_id)
    organizations = _check_wanted(line.reading_id, wanted)
    with transaction.atomic():
        _change(by, now, line, version, **_fields(line, wanted))
        _write_units(line, wanted, organizations)
        detail = {"was": line.use, "use": wanted.use.value, "title": wanted.title[:200], "version": version}
        record(by=by, verb="correct_line", subject="readings.ReadingLine", subject_id=line_id, detail=detail)


def confirm_line(*, by: Actor, now: datetime, line_id: UUID, version: int) -> None:
    """Say that a line was looked at and is right as it stands; again, it is done already.

    Raises NotAllowed, NotFound, ReadingClosed, LineChanged.
    """
    line = _line(by, line_id)
    if line.is_open:
        _decide(by, now, line, version, "confirm_line", is_open=False)


def dismiss_line(*, by: Actor, now: datetime, line_id: UUID, version: int) -> None:
    """Say that a line is nothing for the plan; again, it is done already. Raises as confirm_line."""
    line = _line(by, line_id)
    if line.use != Use.DISMISSED.value:
        _decide(by, now, line, version, "dismiss_line", is_open=False, use=Use.DISMISSED.value)


def restore_line(*, by: Actor, now: datetime, line_id: UUID, version: int) -> None:
    """Take back that a line is nothing for the plan: it is what it was read as. Raises as confirm_line."""
    line = _line(by, line_id)
    if line.use == Use.DISMISSED.value:
        is_open = bool(line.doubts or line.left)
        _decide(by, now, line, version, "restore_line", is_open=is_open, use=line.read_as)


def add_task(*, by: Actor, now: datetime, reading_id: UUID, after: UUID | None = None, wanted: LineWanted) -> UUID:
    """Add a task that the reader did not see, below a line of the document or at its end; give its id.

    Raises NotAllowed, NotFound, ReadingClosed, TitleMissing, DatesReversed, UnitUnknown, SectionUnknown.
    """
    check(by, Action.PLAN_IMPORT)
    organizations = _check_wanted(reading_id, wanted)
    while True:
        line = _new_line(reading_id, after)
        line.changed_by, line.changed_at = by.id, now
        for name, value in _fields(line, wanted).items():
            setattr(line, name, value)
        line.read_as = line.use
        try:
            with transaction.atomic():
                _touch(reading_id)
                line.save(force_insert=True)
                _write_units(line, wanted, organizations)
                detail = {"title": wanted.title[:200]}
                record(by=by, verb="add_task", subject="readings.ReadingLine", subject_id=line.id, detail=detail)
        except IntegrityError:  # another task was added at this place in this moment: take the next one
            continue
        return line.id


def _line(by: Actor, line_id: UUID) -> ReadingLine:
    check(by, Action.PLAN_IMPORT)
    line = ReadingLine.objects.filter(id=line_id).first()
    if line is None:
        raise NotFound()
    return line


def _decide(by: Actor, now: datetime, line: ReadingLine, version: int, verb: str, **fields: object) -> None:
    with transaction.atomic():
        _change(by, now, line, version, **fields)
        record(by=by, verb=verb, subject="readings.ReadingLine", subject_id=line.id, detail={"version": version})


def _change(by: Actor, now: datetime, line: ReadingLine, version: int, **fields: object) -> None:
    """Change a line that still has the version which its officer saw. Raises ReadingClosed, LineChanged."""
    _touch(line.reading_id)
    seen = ReadingLine.objects.filter(id=line.id, version=version)
    if not seen.update(version=F("version") + 1, changed_by=by.id, changed_at=now, **fields):
        changed = ReadingLine.objects.values_list("changed_by", flat=True).get(id=line.id)
        raise LineChanged(name=user_names([changed]).get(changed, "raquan") if changed else "raquan")


def _touch(reading_id: UUID) -> None:
    """Count a correction; one that is settled or still being read takes none."""
    if not Reading.objects.filter(id=reading_id, state=ReadingState.READ.value).update(version=F("version") + 1):
        if not Reading.objects.filter(id=reading_id).exists():
            raise NotFound()
        raise ReadingClosed()


def _check_wanted(reading_id: UUID, wanted: LineWanted) -> Mapping[str, UUID]:
    """Hold what is wanted to the document and the directory; give the organization of each name."""
    if not normalize(wanted.title):
        raise TitleMissing()
    if wanted.starts_on and wanted.due_on and wanted.starts_on > wanted.due_on:
        raise DatesReversed()
    sections = ReadingLine.objects.filter(reading_id=reading_id, source=wanted.section, use=Use.SECTION.value)
    if wanted.section and not sections.exists():
        raise SectionUnknown()
    names = sorted({one.organization for one in (*wanted.lead_units, *wanted.cooperating_units)} - {""})
    found = dict(zip(names, match_organizations(names), strict=True)) if names else {}
    for name, match in found.items():
        if match is None:
            raise UnitUnknown(name=name)
    return {name: match.organization_id for name, match in found.items() if match}


def _fields(line: ReadingLine, wanted: LineWanted) -> dict[str, object]:
    """Give a line's fields; what only a task has is empty for anything else."""
    is_task = wanted.use is Use.TASK
    doubts = doubts_of_units(
        [(one.as_written, bool(one.organization)) for one in wanted.lead_units],
        has_time=bool(wanted.starts_on or wanted.due_on),
        time_as_written=wanted.time_as_written,
    )
    # What had no place has one now, when the whole line had none; a part of a task stays told.
    left = [] if line.read_as == Use.LEFTOVER.value else line.left
    said = (*(doubts if is_task else ()), *([Doubt.PART_LEFT] if left else []))
    return {
        "use": wanted.use.value if wanted.use in USABLE else Use.TASK.value,
        "title": normalize(wanted.title),
        "path": normalize(wanted.path)[:60],
        "section": wanted.section if is_task else "",
        "starts_on": wanted.starts_on if is_task else None,
        "due_on": wanted.due_on if is_task else None,
        "time_as_written": normalize(wanted.time_as_written)[:500] if is_task else "",
        "deliverable": normalize(wanted.deliverable) if is_task else "",
        "left": left,
        "doubts": [one.value for one in said],
        "is_open": False,
    }


def _write_units(line: ReadingLine, wanted: LineWanted, organizations: Mapping[str, UUID]) -> None:
    """Write the units anew; what the reader proposed and nobody changed keeps its score."""
    had = ReadingUnit.objects.filter(line_id=line.id)
    scores = {(one.part, one.as_written, one.organization_id): one.score for one in had}
    had.delete()
    made: list[ReadingUnit] = []
    parts = ((Part.LEAD, wanted.lead_units), (Part.COOPERATING, wanted.cooperating_units))
    for part, units in parts if wanted.use is Use.TASK else ():
        for position, one in enumerate(units, start=1):
            unit = ReadingUnit(line_id=line.id, part=part.value, position=position)
            unit.as_written = normalize(one.as_written)
            unit.organization_id = organizations.get(one.organization)
            unit.score = scores.get((part.value, unit.as_written, unit.organization_id))
            made.append(unit)
    ReadingUnit.objects.bulk_create(made)


def _new_line(reading_id: UUID, after: UUID | None) -> ReadingLine:
    """Make a line at the next free place below another, before the document's next one; at the end without one."""
    lines = ReadingLine.objects.filter(reading_id=reading_id)
    above = lines.filter(id=after).values_list("position", flat=True).first() if after else None
    if after is not None and above is None:
        raise NotFound()
    last = lines.aggregate(Max("position"))["position__max"] or 0
    if above is not None:
        below = (above // GAP + 1) * GAP
        near = lines.filter(position__gte=above, position__lt=below).aggregate(Max("position"))["position__max"]
        last = near if near + 1 < below else last
    number = lines.filter(source__startswith=ADDED).count() + 1
    return ReadingLine(id=uuid7(), reading_id=reading_id, position=last + 1, source=f"{ADDED} {number}")
