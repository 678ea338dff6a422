"""The OpenRosa routes: which forms there are, their definitions, and the way in for records."""

import hashlib
from datetime import datetime
from typing import BinaryIO, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from raquan.capture import commands
from raquan.capture.rules import MAX_PAYLOAD, Envelope, Verdict
from raquan.forms import queries
from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.odk import openrosa
from raquan.odk.entry import LINK, openrosa_route
from raquan.people import commands as people
from raquan.ui.http import Request

INSTANCE = "xml_submission_file"
INCOMPLETE = "*isIncomplete*"


class InstanceMissing(Refused):
    """The request is not multipart, or has no part with the instance."""

    code = "submission.instance_missing"
    message = N_("Yêu cầu không có phần xml_submission_file.")
    status = 400


@require_safe
@openrosa_route(versioned=True)
def form_list(request: Request, year: int, key: str | None) -> HttpResponse:
    """List the forms that the device is offered; ?formID= asks for one."""
    people.note_seen(by=request.actor, now=request.now)
    forms = queries.forms_for(request.actor, form_id=request.GET.get("formID", ""))
    body = openrosa.form_list(
        (
            form,
            _address(request, "form", year, key, form_id=form.form_id),
            _address(request, "manifest", year, key, form_id=form.form_id),
        )
        for form in forms
    )
    return openrosa.cached(request, body, etag_of(body))


@require_safe
@openrosa_route(versioned=False)
def form(request: Request, year: int, key: str | None, form_id: str) -> HttpResponse:
    """Give a form's definition: the bytes whose MD5 the list names."""
    found = queries.form_xml(request.actor, form_id)
    return openrosa.cached(request, found.xml, found.md5)


@require_safe
@openrosa_route(versioned=True)
def manifest(request: Request, year: int, key: str | None, form_id: str) -> HttpResponse:
    """List a form's media files."""
    files = queries.form_media(request.actor, form_id)
    body = openrosa.manifest(
        (file, _address(request, "media", year, key, form_id=form_id, file_name=file.name)) for file in files
    )
    return openrosa.cached(request, body, etag_of(body))


@require_safe
@openrosa_route(versioned=False)
def media(request: Request, year: int, key: str | None, form_id: str, file_name: str) -> HttpResponse:
    """Give a media file of a form: the bytes whose MD5 the manifest names."""
    return openrosa.media(request, queries.media_file(request.actor, form_id, file_name))


@require_http_methods(["HEAD", "GET", "POST"])
@openrosa_route(versioned=True)
def submission(request: Request, year: int, key: str | None) -> HttpResponse:
    """Take a record; HEAD and GET say that it may come, and at this very address."""
    if request.method != "POST":
        return may_come(_address(request, "submission", year, key))
    payload, device_id = instance_of(request), request.GET.get("deviceID", "")
    verdict = take_record(by=request.actor, now=request.now, payload=payload, device_id=device_id)
    if not verdict.is_taken or verdict.submission_id is None:
        return openrosa.message(verdict.message, status=verdict.status, code=verdict.code)
    if sent := files_of(request):
        commands.attach_files(by=request.actor, now=request.now, submission_id=verdict.submission_id, sent=sent)
    return taken()


def take_record(*, by: Actor, now: datetime, payload: bytes, device_id: str) -> Verdict:
    """Let one record be kept; `device_id` is what the device calls itself."""
    said = Envelope(payload=payload, received_at=now, device_id=device_id, time_shift=clock.offset())
    (verdict,) = commands.receive_submissions(by=by, now=now, envelopes=[said])
    return verdict


def may_come(address: str) -> HttpResponse:
    """Say that a record may come, to this very address."""
    response = openrosa.with_headers(HttpResponse(status=204))
    response["Location"] = address
    return response


def taken() -> HttpResponse:
    """Say that a record is kept."""
    return openrosa.message("Đã nhận bản ghi. Cảm ơn bạn.", status=201)


def etag_of(body: str) -> str:
    """Give the mark by which a client knows a list again."""
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def instance_of(request: Request) -> bytes:
    """Give the record of a multipart request; raises InstanceMissing."""
    if request.content_type != "multipart/form-data":
        raise InstanceMissing()
    part = request.FILES.get(INSTANCE)
    if part is not None and (part.size or 0) > MAX_PAYLOAD:
        raise commands.PayloadTooLarge()  # it lies in a file, and need not come into memory
    payload = part.read() if part is not None else request.POST.get(INSTANCE, "").encode()
    if not payload:
        raise InstanceMissing()
    return payload


def files_of(request: Request) -> list[commands.SentFile]:
    """Gather every part but the instance; a file is named by its filename, not by its part."""
    return [
        commands.SentFile(
            name=file.name or part,
            media_type=file.content_type or "application/octet-stream",
            size=file.size or 0,
            data=cast(BinaryIO, file.file),
        )
        for part, files in request.FILES.lists()
        if part not in (INSTANCE, INCOMPLETE)
        for file in files
    ]


def _address(request: Request, name: str, year: int, key: str | None, **kwargs: str) -> str:
    """Give an absolute address on the host that the client has reached us by, with the key or link that it uses."""
    wanted = {"year": year, **kwargs} if key is None else {"year": year, "key": key, **kwargs}
    link = f"?{urlencode({LINK: request.GET[LINK]})}" if LINK in request.GET else ""
    return request.build_absolute_uri(reverse(f"odk:{'key_' if key else ''}{name}", kwargs=wanted)) + link
