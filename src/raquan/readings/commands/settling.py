"""Ends a reading: it is brought into the plan, or discarded."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.ledger.commands import record
from raquan.people.commands import check
from raquan.people.rules import Action
from raquan.readings.commands.correcting import ReadingClosed
from raquan.readings.models import Reading, ReadingLine
from raquan.readings.rules import ReadingState


class StillOpen(Conflict):
    """Lines wait for somebody to look at them, and nobody has said that they are set aside."""

    code = "reading.still_open"
    message = N_("Còn {count} dòng chưa được xem lại. Hãy xem hết, hoặc nói rõ là tạm để lại những dòng đó.")


class ReadingChanged(Conflict):
    """Somebody has corrected the reading since it was looked at."""

    code = "reading.changed"
    message = N_("Trong lúc bạn xem, có người vừa sửa bản đọc này. Hãy xem lại chỗ mới sửa rồi xác nhận.")


def settle_reading(
    *, by: Actor, now: datetime, reading_id: UUID, version: int, plan_id: UUID, set_aside: bool = False
) -> None:
    """Say that a reading is in the plan now, and close it; `version` is that of the reading as it was looked at.

    `set_aside` says that what is open may stay so. Called in the transaction that writes the plan.
    Raises NotAllowed, NotFound, StillOpen, ReadingChanged, ReadingClosed.
    """
    check(by, Action.PLAN_IMPORT)
    with transaction.atomic():
        waiting = Reading.objects.filter(id=reading_id, state=ReadingState.READ.value, version=version)
        if not waiting.update(state=ReadingState.SETTLED.value, settled_at=now, plan_id=plan_id):
            _explain(reading_id)
        count = ReadingLine.objects.filter(reading_id=reading_id, is_open=True).count()
        if count and not set_aside:
            raise StillOpen(count=count)
        detail = {"plan_id": str(plan_id), "set_aside": count}
        record(by=by, verb="settle_reading", subject="readings.Reading", subject_id=reading_id, detail=detail)


def reopen_reading(*, by: Actor, now: datetime, file_sha256: str, plan_id: UUID) -> bool:
    """Open the reading of a document again that is no longer in a plan; False when there is none.

    Called in the transaction that takes it out of the plan. Raises NotAllowed.
    """
    check(by, Action.PLAN_IMPORT)
    with transaction.atomic():
        settled = Reading.objects.filter(file_sha256=file_sha256, plan_id=plan_id, state=ReadingState.SETTLED.value)
        reading_id = settled.values_list("id", flat=True).first()
        said = {"state": ReadingState.READ.value, "settled_at": None, "plan_id": None}
        if reading_id is None or not settled.update(version=F("version") + 1, **said):
            return False
        detail = {"plan_id": str(plan_id)}
        record(by=by, verb="reopen_reading", subject="readings.Reading", subject_id=reading_id, detail=detail)
    return True


def discard_reading(*, by: Actor, now: datetime, reading_id: UUID) -> None:
    """Put a reading aside; its file and what was corrected stay, and the same file can be read anew.

    Raises NotAllowed, NotFound, ReadingClosed.
    """
    check(by, Action.PLAN_IMPORT)
    with transaction.atomic():
        found = Reading.objects.filter(id=reading_id)
        if found.filter(state=ReadingState.DISCARDED.value).exists():
            return
        waiting = found.filter(state__in=[ReadingState.READ.value, ReadingState.UNDER_WAY.value])
        if not waiting.update(state=ReadingState.DISCARDED.value, settled_at=now):
            if not found.exists():
                raise NotFound()
            raise ReadingClosed()
        record(by=by, verb="discard_reading", subject="readings.Reading", subject_id=reading_id)


def _explain(reading_id: UUID) -> None:
    state = Reading.objects.filter(id=reading_id).values_list("state", flat=True).first()
    if state is None:
        raise NotFound()
    raise ReadingChanged() if state == ReadingState.READ.value else ReadingClosed()
