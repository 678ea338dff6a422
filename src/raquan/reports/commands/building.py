"""Builds official reports from snapshots: the province's, a unit's; their workbooks and PDFs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation

from raquan.analytics import commands as drawing
from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure, SnapshotView, suppress
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.files import commands as files
from raquan.files import queries as stored
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.queries import OrganizationView
from raquan.people.rules import Action
from raquan.reports import gateways
from raquan.reports.models import Report, ReportTemplate
from raquan.reports.queries import check_unit, report_facts, reporting, unit_sheets, units_told
from raquan.reports.rules import MOST_BARS, Kind, ReportContent, compose, figures_wanted, for_everybody, known_figures

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
PDF_WANTED = "reports.pdf_wanted"

Figures = Mapping[tuple[str, str], Figure]


class NoSnapshot(Refused):
    """A report is made of frozen numbers, and nothing has been frozen yet."""

    code = "report.no_snapshot"
    message = N_("Chưa có bản chốt số liệu nào. Hãy chốt số liệu trước khi lập báo cáo.")


class OtherCampaign(Refused):
    """The snapshot is of another campaign."""

    code = "report.other_campaign"
    message = N_("Bản chốt này thuộc về chiến dịch khác.")


class NoLibreOffice(Refused):
    """A PDF was asked for and the program that makes them is not installed."""

    code = "report.no_libreoffice"
    message = N_("Máy chủ chưa cài LibreOffice nên không lập được PDF. Hãy mở tệp Word rồi lưu thành PDF.")


@dataclass(frozen=True, slots=True)
class ReportBuilt:
    """A report's files; `already` when the same content had been built before."""

    report_id: UUID
    docx: bytes
    docx_sha256: str
    pdf_sha256: str | None
    already: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What a report is stored from: whose it is, its files, and the template that it was filled with."""

    kind: Kind
    docx: bytes
    workbook: bytes
    public_workbook: bytes = b""
    organization_id: UUID | None = None
    template_id: UUID | None = None


def build_report(
    *, by: Actor, now: datetime, campaign_id: UUID, snapshot_id: UUID | None = None, out: Path | None = None
) -> ReportBuilt:
    """Build the campaign's report from a snapshot, the latest without `snapshot_id`; also write it to `out`.

    The same content again is the same report. The PDF is made later, where LibreOffice is installed.
    Raises NoSnapshot, OtherCampaign, NotFound, TemplateBroken.
    """
    people.check(by, Action.REPORT_BUILD)
    snapshot, campaign = snapshot_of(by, campaign_id, snapshot_id), campaign_of(campaign_id)
    with translation.override("vi"):  # the names in an official document do not follow the reader's language
        facts, told = report_facts(by, now, campaign), units_told(by, campaign_id)
        pairs = figures_wanted()
        found = analytics.figures(by, pairs, campaign_id=campaign_id, snapshot_id=snapshot.id, for_all=True)
        figures: Figures = dict(zip(pairs, found, strict=True))
        hidden = {pair: suppress(figure) for pair, figure in figures.items()}
        content = compose(facts, snapshot, figures, told)
        made = replace(
            fill(Kind.CAMPAIGN, content, figures),
            public_workbook=_workbook(for_everybody(compose(facts, snapshot, hidden, told), hidden), hidden),
        )
    if out is not None:
        out.write_bytes(made.docx)
    return store(by, now, snapshot, made, wants_pdf=True)


def build_unit_report(
    *, by: Actor, now: datetime, campaign_id: UUID, organization_id: UUID, snapshot_id: UUID | None = None
) -> ReportBuilt:
    """Build a unit's report from a snapshot, the latest without `snapshot_id`. The same content is the same report.

    Raises NotAllowed, NoSnapshot, OtherCampaign, NotFound, TemplateBroken.
    """
    check_unit(by, organization_id)
    snapshot, campaign = snapshot_of(by, campaign_id, snapshot_id), campaign_of(campaign_id)
    unit = next((one for one in reporting() if one.id == organization_id), None)
    if unit is None:
        raise NotFound()
    with translation.override("vi"):
        sheets = unit_sheets(by, now, campaign, snapshot)
        made = fill_unit(sheets.content_of(unit), sheets.figures.of(unit.id), unit)
    return store(by, now, snapshot, made, wants_pdf=True)


def want_pdf(*, by: Actor, report_id: UUID) -> None:
    """Let a worker make a report's PDF. Raises NotAllowed, NotFound, NoLibreOffice."""
    report = _report(by, report_id)
    if not gateways.has_libreoffice():
        raise NoLibreOffice()
    with transaction.atomic():
        if not report.pdf_sha256 and _ask_for_pdf(report.id):
            ledger.record(by=by, verb="want_pdf", subject="reports.Report", subject_id=report_id)


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


