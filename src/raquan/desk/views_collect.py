"""The desk's pages of app users: the list and the form that makes many, the sheet of codes, taking one away."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from raquan.desk import collect
from raquan.desk.forms import AppUsersForm
from raquan.kernel.refused import NotFound, Refused
from raquan.people import commands, queries
from raquan.people.rules import Action, read_numbers, write_numbers
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.PEOPLE_READ.value)
@require_http_methods(["GET", "POST"])
def app_users(request: Request) -> HttpResponseBase:
    """List the app users; make some, then show their codes to be printed."""
    offer = collect.app_users_offer(request.actor)
    form = AppUsersForm(request.POST or None, request.FILES or None, units=offer.units)
    if request.method == "POST" and form.is_valid():
        names, unit = form.wanted()
        try:
            made = commands.make_app_users(by=request.actor, now=request.now, names=names, organization_id=unit)
        except Refused as refusal:
            form.add_error("names", refusal.text(_))
        else:
            return redirect(f"{reverse('desk:collect_print')}?numbers={write_numbers(one.number for one in made)}")
    options = Options(status=422 if request.method == "POST" else 200)
    read, context = partial(queries.app_users, request.actor), {"offer": offer, "form": form}
    return show_list(request, "desk/collect.html", queries.APP_USERS, read, options, context)


@allow(Action.PEOPLE_MANAGE.value)
@never_cache
@require_GET
def print_codes(request: Request) -> HttpResponse:
    """Show the codes of some app users as they are printed."""
    sheet = collect.sheet(request.actor, read_numbers(request.GET.get("numbers", "")), now=request.now)
    return render(request, "desk/collect_print.html", {"sheet": sheet, "drawn": queries.drawn(sheet)})


@allow(Action.PEOPLE_MANAGE.value)
@require_http_methods(["GET", "POST"])
def revoke(request: Request, device_id: UUID) -> HttpResponse:
    """Ask whether an app user's key is to be taken away, then do it."""
    user = queries.app_user(request.actor, device_id)
    if user is None:
        raise NotFound()
    if request.method == "POST":
        commands.revoke_device(by=request.actor, now=request.now, device_id=device_id)
        messages.success(request, _("Đã thu hồi mã của %(name)s.") % {"name": user.name})
        return redirect("desk:collect")
    return render(request, "desk/collect_revoke.html", {"user": user})
