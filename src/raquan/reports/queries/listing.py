"""The list of reports with addresses to download them, one report, and what is found by searching."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from raquan.analytics.rules import snapshot_address
from raquan.files import queries as files
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date, format_datetime
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.reports.models import Report
from raquan.reports.queries.scope import check_unit, readable
from raquan.reports.rules import Kind
from raquan.search.rules import Entry, join_line
from raquan.search.rules import Kind as Found
from raquan.ui.columns import Column, Columns


@dataclass(frozen=True, slots=True)
class ReportView:
    """A built report; addresses are "" where there is no such file, and expire.

    `unit` is "" for the province's. `number`, `issued_on` and the signed file are the records clerk's.
    """

    id: UUID
    year: int
    kind: Kind
    organization_id: UUID | None
    unit: str
    snapshot_id: UUID
    snapshot_number: int
    snapshot_address: str
    synthetic: bool
    template: int
    built_at: datetime
    built_by: str
    docx_sha256: str
    docx_address: str
    pdf_address: str
    workbook_address: str
    number: str
    issued_on: date | None
    recorded_by: str
    signed_address: str
    is_public: bool

    @property
    def data_name(self) -> str:
        """Say whether it is of real records, a message id."""
        return N_("Mô phỏng") if self.synthetic else N_("Thật")

    @property
    def whose(self) -> str:
        """Name whose report it is, in the reader's language."""
        return self.unit or gettext("Toàn tỉnh")

    @property
    def is_issued(self) -> bool:
        """Tell whether it was issued: from then on it never changes."""
        return bool(self.number)


def _snapshot_name(one: ReportView) -> str:
    return gettext("Bản chốt số %(number)s") % {"number": one.snapshot_number}


def _issued(one: ReportView) -> str:
    return f"{one.number}, {format_date(one.issued_on)}" if one.issued_on else gettext("Chưa ban hành")


REPORTS: Columns[ReportView] = Columns(
    name="bao-cao",
    title=N_("Báo cáo"),
    first="-built_at",
    columns=(
        Column("unit", N_("Của"), lambda one: one.whose, by=("organization__sort_key",)),
        Column("built_at", N_("Lập lúc"), lambda one: one.built_at, by=("built_at",)),
        Column("snapshot", N_("Số liệu"), _snapshot_name, by=("snapshot__frozen_at",)),
        Column("data", N_("Dữ liệu"), lambda one: gettext(one.data_name), by=("snapshot__is_synthetic",)),
        Column("built_by", N_("Người lập"), lambda one: one.built_by),
        Column("issued", N_("Ban hành"), _issued, by=("issued_on",)),
        Column("sha256", "SHA-256", lambda one: one.docx_sha256, unseen=True),
    ),
)


def reports(
    actor: Actor, page: int = 1, size: int = 20, sort: str = "", text: str = "", kind: str = ""
) -> Page[ReportView]:
    """List the reports that an actor may read, the last first; `text` is part of a unit's name. Raises NotAllowed."""
    people.check(actor, Action.FIGURE_READ)
    found = Report.objects.filter(readable(actor)).select_related("snapshot", "organization", "template", "campaign")
    if text:
        found = found.filter(organization__search_key__contains=fold(text))
    if kind:
        found = found.filter(kind=kind)
    rows = REPORTS.ordered(found, sort)[window(page, size)]
    items = [view_of(row) for row in rows]
    return Page(items, page, size, total_of(items, page, size, found.count))


def report(actor: Actor, report_id: UUID) -> ReportView:
    """Give a report. Raises NotFound where the actor may not know of it."""
    people.check(actor, Action.FIGURE_READ)
    found = Report.objects.filter(readable(actor), id=report_id)
    row = found.select_related("snapshot", "organization", "template", "campaign").first()
    if row is None:
        raise NotFound()
    return view_of(row)


def may_make(actor: Actor, organization_id: UUID | None) -> bool:
    """Tell whether an actor may make, and record the issue of, a unit's report; the province's without one."""
    try:
        check_unit(actor, organization_id)
    except NotAllowed:
        return False
    return True


def view_of(row: Report) -> ReportView:
    """Show a report."""
    name = f"bao-cao-so-lieu-chot-{row.snapshot.number}"

    def address(sha256: str | None, suffix: str, more: str = "") -> str:
        return files.download_address(sha256, name=f"{name}{more}.{suffix}") if sha256 else ""

    return ReportView(
        id=row.id,
        year=row.campaign.year,
        kind=Kind(row.kind),
        organization_id=row.organization_id,
        unit=row.organization.name if row.organization else "",
        snapshot_id=row.snapshot_id,
        snapshot_number=row.snapshot.number,
        snapshot_address=snapshot_address(row.snapshot_id),
        synthetic=row.snapshot.is_synthetic,
        template=row.template.version if row.template else 0,
        built_at=row.built_at,
        built_by=row.built_by,
        docx_sha256=row.docx_sha256,
        docx_address=address(row.docx_sha256, "docx"),
        pdf_address=address(row.pdf_sha256, "pdf"),
        workbook_address=address(row.workbook_sha256, "xlsx"),
        number=row.number,
        issued_on=row.issued_on,
        recorded_by=row.recorded_by,
        signed_address=address(row.signed_sha256, "pdf", "-da-ky"),
        is_public=row.is_public,
    )


def _entries(rows: QuerySet[Report]) -> Iterable[Entry]:
    for row in rows.select_related("snapshot", "campaign", "organization"):
        said = {"number": row.snapshot.number, "year": row.campaign.year}
        whose = row.organization.name if row.organization else ""
        yield Entry(
            id=row.id,
            title=translation.gettext("Báo cáo từ bản chốt số liệu %(number)s năm %(year)s") % said,
            line=join_line(whose, row.number, format_datetime(row.built_at), row.built_by),
            href=f"/desk/reports/{row.id}/",
            at=row.built_at,
        )


def _seen(actor: Actor) -> bool:
    return may(actor, Action.FIGURE_READ)


def _of_province() -> QuerySet[Report]:
    """Only the province's are in the index: every reader of figures may see them."""
    return Report.objects.filter(kind=Kind.CAMPAIGN.value)


KINDS = (Found("report", N_("Báo cáo chính thức"), "reports.Report", _of_province, _seen, _entries, is_listed=True),)
"""What stands in the index of reports, and who may see them."""
