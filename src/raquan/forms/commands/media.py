"""The files that a form shows or looks up: put, replaced, taken over from a draft."""

import hashlib
import io
from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction

from raquan.files import commands as files
from raquan.files.rules import DEFAULT_MEDIA_TYPE
from raquan.forms.commands.preparing import known_form
from raquan.forms.models import Form, FormDraft, FormMedia
from raquan.forms.rules import MAX_MEDIA_FILE, MEDIA_NAME
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action


class MediaNotNamed(NotFound):
    """The form names no such file."""

    code = "form.media_not_named"
    message = N_("Biểu mẫu {form_id} không dùng tệp nào tên là “{name}”. Tên tệp phải đúng từng chữ.")


class MediaTooLarge(Refused):
    """The file is too large to reach every phone."""

    code = "form.media_too_large"
    message = N_("Tệp “{name}” lớn quá {megabytes} MB, nhiều điện thoại sẽ không tải nổi.")
    status = 413


class MediaEmpty(Refused):
    """Nothing came."""

    code = "form.media_empty"
    message = N_("Tệp “{name}” không có gì bên trong.")


def put_media(
    *,
    by: Actor,
    now: datetime,
    form_id: str,
    name: str,
    data: BinaryIO,
    media_type: str = DEFAULT_MEDIA_TYPE,
    in_draft: bool = False,
) -> bool:
    """Give a form a file that its definition names, in place of the one of that name; tell whether it is another.

    In a draft it is the draft's until that is published; otherwise every phone fetches it at its next look.
    """
    people.check(by, Action.FORM_PUBLISH)
    form = known_form(form_id)
    draft = FormDraft.objects.filter(form=form).first() if in_draft else None
    version = draft if in_draft else form.versions.order_by("published_at", "id").last()
    if version is None or name not in {known for known, _ in version.media} or not MEDIA_NAME.fullmatch(name):
        raise MediaNotNamed(form_id=form_id, name=name)
    content = data.read(MAX_MEDIA_FILE + 1)
    if not content:
        raise MediaEmpty(name=name)
    if len(content) > MAX_MEDIA_FILE:
        raise MediaTooLarge(name=name, megabytes=MAX_MEDIA_FILE // 1024 // 1024)
    try:
        with transaction.atomic():
            return keep_file(form, draft, name, content, by=by, now=now, media_type=media_type)
    except IntegrityError:  # another request put a file of this name in this moment: ours comes after it
        with transaction.atomic():
            return keep_file(form, draft, name, content, by=by, now=now, media_type=media_type)


def keep_file(
    form: Form,
    draft: FormDraft | None,
    name: str,
    data: bytes,
    *,
    by: Actor,
    now: datetime,
    media_type: str = DEFAULT_MEDIA_TYPE,
) -> bool:
    """Store a file as the form's or the draft's current one of its name; the same bytes again are no change."""
    stored = files.store_file(by=by, data=io.BytesIO(data), media_type=media_type)
    current = FormMedia.objects.filter(form=form, draft=draft, name=name, replaced_at__isnull=True)
    if current.filter(sha256=stored.sha256).exists():
        return False
    current.update(replaced_at=now)
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    FormMedia.objects.create(
        form=form, draft=draft, name=name, sha256=stored.sha256, md5=md5, size=stored.size, put_at=now
    )
    detail = {"name": name, "sha256": stored.sha256, "draft": draft is not None}
    ledger.record(by=by, verb="put_media", subject="forms.Form", subject_id=form.id, detail=detail)
    return True


def take_over(draft: FormDraft, *, now: datetime) -> None:
    """Make a draft's files the form's own, in place of those of their names."""
    own = FormMedia.objects.filter(draft=draft, replaced_at__isnull=True)
    former = FormMedia.objects.filter(form=draft.form_id, draft__isnull=True, replaced_at__isnull=True)
    former.filter(name__in=list(own.values_list("name", flat=True))).update(replaced_at=now)
    FormMedia.objects.filter(draft=draft).update(draft=None)
