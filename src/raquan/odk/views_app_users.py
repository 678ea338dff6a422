"""The routes of Central's API about app users: making, listing and ending them, and assigning forms to them."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from raquan.capture.queries import DEVICE_NUMBERS
from raquan.forms import commands as forms
from raquan.kernel.actor import Actor
from raquan.kernel.paging import MAX_SIZE, every
from raquan.kernel.refused import N_, NotFound
from raquan.odk import central
from raquan.odk.central import central_route
from raquan.people import commands as people
from raquan.people import queries
from raquan.people.queries import AppUserView
from raquan.people.rules import MAY, Action, Role
from raquan.ui.http import Request

APP_USER_ROLE = 2


class RoleUnknown(NotFound):
    """Forms are assigned to app users alone."""

    code = "assignment.role_unknown"
    message = N_("Chỉ giao được biểu mẫu cho mã Collect (vai trò 2).")


@require_http_methods(["GET", "HEAD", "POST"])
@central_route
def app_users(request: Request, year: int) -> HttpResponse:
    """List the app users, or make one: it is offered the forms that are assigned to it, as Central's."""
    if request.method == "POST":
        name = central.read_json(request, displayName=str)["displayName"]
        unit = _own_unit(request.actor)
        (made,) = people.make_app_users(
            by=request.actor, now=request.now, names=[name], organization_id=unit, assigned_only=True
        )
        user = queries.app_user(request.actor, made.device_id)
        return JsonResponse(_shown(request.actor, year, [user] if user else [])[0])
    found = every(lambda number: queries.app_users(request.actor, page=number, size=MAX_SIZE))
    return JsonResponse(_shown(request.actor, year, found), safe=False)


@require_http_methods(["DELETE"])
@central_route
def app_user(request: Request, year: int, number: int) -> HttpResponse:
    """Take an app user's key away; what it sent stays."""
    people.revoke_device(by=request.actor, now=request.now, device_id=_device(request.actor, number))
    return JsonResponse({"success": True})


@require_http_methods(["POST", "DELETE"])
@central_route
def assignment(request: Request, year: int, form_id: str, role: int, number: int) -> HttpResponse:
    """Assign a form to an app user, or take it away."""
    if role != APP_USER_ROLE:
        raise RoleUnknown()
    act = forms.offer_form if request.method == "POST" else forms.withdraw_offer
    act(by=request.actor, now=request.now, form_id=form_id, device_id=_device(request.actor, number))
    return JsonResponse({"success": True})


def _shown(actor: Actor, year: int, found: Sequence[AppUserView]) -> list[central.Json]:
    keys = queries.app_user_keys(actor, [one.id for one in found])
    return [central.app_user_json(year, one, keys.get(one.id)) for one in found]


def _own_unit(actor: Actor) -> UUID | None:
    """Give the unit of who manages one alone; None of who manages every one, so that the app user is for each."""
    managed = {duty.organization_id for duty in actor.duties if Action.PEOPLE_MANAGE in MAY[Role(duty.role)]}
    return managed.pop() if len(managed) == 1 else None


def _device(actor: Actor, number: int) -> UUID:
    found = queries.app_user_ids(actor, [number - DEVICE_NUMBERS])
    if not found:
        raise NotFound()
    return found[number - DEVICE_NUMBERS]
