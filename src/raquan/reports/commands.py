"""Builds official reports from snapshots, and their PDFs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation

from raquan.analytics import queries as analytics
from raquan.analytics.rules import SnapshotView
from raquan.campaign import queries as campaigns
from raquan.files import commands as files
from raquan.files import queries as stored
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.reports import gateways
from raquan.reports.models import Report
from raquan.reports.queries import report_facts, units_told
from raquan.reports.rules import ReportContent, compose, figures_wanted

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PDF_WANTED = "reports.pdf_wanted"


class NoSnapshot(Refused):
    """A report is made of frozen numbers, and nothing has been frozen yet."""

    code = "report.no_snapshot"
    message = N_("Chưa có bản chốt số liệu nào. Hãy chốt số liệu trước khi lập báo cáo.")


class OtherCampaign(Refused):
    """The snapshot is of another campaign."""

    code = "report.other_campaign"
    message = N_("Bản chốt này thuộc về chiến dịch khác.")


@dataclass(frozen=True, slots=True)
class ReportBuilt:
    """A report's files; `already` when the same content had been built before."""

    report_id: UUID
    docx: bytes
    docx_sha256: str
    pdf_sha256: str | None
    already: bool


def build_report(
    *, by: Actor, now: datetime, campaign_id: UUID, snapshot_id: UUID | None = None, out: Path | None = None
) -> ReportBuilt:
    """Build the campaign's report from a snapshot, the latest without `snapshot_id`; also write it to `out`.

    The same content again is the same report. The PDF is made later, where LibreOffice is installed.
    Raises NoSnapshot, OtherCampaign, NotFound.
    """
    people.check(by, Action.REPORT_BUILD)
    snapshot = _snapshot(by, campaign_id, snapshot_id)
    docx = gateways.fill_template(_content(by, now, campaign_id, snapshot))
    if out is not None:
        out.write_bytes(docx)
    kept = files.store_file(by=by, data=docx, media_type=DOCX)
    report, already = _store(by, now, snapshot, kept.sha256)
    return ReportBuilt(report.id, docx, kept.sha256, report.pdf_sha256, already)


def make_pdf(*, by: Actor, now: datetime, report_id: UUID) -> str | None:
    """Make a report's PDF and give its SHA-256; None where LibreOffice is not installed. Once is enough.

    Raises gateways.PdfFailed.
    """
    people.check(by, Action.REPORT_BUILD)
    report = Report.objects.filter(id=report_id).first()
    if report is None:
        raise NotFound()
    if report.pdf_sha256 or not gateways.has_libreoffice():
        return report.pdf_sha256
    kept = files.store_file(by=by, data=gateways.to_pdf(stored.read_file(report.docx_sha256)), media_type=PDF)
    with transaction.atomic():
        if Report.objects.filter(id=report_id, pdf_sha256__isnull=True).update(pdf_sha256=kept.sha256):
            ledger.record(by=by, verb="make_pdf", subject="reports.Report", subject_id=report_id)
    return Report.objects.values_list("pdf_sha256", flat=True).get(id=report_id)


def _snapshot(by: Actor, campaign_id: UUID, snapshot_id: UUID | None) -> SnapshotView:
    if snapshot_id is None:
        latest = analytics.latest_snapshot(campaign_id)
        if latest is None:
            raise NoSnapshot()
        return latest
    found = analytics.snapshot(by, snapshot_id)
    if found.campaign_id != campaign_id:
        raise OtherCampaign()
    return found


def _content(by: Actor, now: datetime, campaign_id: UUID, snapshot: SnapshotView) -> ReportContent:
    with translation.override("vi"):  # the names in an official document do not follow the reader's language
        campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None)
        if campaign is None:
            raise NotFound()
        figures = {
            (measure, dimension): analytics.figure(by, measure, dimension, snapshot_id=snapshot.id)
            for measure, dimension in figures_wanted()
        }
        return compose(report_facts(by, now, campaign), snapshot, figures, units_told(by, campaign_id))


def _store(by: Actor, now: datetime, snapshot: SnapshotView, docx_sha256: str) -> tuple[Report, bool]:
    content = {"snapshot_id": snapshot.id, "kind": "campaign", "docx_sha256": docx_sha256}
    try:
        with transaction.atomic():
            report = Report.objects.create(campaign_id=snapshot.campaign_id, built_at=now, built_by=by.name, **content)
            ledger.record(
                by=by,
                verb="build_report",
                subject="reports.Report",
                subject_id=report.id,
                detail={"snapshot": str(snapshot.id), "docx_sha256": docx_sha256},
            )
            if gateways.has_libreoffice():
                ledger.publish(topic=PDF_WANTED, payload={"report_id": str(report.id)}, key=f"{PDF_WANTED}.{report.id}")
    except IntegrityError:  # the same content was built before, or in this moment
        return Report.objects.get(**content), True
    return report, False
