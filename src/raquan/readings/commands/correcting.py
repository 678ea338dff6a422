"""What officers make of a reading: they put a task right, add one, or say what is no task."""

from collections.abc import Callable, Sequence
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
from raquan.people.queries import organization_names, user_names
from raquan.people.rules import Action
from raquan.readings.models import Reading, ReadingItem, ReadingUnit
from raquan.readings.rules import ADDED, DECIDED, GAP, Doubt, Part, ReadingState, Use, doubts_of_units


class ReadingClosed(Conflict):
    """The document is in the plan already, or was discarded, or is still being read."""

    code = "reading.closed"
    message = N_("Bản đọc này không còn sửa được: văn bản đang được đọc, đã đưa vào hiệu lực hoặc đã bị bỏ.")


class ItemChanged(Conflict):
    """Somebody else has changed the line since it was shown."""

    code = "reading.item_changed"
    message = N_("{name} vừa sửa dòng này. Hãy xem bản mới bên cạnh, rồi lưu lại nếu bản của bạn đúng hơn.")


class TitleMissing(Refused):
    """A task has no name."""

    code = "reading.title_missing"
    message = N_("Hãy ghi tên nhiệm vụ.")


class DatesReversed(Refused):
    """The last day of a task comes before its first."""

    code = "reading.dates_reversed"
    message = N_("Hạn hoàn thành phải sau hoặc trùng ngày bắt đầu.")


class UnitUnknown(NotFound):
    """There is no such organization."""

    code = "reading.unit_unknown"
    message = N_("Không có đơn vị này trong danh bạ.")
    status = 422


class SectionUnknown(NotFound):
    """There is no such section in this document."""

    code = "reading.section_unknown"
    message = N_("Không có nhóm nhiệm vụ này trong văn bản.")
    status = 422


@dataclass(frozen=True, slots=True)
class UnitWanted:
    """A unit as the plan writes it, and the organization that it is, if any."""

    as_written: str
    organization_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaskWanted:
    """A task as an officer says that it is."""

    title: str
    path: str = ""
    section_id: UUID | None = None
    lead_units: Sequence[UnitWanted] = ()
    cooperating_units: Sequence[UnitWanted] = ()
    starts_on: date | None = None
    due_on: date | None = None
    time_as_written: str = ""
    deliverable: str = ""


def correct_item(*, by: Actor, now: datetime, item_id: UUID, version: int, wanted: TaskWanted) -> None:
    """Say what a line is: a task with these fields; a line without a place, or that was no task, becomes one.

    Raises NotAllowed, NotFound, ReadingClosed, ItemChanged, TitleMissing, DatesReversed, UnitUnknown, SectionUnknown.
    """
    item = _item(by, item_id)
    _check_wanted(item.reading_id, wanted)
    with transaction.atomic():
        was = item.use
        _change(by, now, item, version, **_fields(item, wanted))
        _write_units(item, wanted)
        detail = {"was": was, "title": wanted.title[:200], "version": version}
        record(by=by, verb="correct_item", subject="readings.ReadingItem", subject_id=item_id, detail=detail)


def confirm_item(*, by: Actor, now: datetime, item_id: UUID, version: int) -> None:
    """Say that a line was looked at and is right as it stands. Raises NotAllowed, NotFound, ReadingClosed, ItemChanged."""
    _decide(by, now, item_id, version, "confirm_item", lambda item: {})


def dismiss_item(*, by: Actor, now: datetime, item_id: UUID, version: int) -> None:
    """Say that a line is no task. Raises NotAllowed, NotFound, ReadingClosed, ItemChanged."""
    _decide(by, now, item_id, version, "dismiss_item", lambda item: {"use": Use.DISMISSED.value})


def restore_item(*, by: Actor, now: datetime, item_id: UUID, version: int) -> None:
    """Take back that a line is no task: it is what it was read as. Raises as dismiss_item."""
    _decide(
        by,
        now,
        item_id,
        version,
        "restore_item",
        lambda item: {
            "use": item.read_as if item.use == Use.DISMISSED.value else item.use,
            "is_open": bool(item.doubts or item.left),
        },
    )


def add_task(*, by: Actor, now: datetime, reading_id: UUID, after: UUID | None, wanted: TaskWanted) -> UUID:
    """Add a task that the reader did not see, below a line of the document or at its end; give its id.

    Raises NotAllowed, NotFound, ReadingClosed, TitleMissing, DatesReversed, UnitUnknown, SectionUnknown.
    """
    check(by, Action.PLAN_IMPORT)
    _check_wanted(reading_id, wanted)
    while True:
        item = ReadingItem(
            id=uuid7(), reading_id=reading_id, position=_place(reading_id, after), source=ADDED, changed_at=now
        )
        item.read_as, item.changed_by = Use.TASK.value, by.id
        for name, value in _fields(item, wanted).items():
            setattr(item, name, value)
        try:
            with transaction.atomic():
                _touch(reading_id)
                item.save(force_insert=True)
                _write_units(item, wanted)
                detail = {"title": wanted.title[:200]}
                record(by=by, verb="add_task", subject="readings.ReadingItem", subject_id=item.id, detail=detail)
        except IntegrityError:  # another task was added at this place in this moment: take the next one
            continue
        return item.id


