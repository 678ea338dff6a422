"""Takes evidence of what units did for a task, and their typed statements where nothing can be counted."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from raquan.campaign.commands.sub_plans import NoPart, WordsMissing
from raquan.campaign.models import Evidence, Statement, Task
from raquan.campaign.queries.parts import has_part
from raquan.campaign.rules import ORDERING
from raquan.files.commands import store_file
from raquan.files.rules import strip_photo
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

PHOTOS = ("image/jpeg", "image/png")
MOST_BYTES = 20 * 1024 * 1024


class CaptionMissing(Refused):
    """A file says what it shows."""

    code = "evidence.caption_missing"
    message = N_("Hãy ghi tệp này cho thấy điều gì.")


class EvidenceTooLarge(Refused):
    """The file is larger than what is kept."""

    code = "evidence.too_large"
    message = N_("Tệp lớn hơn 20 MB. Hãy thu nhỏ hoặc tách tệp.")


class StatementEmpty(Refused):
    """A statement says something."""

    code = "statement.empty"
    message = N_("Hãy ghi đã làm được gì.")


class StatedTogether(Conflict):
    """Somebody else of the unit made a statement in this moment."""

    code = "statement.together"
    message = N_("Có người khác của đơn vị vừa ghi. Hãy mở lại trang, xem rồi ghi tiếp nếu cần.")


def add_evidence(
    *,
    by: Actor,
    now: datetime,
    task_id: UUID,
    organization_id: UUID,
    data: bytes,
    file_name: str,
    media_type: str,
    caption: str,
    is_illustration: bool = False,
) -> UUID:
    """Add a file with a caption to a task for a unit with a part in it; the same file again is the same evidence.

    A photo loses the place and the device that it was taken with.
    Raises NotAllowed, NotFound, NoPart, CaptionMissing, EvidenceTooLarge, and PhotoUnreadable or PhotoTooLarge.
    """
    _check(by, task_id, organization_id)
    said = normalize(caption)[:500]
    if not said:
        raise CaptionMissing()
    if len(data) > MOST_BYTES:
        raise EvidenceTooLarge()
    if media_type in PHOTOS:
        data, media_type = strip_photo(data)
    kept = store_file(by=by, data=data, media_type=media_type)
    same = {"task_id": task_id, "organization_id": organization_id, "file_sha256": kept.sha256}
    try:
        with transaction.atomic():
            _hold(task_id, organization_id)
            made = Evidence.objects.create(
                **same,
                file_name=file_name[:255],
                caption=said,
                is_illustration=is_illustration,
                added_at=now,
                added_by_name=by.name[:200],
            )
            detail = {"task_id": str(task_id), "file_sha256": kept.sha256, "caption": said}
            ledger.record(by=by, verb="add_evidence", subject="campaign.Evidence", subject_id=made.id, detail=detail)
            return made.id
    except IntegrityError:  # this very file is there
        return Evidence.objects.get(**same, withdrawn_at__isnull=True).id


def withdraw_evidence(*, by: Actor, now: datetime, evidence_id: UUID, reason: str) -> UUID:
    """Take evidence back, for its unit, with a reason; it stays to be seen as withdrawn. Gives its task's id.

    Again it does nothing.
    Raises NotAllowed, NotFound, WordsMissing, NoPart once the plan is closed.
    """
    people.check(by, Action.PLAN_WRITE)
    row = Evidence.objects.filter(id=evidence_id).first()
    if row is None:
        raise NotFound()
    try:
        _check(by, row.task_id, row.organization_id)
    except NotAllowed:
        raise NotFound() from None
    said = normalize(reason)[:500]
    if not said:
        raise WordsMissing()
    with transaction.atomic():
        standing = Evidence.objects.filter(id=evidence_id, withdrawn_at__isnull=True)
        if standing.update(withdrawn_at=now, withdrawn_by_name=by.name[:200], withdraw_reason=said):
            detail = {"task_id": str(row.task_id), "reason": said}
            ledger.record(
                by=by, verb="withdraw_evidence", subject="campaign.Evidence", subject_id=evidence_id, detail=detail
            )
    return row.task_id


def state_progress(
    *, by: Actor, now: datetime, task_id: UUID, organization_id: UUID, body: str, percent: int | None = None
) -> UUID:
    """State, for a unit with a part in a task, how far it has come; the same as the last is not repeated.

    Raises NotAllowed, NotFound, NoPart, StatementEmpty, StatedTogether.
    """
    _check(by, task_id, organization_id)
    said = normalize(body)[:2000]
    if not said:
        raise StatementEmpty()
    earlier = Statement.objects.filter(task_id=task_id, organization_id=organization_id)
    last = earlier.order_by("-number").first()
    if last is not None and (last.body, last.percent) == (said, percent):
        return last.id
    try:
        with transaction.atomic():
            _hold(task_id, organization_id)
            made = Statement.objects.create(
                task_id=task_id,
                organization_id=organization_id,
                number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
                body=said,
                percent=percent,
                stated_at=now,
                stated_by_name=by.name[:200],
            )
            detail = {"task_id": str(task_id), "number": made.number}
            ledger.record(by=by, verb="state_progress", subject="campaign.Statement", subject_id=made.id, detail=detail)
            return made.id
    except IntegrityError:
        raise StatedTogether() from None


def _check(by: Actor, task_id: UUID, organization_id: UUID) -> None:
    people.check_unit(by, Action.PLAN_WRITE, organization_id)
    task = Task.objects.filter(id=task_id, is_section=False).select_related("plan").first()
    if task is None:
        raise NotFound()
    if task.plan.state not in ORDERING or not has_part(task_id, organization_id):
        raise NoPart()


def _hold(task_id: UUID, organization_id: UUID) -> None:
    """Let an amendment be withdrawn before or after what is added here, not in between: its task is asked once more."""
    list(Task.objects.select_for_update().filter(id=task_id).values_list("id", flat=True))
    if not has_part(task_id, organization_id):
        raise NoPart()
