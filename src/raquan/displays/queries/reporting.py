"""Reports of displays as pages show them: to who manages displays for the unit of the place, or of who sent it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from raquan.displays.models import DisplayReport
from raquan.displays.rules.reporting import (
    FINDING_NAMES,
    REPORT_STATE_NAMES,
    Finding,
    ReportState,
)
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import N_, NotFound
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.ui.columns import Column, Columns, ranked

PAGE_SIZE = 50
MOST_OF_DISPLAY = 50


@dataclass(frozen=True, slots=True)
class ReportView:
    """What was recorded before a display, by whom, and what became of it; `code` is as it was read."""

    id: UUID
    submission_id: UUID
    code: str
    display_id: UUID | None
    site_name: str
    artwork_title: str
    matched_by_name: str
    finding: str
    finding_name: str
    state: str
    state_name: str
    seen_at: datetime
    received_at: datetime
    place: str
    note: str
    by_name: str
    organization_name: str
    has_picture: bool
    is_synthetic: bool


REPORTS: Columns[ReportView] = Columns(
    name="ban-ghi-noi-treo",
    title=N_("Bản ghi tại nơi treo"),
    first="-received_at",
    columns=(
        Column("code", N_("Mã treo"), lambda one: one.code or "–", by=("code",)),
        Column("site", N_("Nơi"), lambda one: one.site_name, by=("display__site__sort_key",)),
        Column("finding", N_("Thấy gì"), lambda one: one.finding_name, by=(ranked("finding", Finding),)),
        Column("seen_at", N_("Thấy lúc"), lambda one: one.seen_at, by=("seen_at",)),
        Column("by", N_("Ai ghi"), lambda one: one.by_name, by=("by_name",)),
        Column("state", N_("Kết quả"), lambda one: one.state_name, by=(ranked("state", ReportState),)),
        Column("received_at", N_("Nhận lúc"), lambda one: one.received_at, by=("received_at",), unseen=True),
    ),
)


def reports(actor: Actor, *, state: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE) -> Page[ReportView]:
    """List the reports that an actor may see, in an order of REPORTS. Raises NotAllowed. Two queries."""
    found = readable_reports(actor)
    if state:
        found = found.filter(state=state)
    rows = REPORTS.ordered(_joined(found), sort)[window(page, size)]
    return Page([_report(row) for row in rows], max(page, 1), size, found.count())


def report(actor: Actor, report_id: UUID) -> ReportView:
    """Give a report. Raises NotAllowed, NotFound. One query."""
    found = _joined(readable_reports(actor)).filter(id=report_id).first()
    if found is None:
        raise NotFound()
    return _report(found)


def report_picture(actor: Actor, report_id: UUID) -> str:
    """Give the SHA-256 of a report's photo. Raises NotAllowed, NotFound. One query."""
    own = readable_reports(actor).filter(id=report_id).exclude(picture_sha256="")
    found = own.values_list("picture_sha256", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def reports_of(display_id: UUID) -> tuple[ReportView, ...]:
    """List what was reported of a display that the actor was let see and is no proof of it, the latest first."""
    rows = _joined(DisplayReport.objects.filter(display_id=display_id, proof=None, is_new=False))
    rows = rows.exclude(state=ReportState.DELETED.value)
    return tuple(_report(row) for row in rows.order_by("-seen_at", "-id")[:MOST_OF_DISPLAY])


def has_new_reports() -> bool:
    """Tell whether a report waits to be read; cheap enough to ask every second."""
    return DisplayReport.objects.filter(is_new=True).exists()


def readable_reports(actor: Actor) -> QuerySet[DisplayReport]:
    """Give the reports of displays of the actor's units, and those that their people sent. Raises NotAllowed."""
    own = organizations_of(actor, Action.DISPLAY_MANAGE)
    if own is None:
        return DisplayReport.objects.all()
    return DisplayReport.objects.filter(Q(display__site__organization_id__in=own) | Q(organization_id__in=own))


def _joined(found: QuerySet[DisplayReport]) -> QuerySet[DisplayReport]:
    return found.select_related("display__site", "display__artwork", "organization")


def _report(row: DisplayReport) -> ReportView:
    finding = gettext(FINDING_NAMES[Finding(row.finding)]) if row.finding else gettext(N_("Chưa rõ"))
    return ReportView(
        id=row.id,
        submission_id=row.submission_id,
        code=row.code,
        display_id=row.display_id,
        site_name=row.display.site.name if row.display else "",
        artwork_title=row.display.artwork.title if row.display else "",
        matched_by_name=row.matched_by_name,
        finding=row.finding,
        finding_name=finding,
        state=row.state,
        state_name=gettext(REPORT_STATE_NAMES[ReportState(row.state)]),
        seen_at=row.seen_at,
        received_at=row.received_at,
        place=row.place,
        note=row.note,
        by_name=row.by_name,
        organization_name=row.organization.name if row.organization else "",
        has_picture=bool(row.picture_sha256),
        is_synthetic=row.is_synthetic,
    )
