"""Takes templates that an office changed in Word: what is wrong with each is known before it is taken in use."""

import zipfile
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from raquan.files import commands as files
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotAllowed, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.reports import gateways
from raquan.reports.commands.building import DOCX
from raquan.reports.models import ReportTemplate
from raquan.reports.queries import builds_all
from raquan.reports.rules import NEEDED, Kind, LayoutFinding, TagFinding, check_layout
from raquan.reports.rules.sample import sample_content

MOST_BYTES = 10 * 1024 * 1024
_PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


class TemplateUnfit(Refused):
    """A template with unknown tags, or without what a report must say, is not taken in use."""

    code = "template.unfit"
    message = N_("Mẫu này chưa dùng được: còn thẻ điền sai hoặc thiếu phần bắt buộc. Hãy sửa trong Word rồi nạp lại.")


class TemplateChanged(Refused):
    """Somebody else has just changed which template is in use."""

    code = "template.changed"
    message = N_("Người khác vừa đổi mẫu đang dùng. Hãy xem lại danh sách rồi chọn lại.")


class TemplateTooLarge(Refused):
    """The template is larger than any template should be."""

    code = "template.too_large"
    message = N_("Tệp mẫu quá lớn, tối đa {megabytes} MB.")


@dataclass(frozen=True, slots=True)
class TemplateChecked:
    """What was found in a template: `tags` stop its use, `layout` is for the office to judge."""

    tags: tuple[TagFinding, ...]
    layout: tuple[LayoutFinding, ...]


def add_template(*, by: Actor, now: datetime, kind: Kind, data: bytes, file_name: str) -> UUID:
    """Keep a template as the next version of its kind, with what was found in it; give its id.

    The same bytes as the last version are that version. Raises NotAllowed, NotDocx, TooLargeToCheck, TemplateTooLarge.
    """
    _check_may(by)
    if len(data) > MOST_BYTES:
        raise TemplateTooLarge(megabytes=MOST_BYTES // (1024 * 1024))
    found = check_template(kind, data)
    kept = files.store_file(by=by, data=data, media_type=DOCX)
    findings = [{"code": one.code, "found": one.found, "stops": True} for one in found.tags]
    findings += [{"code": one.code, "where": one.where, "found": one.found, "stops": False} for one in found.layout]
    while True:
        last = ReportTemplate.objects.filter(kind=kind.value).aggregate(last=Max("version"))["last"] or 0
        same = ReportTemplate.objects.filter(kind=kind.value, version=last, docx_sha256=kept.sha256).first()
        if same is not None:
            return same.id
        try:
            with transaction.atomic():
                template = ReportTemplate.objects.create(
                    kind=kind.value,
                    version=last + 1,
                    docx_sha256=kept.sha256,
                    file_name=file_name[:200],
                    findings=findings,
                    added_at=now,
                    added_by=by.name,
                )
                detail = {"kind": kind.value, "version": last + 1}
                ledger.record(
                    by=by, verb="add_template", subject="reports.ReportTemplate", subject_id=template.id, detail=detail
                )
        except IntegrityError:  # another officer has just added one: ours is the next
            continue
        return template.id


def use_template(*, by: Actor, template_id: UUID, instead_of: UUID | None) -> None:
    """Take a template in use from now on; `instead_of` is the one that the officer saw in use, None for the default.

    Reports that were built stay as they are. Raises NotAllowed, NotFound, TemplateUnfit, TemplateChanged.
    """
    _check_may(by)
    template = ReportTemplate.objects.filter(id=template_id).first()
    if template is None:
        raise NotFound()
    if any(one["stops"] for one in template.findings):
        raise TemplateUnfit()
    if template.is_in_use:
        return
    try:
        with transaction.atomic():
            _set_aside(Kind(template.kind), instead_of)
            ReportTemplate.objects.filter(id=template_id).update(is_in_use=True)
            ledger.record(by=by, verb="use_template", subject="reports.ReportTemplate", subject_id=template_id)
    except IntegrityError:
        raise TemplateChanged() from None


def use_default_template(*, by: Actor, kind: Kind, instead_of: UUID | None) -> None:
    """Go back to the template that the program brings. Raises NotAllowed, TemplateChanged."""
    _check_may(by)
    if instead_of is None:
        return
    with transaction.atomic():
        _set_aside(kind, instead_of)
        ledger.record(by=by, verb="use_default_template", subject="reports.ReportTemplate", subject_id=instead_of)


def check_template(kind: Kind, data: bytes) -> TemplateChecked:
    """Find what is wrong with a template: its tags, what it lacks, and the layout of what it makes.

    Raises NotDocx, TooLargeToCheck.
    """
    gateways.read_paper(data)
    try:
        fields, tags = gateways.read_tags(data)
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise gateways.NotDocx() from None
    missing = tuple(TagFinding("field_missing", f"c.{name}") for name in NEEDED[kind] if name not in fields)
    if any(one.code == "tag_broken" for one in tags):  # nothing behind it could be read
        return TemplateChecked(tags, ())
    if tags:
        return TemplateChecked((*tags, *missing), ())
    try:
        filled = gateways.Filler(data).fill(sample_content(kind), [_PICTURE])
        paper = gateways.read_paper(filled)
    except (gateways.TemplateBroken, gateways.NotDocx) as refusal:
        return TemplateChecked((TagFinding("unfillable", str(refusal)[:200]), *missing), ())
    return TemplateChecked(missing, check_layout(paper))


def _set_aside(kind: Kind, seen: UUID | None) -> None:
    """End the use of the template that was seen in use. Raises TemplateChanged where it is another by now."""
    in_use = ReportTemplate.objects.filter(kind=kind.value, is_in_use=True)
    if seen is None:
        if in_use.exists():
            raise TemplateChanged()
    elif not in_use.filter(id=seen).update(is_in_use=False):
        raise TemplateChanged()


def _check_may(by: Actor) -> None:
    if not builds_all(by):
        raise NotAllowed()
