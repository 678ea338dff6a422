"""The shapes of ODK Central's API: how its routes let people in, what they say, and how they refuse."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from raquan.campaign.queries import CampaignView
from raquan.capture.queries import DEVICE_NUMBERS, CommentView, RowVersionView, RowView
from raquan.capture.rules import ReviewState
from raquan.forms.commands import FormWarned
from raquan.forms.queries import FormDetail
from raquan.forms.rules import FormState
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import VIETNAM
from raquan.kernel.refused import N_, Refused
from raquan.odk import entry
from raquan.people.commands import WrongPassword
from raquan.people.queries import AppUserView
from raquan.ui.access import by_key
from raquan.ui.http import Request

Json = dict[str, Any]
Route = Callable[..., HttpResponse | StreamingHttpResponse]

CODES = {400: 400.1, 401: 401.2, 403: 403.1, 404: 404.1, 409: 409.1, 413: 413.1, 422: 400.8, 429: 429.1}
"""Central's codes by status; the finer ones stand beside the refusals of the door."""

FINER = {
    "form.uncompilable": 400.15,
    "form.unreadable": 400.15,
    "form.warnings": 400.16,
    "form.version_taken": 409.6,
    "submission.conflict": 409.3,
    "submission.known": 409.3,
    "body.malformed": 400.1,
    "filter.unreadable": 400.18,
    "filter.unsupported": 501.4,
    "review.unknown_state": 400.8,
}

STATES = {
    FormState.DRAFT: "open",
    FormState.PUBLISHED: "open",
    FormState.CLOSING: "closing",
    FormState.CLOSED: "closed",
}


class BodyMalformed(Refused):
    """The body is not the JSON object that the route takes."""

    code = "body.malformed"
    message = N_("Nội dung yêu cầu không đúng dạng JSON cần có.")
    status = 400


def central_route(view: Route) -> Route:
    """Make a view a route of Central's API: it lets people in by token or Basic, and refuses in JSON.

    A route with a project in its address answers 404 for a campaign that is not there.
    """

    @csrf_exempt
    @by_key
    @wraps(view)
    def route(request: Request, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        try:
            request.actor = entry.by_person(request)
            if "year" in kwargs:
                entry.check_campaign(kwargs["year"])
            return view(request, **kwargs)
        except Refused as refused:
            return problem(refused, challenge=not entry.is_bearer(request))
        except SuspiciousOperation:
            return problem(entry.RequestBroken())

    return route


def problem(refused: Refused, *, challenge: bool = False) -> JsonResponse:
    """Answer with a refusal as Central's clients read it; ours stands in the details."""
    status = 401 if isinstance(refused, WrongPassword) else refused.status
    code = FINER.get(refused.code, CODES.get(status, status + 0.1))
    details: Json = {"code": refused.code}
    if isinstance(refused, FormWarned):
        details["warnings"] = {"xlsFormWarnings": list(refused.warnings), "workflowWarnings": []}
    body = {"message": refused.text(gettext), "code": code, "details": details}
    answer = JsonResponse(body, status=int(code) if status == 422 else status)
    if status == 401 and challenge:
        answer["WWW-Authenticate"] = entry.CHALLENGE
    return answer


def read_json(request: HttpRequest, **wanted: type) -> Json:
    """Read a body that must be an object with these keys of these types; raises BodyMalformed."""
    try:
        said = json.loads(request.body)
    except ValueError:
        raise BodyMalformed() from None
    if not isinstance(said, dict) or not all(isinstance(said.get(key), kind) for key, kind in wanted.items()):
        raise BodyMalformed()
    return said


def moment(at: datetime | None) -> str | None:
    """Write a moment as Central does: UTC, milliseconds, Z."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def actor_number(kind: ActorKind, number: int) -> int:
    """Give the number that stands for an actor: devices and people share one sequence."""
    return number + (DEVICE_NUMBERS if kind is ActorKind.DEVICE else 0)


def user_json(actor: Actor, login: str) -> Json:
    """Shape the person who asks."""
    return {
        "id": actor_number(actor.kind, actor.number),
        "type": "user",
        "email": login,
        "displayName": actor.name,
        "createdAt": None,
        "updatedAt": None,
    }


def project_json(campaign: CampaignView) -> Json:
    """Shape a campaign as a project, known by its year."""
    return {
        "id": campaign.year,
        "name": campaign.name,
        "description": campaign.theme.get("vi", ""),
        "archived": False,
        "keyId": None,
        "createdAt": moment(datetime.combine(campaign.starts_on, time(), VIETNAM)),
        "updatedAt": None,
        "deletedAt": None,
    }


def form_json(year: int, form: FormDetail) -> Json:
    """Shape a form; clients need every key."""
    return {
        "projectId": year,
        "xmlFormId": form.form_id,
        "version": form.version,
        "hash": form.md5,
        "state": STATES[form.state],
        "createdAt": moment(form.first_published_at),
        "name": form.title,
        "enketoId": None,
        "keyId": None,
        "updatedAt": moment(form.published_at),
        "publishedAt": moment(form.published_at),
    }


def app_user_json(year: int, one: AppUserView, key: str | None) -> Json:
    """Shape an app user; without a token it is of no use any more, or not the reader's to hand out."""
    return {
        "projectId": year,
        "id": actor_number(ActorKind.DEVICE, one.number),
        "type": "field_key",
        "displayName": one.name,
        "token": key,
        "createdAt": moment(one.created_at),
        "updatedAt": moment(one.revoked_at),
        "deletedAt": None,
        "lastUsed": moment(one.last_seen_at),
    }


def submission_json(row: RowView) -> Json:
    """Shape a record's metadata: by its root id, with its current version."""
    common = {"submitterId": row.submitter, "deviceId": row.device_id or None, "userAgent": None}
    return {
        "instanceId": row.root_instance_id,
        **common,
        "createdAt": moment(row.received_at),
        "updatedAt": moment(row.updated_at),
        "reviewState": review_state(row.review_state),
        "deletedAt": None,
        "currentVersion": {
            "instanceId": row.instance_id,
            **common,
            "current": True,
            "createdAt": moment(row.updated_at if row.edits else row.received_at),
        },
    }


def version_json(one: RowVersionView) -> Json:
    """Shape a version of a record."""
    return {
        "instanceId": one.instance_id,
        "submitterId": one.submitter,
        "deviceId": one.device_id or None,
        "userAgent": None,
        "createdAt": moment(one.received_at),
        "current": one.is_current,
    }


def comment_json(said: CommentView) -> Json:
    """Shape a comment."""
    number = actor_number(said.said_by_kind, said.said_by_number)
    return {"body": said.body, "actorId": number, "createdAt": moment(said.said_at)}


def review_state(state: str) -> str | None:
    """Give a review state as Central says it: nothing while nobody has decided."""
    return None if state == ReviewState.RECEIVED else state
