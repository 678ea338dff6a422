"""Which forms a device is offered, and their bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.forms.models import Form, FormVersion
from raquan.forms.rules import FormState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Action, may


@dataclass(frozen=True, slots=True)
class FormView:
    """A form in its latest version; `md5` is of the very bytes that are served.

    `projection` names the question (its path) that feeds each field of an assist; empty for other kinds.
    """

    number: int
    form_id: str
    title: str
    kind: str
    version: str
    md5: str
    published_at: datetime
    projection: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormFile:
    """The bytes of a form's version."""

    form_id: str
    version: str
    md5: str
    xml: bytes


@dataclass(frozen=True, slots=True)
class FormDetail:
    """A form in its latest version, offered or not; `fields` are (path, type) pairs of all its versions.

    A group's type is "group", a repeat's "repeat"; where versions differ the latest is right.
    """

    form_id: str
    title: str
    version: str
    md5: str
    state: FormState
    first_published_at: datetime
    published_at: datetime
    fields: tuple[tuple[str, str], ...]


def form_details(actor: Actor, *, form_id: str = "") -> tuple[FormDetail, ...]:
    """List the forms for who reads records, the closed ones too; with `form_id` that one alone, or NotFound."""
    _check(actor)
    found = FormVersion.objects.select_related("form").defer("xml").order_by("form__number", "published_at", "id")
    versions: dict[UUID, list[FormVersion]] = {}
    for row in found.filter(form__xml_form_id=form_id) if form_id else found:
        versions.setdefault(row.form_id, []).append(row)
    if form_id and not versions:
        raise NotFound()
    return tuple(_detail(ones) for ones in versions.values())


def _detail(versions: Sequence[FormVersion]) -> FormDetail:
    latest = versions[-1]
    fields: dict[str, str] = {}
    for row in reversed(versions):
        fields = fields | {path: kind for path, kind in row.fields if path not in fields}
    return FormDetail(
        form_id=latest.form.xml_form_id,
        title=latest.form.title,
        version=latest.version,
        md5=latest.md5,
        state=FormState(latest.form.state),
        first_published_at=versions[0].published_at,
        published_at=latest.published_at,
        fields=tuple(fields.items()),
    )


def forms_for(actor: Actor, *, form_id: str = "") -> tuple[FormView, ...]:
    """List the forms that the actor is offered, each in its latest version; with `form_id` that one alone."""
    _check(actor)
    found = FormVersion.objects.filter(form__state=FormState.PUBLISHED.value).select_related("form").defer("xml")
    if form_id:
        found = found.filter(form__xml_form_id=form_id)
    latest = {row.form_id: row for row in found.order_by("form__number", "published_at", "id")}
    return tuple(
        FormView(
            number=row.form.number,
            form_id=row.form.xml_form_id,
            title=row.form.title,
            kind=row.form.kind,
            version=row.version,
            md5=row.md5,
            published_at=row.published_at,
            projection=row.projection,
        )
        for row in latest.values()
    )


def form_xml(actor: Actor, form_id: str, version: str | None = None) -> FormFile:
    """Give the bytes of a form, of its latest version unless one is named; raises NotFound."""
    _check(actor)
    form = Form.objects.filter(xml_form_id=form_id).first()
    found = form.versions.order_by("-published_at", "-id") if form else FormVersion.objects.none()
    row = (found if version is None else found.filter(version=version)).first()
    if row is None:
        raise NotFound()
    return FormFile(form_id, row.version, row.md5, bytes(row.xml))


def _check(actor: Actor) -> None:
    if not may(actor, Action.FORM_FILL):
        raise NotAllowed()
