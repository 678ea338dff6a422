"""What may be asked of reports: the list, with addresses to download them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.analytics.rules import snapshot_address
from raquan.files import queries as files
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, window
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.reports.models import Report


@dataclass(frozen=True, slots=True)
class ReportView:
    """A built report; `pdf_address` is "" where there is no PDF. Addresses expire."""

    id: UUID
    snapshot_id: UUID
    snapshot_number: int
    snapshot_address: str
    synthetic: bool
    built_at: datetime
    built_by: str
    docx_sha256: str
    docx_address: str
    pdf_address: str


def reports(actor: Actor, page: int = 1, size: int = 20) -> Page[ReportView]:
    """List reports, the last first."""
    people.check(actor, Action.FIGURE_READ)
    found = Report.objects.select_related("snapshot").order_by("-built_at", "-id")
    rows = found[window(page, size)]
    return Page([_view(row) for row in rows], page, size, Report.objects.count())


def _view(row: Report) -> ReportView:
    name = f"bao-cao-so-lieu-chot-{row.snapshot.number}"
    pdf = files.download_address(row.pdf_sha256, name=f"{name}.pdf") if row.pdf_sha256 else ""
    return ReportView(
        id=row.id,
        snapshot_id=row.snapshot_id,
        snapshot_number=row.snapshot.number,
        snapshot_address=snapshot_address(row.snapshot_id),
        synthetic=row.snapshot.is_synthetic,
        built_at=row.built_at,
        built_by=row.built_by,
        docx_sha256=row.docx_sha256,
        docx_address=files.download_address(row.docx_sha256, name=f"{name}.docx"),
        pdf_address=pdf,
    )
