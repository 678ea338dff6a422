"""What forms ask, for who searches their records, takes them away or brings them in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from raquan.forms.models import Form, FormVersion
from raquan.forms.rules import FormState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.rules import Action, may

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FormShape:
    """A form for who brings records in: its versions, the latest first, and the questions of all of them.

    `projection` names the question that feeds each field of an assist, in the latest version.
    """

    form_id: str
    title: str
    versions: tuple[str, ...]
    fields: Fields
    projection: Mapping[str, str]


def form_shapes(actor: Actor) -> tuple[FormShape, ...]:
    """List the forms that records can be brought in for; one query."""
    if not may(actor, Action.RECORD_IMPORT):
        raise NotAllowed()
    found = FormVersion.objects.exclude(form__state=FormState.CLOSED.value).select_related("form").defer("xml")
    forms: dict[str, list[FormVersion]] = {}
    for row in found.order_by("form__number", "-published_at", "-id"):
        forms.setdefault(row.form.xml_form_id, []).append(row)
    return tuple(
        FormShape(
            form_id=form_id,
            title=rows[0].form.title,
            versions=tuple(row.version for row in rows),
            fields=tuple({path: (path, kind) for row in reversed(rows) for path, kind in row.fields}.values()),
            projection=rows[0].projection,
        )
        for form_id, rows in forms.items()
    )


def form_titles() -> tuple[tuple[str, str], ...]:
    """List the id and title of every form that was ever published, in the order of their making."""
    published = Form.objects.exclude(state=FormState.DRAFT.value)
    return tuple(published.order_by("number").values_list("xml_form_id", "title"))


def fields_of(form_rows: Collection[UUID]) -> Fields:
    """List the questions of all versions of some forms as (path, type), each once."""
    fields: dict[str, str] = {}
    versions = FormVersion.objects.filter(form__in=list(form_rows)).order_by("form__number", "published_at", "id")
    for listed in versions.values_list("fields", flat=True):
        fields |= {path: kind for path, kind in listed if path not in fields}
    return tuple(fields.items())
