"""The routes of Central's API about who asks, projects and forms."""

import secrets

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raquan.campaign.queries import campaigns
from raquan.forms.queries import form_details
from raquan.kernel import clock
from raquan.kernel.refused import Refused
from raquan.odk import central, entry
from raquan.odk.central import central_route
from raquan.odk.views_publishing import change_form, create_form
from raquan.people import commands as people
from raquan.people.queries import login_of
from raquan.ui.access import by_key
from raquan.ui.http import Request


@require_POST
@csrf_exempt
@by_key
def sessions(request: Request) -> HttpResponse:
    """Let somebody in by e-mail and password, and give them a token."""
    try:
        said = central.read_json(request, email=str, password=str)
        actor = entry.by_password(request, said["email"], said["password"])
        real_now = clock.real_now()
        opened = people.open_token(by=actor, real_now=real_now)
    except Refused as refused:
        return central.problem(refused)
    times = {"createdAt": central.moment(real_now), "expiresAt": central.moment(opened.expires_at)}
    return JsonResponse({"token": opened.token, "csrf": secrets.token_urlsafe(48), **times})


@require_http_methods(["DELETE"])
@central_route
def session(request: Request, token: str) -> HttpResponse:
    """End a token: the one that is shown, by its own words or by "current"."""
    shown = request.headers.get("Authorization", "").partition(" ")[2].strip()
    people.end_token(by=request.actor, token=shown if token == "current" else token)  # noqa: S105 - a word
    return JsonResponse({"success": True})


@require_safe
@central_route
def current_user(request: Request) -> HttpResponse:
    """Say who asks."""
    login = login_of(request.actor.id) if request.actor.id else ""
    return JsonResponse(central.user_json(request.actor, login))


@require_safe
@central_route
def projects(request: Request) -> HttpResponse:
    """List the campaigns."""
    return JsonResponse([central.project_json(one) for one in campaigns()], safe=False)


@require_safe
@central_route
def project(request: Request, year: int) -> HttpResponse:
    """Show a campaign."""
    return JsonResponse(central.project_json(entry.campaign_named(year)))


@require_http_methods(["GET", "HEAD", "POST"])
@central_route
def forms(request: Request, year: int) -> HttpResponse:
    """List the forms, or take a new one."""
    if request.method == "POST":
        return create_form(request, year)
    found = form_details(request.actor)
    return JsonResponse([central.form_json(year, one) for one in found], safe=False)


@require_http_methods(["GET", "HEAD", "PATCH"])
@central_route
def form(request: Request, year: int, form_id: str) -> HttpResponse:
    """Show a form, or change its state."""
    if request.method == "PATCH":
        change_form(request, form_id)
    (found,) = form_details(request.actor, form_id=form_id)
    return JsonResponse(central.form_json(year, found))
