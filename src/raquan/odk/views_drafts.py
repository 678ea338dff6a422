"""The OpenRosa routes of a draft: whoever has its token tries it out, and nothing of that counts."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from raquan.forms import commands, queries
from raquan.odk import openrosa
from raquan.odk.entry import openrosa_route
from raquan.odk.views import etag_of, files_of, instance_of
from raquan.ui.http import Request


@require_safe
@openrosa_route(versioned=True, by_draft=True)
def form_list(request: Request, year: int, key: str | None, token: str, form_id: str) -> HttpResponse:
    """List the draft alone."""
    found = queries.draft_by_token(token, form_id)
    where: dict[str, Any] = {"year": year, "token": token, "form_id": form_id}
    addresses = (_address(request, "draft_form", **where), _address(request, "draft_manifest", **where))
    body = openrosa.form_list([(found, *addresses)])
    return openrosa.cached(request, body, etag_of(body))


@require_safe
@openrosa_route(versioned=False, by_draft=True)
def form(request: Request, year: int, key: str | None, token: str, form_id: str) -> HttpResponse:
    """Give the draft's definition."""
    found = queries.draft_xml_by_token(token, form_id)
    return openrosa.cached(request, found.xml, found.md5)


@require_safe
@openrosa_route(versioned=True, by_draft=True)
def manifest(request: Request, year: int, key: str | None, token: str, form_id: str) -> HttpResponse:
    """List the draft's media files."""
    where: dict[str, Any] = {"year": year, "token": token, "form_id": form_id}
    files = queries.draft_media_by_token(token, form_id)
    body = openrosa.manifest((file, _address(request, "draft_media", **where, file_name=file.name)) for file in files)
    return openrosa.cached(request, body, etag_of(body))


@require_safe
@openrosa_route(versioned=False, by_draft=True)
def media(request: Request, year: int, key: str | None, token: str, form_id: str, file_name: str) -> HttpResponse:
    """Give a media file of the draft."""
    return openrosa.media(request, queries.draft_file_by_token(token, form_id, file_name))


@require_http_methods(["HEAD", "GET", "POST"])
@openrosa_route(versioned=True, by_draft=True)
def submission(request: Request, year: int, key: str | None, token: str, form_id: str) -> HttpResponse:
    """Take a record to the draft; it is kept apart, and thrown away when the draft is published."""
    if request.method != "POST":
        queries.draft_by_token(token, form_id)
        response = openrosa.with_headers(HttpResponse(status=204))
        response["Location"] = _address(request, "draft_submission", year=year, token=token, form_id=form_id)
        return response
    names = [file.name for file in files_of(request)]
    commands.receive_trial(now=request.now, token=token, payload=instance_of(request), files=names)
    return openrosa.message("Đã nhận bản ghi thử. Bản ghi này không vào số liệu.", status=201)


def _address(request: Request, name: str, **kwargs: Any) -> str:
    return request.build_absolute_uri(reverse(f"odk:{name}", kwargs=kwargs))
