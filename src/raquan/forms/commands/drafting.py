"""Drafts: kept, tried out by sending records to them, thrown away."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from raquan.forms.commands.media import keep_file
from raquan.forms.commands.preparing import FormWarned, Prepared, columns_of, copied, form_of, known_form, prepare
from raquan.forms.commands.publishing import md5_of, once_more
from raquan.forms.gateways.xforms import read_trial
from raquan.forms.models import Form, FormDraft, FormMedia, TrialRecord
from raquan.forms.rules import MAX_TRIAL_RECORD, MAX_TRIAL_RECORDS, FormState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action


class DraftOfAnotherForm(Refused):
    """The file is a form of another id than the one that it was uploaded for."""

    code = "form.id_differs"
    message = N_("Tệp này là biểu mẫu “{found}”, không phải “{wanted}”. Hãy xem lại form_id ở trang settings.")
    status = 409


class NothingPublished(NotFound):
    """A draft cannot begin as the published version: there is none."""

    code = "form.nothing_published"
    message = N_("Biểu mẫu {form_id} chưa có phiên bản nào để làm bản nháp theo.")


class TokenOfNoDraft(NotFound):
    """No draft has this token: it was published, thrown away, or never was."""

    code = "form.draft_token_unknown"
    message = N_("Bản nháp này không còn nữa. Hãy quét lại mã QR ở trang của biểu mẫu.")


class TrialTooLarge(Refused):
    """A record to a draft is larger than any true one, or there are too many of them."""

    code = "form.trial_too_large"
    message = N_("Bản ghi thử quá lớn, hoặc bản nháp đã có quá nhiều bản ghi thử.")
    status = 413


class TrialOfAnotherForm(Refused):
    """The record answers another form, or does not say which record it is."""

    code = "form.trial_unfit"
    message = N_("Bản ghi thử không phải của biểu mẫu {form_id}, hoặc thiếu mã bản ghi (instanceID).")
    status = 400


class TrialConflict(Conflict):
    """A record of the same id came before with other content."""

    code = "form.trial_conflict"
    message = N_("Bản ghi thử này đã được gửi trước đó với nội dung khác.")


@dataclass(frozen=True, slots=True)
class DraftKept:
    """The draft that may now be tried out; `warnings` are to be confirmed when it is published."""

    form_row: UUID
    form_id: str
    version: str
    md5: str
    token: str
    warnings: tuple[str, ...]
    is_validated: bool


def keep_draft(
    *,
    by: Actor,
    now: datetime,
    data: bytes,
    file_name: str,
    form_id: str = "",
    ignore_warnings: bool = True,
) -> DraftKept:
    """Keep a form (XLSForm, or XForm as XML) as a draft, in place of the draft before; devices see nothing of it.

    `form_id` names the form that it must be. The token and the records sent so far stay while a draft is replaced.
    """
    people.check(by, Action.FORM_PUBLISH)
    prepared = prepare(data, file_name)
    found = prepared.reading.form_id
    if form_id and found != form_id:
        raise DraftOfAnotherForm(found=found, wanted=form_id)
    if prepared.compiled.warnings and not ignore_warnings:
        raise FormWarned(prepared.compiled.warnings)
    return once_more(lambda: _keep(prepared, by=by, now=now, file_name=file_name))


def _keep(prepared: Prepared, *, by: Actor, now: datetime, file_name: str) -> DraftKept:
    form = form_of(prepared, FormState.DRAFT)
    columns = columns_of(prepared, by=by, md5=md5_of(prepared.compiled.xml)) | {
        "title": prepared.title,
        "kind": prepared.kind.value,
        "file_name": file_name[:200],
        "warnings": list(prepared.compiled.warnings),
        "is_validated": prepared.compiled.is_validated,
    }
    if form.state == FormState.DRAFT:
        Form.objects.filter(id=form.id).update(title=prepared.title, kind=prepared.kind.value)
    draft = _replace(form, columns, by=by, now=now)
    for name, content in prepared.compiled.files.items():
        keep_file(form, draft, name, content, by=by, now=now)
    return _kept(form, draft)


def start_draft(*, by: Actor, now: datetime, form_id: str) -> DraftKept:
    """Begin a draft as a copy of what is published, so that its files can be changed and tried out."""
    people.check(by, Action.FORM_PUBLISH)
    form = known_form(form_id)
    latest = form.versions.order_by("published_at", "id").last()
    if latest is None:
        raise NothingPublished(form_id=form_id)
    columns = copied(latest) | {
        "title": form.title,
        "kind": form.kind,
        "file_name": "",
        "warnings": [],
        "is_validated": False,
    }
    with transaction.atomic():
        return _kept(form, _replace(form, columns, by=by, now=now))


def _replace(form: Form, columns: dict[str, object], *, by: Actor, now: datetime) -> FormDraft:
    given = columns | {"kept_at": now, "kept_by_name": by.name[:200]}
    made = given | {"token": secrets.token_urlsafe(48)}
    draft, _ = FormDraft.objects.update_or_create(form=form, defaults=given, create_defaults=made)
    detail = {"version": draft.version, "md5": draft.md5, "file": draft.file_name}
    ledger.record(by=by, verb="keep_draft", subject="forms.Form", subject_id=form.id, detail=detail)
    return draft


def _kept(form: Form, draft: FormDraft) -> DraftKept:
    warnings = tuple(draft.warnings)
    return DraftKept(form.id, form.xml_form_id, draft.version, draft.md5, draft.token, warnings, draft.is_validated)


def discard_draft(*, by: Actor, now: datetime, form_id: str) -> bool:
    """Throw a form's draft away with all that was sent to it; a form that was never published goes with it.

    Tell whether there was one.
    """
    people.check(by, Action.FORM_PUBLISH)
    with transaction.atomic():
        form = known_form(form_id)
        if not FormDraft.objects.filter(form=form).exists():
            return False
        FormDraft.objects.filter(form=form).delete()
        ledger.record(by=by, verb="discard_draft", subject="forms.Form", subject_id=form.id)
        if form.state == FormState.DRAFT and not form.versions.exists():
            FormMedia.objects.filter(form=form).delete()
            form.delete()
        return True


def receive_trial(*, now: datetime, token: str, payload: bytes, files: Sequence[str] = ()) -> bool:
    """Take a record that somebody sends to a draft to try it out; whoever has the token may. Tell whether it is new.

    The names of its files are noted, their bytes are not kept. The same record again is the same record.
    """
    if len(payload) > MAX_TRIAL_RECORD:
        raise TrialTooLarge()
    form_id, instance_id, _ = read_trial(payload)
    draft = FormDraft.objects.select_related("form").filter(token=token).first()
    if draft is None:
        raise TokenOfNoDraft()
    if form_id != draft.form.xml_form_id or not 0 < len(instance_id) <= 200:
        raise TrialOfAnotherForm(form_id=draft.form.xml_form_id)
    return once_more(lambda: _take_trial(draft, instance_id, payload, files, now))


def _take_trial(draft: FormDraft, instance_id: str, payload: bytes, files: Sequence[str], now: datetime) -> bool:
    sha256 = hashlib.sha256(payload).hexdigest()
    known = TrialRecord.objects.filter(draft=draft, instance_id=instance_id).first()
    if known is not None:
        if known.sha256 != sha256:
            raise TrialConflict()
        TrialRecord.objects.filter(id=known.id).update(files=sorted({*known.files, *files}))
        return False
    if TrialRecord.objects.filter(draft=draft).count() >= MAX_TRIAL_RECORDS:
        raise TrialTooLarge()
    TrialRecord.objects.create(
        draft=draft,
        instance_id=instance_id,
        payload=payload,
        sha256=sha256,
        files=sorted(set(files)),
        received_at=now,
    )
    return True
