"""The shapes of OpenRosa: its headers, its lists and its messages."""

from collections.abc import Iterable
from html import escape

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from raquan.forms.queries import FormView, MediaFile, MediaView

VERSION = "1.0"
ACCEPT_LENGTH = 5 * 1024 * 1024
"""Clients split what is larger: a dropped rural line then costs one part, not the whole."""

_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"


def xml_response(body: str | bytes, *, status: int = 200) -> HttpResponse:
    """Answer with XML and the headers that every OpenRosa answer carries."""
    return with_headers(HttpResponse(body, content_type="text/xml; charset=utf-8", status=status))


def with_headers(response: HttpResponse) -> HttpResponse:
    """Add the headers that every OpenRosa answer carries (`Date` is the server's)."""
    response["X-OpenRosa-Version"] = VERSION
    response["X-OpenRosa-Accept-Content-Length"] = str(ACCEPT_LENGTH)
    return response


def cached(request: HttpRequest, body: str | bytes, etag: str) -> HttpResponse:
    """Answer with XML under an ETag, or 304 when the client has it already."""
    return _fresh(request, xml_response(body), etag)


def media(request: HttpRequest, file: MediaFile) -> HttpResponse:
    """Answer with a form's file under its MD5, or 304 when the client has it already; never as a page of ours."""
    response = HttpResponse(file.data, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    return _fresh(request, response, file.md5)


def _fresh(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = f'"{etag}"'
    response["Cache-Control"] = "private, no-cache"
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(answer, HttpResponse)  # noqa: S101 - one of ours or Django's 304
    return with_headers(answer)


def message(text: str, *, status: int, code: str = "") -> HttpResponse:
    """Answer with a message that the client shows to its user; a refusal's code goes into a header."""
    nature = "submit_success" if status < 400 else "error"
    body = (
        f'{_HEADER}<OpenRosaResponse xmlns="{_RESPONSE}" items="0">'
        f'<message nature="{nature}">{escape(text, quote=False)}</message></OpenRosaResponse>'
    )
    response = xml_response(body, status=status)
    if code:
        response["X-Refusal-Code"] = code
    return response


def form_list(forms: Iterable[tuple[FormView, str, str]]) -> str:
    """Write the list of forms, each with the addresses of its definition and of the list of its files."""
    items = "".join(
        f"<xform><formID>{escape(form.form_id)}</formID><name>{escape(form.title)}</name>"
        f"<version>{escape(form.version)}</version><hash>md5:{form.md5}</hash>"
        f"<downloadUrl>{escape(address)}</downloadUrl>"
        + (f"<manifestUrl>{escape(manifest)}</manifestUrl>" if form.has_media else "")
        + "</xform>"
        for form, address, manifest in forms
    )
    return f'{_HEADER}<xforms xmlns="{_LIST}">{items}</xforms>'


def manifest(files: Iterable[tuple[MediaView, str]]) -> str:
    """Write the list of a form's files that are there, each with its address; missing ones are left out."""
    items = "".join(
        f"<mediaFile><filename>{escape(file.name)}</filename><hash>md5:{file.md5}</hash>"
        f"<downloadUrl>{escape(address)}</downloadUrl></mediaFile>"
        for file, address in files
        if file.exists
    )
    return f'{_HEADER}<manifest xmlns="{_MANIFEST}">{items}</manifest>'