def _decide(
    by: Actor,
    now: datetime,
    item_id: UUID,
    version: int,
    verb: str,
    fields: Callable[[ReadingItem], dict[str, object]],
) -> None:
    item = _item(by, item_id)
    with transaction.atomic():
        _change(by, now, item, version, **({"is_open": False} | fields(item)))
        record(by=by, verb=verb, subject="readings.ReadingItem", subject_id=item_id, detail={"version": version})


def _item(by: Actor, item_id: UUID) -> ReadingItem:
    check(by, Action.PLAN_IMPORT)
    item = ReadingItem.objects.filter(id=item_id).first()
    if item is None or item.use not in DECIDED:
        raise NotFound()
    return item


def _change(by: Actor, now: datetime, item: ReadingItem, version: int, **fields: object) -> None:
    """Change a line that still has the version which its officer saw. Raises ReadingClosed, ItemChanged."""
    _touch(item.reading_id)
    seen = ReadingItem.objects.filter(id=item.id, version=version)
    if not seen.update(version=F("version") + 1, changed_by=by.id, changed_at=now, **fields):
        changed = ReadingItem.objects.values_list("changed_by", flat=True).get(id=item.id)
        raise ItemChanged(name=user_names([changed]).get(changed, "raquan") if changed else "raquan")


def _touch(reading_id: UUID) -> None:
    """Count a correction; one that is settled or still being read takes none."""
    if not Reading.objects.filter(id=reading_id, state=ReadingState.READ.value).update(version=F("version") + 1):
        if not Reading.objects.filter(id=reading_id).exists():
            raise NotFound()
        raise ReadingClosed()


def _check_wanted(reading_id: UUID, wanted: TaskWanted) -> None:
    if not normalize(wanted.title):
        raise TitleMissing()
    if wanted.starts_on and wanted.due_on and wanted.starts_on > wanted.due_on:
        raise DatesReversed()
    ids = {one.organization_id for one in (*wanted.lead_units, *wanted.cooperating_units) if one.organization_id}
    if ids and set(organization_names(ids)) != ids:
        raise UnitUnknown()
    sections = ReadingItem.objects.filter(reading_id=reading_id, use=Use.SECTION.value)
    if wanted.section_id and not sections.filter(id=wanted.section_id).exists():
        raise SectionUnknown()


def _fields(item: ReadingItem, wanted: TaskWanted) -> dict[str, object]:
    doubts = doubts_of_units(
        [(one.as_written, one.organization_id is not None) for one in wanted.lead_units],
        has_time=bool(wanted.starts_on or wanted.due_on),
        time_as_written=wanted.time_as_written,
    )
    # What had no place has one now, when the whole line had none; a part of a task stays told.
    left = [] if item.read_as == Use.LEFTOVER.value else item.left
    return {
        "use": Use.TASK.value,
        "title": normalize(wanted.title),
        "path": normalize(wanted.path)[:60],
        "section_id": wanted.section_id,
        "starts_on": wanted.starts_on,
        "due_on": wanted.due_on,
        "time_as_written": normalize(wanted.time_as_written)[:500],
        "deliverable": normalize(wanted.deliverable),
        "left": left,
        "doubts": [one.value for one in (*doubts, *([Doubt.PART_LEFT] if left else []))],
        "is_open": False,
    }


def _write_units(item: ReadingItem, wanted: TaskWanted) -> None:
    """Write the units anew; what the reader proposed and nobody changed keeps its score."""
    scores = {
        (one.part, one.as_written, one.organization_id): one.score
        for one in ReadingUnit.objects.filter(item_id=item.id)
    }
    ReadingUnit.objects.filter(item_id=item.id).delete()
    parts = ((Part.LEAD, wanted.lead_units), (Part.COOPERATING, wanted.cooperating_units))
    ReadingUnit.objects.bulk_create(
        ReadingUnit(
            item_id=item.id,
            part=part.value,
            position=position,
            as_written=normalize(one.as_written),
            organization_id=one.organization_id,
            score=scores.get((part.value, normalize(one.as_written), one.organization_id)),
        )
        for part, units in parts
        for position, one in enumerate(units, start=1)
    )


def _place(reading_id: UUID, after: UUID | None) -> int:
    """Give the next free place below a line, before the document's next line; at the end without one."""
    items = ReadingItem.objects.filter(reading_id=reading_id)
    above = items.filter(id=after).values_list("position", flat=True).first() if after else None
    if after is not None and above is None:
        raise NotFound()
    if above is not None:
        below = (above // GAP + 1) * GAP
        last = items.filter(position__gte=above, position__lt=below).aggregate(Max("position"))["position__max"]
        if last + 1 < below:
            return int(last) + 1
    return int(items.aggregate(Max("position"))["position__max"] or 0) + 1
