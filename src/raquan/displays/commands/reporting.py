"""Records of the form `display` become proofs of their displays, once each; what leads to none waits for a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from raquan.capture import queries as capture
from raquan.capture.queries import FormRecord
from raquan.capture.rules import Change
from raquan.displays.commands.proving import prove, withdraw_proof
from raquan.displays.commands.running import Changed, tell_unit
from raquan.displays.models import Display, DisplayReport
from raquan.displays.rules import DISPLAY_TRANSITIONS, DisplayState, DisplayStep, ProofKind
from raquan.displays.rules.reporting import (
    REPORT_FORM,
    Finding,
    ReportState,
    SaidReport,
    becomes,
    read_report,
)
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.outings.rules import read_code
from raquan.people import commands as people
from raquan.people.rules import Action

SUBJECT = "displays.DisplayReport"
MOST_AT_ONCE = 100
LOOKED_FOR = timedelta(days=14)
"""So long a photo that has not come with its record is looked for."""


class CodeUnknown(Refused):
    """No display has the code."""

    code = "displays.code_unknown"
    message = N_("Không có nơi treo nào mang mã này. Mã in trên trang của ấn phẩm đã treo, ví dụ CMG-7K2QAD.")


def note_reports(changes: Sequence[Change]) -> None:
    """Keep that records of the form came, were corrected or deleted, in the transaction in which that happened."""
    roots = capture.roots_of_form(REPORT_FORM, [one.submission_id for one in changes])
    if not roots:
        return
    records = capture.form_records(list(roots))
    for id_, root in roots.items():
        told = {"submission_id": id_, "is_new": True}
        came = records[id_].received_at
        first = {"state": ReportState.WAITING.value, "seen_at": came, "received_at": came}
        first |= {"is_synthetic": records[id_].is_synthetic}
        DisplayReport.objects.update_or_create(root_instance_id=root, defaults=told, create_defaults=first | told)


def take_reports(*, now: datetime) -> int:
    """Read the reports that are new; count those that were settled. Safe to stop anywhere and to run twice at once."""
    found = list(DisplayReport.objects.filter(is_new=True).order_by("id")[:MOST_AT_ONCE])
    return _take_all(found, now)


def look_for_photos(*, now: datetime) -> int:
    """Read again the reports whose photo had not come; count those that were settled."""
    waits = [ReportState.WAITING.value, ReportState.UNKNOWN.value]  # whoever matches one wants to see its photo
    waiting = DisplayReport.objects.filter(state__in=waits, picture_sha256="", is_new=False)
    recent = waiting.filter(received_at__gt=now - LOOKED_FOR)
    return _take_all(list(recent.order_by("-received_at")[:MOST_AT_ONCE]), now)


def match_report(*, by: Actor, now: datetime, report_id: UUID, code: str) -> None:
    """Say which display a report is of, where its code says none. The same again does nothing.

    Who manages displays for the unit of whoever sent it may, and for the unit of the display. Raises NotFound,
    NotAllowed, CodeUnknown.
    """
    report = DisplayReport.objects.filter(id=report_id).first()
    if report is None:
        raise NotFound()
    if report.organization_id is not None:
        people.check_unit(by, Action.DISPLAY_MANAGE, report.organization_id)
    display = Display.objects.select_related("site").filter(code=read_code(code)).first()
    if display is None:
        raise CodeUnknown()
    people.check_unit(by, Action.DISPLAY_MANAGE, display.site.organization_id)
    if report.display_id == display.id:
        return
    with transaction.atomic():
        told = {"display_id": display.id, "matched_by_name": by.name, "is_new": True}
        DisplayReport.objects.filter(id=report_id).update(**told)
        ledger.record(by=by, verb="match_report", subject=SUBJECT, subject_id=report_id, detail={"code": display.code})
    take_reports(now=now)


def _take_all(found: Sequence[DisplayReport], now: datetime) -> int:
    records = capture.form_records([one.submission_id for one in found])
    done = 0
    for report in found:
        record = records[report.submission_id]
        try:
            with transaction.atomic():
                done += _take(report, record, now)
        except Changed:  # somebody took a step of the display in this moment: it is read again
            continue
    return done


def _take(report: DisplayReport, record: FormRecord, now: datetime) -> bool:
    """Read a report and let what it says stand; False where it still waits, or was corrected in this moment."""
    said = read_report(record.answers, received_at=record.received_at)
    display = _display_of(report, said)
    picture = record.files.get(said.photo, "") if said.photo else ""
    is_open = display is not None and _is_open(display)
    state = becomes(said, is_known=display is not None, is_open=is_open, has_picture=bool(picture))
    state = ReportState.DELETED if record.is_deleted else state
    proves = state is ReportState.TAKEN and said.finding is Finding.HUNG
    before = report.proof
    same = before is not None and display is not None and before.display_id == display.id
    if before is not None and not (proves and same and before.picture_sha256 == picture):
        withdraw_proof(by=SYSTEM, now=now, proof_id=before.id)
        before = None
    proof_id = before.id if before else None
    if proves and before is None and display is not None:
        proof_id = _prove(display, record, said, picture, now)
    if state is ReportState.TAKEN and said.finding is Finding.DAMAGED and display:
        tell_unit(display, now, "displays.damaged", N_("Ấn phẩm treo ở “{site}” bị hư hỏng."))
    values = {
        "is_new": False,
        "state": state.value,
        "code": said.code if display and display.code == said.code else said.written,
        "display_id": display.id if display else None,
        "finding": said.finding.value if said.finding else "",
        "seen_at": said.seen_at,
        "place": said.place,
        "note": said.note,
        "picture_sha256": picture,
        "by_name": record.sent_by_name,
        "organization_id": record.organization_id,
        "proof_id": proof_id,
    }
    now_read = DisplayReport.objects.filter(id=report.id, submission_id=report.submission_id)
    if not now_read.update(**values):
        raise Changed()
    return state is not ReportState.WAITING


def _prove(display: Display, record: FormRecord, said: SaidReport, picture: str, now: datetime) -> UUID:
    fresh = Display.objects.select_related("site").get(id=display.id)  # a withdrawal may have changed it just now
    return prove(
        fresh,
        ProofKind.PHOTO if picture else ProofKind.STATED,
        by=SYSTEM,
        now=now,
        seen_at=min(said.seen_at, now),
        place=said.place,
        picture_sha256=picture,
        detail={"record": str(record.submission_id)},
        by_name=record.sent_by_name,
    )


def _display_of(report: DisplayReport, said: SaidReport) -> Display | None:
    """Give the display that the code names; where it names none, the one that a person has named."""
    found = Display.objects.select_related("site")
    by_code = found.filter(code=said.code).first() if said.code else None
    if by_code is not None or not report.matched_by_name or report.display_id is None:
        return by_code
    return found.get(id=report.display_id)


def _is_open(display: Display) -> bool:
    return DISPLAY_TRANSITIONS.leads_to(DisplayState(display.state), DisplayStep.PROVE) is not None
