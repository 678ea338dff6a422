"""Holds bodies to a size, and lets views read those that come in chunks, without saying their length first."""

import tempfile
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from raquan.kernel.refused import N_, Refused
from raquan.odk import central, openrosa
from raquan.people.middleware import refusal

CHUNK = 64 * 1024


class BodyTooLarge(Refused):
    """The body is over RAQUAN_MAX_BODY."""

    code = "body.too_large"
    message = N_("Gói gửi quá lớn (hơn {most} MB). Hãy gửi ít tệp hơn mỗi lần.")
    status = 413


class SpoolBodies:
    """Refuse a body that says it is too large before a byte of it is read; spool a chunked one, capped.

    Django reads CONTENT_LENGTH bytes of a WSGI body and takes a body without one as empty.
    The server (gunicorn) has already decoded the chunks and marks this with `wsgi.input_terminated`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META
        length = said.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > settings.RAQUAN_MAX_BODY:
            return _refused(request)
        chunked = "chunked" in said.get("HTTP_TRANSFER_ENCODING", "").lower()
        if chunked and said.get("wsgi.input_terminated"):
            body = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 - read after this returns
            if not self._copy(said["wsgi.input"], body):
                body.close()
                return _refused(request)
            self._replace(request, body)
        return self.get_response(request)

    def _copy(self, source: Any, body: Any) -> bool:
        left = settings.RAQUAN_MAX_BODY
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                return False
            body.write(chunk)
        return True

    def _replace(self, request: HttpRequest, body: Any) -> None:
        length = body.tell()
        body.seek(0)
        request.META["CONTENT_LENGTH"] = str(length)
        request.META["wsgi.input"] = body
        # WSGIRequest took hold of the empty stream before any middleware ran.
        vars(request).update(_stream=body, _read_started=False)


def _refused(request: HttpRequest) -> HttpResponseBase:
    """Answer in the words of the door that was asked: no view has run yet."""
    refused = BodyTooLarge(most=settings.RAQUAN_MAX_BODY // 1024 // 1024)
    path = request.path_info
    if path.startswith("/v1/") and (path.startswith("/v1/key/") or path.endswith("/submission")):
        return openrosa.message(refused.text(), status=refused.status, code=refused.code)
    return central.problem(refused) if path.startswith("/v1/") else refusal(request, refused)
