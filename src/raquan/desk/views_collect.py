"""The desk's pages of app users: the list and the form that makes many, the sheet of codes, taking one away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
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


@allow(Action.PEOPLE_READ.value)
@require_http_methods(["GET", "POST"])
def app_users(request: Request) -> HttpResponse:
    """List the app users; make some, then show their codes to be printed."""
    number = request.GET.get("page", "")
    page = collect.app_users_page(request.actor, int(number) if number.isdecimal() else 1)
    form = AppUsersForm(request.POST or None, request.FILES or None, units=page.units)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            names, unit = form.wanted()
            try:
                made = commands.make_app_users(by=request.actor, now=request.now, names=names, organization_id=unit)
            except Refused as refusal:
                form.add_error("names", refusal.text(_))
            else:
                return redirect(f"{reverse('desk:collect_print')}?numbers={write_numbers(one.number for one in made)}")
    return render(request, "desk/collect.html", {"page": page, "form": form}, status=status)


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
