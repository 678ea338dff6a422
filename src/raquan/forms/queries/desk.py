"""What the desk's pages of forms show: all forms, and one with its versions, files, state and audience."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from raquan.forms.models import Form, FormAudience, FormMedia, FormVersion
from raquan.forms.queries.drafts import DraftView, draft_of
from raquan.forms.queries.media import MediaView, media_of
from raquan.forms.rules import FORM_KIND_NAMES, FORM_STATE_NAMES, FormKind, FormState, states_from
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.people.rules import Action, may
from raquan.ui.columns import Column, Columns, ranked


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in the list; `missing` counts the files that it names and nobody has put there."""

    id: UUID
    number: int
    form_id: str
    title: str
    kind_name: str
    state: FormState
    state_name: str
    version: str
    published_at: datetime | None
    media: int
    missing: int
    has_draft: bool
    audience: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version; both its files are kept for ever, the workbook where there was one."""

    version: str
    md5: str
    published_at: datetime
    has_workbook: bool


@dataclass(frozen=True, slots=True)
class AudienceView:
    """An organization that the form is given to."""

    organization_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form with all that its page shows; `may_become` are the states that it can be put into."""

    line: FormLine
    versions: tuple[VersionLine, ...]
    media: tuple[MediaView, ...]
    audience: tuple[AudienceView, ...]
    may_become: tuple[tuple[str, str], ...]
    draft: DraftView | None


# A title has no stored order: a form is known by its id.
FORMS: Columns[FormLine] = Columns(
    name="bieu-mau",
    title=N_("Biểu mẫu"),
    first="number",
    columns=(
        Column("title", N_("Tên"), lambda one: one.title),
        Column("number", N_("Số"), lambda one: one.number, by=("number",), unseen=True),
        Column("form_id", N_("Mã"), lambda one: one.form_id, by=("xml_form_id",)),
        Column("state", N_("Tình trạng"), lambda one: gettext(one.state_name), by=(ranked("state", FormState),)),
        Column("version", N_("Phiên bản"), lambda one: one.version),
        Column("published_at", N_("Đưa vào dùng lúc"), lambda one: one.published_at),
        Column("media", N_("Tệp kèm"), lambda one: one.media),
        Column("missing", N_("Tệp còn thiếu"), lambda one: one.missing, unseen=True),
        Column("audience", N_("Giao cho"), lambda one: one.audience or gettext("Mọi người"), by=("given",)),
        Column("has_draft", N_("Có bản nháp"), lambda one: one.has_draft),
    ),
)


def form_lines(actor: Actor, page: int = 1, size: int = 50, sort: str = "") -> Page[FormLine]:
    """List all forms by their numbers, drafts and closed ones too; five queries. Raises NotAllowed."""
    _check(actor)
    found = FORMS.ordered(_counted(Form.objects.all()), sort)
    items = _lines(found[window(page, size)])
    return Page(items, page, size, total_of(items, page, size, Form.objects.count))


def form_page(actor: Actor, form_row: UUID) -> FormPage:
    """Give a form's page, in a bounded number of queries. Raises NotAllowed and NotFound."""
    _check(actor)
    form = _counted(Form.objects.filter(id=form_row)).first()
    if form is None:
        raise NotFound()
    versions = list(FormVersion.objects.filter(form=form_row).defer("xml").order_by("-published_at", "-id"))
    media = list(FormMedia.objects.filter(form=form_row, draft__isnull=True, replaced_at__isnull=True))
    line = _line(form, versions[0] if versions else None, {(form_row, one.name) for one in media})
    given = FormAudience.objects.filter(form=form_row).select_related("organization")
    return FormPage(
        line=line,
        versions=_version_lines(versions),
        media=media_of(versions[0].media if versions else [], media),
        audience=tuple(
            AudienceView(one.organization_id, one.organization.name)
            for one in given.order_by("organization__sort_key", "organization_id")
        ),
        may_become=tuple((state.value, FORM_STATE_NAMES[state]) for state in states_from(line.state)),
        draft=draft_of(actor, line.form_id) if line.has_draft else None,
    )


def form_versions(actor: Actor, form_id: str) -> tuple[VersionLine, ...]:
    """List a form's published versions, newest first, in one query. Raises NotAllowed and NotFound."""
    _check(actor)
    rows = FormVersion.objects.filter(form__xml_form_id=form_id).defer("xml").order_by("-published_at", "-id")
    if not rows:
        raise NotFound()
    return _version_lines(rows)


def _version_lines(rows: Iterable[FormVersion]) -> tuple[VersionLine, ...]:
    return tuple(VersionLine(one.version, one.md5, one.published_at, bool(one.xlsform_sha256)) for one in rows)


def _counted(forms: QuerySet[Form]) -> QuerySet[Form]:
    return forms.select_related("draft").defer("draft__xml").annotate(given=Count("audience"))


def _lines(forms: QuerySet[Form]) -> list[FormLine]:
    rows = list(forms)
    ids = [form.id for form in rows]
    versions = FormVersion.objects.filter(form__in=ids).defer("xml").order_by("published_at", "id")
    latest = {version.form_id: version for version in versions}
    media = FormMedia.objects.filter(form__in=ids, draft__isnull=True, replaced_at__isnull=True)
    there = set(media.values_list("form_id", "name"))
    return [_line(form, latest.get(form.id), there) for form in rows]


def _line(form: Form, version: FormVersion | None, there: set[tuple[UUID, str]]) -> FormLine:
    named = [name for name, _ in version.media] if version else []
    state = FormState(form.state)
    return FormLine(
        id=form.id,
        number=form.number,
        form_id=form.xml_form_id,
        title=form.title,
        kind_name=FORM_KIND_NAMES[FormKind(form.kind)],
        state=state,
        state_name=FORM_STATE_NAMES[state],
        version=version.version if version else "",
        published_at=version.published_at if version else None,
        media=len(named),
        missing=sum(1 for name in named if (form.id, name) not in there),
        has_draft=hasattr(form, "draft"),
        audience=form.given,  # type: ignore[attr-defined]  # annotated above
    )


def _check(actor: Actor) -> None:
    if not may(actor, Action.FORM_PUBLISH):
        raise NotAllowed()
