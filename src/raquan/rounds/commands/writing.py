"""Saves what a unit writes, and submits it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.rounds.commands.reminding import settle_reminders, settle_returned, tell_submitted
from raquan.rounds.models import UnitReport
from raquan.rounds.queries import units_of
from raquan.rounds.rules import TRANSITIONS, State, Step

SUBJECT = "rounds.UnitReport"
MOST_SIGNS = 5000
PARTS = ("results", "limits", "causes", "proposals")


class DraftChanged(Conflict):
    """Somebody of the unit saved the draft after it was opened here."""

    code = "unit_report.draft_changed"
    message = N_(
        "Có người khác của đơn vị vừa lưu bản này. Những gì bạn gõ vẫn còn trong ô: hãy chép lại, mở lại trang, ghép."
    )


class NotBeingWritten(Conflict):
    """The report is submitted or approved."""

    code = "unit_report.not_being_written"
    message = N_("Báo cáo này đã nộp hoặc đã duyệt nên không sửa được nữa. Nếu đã duyệt, hãy lập bản đính chính.")


class ResultsMissing(Refused):
    """A report says at least what was achieved."""

    code = "unit_report.results_missing"
    message = N_("Hãy ghi phần kết quả trước khi nộp.")


def load_report(by: Actor, action: Action, report_id: UUID) -> UnitReport:
    """Give a report that the actor may do something with; raises NotFound, NotAllowed."""
    people.check(by, action)
    row = UnitReport.objects.filter(id=report_id).select_related("round__rule", "organization").first()
    if row is None:
        raise NotFound()
    units = units_of(by, action)
    if units is not None and row.organization_id not in units:
        raise NotFound()
    return row


def save_draft(*, by: Actor, now: datetime, report_id: UUID, edition: int, told: dict[str, str]) -> int:
    """Save the unit's words over the edition that was opened, and give the next; the same words again change nothing.

    Raises NotFound, NotAllowed, NotBeingWritten, DraftChanged.
    """
    row = load_report(by, Action.REPORT_WRITE, report_id)
    words = {part: told.get(part, "").strip()[:MOST_SIGNS] for part in PARTS}
    if all(getattr(row, part) == words[part] for part in PARTS):
        return row.edition
    writable = UnitReport.objects.filter(id=report_id, state__in=TRANSITIONS.sources_of(Step.SUBMIT))
    with transaction.atomic():
        if writable.filter(edition=edition).update(**words, edition=F("edition") + 1):
            detail = {"edition": edition + 1}
            ledger.record(by=by, verb="save_draft", subject=SUBJECT, subject_id=report_id, detail=detail)
            return edition + 1
    raise DraftChanged() if writable.exists() else NotBeingWritten()


def submit_report(*, by: Actor, now: datetime, report_id: UUID, edition: int) -> None:
    """Submit what stands in the draft; doing so again does nothing.

    Raises NotFound, NotAllowed, ResultsMissing, NotBeingWritten, DraftChanged.
    """
    row = load_report(by, Action.REPORT_WRITE, report_id)
    if row.state == State.SUBMITTED.value:
        return
    if row.state in TRANSITIONS.sources_of(Step.SUBMIT) and not row.results:
        raise ResultsMissing()
    writable = UnitReport.objects.filter(id=report_id, state__in=TRANSITIONS.sources_of(Step.SUBMIT))
    with transaction.atomic():
        if writable.filter(edition=edition).update(state=TRANSITIONS.result_of(Step.SUBMIT).value, submitted_at=now):
            ledger.record(by=by, verb="submit_report", subject=SUBJECT, subject_id=report_id)
            settle_reminders(by=by, now=now, report_id=report_id, due_at=row.due_at)
            settle_returned(by=by, now=now, row=row)
            tell_submitted(by=by, now=now, row=row)
            return
    raise DraftChanged() if writable.exists() else NotBeingWritten()
