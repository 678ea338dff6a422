"""Which forms a device is offered, and their bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from raquan.forms.models import DeviceOffer, FormVersion
from raquan.forms.rules import FormState, is_offered
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.people.rules import Action, may


class FormNotOffered(NotAllowed):
    """The form was given to other organizations."""

    code = "form.not_offered"
    message = N_("Biểu mẫu {form_id} chỉ giao cho một số đơn vị, không có đơn vị của bạn.")


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
    has_media: bool = False


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
    if not may(actor, Action.RECORD_READ):
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
    if actor.assigned_only:
        found = found.filter(form_id__in=offered_to(actor))
    if form_id:
        found = found.filter(form__xml_form_id=form_id)
    found = found.filter(_given_to(actor))
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
            has_media=bool(row.media),
        )
        for row in latest.values()
    )


def form_xml(actor: Actor, form_id: str, version: str | None = None) -> FormFile:
    """Give the bytes of a form, of its latest version unless one is named; raises what version_offered does."""
    row = version_offered(actor, form_id, version)
    return FormFile(form_id, row.version, row.md5, bytes(row.xml))


def version_offered(actor: Actor, form_id: str, version: str | None = None) -> FormVersion:
    """Give a version that the actor may have; for the room's own queries.

    Raises NotFound, FormNotOffered, and NotAllowed for a device that is offered only what is assigned to it.
    """
    _check(actor)
    found = FormVersion.objects.filter(form__xml_form_id=form_id).order_by("-published_at", "-id")
    row = (found if version is None else found.filter(version=version)).select_related("form").first()
    if row is None:
        raise NotFound()
    if actor.assigned_only and row.form_id not in offered_to(actor):
        raise NotAllowed()
    audience = set(row.form.audience.values_list("organization_id", flat=True))
    if not is_offered(actor, audience) and not may(actor, Action.FORM_PUBLISH):
        raise FormNotOffered(form_id=form_id)
    return row


def _given_to(actor: Actor) -> Q:
    """Select what was given to nobody in particular, or to an organization of the actor (see rules.is_offered)."""
    own = {duty.organization_id for duty in actor.duties}
    if actor.kind is ActorKind.SYSTEM or None in own:
        return Q()
    return Q(form__audience__isnull=True) | Q(form__audience__organization_id__in=own)


def offered_to(actor: Actor) -> frozenset[UUID]:
    """Give the rows of the forms (ServedForm.id) that were assigned to an actor that is offered no others."""
    own = Q(device_id=actor.id) if actor.id else Q(pk__in=[])
    return frozenset(DeviceOffer.objects.filter(own).values_list("form_id", flat=True))


def _check(actor: Actor) -> None:
    if not (may(actor, Action.FORM_FILL) or may(actor, Action.FORM_PUBLISH)):
        raise NotAllowed()
