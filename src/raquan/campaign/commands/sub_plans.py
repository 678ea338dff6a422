"""Drafts a unit's sub-plan, records that it was issued, sends it; comments on it, returns and approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from raquan.campaign.commands.telling import tell_approved, tell_returned, tell_sent
from raquan.campaign.models import SubPlan, SubPlanComment, SubPlanLine, Task
from raquan.campaign.queries.parts import has_part, is_taken_back
from raquan.campaign.rules import (
    HEARD,
    ORDERING,
    SUB_PLAN_STATE_NAMES,
    SUB_PLAN_TRANSITIONS,
    WRITABLE,
    SubPlanState,
    SubPlanStep,
)
from raquan.files.commands import store_file
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

SUBJECT = "campaign.SubPlan"
MOST_LINES = 100


class NoPart(Refused):
    """The task names another unit, or its plan is not in force."""

    code = "sub_plan.no_part"
    message = N_("Đơn vị này không có tên trong nhiệm vụ, hoặc kế hoạch không còn thực hiện.")


class SubPlanElsewhere(Conflict):
    """The sub-plan's state does not allow this; somebody else may just have taken the step."""

    code = "sub_plan.elsewhere"
    message = N_("Không làm được: kế hoạch này hiện “{state}”. Có thể người khác vừa thay đổi; hãy mở lại trang.")


class SubPlanChanged(Conflict):
    """Somebody of the unit saved it after it was opened here."""

    code = "sub_plan.changed"
    message = N_(
        "Có người khác của đơn vị vừa lưu bản này. Những gì bạn gõ vẫn còn trong ô: hãy chép lại, mở lại trang, ghép."
    )


class SubPlanEmpty(Refused):
    """A sub-plan that is issued has a title and a line."""

    code = "sub_plan.empty"
    message = N_("Hãy ghi tên kế hoạch và ít nhất một việc trước khi ban hành.")


class IssueIncomplete(Refused):
    """Number, day and signed file belong together."""

    code = "sub_plan.issue_incomplete"
    message = N_("Hãy ghi số, ngày ban hành và chọn tệp đã ký.")


class ApprovalNotAsked(Refused):
    """The plan does not ask for approval of sub-plans."""

    code = "sub_plan.approval_not_asked"
    message = N_("Kế hoạch của tỉnh không đặt việc duyệt kế hoạch của đơn vị. Bạn có thể góp ý.")


class WordsMissing(Refused):
    """A comment and a return say something."""

    code = "sub_plan.words_missing"
    message = N_("Hãy ghi nội dung.")


@dataclass(frozen=True, slots=True)
class Line:
    """What is done, where, when, by whom."""

    what: str
    place: str = ""
    period: str = ""
    who: str = ""


def start_sub_plan(*, by: Actor, now: datetime, task_id: UUID, organization_id: UUID) -> UUID:
    """Begin a unit's sub-plan under a task, or give the one that it has. Raises NotAllowed, NotFound, NoPart."""
    people.check_unit(by, Action.PLAN_WRITE, organization_id)
    task = Task.objects.filter(id=task_id, is_section=False).select_related("plan").first()
    if task is None:
        raise NotFound()
    if task.plan.state not in ORDERING or not has_part(task_id, organization_id):
        raise NoPart()
    same = {"task_id": task_id, "organization_id": organization_id}
    if found := SubPlan.objects.filter(**same).values_list("id", flat=True).first():
        return found
    try:
        with transaction.atomic():
            made = SubPlan.objects.create(**same, title=f"Thực hiện nhiệm vụ “{task.title}”"[:1000])
            detail = {"task_id": str(task_id)}
            ledger.record(by=by, verb="start_sub_plan", subject=SUBJECT, subject_id=made.id, detail=detail)
            return made.id
    except IntegrityError:  # another officer of the unit was first in this moment
        return SubPlan.objects.get(**same).id


