"""What may be asked of reports: the list, with addresses to download them; the letter to units that are behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from raquan.analytics.rules import snapshot_address
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.files import queries as files
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date, format_datetime
from raquan.kernel.localized import in_language
from raquan.kernel.paging import MAX_SIZE, Page, every, window
from raquan.kernel.refused import N_
from raquan.kernel.text import sort_key
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.reports.models import Report
from raquan.reports.rules import LateUnit, LetterContent, ReportFacts, UnitTold, compose_letter
from raquan.rounds import queries as rounds
from raquan.rounds.queries import ApprovedText, BehindFilter, BehindUnit
from raquan.search.rules import Entry, Kind, join_line
from raquan.ui.columns import Column, Columns

MOST_DETAILS = 8


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

    @property
    def data_name(self) -> str:
        """Say whether it is of real records, a message id."""
        return N_("Mô phỏng") if self.synthetic else N_("Thật")


def _snapshot_name(one: ReportView) -> str:
    return gettext("Bản chốt số %(number)s") % {"number": one.snapshot_number}


REPORTS: Columns[ReportView] = Columns(
    name="bao-cao",
    title=N_("Báo cáo"),
    first="-built_at",
    columns=(
        Column("built_at", N_("Lập lúc"), lambda one: one.built_at, by=("built_at",)),
        Column("snapshot", N_("Số liệu"), _snapshot_name, by=("snapshot__frozen_at",)),
        Column("data", N_("Dữ liệu"), lambda one: gettext(one.data_name), by=("snapshot__is_synthetic",)),
        Column("built_by", N_("Người lập"), lambda one: one.built_by),
        Column("sha256", "SHA-256", lambda one: one.docx_sha256, unseen=True),
    ),
)


def reports(actor: Actor, page: int = 1, size: int = 20, sort: str = "") -> Page[ReportView]:
    """List reports, the last first."""
    people.check(actor, Action.FIGURE_READ)
    rows = REPORTS.ordered(Report.objects.select_related("snapshot"), sort)[window(page, size)]
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


def report_facts(by: Actor, now: datetime, campaign: CampaignView) -> ReportFacts:
    """Give what official documents say of a campaign besides figures."""
    plan = campaigns.plan(by, campaign.id)
    return ReportFacts(
        province=campaign.province_name,
        campaign=campaign.name,
        year=campaign.year,
        theme=in_language(campaign.theme, "vi") if campaign.theme else "",
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        plan=plan.number if plan else "",
        plan_title=plan.title if plan else "",
        plan_issued_on=plan.issued_on if plan else None,
        written_at=now,
        public_url=settings.RAQUAN_PUBLIC_URL,
    )


def units_told(actor: Actor, campaign_id: UUID) -> tuple[UnitTold, ...]:
    """Give what each unit told in its last approved report, by name, in one query. Raises NotAllowed."""
    latest: dict[UUID, ApprovedText] = {}
    for one in rounds.approved_texts(actor, campaign_id):  # the last round first
        latest.setdefault(one.organization_id, one)
    return tuple(_told(one) for one in sorted(latest.values(), key=lambda one: sort_key(one.organization_name)))


def _told(one: ApprovedText) -> UnitTold:
    named = (
        ("Kết quả", one.told.results),
        ("Hạn chế, vướng mắc", one.told.limits),
        ("Nguyên nhân", one.told.causes),
        ("Đề xuất, kiến nghị", one.told.proposals),
    )
    period = f"kỳ {format_date(one.first_on)}–{format_date(one.last_on)}"
    parts = tuple(f"{name}: {' '.join(words.split())}" for name, words in named if words)
    return UnitTold(one.organization_name, period, parts)


def letter_to_those_behind(
    actor: Actor, campaign: CampaignView, *, now: datetime, wanted: BehindFilter | None = None
) -> LetterContent | None:
    """Write the draft of a letter to the units that are behind, as filtered; None where none is.

    Raises NotAllowed.
    """
    people.check(actor, Action.REPORT_DECIDE)
    asked: dict[str, Any] = {"now": now, "wanted": wanted, "size": MAX_SIZE, "with_calls": False}
    found = every(lambda page: rounds.behind(actor, campaign, page=page, **asked).page)
    if not found:
        return None
    with translation.override("vi"):  # the names in an official document do not follow the reader's language
        units = [LateUnit(one.unit.name, one.owes, _details(one)) for one in found]
        return compose_letter(report_facts(actor, now, campaign), units, synthetic=campaign.is_synthetic)


def _details(one: BehindUnit) -> list[str]:
    days = [f"{format_date(late.first_on)}–{format_date(late.last_on)}" for late in one.reports]
    said = [f"báo cáo các kỳ: {_few(days)}"] if days else []
    if one.tasks:
        said.append(f"nhiệm vụ: {_few([task.task.path or task.task.title[:60] for task in one.tasks])}")
    for outings, name in ((one.missed, "buổi chưa diễn ra"), (one.silent, "buổi chưa có bản ghi")):
        if outings:
            said.append(f"{name}: {_few([outing.code for outing in outings])}")
    return said


def _few(names: list[str]) -> str:
    rest = len(names) - MOST_DETAILS
    return ", ".join(names[:MOST_DETAILS]) + (f" và {rest} mục khác" if rest > 0 else "")


def _entries(rows: QuerySet[Report]) -> Iterable[Entry]:
    for row in rows.select_related("snapshot", "campaign"):
        said = {"number": row.snapshot.number, "year": row.campaign.year}
        yield Entry(
            id=row.id,
            title=translation.gettext("Báo cáo từ bản chốt số liệu %(number)s năm %(year)s") % said,
            line=join_line(format_datetime(row.built_at), row.built_by),
            href="/desk/reports/",
            at=row.built_at,
        )


def _seen(actor: Actor) -> bool:
    return may(actor, Action.FIGURE_READ)


KINDS = (
    Kind("report", N_("Báo cáo chính thức"), "reports.Report", Report.objects.all, _seen, _entries, is_listed=True),
)
"""What stands in the index of reports, and who may see them."""
