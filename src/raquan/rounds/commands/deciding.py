"""Returns and approves what units submitted, lets an approved report be corrected, gives more time."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.analytics import commands as analytics_commands
from raquan.analytics import queries as analytics
from raquan.analytics.commands import NothingToFreeze
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people.rules import Action
from raquan.rounds.commands.reminding import settle_reminders, settle_submitted, tell_returned
from raquan.rounds.commands.writing import PARTS, SUBJECT, load_report
from raquan.rounds.models import UnitReport
from raquan.rounds.queries import period_figures
from raquan.rounds.rules import OPEN_STATES, STATE_NAMES, TRANSITIONS, State, Step


class AlreadyDecided(Conflict):
    """Somebody else decided first, or the unit has not submitted."""

    code = "unit_report.already_decided"
    message = N_("Không làm được: báo cáo này hiện “{state}”. Có thể người khác vừa quyết định; hãy mở lại trang.")


class ReadAnother(Conflict):
    """The unit changed and submitted the report again after it was opened here."""

    code = "unit_report.read_another"
    message = N_("Đơn vị đã sửa và nộp lại báo cáo này sau khi bạn mở trang. Hãy mở lại trang, đọc bản mới rồi duyệt.")


class ReasonMissing(Refused):
    """Returning, correcting and giving more time need a reason."""

    code = "unit_report.reason_missing"
    message = N_("Hãy ghi lý do.")


def return_report(*, by: Actor, now: datetime, report_id: UUID, reason: str) -> None:
    """Return a submitted report with a reason. Raises NotFound, NotAllowed, ReasonMissing, AlreadyDecided."""
    row = load_report(by, Action.REPORT_DECIDE, report_id)
    said = _reason(reason)
    with transaction.atomic():
        _decide(report_id, Step.RETURN, decided_at=now, reason=said)
        settle_submitted(by=by, now=now, row=row)
        tell_returned(by=by, now=now, row=row, reason=said)
        ledger.record(by=by, verb="return_report", subject=SUBJECT, subject_id=report_id, detail={"reason": said})


def approve_report(*, by: Actor, now: datetime, report_id: UUID, edition: int) -> None:
    """Approve a submitted report: its figures are frozen on a snapshot, and an earlier approved version is replaced.

    A snapshot that was frozen after the report was submitted serves; else one is frozen now, for this report and those
    that are approved next. Approving again does nothing. `edition` is the one that was read.
    Raises NotFound, NotAllowed, AlreadyDecided, ReadAnother.
    """
    row = load_report(by, Action.REPORT_DECIDE, report_id)
    if row.state == State.APPROVED.value:
        return
    if row.state not in TRANSITIONS.sources_of(Step.APPROVE):
        raise AlreadyDecided(state=STATE_NAMES[State(row.state)])
    if row.edition != edition:
        raise ReadAnother()
    snapshot_id = _snapshot(by, now, row)
    figures = _frozen_figures(by, now, row, snapshot_id) if snapshot_id else []
    with transaction.atomic():
        older = UnitReport.objects.filter(
            round_id=row.round_id, organization_id=row.organization_id, state__in=TRANSITIONS.sources_of(Step.REPLACE)
        )
        older.filter(version__lt=row.version).update(state=TRANSITIONS.result_of(Step.REPLACE).value)
        frozen = {"snapshot_id": snapshot_id, "figures": figures}
        _decide(report_id, Step.APPROVE, edition=edition, decided_at=now, reason="", **frozen)
        settle_submitted(by=by, now=now, row=row)
        detail = {"snapshot": str(snapshot_id or ""), "version": row.version}
        ledger.record(by=by, verb="approve_report", subject=SUBJECT, subject_id=report_id, detail=detail)


def correct_report(*, by: Actor, now: datetime, report_id: UUID, reason: str) -> UUID:
    """Begin the next version of an approved report, with its words; the approved one holds until that is approved.

    Where a version is open already, gives that one. Raises NotFound, NotAllowed, ReasonMissing, AlreadyDecided.
    """
    row = load_report(by, Action.REPORT_WRITE, report_id)
    said = _reason(reason)
    if row.state != State.APPROVED.value:
        raise AlreadyDecided(state=STATE_NAMES[State(row.state)])
    same = {"round_id": row.round_id, "organization_id": row.organization_id}
    try:
        with transaction.atomic():
            words = {part: getattr(row, part) for part in PARTS}
            made = UnitReport.objects.create(
                **same, **words, version=row.version + 1, due_at=row.due_at, late_at=row.late_at, correction=said
            )
            detail = {"reason": said, "version": made.version}
            ledger.record(by=by, verb="correct_report", subject=SUBJECT, subject_id=made.id, detail=detail)
            return made.id
    except IntegrityError:
        return UnitReport.objects.get(**same, state__in=[one.value for one in OPEN_STATES]).id


def extend_due(*, by: Actor, now: datetime, report_id: UUID, due_at: datetime, reason: str) -> None:
    """Give a unit until later; the same time again does nothing. Raises NotFound, NotAllowed, ReasonMissing."""
    row = load_report(by, Action.REPORT_DECIDE, report_id)
    said = _reason(reason)
    late_at = due_at + timedelta(minutes=row.round.rule.grace_minutes)
    with transaction.atomic():
        if (
            UnitReport.objects.filter(id=report_id)
            .exclude(due_at=due_at)
            .update(due_at=due_at, late_at=late_at, reminded="")
        ):
            settle_reminders(by=by, now=now, report_id=report_id, due_at=row.due_at)
            detail = {"due_at": due_at.isoformat(), "reason": said}
            ledger.record(by=by, verb="extend_due", subject=SUBJECT, subject_id=report_id, detail=detail)


def _reason(reason: str) -> str:
    said = normalize(reason)[:1000]
    if not said:
        raise ReasonMissing()
    return said


def _decide(report_id: UUID, step: Step, *, edition: int | None = None, **said: object) -> None:
    """Take a step that only one of several deciders can take, on the edition that was read where that matters."""
    waiting = UnitReport.objects.filter(id=report_id, state__in=TRANSITIONS.sources_of(step))
    read = waiting if edition is None else waiting.filter(edition=edition)
    if not read.update(state=TRANSITIONS.result_of(step).value, **said):
        if edition is not None and waiting.exists():
            raise ReadAnother()
        state = UnitReport.objects.values_list("state", flat=True).get(id=report_id)
        raise AlreadyDecided(state=STATE_NAMES[State(state)])


def _snapshot(by: Actor, now: datetime, row: UnitReport) -> UUID | None:
    campaign_id = row.round.rule.campaign_id
    latest = analytics.latest_snapshot(campaign_id)
    since = row.submitted_at
    if latest and since and latest.frozen_at >= since and local_date(latest.frozen_at) >= row.round.last_on:
        return latest.id
    note = f"Kỳ báo cáo {format_date(row.round.first_on)}–{format_date(row.round.last_on)}"
    try:
        return analytics_commands.freeze_snapshot(by=by, now=now, campaign_id=campaign_id, note=note)
    except NothingToFreeze:
        return None


def _frozen_figures(by: Actor, now: datetime, row: UnitReport, snapshot_id: UUID) -> list[dict[str, object]]:
    figures = period_figures(
        by,
        campaign_id=row.round.rule.campaign_id,
        organization_id=row.organization_id,
        first_on=row.round.first_on,
        last_on=row.round.last_on,
        now=now,
        snapshot_id=snapshot_id,
    )
    return [asdict(one) | {"grades": [list(part) for part in one.grades]} for one in figures]
