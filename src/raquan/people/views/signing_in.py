"""Signing in and out."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from raquan.kernel import clock
from raquan.kernel.refused import Refused
from raquan.people import commands
from raquan.people.forms import SignInForm
from raquan.ui.access import public, signed_in
from raquan.ui.http import Request
from raquan.ui.jinja import own_language


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Ask for login and password; what was typed stays, but for the password."""
    form = SignInForm(request.POST or None)
    after = request.POST.get("next") or request.GET.get("next") or ""
    status = 200
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        try:
            user = commands.sign_in(address=address, real_now=clock.real_now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text(gettext))
            status = refusal.status
        else:
            auth.login(request, user)  # type: ignore[arg-type]  # any AbstractBaseUser will do
            return HttpResponseRedirect(_safe(request, after))
    return render(request, "people/sign_in.html", {"form": form, "after": after}, status=status)


@signed_in
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("people:sign_in")


def _safe(request: Request, after: str) -> str:
    """Give the address to go on to, only ever on this site."""
    here = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    return after if here else own_language(str(settings.LOGIN_REDIRECT_URL))
