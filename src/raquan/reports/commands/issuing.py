"""Records what the records clerk and the signer have done: number, date and the signed file; the system draws none."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from raquan.files import commands as files
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.reports.commands.building import PDF
from raquan.reports.models import Report
from raquan.reports.queries import check_unit
from raquan.reports.rules import Kind

MOST_BYTES = 40 * 1024 * 1024
_NUMBER = re.compile(r"\d{1,5}[A-Za-z]?/BC-[A-ZĐÂĂÊÔƠƯ][A-ZĐÂĂÊÔƠƯ0-9.&-]*")


class BadNumber(Refused):
    """The number is not one of a report."""

    code = "report.bad_number"
    message = N_("Số, ký hiệu “{number}” chưa đúng. Ghi như 123/BC-UBND.")


class IssuedLater(Refused):
    """A report is not issued in the future, nor before its numbers were frozen."""

    code = "report.bad_date"
    message = N_("Ngày ban hành phải từ ngày chốt số liệu đến hôm nay.")


class NotPdf(Refused):
    """The signed file is no PDF, or too large."""

    code = "report.not_pdf"
    message = N_("Tệp đã ký phải là PDF, không quá {megabytes} MB.")


class AlreadyIssued(Refused):
    """A report that was issued never changes."""

    code = "report.already_issued"
    message = N_("Báo cáo này đã ban hành với số {number}. Báo cáo đã ban hành không sửa được; hãy lập báo cáo mới.")


class NumberTaken(Refused):
    """Another report of the same unit and year has the number."""

    code = "report.number_taken"
    message = N_("Số {number} đã ghi cho một báo cáo khác của cùng cơ quan trong năm.")


@dataclass(frozen=True, slots=True)
class Issue:
    """What is recorded of an issue: number and symbol, the date on the document, the signed PDF."""

    number: str
    issued_on: date
    signed: bytes
    is_public: bool = False


def issue_report(*, by: Actor, now: datetime, report_id: UUID, issue: Issue) -> bool:
    """Record that a report was issued; False when exactly that was recorded before.

    Only the province's report is published, with its workbook in which small numbers are hidden.
    Raises NotAllowed, NotFound, BadNumber, IssuedLater, NotPdf, NumberTaken, AlreadyIssued.
    """
    report = Report.objects.filter(id=report_id).select_related("snapshot").first()
    if report is None:
        raise NotFound()
    check_unit(by, report.organization_id)
    number = issue.number.strip()
    _check(report, number, issue, now)
    sha256 = hashlib.sha256(issue.signed).hexdigest()
    said = {"number": number, "issued_on": issue.issued_on, "signed_sha256": sha256}
    if report.number:
        if all(getattr(report, name) == value for name, value in said.items()):
            return False
        raise AlreadyIssued(number=report.number)
    files.store_file(by=by, data=issue.signed, media_type=PDF)
    is_public = issue.is_public and report.kind == Kind.CAMPAIGN.value
    with transaction.atomic():
        issued = {**said, "recorded_at": now, "recorded_by": by.name, "is_public": is_public}
        if not Report.objects.filter(id=report_id, number="").update(**issued):
            raise AlreadyIssued(number=Report.objects.values_list("number", flat=True).get(id=report_id))
        detail = {"number": number, "issued_on": issue.issued_on.isoformat(), "signed_sha256": sha256}
        ledger.record(by=by, verb="issue_report", subject="reports.Report", subject_id=report_id, detail=detail)
    return True


def _check(report: Report, number: str, issue: Issue, now: datetime) -> None:
    if not _NUMBER.fullmatch(number):
        raise BadNumber(number=number)
    if not local_date(report.snapshot.frozen_at) <= issue.issued_on <= local_date(now):
        raise IssuedLater()
    if not issue.signed.startswith(b"%PDF-") or len(issue.signed) > MOST_BYTES:
        raise NotPdf(megabytes=MOST_BYTES // (1024 * 1024))
    unit = report.organization_id
    same = Q(organization__isnull=True) if unit is None else Q(organization_id=unit)
    others = Report.objects.filter(same, number=number, issued_on__year=issue.issued_on.year)
    if others.exclude(id=report.id).exists():
        raise NumberTaken(number=number)
