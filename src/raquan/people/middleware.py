"""Says who acts and what time it is, holds every route to its declaration, and turns refusals into pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from raquan.kernel import clock
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.people import queries
from raquan.people.rules import Action, may
from raquan.ui.access import Access, access_of
from raquan.ui.errors import refused_page


class SignInNeeded(Refused):
    """Nobody is signed in, and the route wants somebody."""

    code = "sign_in_needed"
    message = N_("Bạn cần đăng nhập trước.")
    status = 401


class Accounts(ModelBackend):
    """Django's way of signing in by password; whose session it is, is asked together with their duties."""

    def get_user(self, user_id: Any) -> Any:
        """Give the account of a session, with who it acts as in `acting`; None when it is closed."""
        found = queries.signed_in(user_id, clock.local_date(clock.now()))
        if found is None:
            return None
        user: Any
        user, actor = found
        user.acting = actor  # for this request alone, never stored
        return user


class ActorMiddleware:
    """Sets `request.actor`, `request.now` and `request.may_open` for every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked: Any = request
        asked.now, asked.actor = clock.now(), ANONYMOUS
        response = self.get_response(request)
        if asked.actor.is_signed_in and not response.has_header("Cache-Control"):
            # Shared computers: after signing out, "back" must not show what was there.
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: Any, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Hold the route to what it declares."""
        access = access_of(view)
        if access is None:
            raise RuntimeError(f"{view!r} does not declare who may use it")
        request.actor = ANONYMOUS if access.kind == "by_key" else _actor(request)
        request.may_open = partial(may_open, request.actor)
        if access.kind not in ("public", "by_key") and not request.actor.is_signed_in:
            return ask_to_sign_in(request)
        return None if _lets_in(access, request.actor) else refusal(request, NotAllowed())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal in the visitor's words; anything else goes on up."""
        return refusal(request, error) if isinstance(error, Refused) else None


def may_open(actor: Actor, address: str) -> bool:
    """Tell whether the page at an address of ours would let the actor in, so that nobody is led to a locked door."""
    access = access_of(resolve(address).func)
    return access is not None and _lets_in(access, actor)


def _lets_in(access: Access, actor: Actor) -> bool:
    if access.kind in ("public", "by_key"):
        return True
    return actor.is_signed_in and (access.kind != "allow" or may(actor, Action(access.action)))


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Show a refusal as a page, or as JSON where JSON is asked for."""
    if _wants_json(request):
        return JsonResponse({"code": refused.code, "message": refused.text(gettext)}, status=refused.status)
    return refused_page(request, refused)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in page, and from there back to the page that they were on."""
    if _wants_json(request):
        return JsonResponse({"code": SignInNeeded.code, "message": SignInNeeded().text(gettext)}, status=401)
    is_panel = "HX-Request" in request.headers
    here = request.get_full_path()
    if is_panel or request.method not in ("GET", "HEAD"):
        # What sent a form or asked for a panel is the page to come back to.
        here = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
        if not url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure()):
            here = ""
    redirect = redirect_to_login(here) if here else HttpResponseRedirect(resolve_url(settings.LOGIN_URL))
    if is_panel:  # a redirect would put the sign-in page into the panel
        return HttpResponse(status=401, headers={"HX-Redirect": redirect.url})
    return redirect


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _actor(request: Any) -> Actor:
    user = getattr(request, "user", None)  # devices have no session (config.pages)
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    if (known := getattr(user, "acting", None)) is not None:
        return cast(Actor, known)
    return queries.actor_of_user(user.pk, clock.local_date(request.now)) or ANONYMOUS
