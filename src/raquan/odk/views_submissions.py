"""The routes of Central's API about single records: taking, reviewing, discussing, their files."""

import io

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from raquan.capture import commands, queries
from raquan.capture.queries import RowView
from raquan.capture.rules import Envelope, Outcome, ReviewState, Verdict
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.odk import central
from raquan.odk.central import central_route
from raquan.odk.paging import all_rows, json_list
from raquan.ui.http import Request


class RecordKnown(Conflict):
    """The same record came before; programs are told, telephones are thanked again."""

    code = "submission.known"
    message = N_("Bản ghi này đã được nhận trước đó.")


class StateUnknown(Refused):
    """There is no such review state."""

    code = "review.unknown_state"
    message = N_("Không có tình trạng “{state}”.")
    status = 400


class RecordRefused(Refused):
    """The envelope was refused; its verdict says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict
        self.code, self.status = verdict.code, verdict.status  # type: ignore[misc]

    def text(self, translate: object = None) -> str:
        """Give the verdict's message."""
        return self.verdict.message


@require_http_methods(["GET", "HEAD", "POST"])
@central_route
def submissions(request: Request, year: int, form_id: str) -> HttpResponse | StreamingHttpResponse:
    """List the metadata of records, or take one."""
    if request.method != "POST":
        rows = all_rows(request.actor, form_id, year)
        return json_list(central.submission_json(row) for row in rows)
    envelope = _envelope(request, form_id)
    (verdict,) = commands.receive_submissions(by=request.actor, now=request.now, envelopes=[envelope])
    if not verdict.is_taken:
        raise RecordRefused(verdict)
    if verdict.outcome is Outcome.DUPLICATE:
        raise RecordKnown()
    # Who sent it is told so, whether they may read records or not.
    row = queries.row_of(SYSTEM, form_id, year, verdict.instance_id)
    return JsonResponse(central.submission_json(row))


@require_http_methods(["GET", "HEAD", "PATCH", "PUT", "DELETE"])
@central_route
def submission(request: Request, year: int, form_id: str, instance_id: str) -> HttpResponse:
    """Show a record's metadata, decide on it, take a correction of it, or delete it."""
    row = queries.row_of(request.actor, form_id, year, instance_id)
    if request.method == "DELETE":
        reason = request.GET.get("reason") or gettext("Xóa bằng chương trình")
        commands.delete_record(by=request.actor, now=request.now, submission_id=row.submission_id, reason=reason)
        return JsonResponse({"success": True})
    if request.method == "PATCH":
        _decide(request, row)
    elif request.method == "PUT":
        _replace(request, row, form_id)
    return JsonResponse(central.submission_json(queries.row_of(request.actor, form_id, year, instance_id)))


def _decide(request: Request, row: RowView) -> None:
    said = central.read_json(request, reviewState=str)["reviewState"]
    if said not in set(ReviewState):
        raise StateUnknown(state=said)
    commands.review_submission(
        by=request.actor, now=request.now, submission_id=row.submission_id, state=ReviewState(said)
    )


def _replace(request: Request, row: RowView, form_id: str) -> None:
    verdict = commands.replace_submission(
        by=request.actor,
        now=request.now,
        root_instance_id=row.root_instance_id,
        envelope=_envelope(request, form_id),
    )
    if not verdict.is_taken:
        raise RecordRefused(verdict)


@require_safe
@central_route
def payload(request: Request, year: int, form_id: str, instance_id: str, version: str = "") -> HttpResponse:
    """Give the bytes of a record as it came: of its current version, or of the one named."""
    found = queries.row_payload(request.actor, form_id, year, instance_id, version=version)
    return HttpResponse(found, content_type="application/xml; charset=utf-8")


@require_safe
@central_route
def versions(request: Request, year: int, form_id: str, instance_id: str) -> HttpResponse:
    """List a record's versions, newest first."""
    found = queries.row_versions(request.actor, form_id, year, instance_id)
    return JsonResponse([central.version_json(one) for one in found], safe=False)


@require_http_methods(["GET", "HEAD", "POST"])
@central_route
def comments(request: Request, year: int, form_id: str, instance_id: str) -> HttpResponse:
    """List what was said about a record, newest first, or say something."""
    row = queries.row_of(request.actor, form_id, year, instance_id)
    if request.method == "POST":
        body = central.read_json(request, body=str)["body"]
        commands.add_comment(by=request.actor, now=request.now, submission_id=row.submission_id, body=body)
    said = [central.comment_json(one) for one in reversed(queries.comments(request.actor, row.submission_id))]
    return JsonResponse(said[0] if request.method == "POST" else said, safe=False)


@require_safe
@central_route
def attachments(request: Request, year: int, form_id: str, instance_id: str) -> HttpResponse:
    """List a record's files."""
    found = queries.row_files(request.actor, form_id, year, instance_id)
    return JsonResponse([{"name": name, "exists": exists} for name, exists in found], safe=False)


@require_http_methods(["GET", "HEAD", "POST"])
@central_route
def attachment(request: Request, year: int, form_id: str, instance_id: str, name: str) -> HttpResponse:
    """Take a file of a record, or lead to where its bytes are."""
    if request.method != "POST":
        return redirect(queries.row_file_address(request.actor, form_id, year, instance_id, name))
    row = queries.row_of(request.actor, form_id, year, instance_id)
    file = commands.SentFile(
        name=name,
        media_type=request.content_type or "application/octet-stream",
        size=len(request.body),
        data=io.BytesIO(request.body),
    )
    commands.attach_files(by=request.actor, now=request.now, submission_id=row.submission_id, sent=[file])
    return JsonResponse({"success": True})


def _envelope(request: Request, form_id: str) -> Envelope:
    return Envelope(
        payload=request.body,
        form_id=form_id,
        received_at=request.now,
        device_id=request.GET.get("deviceID", ""),
        time_shift=clock.offset(),
    )
