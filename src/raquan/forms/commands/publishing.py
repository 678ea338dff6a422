"""Forms are published, closed and opened again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from raquan.files import commands as files
from raquan.forms.gateways.xforms import FormReading, read_form
from raquan.forms.gateways.xlsforms import compile_xlsform
from raquan.forms.models import Form, FormVersion
from raquan.forms.queries.served import forget_states
from raquan.forms.rules import ASSIST_FIELDS, REQUIRED_FIELDS, FormKind, FormState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FormVersionTaken(Conflict):
    """The same version of the form was published with other content."""

    code = "form.version_taken"
    message = N_("Biểu mẫu {form_id} đã có phiên bản {version} với nội dung khác. Hãy đặt phiên bản mới rồi thử lại.")


class QuestionsMissing(Refused):
    """The form declares some fields of an assist, but not all that an assist needs, or unknown ones."""

    code = "form.questions_missing"
    message = N_("Cột bind::raquan:assist của biểu mẫu thiếu hoặc có mục lạ: {fields}.")


class UnknownForm(NotFound):
    """There is no such form."""

    code = "form.unknown"
    message = N_("Không có biểu mẫu {form_id}.")


@dataclass(frozen=True, slots=True)
class FormPublished:
    """The version that is now served; `already` when the same workbook was published before."""

    form_version_id: UUID
    form_id: str
    version: str
    md5: str
    already: bool


def publish_form(*, by: Actor, now: datetime, xlsform: bytes, file_name: str) -> FormPublished:
    """Compile an XLSForm and serve it from now on; its older versions still take records.

    A form whose binds declare fields of an assist is of kind "assist". The same content again is already done;
    other content under the same version is refused (FormVersionTaken).
    """
    people.check(by, Action.FORM_PUBLISH)
    xml = compile_xlsform(xlsform)
    reading = read_form(xml)
    kind = _kind(reading)
    with transaction.atomic():
        form = _form(reading, kind)
        done = form.versions.filter(version=reading.version).first()
        if done is not None:
            if bytes(done.xml) != xml:
                raise FormVersionTaken(form_id=reading.form_id, version=reading.version)
            return FormPublished(done.id, reading.form_id, done.version, done.md5, already=True)
        stored = files.store_file(by=by, data=xlsform, media_type=XLSX)
        row = FormVersion.objects.create(
            form=form,
            version=reading.version,
            xml=xml,
            md5=hashlib.md5(xml, usedforsecurity=False).hexdigest(),
            xlsform_sha256=stored.sha256,
            projection=reading.assist,
            uploads=list(reading.uploads),
            fields=[list(field) for field in reading.fields],
            published_at=now,
        )
        # Its id may have had another row in this process's memory, where a database was loaded anew beneath it.
        transaction.on_commit(forget_states)
        Form.objects.filter(id=form.id).update(title=_title(reading), kind=kind)
        detail = {"version": row.version, "md5": row.md5, "file": file_name}
        ledger.record(by=by, verb="publish_form", subject="forms.Form", subject_id=form.id, detail=detail)
    return FormPublished(row.id, reading.form_id, row.version, row.md5, already=False)


def set_form_state(*, by: Actor, now: datetime, form_id: str, state: FormState) -> None:
    """Offer a form, stop offering it (closing: records are still taken), or close it; the same state is no change."""
    people.check(by, Action.FORM_PUBLISH)
    with transaction.atomic():
        form = Form.objects.filter(xml_form_id=form_id).first()
        if form is None:
            raise UnknownForm(form_id=form_id)
        if Form.objects.filter(id=form.id).exclude(state=state.value).update(state=state.value):
            detail = {"from": form.state, "to": state.value}
            transaction.on_commit(forget_states)
            ledger.record(by=by, verb="set_form_state", subject="forms.Form", subject_id=form.id, detail=detail)


def _kind(reading: FormReading) -> FormKind:
    declared = set(reading.assist)
    if not declared:
        return FormKind.OTHER
    wrong = (REQUIRED_FIELDS - declared) | (declared - set(ASSIST_FIELDS))
    if wrong:
        raise QuestionsMissing(fields=", ".join(sorted(wrong)))
    return FormKind.ASSIST


def _form(reading: FormReading, kind: FormKind) -> Form:
    form = Form.objects.filter(xml_form_id=reading.form_id).first()
    if form is not None:
        return form
    last = Form.objects.aggregate(last=Max("number"))["last"] or 0
    return Form.objects.create(
        number=last + 1,
        xml_form_id=reading.form_id,
        title=_title(reading),
        kind=kind.value,
        state=FormState.PUBLISHED.value,
    )


def _title(reading: FormReading) -> str:
    return normalize(reading.title)[:200] or reading.form_id
