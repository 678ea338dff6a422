"""Drafts: what whoever tries one out is given by its token, and what its makers see."""

from dataclasses import dataclass
from datetime import datetime

from raquan.files import queries as files
from raquan.forms.models import FormDraft, FormVersion, TrialRecord
from raquan.forms.queries.media import MediaFile, MediaView, draft_media, draft_media_file
from raquan.forms.queries.offers import FormFile, FormView
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Action, may

_MOST_TRIALS = 50


@dataclass(frozen=True, slots=True)
class TrialView:
    """A record that was sent to a draft, and the names of its files."""

    instance_id: str
    received_at: datetime
    payload: bytes
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A form's draft, as its makers see it; `token` is what telephones try it out with."""

    form_id: str
    title: str
    kind: str
    version: str
    md5: str
    xml: bytes
    token: str
    file_name: str
    warnings: tuple[str, ...]
    is_validated: bool
    has_workbook: bool
    kept_at: datetime
    kept_by_name: str
    media: tuple[MediaView, ...]
    trials: int


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A version or a draft to be downloaded, as XML or as the workbook that it came from."""

    name: str
    media_type: str
    md5: str
    data: bytes


def draft_by_token(token: str, form_id: str) -> FormView:
    """Give the draft that a token lets in to, as devices are shown forms; raises NotFound. The token is the leave."""
    draft = _of_token(token, form_id)
    return FormView(
        number=draft.form.number,
        form_id=form_id,
        title=draft.title,
        kind=draft.kind,
        version=draft.version,
        md5=draft.md5,
        published_at=draft.kept_at,
        projection=draft.projection,
        has_media=bool(draft.media),
    )


def draft_xml_by_token(token: str, form_id: str) -> FormFile:
    """Give the bytes of the draft that a token lets in to; raises NotFound."""
    draft = _of_token(token, form_id)
    return FormFile(form_id, draft.version, draft.md5, bytes(draft.xml))


def draft_media_by_token(token: str, form_id: str) -> tuple[MediaView, ...]:
    """List the files of the draft that a token lets in to; raises NotFound."""
    return draft_media(_of_token(token, form_id))


def draft_file_by_token(token: str, form_id: str, name: str) -> MediaFile:
    """Give a file of the draft that a token lets in to; raises NotFound."""
    return draft_media_file(_of_token(token, form_id), name)


def draft_of(actor: Actor, form_id: str) -> DraftView | None:
    """Give a form's draft, or None; four queries. Raises NotAllowed."""
    _check(actor)
    draft = FormDraft.objects.select_related("form").filter(form__xml_form_id=form_id).first()
    if draft is None:
        return None
    return DraftView(
        form_id=form_id,
        title=draft.title,
        kind=draft.kind,
        version=draft.version,
        md5=draft.md5,
        xml=bytes(draft.xml),
        token=draft.token,
        file_name=draft.file_name,
        warnings=tuple(draft.warnings),
        is_validated=draft.is_validated,
        has_workbook=bool(draft.xlsform_sha256),
        kept_at=draft.kept_at,
        kept_by_name=draft.kept_by_name,
        media=draft_media(draft),
        trials=draft.records.count(),
    )


def trials(actor: Actor, form_id: str) -> tuple[TrialView, ...]:
    """List the latest records that were sent to a form's draft. Raises NotAllowed."""
    _check(actor)
    sent = TrialRecord.objects.filter(draft__form__xml_form_id=form_id)
    rows = sent.order_by("-received_at", "-id")[:_MOST_TRIALS]
    return tuple(TrialView(row.instance_id, row.received_at, bytes(row.payload), tuple(row.files)) for row in rows)


def version_file(
    actor: Actor, form_id: str, *, version: str | None = None, in_draft: bool = False, as_workbook: bool = False
) -> VersionFile:
    """Give a version (the latest unless one is named) or the draft as XML or as its workbook. Raises NotFound."""
    row = _row(actor, form_id, version, in_draft)
    if not as_workbook:
        return VersionFile(f"{form_id}.xml", "application/xml", row.md5, bytes(row.xml))
    if not row.xlsform_sha256:
        raise NotFound()
    kind = files.media_type(row.xlsform_sha256)
    ending = "xls" if kind == "application/vnd.ms-excel" else "xlsx"
    return VersionFile(f"{form_id}.{ending}", kind, row.md5, files.read_file(row.xlsform_sha256))


def _row(actor: Actor, form_id: str, version: str | None, in_draft: bool) -> FormVersion | FormDraft:
    _check(actor)
    found: FormVersion | FormDraft | None
    if in_draft:
        found = FormDraft.objects.filter(form__xml_form_id=form_id).first()
    else:
        rows = FormVersion.objects.filter(form__xml_form_id=form_id).order_by("-published_at", "-id")
        found = (rows if version is None else rows.filter(version=version)).first()
    if found is None:
        raise NotFound()
    return found


def _of_token(token: str, form_id: str) -> FormDraft:
    draft = FormDraft.objects.select_related("form").filter(token=token, form__xml_form_id=form_id).first()
    if draft is None:
        raise NotFound()
    return draft


def _check(actor: Actor) -> None:
    if not may(actor, Action.FORM_PUBLISH):
        raise NotAllowed()