def save_sub_plan(
    *, by: Actor, now: datetime, sub_plan_id: UUID, edition: int, title: str, aims: str, lines: Sequence[Line]
) -> int:
    """Save the unit's words over the edition that was opened, and give the next; the same again changes nothing.

    Lines that say nothing are left out. Raises NotAllowed, NotFound, SubPlanElsewhere, SubPlanChanged.
    """
    row = load_own(by, sub_plan_id)
    words = {"title": normalize(title)[:1000] or row.title, "aims": aims.strip()[:10000]}
    kept = [one for one in lines if any((one.what, one.place, one.period, one.who))][:MOST_LINES]
    stored = [Line(*one) for one in row.lines.order_by("position").values_list("what", "place", "period", "who")]
    if (row.title, row.aims, stored) == (words["title"], words["aims"], kept):
        return row.edition
    writable = SubPlan.objects.filter(id=sub_plan_id, state__in=WRITABLE)
    with transaction.atomic():
        if not writable.filter(edition=edition).update(**words, edition=F("edition") + 1):
            raise SubPlanChanged() if writable.exists() else elsewhere(sub_plan_id)
        SubPlanLine.objects.filter(sub_plan_id=sub_plan_id).delete()
        SubPlanLine.objects.bulk_create(
            SubPlanLine(
                sub_plan_id=sub_plan_id, position=at, what=one.what, place=one.place, period=one.period, who=one.who
            )
            for at, one in enumerate(kept, start=1)
        )
        detail = {"edition": edition + 1, "lines": len(kept)}
        ledger.record(by=by, verb="save_sub_plan", subject=SUBJECT, subject_id=sub_plan_id, detail=detail)
    return edition + 1


def record_issue(
    *,
    by: Actor,
    now: datetime,
    sub_plan_id: UUID,
    edition: int,
    number: str,
    issued_on: date | None,
    document: bytes,
    file_name: str,
    media_type: str,
) -> None:
    """Record that a sub-plan was signed and issued, with its file; the same again does nothing.

    Raises NotAllowed, NotFound, IssueIncomplete, SubPlanEmpty, SubPlanElsewhere, SubPlanChanged, NoPart.
    """
    row = load_own(by, sub_plan_id)
    signed = normalize(number)[:60]
    if not signed or issued_on is None or not document:
        raise IssueIncomplete()
    if not row.title or not row.lines.exclude(what="").exists():
        raise SubPlanEmpty()
    kept = store_file(by=by, data=document, media_type=media_type)
    if row.state == SubPlanState.ISSUED.value and (row.number, row.file_sha256) == (signed, kept.sha256):
        return
    said = {"number": signed, "issued_on": issued_on, "file_sha256": kept.sha256, "file_name": file_name[:255]}
    with transaction.atomic():
        _take(sub_plan_id, SubPlanStep.ISSUE, edition=edition, **said)
        if is_taken_back(row.task_id):
            raise NoPart()
        detail = {"number": signed, "issued_on": issued_on.isoformat(), "file_sha256": kept.sha256}
        ledger.record(by=by, verb="record_issue", subject=SUBJECT, subject_id=sub_plan_id, detail=detail)


def reopen_sub_plan(*, by: Actor, now: datetime, sub_plan_id: UUID) -> None:
    """Write again at a sub-plan that was not sent yet. Raises NotAllowed, NotFound, SubPlanElsewhere."""
    row = load_own(by, sub_plan_id)
    if row.state == SubPlanState.DRAFT.value:
        return
    with transaction.atomic():
        _take(sub_plan_id, SubPlanStep.REOPEN)
        ledger.record(by=by, verb="reopen_sub_plan", subject=SUBJECT, subject_id=sub_plan_id)


def send_sub_plan(*, by: Actor, now: datetime, sub_plan_id: UUID) -> None:
    """Send an issued sub-plan to the office; again it does nothing. Raises NotAllowed, NotFound, SubPlanElsewhere."""
    row = load_own(by, sub_plan_id)
    if row.state == SubPlanState.SENT.value:
        return
    with transaction.atomic():
        _take(sub_plan_id, SubPlanStep.SEND, sent_at=now, reason="")
        tell_sent(by=by, now=now, row=row)
        ledger.record(by=by, verb="send_sub_plan", subject=SUBJECT, subject_id=sub_plan_id)


def comment_on_sub_plan(*, by: Actor, now: datetime, sub_plan_id: UUID, body: str) -> None:
    """Say something about a sub-plan that was sent; the same person's same last words are not repeated.

    Raises NotAllowed, NotFound, WordsMissing.
    """
    row = _load_heard(by, sub_plan_id)
    said = normalize(body)[:2000]
    if not said:
        raise WordsMissing()
    last = row.comments.order_by("-said_at", "-id").first()
    if last is not None and (last.said_by, last.body) == (by.id, said):
        return
    with transaction.atomic():
        SubPlanComment.objects.create(sub_plan=row, body=said, said_at=now, said_by=by.id, said_by_name=by.name[:200])
        ledger.record(by=by, verb="comment_on_sub_plan", subject=SUBJECT, subject_id=sub_plan_id)