# -- what building is made of, for runs over all units too ------------------------------------------


def snapshot_of(by: Actor, campaign_id: UUID, snapshot_id: UUID | None) -> SnapshotView:
    """Give the snapshot to report from. Raises NoSnapshot, OtherCampaign, NotFound."""
    if snapshot_id is None:
        latest = analytics.latest_snapshot(campaign_id)
        if latest is None:
            raise NoSnapshot()
        return latest
    found = analytics.snapshot(by, snapshot_id)
    if found.campaign_id != campaign_id:
        raise OtherCampaign()
    return found


def campaign_of(campaign_id: UUID) -> CampaignView:
    """Give a campaign with its names in Vietnamese. Raises NotFound."""
    with translation.override("vi"):
        campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None)
    if campaign is None:
        raise NotFound()
    return campaign


def fill(kind: Kind, content: ReportContent, figures: Figures) -> Made:
    """Fill the template in use with a content, and write its workbook. Raises TemplateBroken."""
    template = ReportTemplate.objects.filter(kind=kind.value, is_in_use=True).first()
    filler = _filler(kind, template.docx_sha256 if template else "")
    # A picture of few bars: a whole page of them says no more, and the tables have every row.
    pictures = [
        drawing.draw_figure(figure=replace(one.figure, rows=one.figure.rows[:MOST_BARS])) for one in content.charts
    ]
    docx = filler.fill(content, pictures)
    return Made(kind, docx, _workbook(content, figures), template_id=template.id if template else None)


def fill_unit(content: ReportContent, figures: Figures, unit: OrganizationView) -> Made:
    """Fill the units' template for one."""
    return replace(fill(Kind.UNIT, content, figures), organization_id=unit.id)


def store(by: Actor, now: datetime, snapshot: SnapshotView, made: Made, *, wants_pdf: bool) -> ReportBuilt:
    """Keep a report and its files; the same content again is the same report."""
    docx = files.store_file(by=by, data=made.docx, media_type=DOCX)
    sheets = [
        files.store_file(by=by, data=one, media_type=XLSX).sha256 if one else ""
        for one in (made.workbook, made.public_workbook)
    ]
    content = {"snapshot_id": snapshot.id, "kind": made.kind.value, "docx_sha256": docx.sha256}
    try:
        with transaction.atomic():
            report = Report.objects.create(
                campaign_id=snapshot.campaign_id,
                organization_id=made.organization_id,
                template_id=made.template_id,
                workbook_sha256=sheets[0],
                public_workbook_sha256=sheets[1],
                built_at=now,
                built_by=by.name,
                **content,
            )
            detail = {"snapshot": str(snapshot.id), "docx_sha256": docx.sha256}
            verb = "build_report" if made.kind is Kind.CAMPAIGN else "build_unit_report"
            ledger.record(by=by, verb=verb, subject="reports.Report", subject_id=report.id, detail=detail)
            if wants_pdf and gateways.has_libreoffice():
                _ask_for_pdf(report.id)
    except IntegrityError:  # the same content was built before, or in this moment
        report, already = Report.objects.get(**content), True
    else:
        already = False
    return ReportBuilt(report.id, made.docx, docx.sha256, report.pdf_sha256, already)


def _report(by: Actor, report_id: UUID) -> Report:
    report = Report.objects.filter(id=report_id).first()
    if report is None:
        raise NotFound()
    check_unit(by, report.organization_id)
    return report


def _ask_for_pdf(report_id: UUID) -> bool:
    return ledger.publish(topic=PDF_WANTED, payload={"report_id": str(report_id)}, key=f"{PDF_WANTED}.{report_id}")


def _workbook(content: ReportContent, figures: Figures) -> bytes:
    measures = {figure.measure.key: figure.measure for figure in known_figures(figures).values()}
    return gateways.write_tables(content, list(measures.values()))


@lru_cache(maxsize=8)
def _filler(kind: Kind, sha256: str) -> gateways.Filler:
    """Compile a template once a process; "" is the one that the program brings."""
    return gateways.Filler(stored.read_file(sha256)) if sha256 else gateways.filler_of(kind)
