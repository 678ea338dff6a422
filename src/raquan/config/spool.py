"""Lets views read bodies that come in chunks: some clients upload without saying the length first."""

import tempfile
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

CHUNK = 64 * 1024


class SpoolChunkedBodies:
    """Spool a chunked body to a temporary file, capped, and set its length.

    Django reads CONTENT_LENGTH bytes of a WSGI body and takes a body without one as empty.
    The server (gunicorn) has already decoded the chunks and marks this with `wsgi.input_terminated`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META
        chunked = "chunked" in said.get("HTTP_TRANSFER_ENCODING", "").lower()
        if chunked and said.get("wsgi.input_terminated"):
            body = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 - read after this returns
            if not self._copy(said["wsgi.input"], body):
                body.close()
                return HttpResponse(status=413)
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
