"""The reports that were issued and published, for everybody: the very file that was signed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import UUIDField

from raquan.files import queries as files
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound
from raquan.ledger.queries import Question, Told
from raquan.reports.models import Report

PUBLISHED = {"pdf": "signed_sha256", "xlsx": "public_workbook_sha256"}


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A report as it was issued; `has_workbook` tells whether its tables stand beside it."""

    id: UUID
    number: str
    issued_on: date
    snapshot_number: int
    has_workbook: bool


def published_reports(campaign_id: UUID, page: int = 1, size: int = 20) -> Page[PublishedReport]:
    """List what a campaign has published, the last first."""
    cut = window(page, size)
    rows = _PUBLISHED.rows(cut.start, cut.stop, campaign_id=campaign_id)
    items = [
        PublishedReport(id=one, number=number, issued_on=on, snapshot_number=snapshot, has_workbook=bool(workbook))
        for one, number, on, snapshot, workbook in rows
    ]
    every = Report.objects.filter(campaign_id=campaign_id, is_public=True)
    return Page(items, page, size, total_of(items, page, size, every.count))


_PUBLISHED = Question(
    lambda start, stop: (
        Report.objects.filter(campaign_id=Told("campaign_id", UUIDField()), is_public=True)
        .order_by("-issued_on", "-id")
        .values_list("id", "number", "issued_on", "snapshot__number", "public_workbook_sha256")[start:stop]
    )
)


def published_file(campaign_id: UUID, report_id: UUID, shape: str) -> tuple[bytes, str]:
    """Give a published file and its media type. Raises NotFound."""
    row = Report.objects.filter(campaign_id=campaign_id, id=report_id, is_public=True).first()
    sha256 = getattr(row, PUBLISHED[shape]) if row is not None and shape in PUBLISHED else ""
    if not sha256:
        raise NotFound()
    return files.read_file(sha256), files.media_type(sha256)
