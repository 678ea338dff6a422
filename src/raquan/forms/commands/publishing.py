"""Forms are published, closed and opened again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.forms.commands.media import keep_file, take_over
from raquan.forms.commands.preparing import FormWarned, Prepared, columns_of, copied, form_of, known_form, prepare
from raquan.forms.gateways.xforms import check_names, read_form, with_version
from raquan.forms.models import Form, FormDraft, FormVersion
from raquan.forms.queries.served import forget_states
from raquan.forms.rules import FormState, states_from
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

T = TypeVar("T")


class FormVersionTaken(Conflict):
    """The same version of the form was published with other content."""

    code = "form.version_taken"
    message = N_("Biểu mẫu {form_id} đã có phiên bản {version} với nội dung khác. Hãy đặt phiên bản mới rồi thử lại.")


class DraftUnknown(NotFound):
    """The form has no draft: it was published or thrown away."""

    code = "form.draft_unknown"
    message = N_("Biểu mẫu {form_id} không có bản nháp.")


class DraftChanged(Conflict):
    """The draft is another one than the person has seen."""

    code = "form.draft_changed"
    message = N_("Có người vừa thay bản nháp này. Hãy xem bản mới rồi đưa vào dùng.")


class StateUnreachable(Conflict):
    """The form cannot be put into this state: it was never published."""

    code = "form.state_unreachable"
    message = N_("Biểu mẫu {form_id} chưa đưa vào dùng lần nào nên chưa đóng hay mở được.")


@dataclass(frozen=True, slots=True)
class FormPublished:
    """The version that is now served; `already` when the same content was published before."""

    form_version_id: UUID
    form_id: str
    version: str
    md5: str
    already: bool
    is_validated: bool = False


def publish_form(
    *, by: Actor, now: datetime, xlsform: bytes, file_name: str, ignore_warnings: bool = True
) -> FormPublished:
    """Compile an XLSForm (or take an XForm as it is) and serve it from now on; older versions still take records.

    A form whose binds declare fields of an assist is of kind "assist". The same content again is already done;
    other content under the same version is refused (FormVersionTaken). Unless `ignore_warnings`, a warning is a
    refusal too (FormWarned), which whoever has read it confirms.
    """
    people.check(by, Action.FORM_PUBLISH)
    prepared = prepare(xlsform, file_name)
    if prepared.compiled.warnings and not ignore_warnings:
        raise FormWarned(prepared.compiled.warnings)
    return once_more(lambda: _publish(prepared, by=by, now=now, file_name=file_name))


def _publish(prepared: Prepared, *, by: Actor, now: datetime, file_name: str) -> FormPublished:
    form = form_of(prepared, FormState.PUBLISHED)
    md5 = md5_of(prepared.compiled.xml)
    if (done := _done(form, prepared.reading.version, prepared.compiled.xml)) is not None:
        return done
    columns = columns_of(prepared, by=by, md5=md5)
    for name, data in prepared.compiled.files.items():
        keep_file(form, None, name, data, by=by, now=now)
    validated = prepared.compiled.is_validated
    return _add_version(form, columns, prepared.title, prepared.kind.value, validated, by=by, now=now, file=file_name)


def publish_draft(
    *,
    by: Actor,
    now: datetime,
    form_id: str,
    md5: str = "",
    version: str | None = None,
    ignore_warnings: bool = False,
) -> FormPublished:
    """Make a form's draft its next version; the records that were sent to the draft are thrown away.

    `md5` is of the draft that the person has seen: another one is refused (DraftChanged), one that was published
    meanwhile is already done. `version` names the version anew, as ODK Central lets programs do.
    """
    people.check(by, Action.FORM_PUBLISH)
    return once_more(lambda: _publish_draft(by, now, form_id, md5, version, ignore_warnings))


def _publish_draft(
    by: Actor, now: datetime, form_id: str, md5: str, version: str | None, ignore_warnings: bool
) -> FormPublished:
    form = known_form(form_id)
    draft = FormDraft.objects.filter(form=form).first()
    if draft is None:
        published = form.versions.filter(md5=md5).first() if md5 else None
        if published is None:
            raise DraftUnknown(form_id=form_id)
        return _already(form, published)
    if md5 not in ("", draft.md5):
        raise DraftChanged()
    if draft.warnings and not ignore_warnings:
        raise FormWarned(tuple(draft.warnings))
    columns = copied(draft)
    if version is not None and version != draft.version:
        columns |= _renamed(bytes(draft.xml), version)
    done = _done(form, columns["version"], bytes(columns["xml"]))
    take_over(draft, now=now)
    published_now = done or _add_version(
        form, columns, draft.title, draft.kind, draft.is_validated, by=by, now=now, file=draft.file_name
    )
    draft.delete()
    return published_now


def _renamed(xml: bytes, version: str) -> dict[str, Any]:
    renamed = with_version(xml, version)
    check_names(read_form(renamed))
    return {"version": version, "xml": renamed, "md5": md5_of(renamed)}


def _done(form: Form, version: str, xml: bytes) -> FormPublished | None:
    row = form.versions.filter(version=version).first()
    if row is None:
        return None
    if bytes(row.xml) != xml:
        raise FormVersionTaken(form_id=form.xml_form_id, version=version)
    return _already(form, row)


def _already(form: Form, row: FormVersion) -> FormPublished:
    return FormPublished(row.id, form.xml_form_id, row.version, row.md5, already=True)


def _add_version(
    form: Form,
    columns: dict[str, Any],
    title: str,
    kind: str,
    validated: bool,
    *,
    by: Actor,
    now: datetime,
    file: str,
) -> FormPublished:
    row = FormVersion.objects.create(form=form, published_at=now, **columns)
    # Its id may have had another row in this process's memory, where a database was loaded anew beneath it.
    transaction.on_commit(forget_states)
    state = FormState.PUBLISHED.value if form.state == FormState.DRAFT else form.state
    Form.objects.filter(id=form.id).update(title=title, kind=kind, state=state)
    detail = {"version": row.version, "md5": row.md5, "file": file}
    ledger.record(by=by, verb="publish_form", subject="forms.Form", subject_id=form.id, detail=detail)
    return FormPublished(row.id, form.xml_form_id, row.version, row.md5, already=False, is_validated=validated)


def set_form_state(*, by: Actor, now: datetime, form_id: str, state: FormState) -> None:
    """Offer a form, stop offering it (closing: records are still taken), or close it; the same state is no change."""
    people.check(by, Action.FORM_PUBLISH)
    with transaction.atomic():
        form = known_form(form_id)
        if form.state != state and state not in states_from(FormState(form.state)):
            raise StateUnreachable(form_id=form_id)
        if Form.objects.filter(id=form.id).exclude(state=state.value).update(state=state.value):
            detail = {"from": form.state, "to": state.value}
            transaction.on_commit(forget_states)
            ledger.record(by=by, verb="set_form_state", subject="forms.Form", subject_id=form.id, detail=detail)


def once_more(work: Callable[[], T]) -> T:
    """Do a piece of work in a transaction; once more when somebody else has done the same at the same moment."""
    try:
        with transaction.atomic():
            return work()
    except IntegrityError:
        with transaction.atomic():
            return work()


def md5_of(data: bytes) -> str:
    """Give the MD5 that clients compare what they have with."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
