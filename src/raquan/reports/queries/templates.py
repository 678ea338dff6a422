"""The templates that an office has made, with what was found in each; the runs over all units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.analytics.rules import snapshot_address
from raquan.files import queries as files
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.reports.models import ReportRun, ReportTemplate
from raquan.reports.queries.scope import builds_all
from raquan.reports.rules import KIND_NAMES, RULES, TAG_RULES, Kind
from raquan.search.rules import Entry
from raquan.search.rules import Kind as Found
from raquan.ui.columns import Column, Columns


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """What was found in a template: the rule (a message id), where, what stands there; whether it stops its use."""

    code: str
    where: str
    found: str
    stops: bool

    @property
    def rule(self) -> str:
        """Give the rule that is broken, a message id."""
        return (TAG_RULES if self.stops else RULES)[self.code]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A version of a template; its address expires."""

    id: UUID
    kind: Kind
    version: int
    file_name: str
    added_at: datetime
    added_by: str
    is_in_use: bool
    findings: tuple[TemplateFinding, ...]
    docx_address: str

    @property
    def stops(self) -> tuple[TemplateFinding, ...]:
        """Give what stops its use."""
        return tuple(one for one in self.findings if one.stops)

    @property
    def layout(self) -> tuple[TemplateFinding, ...]:
        """Give what departs from the layout in what it makes."""
        return tuple(one for one in self.findings if not one.stops)

    @property
    def state_name(self) -> str:
        """Name its state, a message id."""
        if self.is_in_use:
            return N_("Đang dùng")
        return N_("Chưa dùng được") if self.stops else N_("Dùng được")


TEMPLATES: Columns[TemplateView] = Columns(
    name="mau-bao-cao",
    title=N_("Mẫu báo cáo"),
    first="-added_at",
    columns=(
        Column("file_name", N_("Tệp"), lambda one: one.file_name, by=("file_name",)),
        Column("kind", N_("Dùng cho"), lambda one: gettext(KIND_NAMES[one.kind]), by=("kind", "-version")),
        Column("version", N_("Phiên bản"), lambda one: one.version, by=("version",), numeric=True),
        Column("state", N_("Trạng thái"), lambda one: gettext(one.state_name), by=("is_in_use",)),
        Column("added_at", N_("Nạp lúc"), lambda one: one.added_at, by=("added_at",)),
        Column("added_by", N_("Người nạp"), lambda one: one.added_by),
    ),
)


@dataclass(frozen=True, slots=True)
class RunView:
    """A run: how many of all reports are made; `zip_address` is "" until all are, and expires."""

    id: UUID
    asked_at: datetime
    asked_by: str
    snapshot_number: int
    snapshot_address: str
    done: int
    total: int
    finished_at: datetime | None
    zip_address: str


def templates(actor: Actor, page: int = 1, size: int = 20, sort: str = "") -> Page[TemplateView]:
    """List the templates, the last first. Raises NotAllowed."""
    _check(actor)
    rows = TEMPLATES.ordered(ReportTemplate.objects.all(), sort)[window(page, size)]
    items = [_view(row) for row in rows]
    return Page(items, page, size, total_of(items, page, size, ReportTemplate.objects.count))


def template(actor: Actor, template_id: UUID) -> TemplateView:
    """Give a template. Raises NotAllowed, NotFound."""
    _check(actor)
    row = ReportTemplate.objects.filter(id=template_id).first()
    if row is None:
        raise NotFound()
    return _view(row)


def templates_in_use(actor: Actor) -> dict[Kind, TemplateView | None]:
    """Give the template in use of each kind; None is the one that the program brings. Raises NotAllowed."""
    _check(actor)
    rows = {row.kind: _view(row) for row in ReportTemplate.objects.filter(is_in_use=True)}
    return {kind: rows.get(kind.value) for kind in Kind}


def run(actor: Actor, run_id: UUID) -> RunView:
    """Give a run. Raises NotAllowed, NotFound."""
    _check(actor)
    row = ReportRun.objects.filter(id=run_id).select_related("snapshot").first()
    if row is None:
        raise NotFound()
    return _run(row)


def latest_run(actor: Actor, campaign_id: UUID) -> RunView | None:
    """Give the last run of a campaign; None where there was none, and for who makes no report of the province."""
    if not builds_all(actor):
        return None
    rows = ReportRun.objects.filter(campaign_id=campaign_id).select_related("snapshot")
    row = rows.order_by("-asked_at").first()
    return _run(row) if row else None


def _check(actor: Actor) -> None:
    if not builds_all(actor):
        raise NotAllowed()


def _view(row: ReportTemplate) -> TemplateView:
    return TemplateView(
        id=row.id,
        kind=Kind(row.kind),
        version=row.version,
        file_name=row.file_name,
        added_at=row.added_at,
        added_by=row.added_by,
        is_in_use=row.is_in_use,
        findings=tuple(
            TemplateFinding(one["code"], one.get("where", ""), one["found"], one["stops"]) for one in row.findings
        ),
        docx_address=files.download_address(row.docx_sha256, name=f"mau-{row.kind}-{row.version}.docx"),
    )


def _run(row: ReportRun) -> RunView:
    name = f"bao-cao-moi-don-vi-so-lieu-chot-{row.snapshot.number}.zip"
    return RunView(
        id=row.id,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        snapshot_number=row.snapshot.number,
        snapshot_address=snapshot_address(row.snapshot_id),
        done=row.reached,
        total=len(row.wanted),
        finished_at=row.finished_at,
        zip_address=files.download_address(row.zip_sha256, name=name) if row.zip_sha256 else "",
    )


def _entries(rows: QuerySet[ReportTemplate]) -> Iterable[Entry]:
    for row in rows:
        yield Entry(
            id=row.id,
            title=row.file_name,
            line=gettext(KIND_NAMES[Kind(row.kind)]),
            href=f"/desk/reports/templates/{row.id}/",
            at=row.added_at,
        )


TEMPLATE_KIND = Found(
    "report_template",
    N_("Mẫu báo cáo"),
    "reports.ReportTemplate",
    ReportTemplate.objects.all,
    builds_all,
    _entries,
    is_listed=True,
)
"""What stands in the index of templates, and who may see them."""