def return_sub_plan(*, by: Actor, now: datetime, sub_plan_id: UUID, reason: str) -> None:
    """Return a sub-plan with a reason.

    Raises NotAllowed, NotFound, WordsMissing, ApprovalNotAsked, SubPlanElsewhere.
    """
    row = _check_decides(by, sub_plan_id)
    said = normalize(reason)[:1000]
    if not said:
        raise WordsMissing()
    with transaction.atomic():
        _take(sub_plan_id, SubPlanStep.RETURN, decided_at=now, reason=said)
        tell_returned(by=by, now=now, row=row, reason=said)
        ledger.record(by=by, verb="return_sub_plan", subject=SUBJECT, subject_id=sub_plan_id, detail={"reason": said})


def approve_sub_plan(*, by: Actor, now: datetime, sub_plan_id: UUID, edition: int) -> None:
    """Approve the edition that was read; again it does nothing.

    Raises NotAllowed, NotFound, ApprovalNotAsked, SubPlanElsewhere, SubPlanChanged.
    """
    row = _check_decides(by, sub_plan_id)
    if row.state == SubPlanState.APPROVED.value:
        return
    with transaction.atomic():
        _take(sub_plan_id, SubPlanStep.APPROVE, edition=edition, decided_at=now, reason="")
        tell_approved(by=by, now=now, row=row)
        ledger.record(by=by, verb="approve_sub_plan", subject=SUBJECT, subject_id=sub_plan_id)


def load_own(by: Actor, sub_plan_id: UUID) -> SubPlan:
    """Give a sub-plan that the actor writes; NotFound for those of other units, which are nobody else's to know of."""
    row = SubPlan.objects.filter(id=sub_plan_id).select_related("task__plan", "organization").first()
    people.check(by, Action.PLAN_WRITE)
    if row is None:
        raise NotFound()
    _check_unit(by, Action.PLAN_WRITE, row)
    return row


def elsewhere(sub_plan_id: UUID) -> SubPlanElsewhere:
    """Say where a sub-plan stands now."""
    state = SubPlan.objects.values_list("state", flat=True).get(id=sub_plan_id)
    return SubPlanElsewhere(state=SUB_PLAN_STATE_NAMES[SubPlanState(state)])


def _load_heard(by: Actor, sub_plan_id: UUID) -> SubPlan:
    """Give a sub-plan that was sent, to its unit or to the office."""
    row = SubPlan.objects.filter(id=sub_plan_id, sent_at__isnull=False).select_related("task__plan").first()
    if row is None:
        raise NotFound()
    try:
        people.check_unit(by, Action.PLAN_WRITE, row.organization_id)
    except NotAllowed:
        _check_unit(by, Action.PLAN_MANAGE, row)
    return row


def _check_decides(by: Actor, sub_plan_id: UUID) -> SubPlan:
    people.check(by, Action.PLAN_MANAGE)
    row = SubPlan.objects.filter(id=sub_plan_id, sent_at__isnull=False).select_related("task__plan").first()
    if row is None:
        raise NotFound()
    _check_unit(by, Action.PLAN_MANAGE, row)
    if row.state in HEARD and not row.task.plan.sub_plans_need_approval:
        raise ApprovalNotAsked()
    return row


def _check_unit(by: Actor, action: Action, row: SubPlan) -> None:
    try:
        people.check_unit(by, action, row.organization_id)
    except NotAllowed:
        raise NotFound() from None


def _take(sub_plan_id: UUID, step: SubPlanStep, *, edition: int | None = None, **said: object) -> None:
    """Take a step that only one of several officers can take, on the edition that was read where that matters."""
    waiting = SubPlan.objects.filter(id=sub_plan_id, state__in=SUB_PLAN_TRANSITIONS.sources_of(step))
    read = waiting if edition is None else waiting.filter(edition=edition)
    if not read.update(state=SUB_PLAN_TRANSITIONS.result_of(step).value, **said):
        raise SubPlanChanged() if edition is not None and waiting.exists() else elsewhere(sub_plan_id)
