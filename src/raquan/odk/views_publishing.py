"""The routes of Central's API by which programs publish forms: drafts, their files, versions."""

from typing import Any, BinaryIO, cast
from urllib.parse import unquote

from django.http import HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raquan.forms import commands, queries
from raquan.forms.queries import DraftView, FormDetail, MediaView, VersionFile, VersionLine
from raquan.forms.rules import FormState
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.odk import central, openrosa
from raquan.odk.central import Json, central_route
from raquan.ui.http import Request

NO_VERSION = "___"
"""What stands in an address for a version without a name."""


class FormStateUnknown(Refused):
    """There is no such state of a form."""

    code = "form.unknown_state"
    message = N_("Không có tình trạng biểu mẫu “{state}”.")
    status = 400


def create_form(request: Request, year: int) -> HttpResponse:
    """Take a form: as a draft, or (?publish=true) at once in force."""
    sent: dict[str, Any] = {"by": request.actor, "now": request.now, "file_name": _fallback(request)}
    ignoring = _is_on(request, "ignoreWarnings")
    if _is_on(request, "publish"):
        done = commands.publish_form(**sent, xlsform=request.body, ignore_warnings=ignoring)
        (found,) = queries.form_details(request.actor, form_id=done.form_id)
        return JsonResponse(central.form_json(year, found))
    kept = commands.keep_draft(**sent, data=request.body, ignore_warnings=ignoring)
    return JsonResponse(_draft_json(year, _draft(request, kept.form_id)))


def change_form(request: Request, form_id: str) -> None:
    """Offer a form, close it, or let it run out, as the body's `state` says."""
    said = central.read_json(request, state=str)["state"]
    states = {"open": FormState.PUBLISHED, "closing": FormState.CLOSING, "closed": FormState.CLOSED}
    if said not in states:
        raise FormStateUnknown(state=said)
    commands.set_form_state(by=request.actor, now=request.now, form_id=form_id, state=states[said])


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@central_route
def draft(request: Request, year: int, form_id: str) -> HttpResponse:
    """Show a form's draft, take another (without a body: a copy of what is published), or throw it away."""
    sent: dict[str, Any] = {"by": request.actor, "now": request.now, "form_id": form_id}
    if request.method == "DELETE":
        if not commands.discard_draft(**sent):
            raise NotFound()
    elif request.method == "POST" and request.body:
        ignoring = _is_on(request, "ignoreWarnings")
        commands.keep_draft(**sent, data=request.body, file_name=_fallback(request), ignore_warnings=ignoring)
    elif request.method == "POST":
        commands.start_draft(**sent)
    else:
        return JsonResponse(_draft_json(year, _draft(request, form_id)))
    return JsonResponse({"success": True})


@require_safe
@central_route
def draft_file(request: Request, year: int, form_id: str, ending: str) -> HttpResponse:
    """Give the draft as XML or as its workbook."""
    return _file(queries.version_file(request.actor, form_id, in_draft=True, as_workbook=ending != "xml"))


@require_safe
@central_route
def draft_attachments(request: Request, year: int, form_id: str) -> HttpResponse:
    """List the files that the draft names."""
    return JsonResponse([_media_json(one) for one in _draft(request, form_id).media], safe=False)


@require_http_methods(["GET", "HEAD", "POST"])
@central_route
def draft_attachment(request: Request, year: int, form_id: str, name: str) -> HttpResponse:
    """Give a file of the draft, or take one; its body is a stream, often in chunks."""
    if request.method != "POST":
        return openrosa.media(request, queries.media_for_desk(request.actor, form_id, name, in_draft=True))
    commands.put_media(
        by=request.actor,
        now=request.now,
        form_id=form_id,
        name=name,
        data=cast(BinaryIO, request),
        media_type=request.content_type or "application/octet-stream",
        in_draft=True,
    )
    return JsonResponse({"success": True})


@require_POST
@central_route
def publish(request: Request, year: int, form_id: str) -> HttpResponse:
    """Make the draft the form's next version, under another name where ?version= gives one."""
    # What was warned of was confirmed when the draft was taken.
    sent: dict[str, Any] = {"by": request.actor, "now": request.now, "form_id": form_id}
    commands.publish_draft(**sent, version=request.GET.get("version"), ignore_warnings=True)
    return JsonResponse({"success": True})


@require_safe
@central_route
def versions(request: Request, year: int, form_id: str) -> HttpResponse:
    """List a form's versions, newest first."""
    found = queries.form_versions(request.actor, form_id)
    (form,) = queries.form_details(request.actor, form_id=form_id)
    return JsonResponse([_version_json(year, form, one) for one in found], safe=False)


@require_safe
@central_route
def version(request: Request, year: int, form_id: str, version: str) -> HttpResponse:
    """Show a version."""
    found = queries.form_versions(request.actor, form_id)
    one = next((one for one in found if one.version == _named(version)), None)
    if one is None:
        raise NotFound()
    (form,) = queries.form_details(request.actor, form_id=form_id)
    return JsonResponse(_version_json(year, form, one))


@require_safe
@central_route
def version_xml(request: Request, year: int, form_id: str, version: str) -> HttpResponse:
    """Give a version as XML."""
    return _file(queries.version_file(request.actor, form_id, version=_named(version)))


@require_safe
@central_route
def version_workbook(request: Request, year: int, form_id: str, version: str) -> HttpResponse:
    """Give the workbook that a version came from."""
    return _file(queries.version_file(request.actor, form_id, version=_named(version), as_workbook=True))


@require_safe
@central_route
def workbook(request: Request, year: int, form_id: str) -> HttpResponse:
    """Give the workbook that the latest version came from."""
    return _file(queries.version_file(request.actor, form_id, as_workbook=True))


@require_safe
@central_route
def attachments(request: Request, year: int, form_id: str) -> HttpResponse:
    """List the files that the latest version names."""
    return JsonResponse([_media_json(one) for one in queries.form_media(request.actor, form_id)], safe=False)


def _draft(request: Request, form_id: str) -> DraftView:
    found = queries.draft_of(request.actor, form_id)
    if found is None:
        raise NotFound()
    return found


def _fallback(request: Request) -> str:
    return unquote(request.headers.get("X-XlsForm-FormId-Fallback", ""))


def _is_on(request: Request, name: str) -> bool:
    """Tell whether a parameter is there and not false: programs write True, true or nothing at all."""
    return request.GET.get(name, "false").lower() not in ("false", "0")


def _named(version: str) -> str:
    return "" if version == NO_VERSION else version


def _file(found: VersionFile) -> HttpResponse:
    answer = HttpResponse(found.data, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name)
    answer["ETag"] = f'"{found.md5}"'
    return answer


def _draft_json(year: int, one: DraftView) -> Json:
    return {
        "projectId": year,
        "xmlFormId": one.form_id,
        "version": one.version,
        "hash": one.md5,
        "state": "open",
        "createdAt": central.moment(one.kept_at),
        "name": one.title,
        "enketoId": None,
        "keyId": None,
        "updatedAt": central.moment(one.kept_at),
        "publishedAt": None,
        "draftToken": one.token,
    }


def _version_json(year: int, form: FormDetail, one: VersionLine) -> Json:
    at = central.moment(one.published_at)
    return central.form_json(year, form) | {"version": one.version, "hash": one.md5, "updatedAt": at, "publishedAt": at}


def _media_json(one: MediaView) -> Json:
    return {
        "name": one.name,
        "type": one.kind,
        "hash": one.md5 or None,
        "exists": one.exists,
        "blobExists": one.exists,
        "datasetExists": False,
        "updatedAt": central.moment(one.put_at),
    }
