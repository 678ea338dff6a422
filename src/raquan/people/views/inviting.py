"""The pages of invitations: one person, many from a list, another link, and choosing the password."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from raquan.kernel import clock
from raquan.kernel.actor import ANONYMOUS
from raquan.kernel.refused import Refused
from raquan.people import commands, queries
from raquan.people.commands import InvitationGone
from raquan.people.forms import InviteForm, InviteManyForm, PasswordForm
from raquan.people.rules import Action
from raquan.people.rules.inviting import write_people
from raquan.people.rules.signing_in import hash_key
from raquan.people.views.register import duty_form, person_page
from raquan.ui.access import allow, public
from raquan.ui.http import Request


@allow(Action.PEOPLE_MANAGE.value)
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Ask whom to invite, and show the link, this once."""
    form = duty_form(request, InviteForm, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = {"full_name": form.cleaned_data["full_name"], "login": form.cleaned_data["login"], **form.duty()}
        try:
            made = commands.invite_person(by=request.actor, now=request.now, real_now=clock.real_now(), **person)
        except Refused as refusal:
            form.add_error(None, refusal.text(_))
        else:
            link = address(made.token) if made.token else ""
            return render(request, "people/invited.html", {"name": person["full_name"], "link": link})
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.PEOPLE_MANAGE.value)
@never_cache
@require_http_methods(["GET", "POST"])
def invite_many(request: Request) -> HttpResponse:
    """Invite a list of people; the refused rows come back with the reason, to be put right and sent again."""
    form = InviteManyForm(request.POST or None, request.FILES or None)
    outcomes: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        rows = form.cleaned_data["people"]
        done = commands.invite_many(by=request.actor, now=request.now, real_now=clock.real_now(), rows=rows)
        outcomes = [
            {
                "row": one.row,
                "link": address(one.invited.token) if one.invited and one.invited.token else "",
                "refusal": one.refusal.text(_) if one.refusal else "",
            }
            for one in done
        ]
        form = InviteManyForm(initial={"rows": write_people(one.row for one in done if one.refusal)})
    context = {"form": form, "outcomes": outcomes, "refused": sum(1 for one in outcomes if one["refusal"])}
    return render(request, "people/invite_many.html", context, status=422 if form.errors else 200)


@allow(Action.PEOPLE_MANAGE.value)
@never_cache
@require_POST
def invite_again(request: Request, user_id: UUID) -> HttpResponse:
    """Make another link, and show it, this once."""
    token = commands.invite_again(by=request.actor, now=request.now, real_now=clock.real_now(), user_id=user_id)
    return person_page(request, user_id, link=address(token))


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accept(request: Request, token: str) -> HttpResponse:
    """Ask whoever has the link for the password that they will sign in with."""
    name = queries.invited_person(hash_key(token), clock.real_now())
    if name is None:
        raise InvitationGone()
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            commands.accept_invitation(by=ANONYMOUS, real_now=clock.real_now(), token=token, password=password)
        except commands.PasswordTooShort as refusal:
            form.add_error("password", refusal.text(_))
        else:
            messages.success(request, _("Đã đặt mật khẩu. Mời bạn đăng nhập."))
            return redirect("people:sign_in")
    return render(request, "people/accept.html", {"form": form, "name": name}, status=422 if form.errors else 200)


def address(token: str) -> str:
    """Give the whole address of an invitation's link."""
    return f"{settings.RAQUAN_PUBLIC_URL}{reverse('people:accept', kwargs={'token': token})}"
