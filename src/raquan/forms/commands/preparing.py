"""Makes a form out of an uploaded file, without storing anything: compiled, read and found fit."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from raquan.files import commands as files
from raquan.forms.gateways.xforms import FormReading, check_names, read_form
from raquan.forms.gateways.xlsforms import CompiledForm, compile_form
from raquan.forms.models import Form, FormDraft, FormVersion
from raquan.forms.rules import FAULT_TEXTS, Fault, FormKind, FormState, faults_of
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import normalize

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"


class QuestionsMissing(Refused):
    """The form declares fields of an assist, but not all that one needs, or in a way that cannot be read."""

    code = "form.questions_missing"
    message = N_("Cột bind::raquan:assist của biểu mẫu chưa đúng: {faults}.")

    def __init__(self, faults: tuple[Fault, ...], cells: dict[str, str]) -> None:
        super().__init__(faults="")
        self.faults, self.cells = faults, cells

    def text(self, translate: Any = None) -> str:
        """Name every question that is wrong, and its cell where that is known."""
        said = []
        for one in self.faults:
            template = FAULT_TEXTS[one.kind]
            words = (translate(template) if translate else template).format(field=one.field, path=one.path)
            cell = self.cells.get(one.path, "")
            said.append(f"{words} ({cell})" if cell else words)
        self.params["faults"] = "; ".join(said)
        return super().text(translate)


class FormWarned(Refused):
    """The form can be used, but something about it was warned of, which a person must have seen."""

    code = "form.warnings"
    message = N_("Biểu mẫu dùng được nhưng có cảnh báo. Hãy xem rồi xác nhận: {warnings}")
    status = 400

    def __init__(self, warnings: tuple[str, ...]) -> None:
        super().__init__(warnings=" | ".join(warnings))
        self.warnings = warnings


class UnknownForm(NotFound):
    """There is no such form."""

    code = "form.unknown"
    message = N_("Không có biểu mẫu {form_id}.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form that could be stored: its bytes, what they say, its kind."""

    compiled: CompiledForm
    reading: FormReading
    kind: FormKind
    data: bytes

    @property
    def title(self) -> str:
        """Give the title that people see: the form's id where it has none."""
        return normalize(self.reading.title)[:200] or self.reading.form_id


def prepare(data: bytes, file_name: str) -> Prepared:
    """Compile and read a file; raises what the gateways refuse, and QuestionsMissing."""
    compiled = compile_form(data, fallback_id=fallback_id(file_name))
    reading = read_form(compiled.xml)
    check_names(reading)
    if faults := faults_of(reading.declared):
        cells = {path: compiled.places.get(path.rsplit("/", 1)[-1], "") for path in reading.assist.values()}
        raise QuestionsMissing(faults, cells)
    return Prepared(compiled, reading, FormKind.ASSIST if reading.declared else FormKind.OTHER, data)


def fallback_id(file_name: str) -> str:
    """Make a form's id from a file's name, for workbooks that name none."""
    return re.sub(r"[^\w.-]+", "_", re.sub(r"\.(xlsx?|xml)$", "", file_name, flags=re.IGNORECASE))[:100].strip("_")


def columns_of(prepared: Prepared, *, by: Actor, md5: str) -> dict[str, Any]:
    """Give what a version or a draft stores of a form; its workbook is kept as a file."""
    media = [[one.name, one.kind] for one in prepared.reading.media]
    media += [[name, "file"] for name in prepared.compiled.files if name not in {known for known, _ in media}]
    sha256 = ""
    if prepared.compiled.is_workbook:
        media_type = XLSX if prepared.data.startswith(b"PK") else XLS
        sha256 = files.store_file(by=by, data=prepared.data, media_type=media_type).sha256
    return {
        "version": prepared.reading.version,
        "xml": prepared.compiled.xml,
        "md5": md5,
        "xlsform_sha256": sha256,
        "projection": prepared.reading.assist,
        "uploads": list(prepared.reading.uploads),
        "fields": [list(field) for field in prepared.reading.fields],
        "media": media,
    }


def copied(row: FormVersion | FormDraft) -> dict[str, Any]:
    """Give what a version or a draft stores of a form, for the other to store."""
    return {
        "version": row.version,
        "xml": bytes(row.xml),
        "md5": row.md5,
        "xlsform_sha256": row.xlsform_sha256,
        "projection": row.projection,
        "uploads": row.uploads,
        "fields": row.fields,
        "media": row.media,
    }


def form_of(prepared: Prepared, state: FormState) -> Form:
    """Give the form of an id, made in a state where there is none yet."""
    form = Form.objects.filter(xml_form_id=prepared.reading.form_id).first()
    if form is not None:
        return form
    last = Form.objects.aggregate(last=Max("number"))["last"] or 0
    return Form.objects.create(
        number=last + 1,
        xml_form_id=prepared.reading.form_id,
        title=prepared.title,
        kind=prepared.kind.value,
        state=state.value,
    )


def known_form(form_id: str) -> Form:
    """Give a form by its id; raises UnknownForm."""
    form = Form.objects.filter(xml_form_id=form_id).first()
    if form is None:
        raise UnknownForm(form_id=form_id)
    return form
