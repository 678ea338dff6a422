"""The pages of places: the list, one with what hangs there and what was seen on its page."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.displays import commands, queries
from raquan.displays.forms import EndForm, SiteFilterForm, SiteForm
from raquan.displays.queries import SiteView
from raquan.kernel.clock import local_date
from raquan.kernel.refused import Refused
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.DISPLAY_MANAGE.value)
@require_GET
def list_sites(request: Request) -> HttpResponseBase:
    """List the places of the reader's units."""
    form = SiteFilterForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    read = partial(queries.sites, request.actor, text=said.get("q", ""), kind=said.get("kind", ""))
    return show_list(request, "displays/sites.html", queries.SITES, read, Options(filters=form))


@allow(Action.DISPLAY_MANAGE.value)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Add a place."""
    units = people.choices_of_organizations(request.actor, Action.DISPLAY_MANAGE)
    form = SiteForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            unit = UUID(form.cleaned_data["unit"])
            made = commands.add_display_site(by=request.actor, now=request.now, organization_id=unit, told=form.told())
        except Refused as refused:
            hand_back(form, refused)
        else:
            messages.success(request, _("Đã thêm nơi treo."))
            return redirect("displays:site", site_id=made)
    return render(request, "displays/site_form.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.DISPLAY_MANAGE.value)
@require_http_methods(["GET", "POST"])
def show(request: Request, site_id: UUID) -> HttpResponse:
    """Show a place, and take what is changed of it."""
    view = queries.site(request.actor, site_id)
    if request.method != "POST":
        return _page(request, view)
    form = _form(request, view)
    if form.is_valid():
        sent: dict[str, Any] = {"site_id": site_id, "told": form.told(), "seen": form.cleaned_data["seen"] or 0}
        try:
            commands.change_display_site(by=request.actor, now=request.now, **sent)
        except Refused as refused:
            hand_back(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("displays:site", site_id=site_id)
    return _page(request, view, form)


@allow(Action.DISPLAY_MANAGE.value)
@require_POST
def end(request: Request, site_id: UUID) -> HttpResponse:
    """Say that a place is used no more."""
    form = EndForm(request.POST)
    if form.is_valid():
        on = local_date(request.now)
        try:
            commands.end_display_site(by=request.actor, now=request.now, site_id=site_id, on=on, **form.cleaned_data)
        except Refused as refused:
            hand_back(form, refused)
        else:
            messages.success(request, _("Đã ngừng dùng nơi này."))
            return redirect("displays:site", site_id=site_id)
    return _page(request, queries.site(request.actor, site_id), ending=form)


@allow(Action.DISPLAY_MANAGE.value)
@require_POST
def look(request: Request, site_id: UUID) -> HttpResponse:
    """Ask for a look at a place's page."""
    commands.look_again(by=request.actor, now=request.now, site_id=site_id)
    messages.success(request, _("Máy sẽ mở trang trong ít phút; kết quả hiện ở dưới."))
    return redirect("displays:site", site_id=site_id)


def hand_back(form: SiteForm | EndForm, refused: Refused) -> None:
    """Keep what was typed beside why it was refused; who may not, or nothing there, is a page of its own."""
    if refused.status in (403, 404):
        raise refused
    field = "page_url" if isinstance(refused, commands.AddressRefused) else None
    form.add_error(field, refused.text(_))


def _form(request: Request, view: SiteView) -> SiteForm:
    """Give the form of a place as it was sent; its unit stays."""
    unit = str(view.organization_id)
    return SiteForm(request.POST.dict() | {"unit": unit}, units=[(unit, view.organization_name)])


def _unbound(view: SiteView) -> SiteForm:
    unit = str(view.organization_id)
    start = {name: getattr(view, name) for name in ("name", "kind", "claim", "address", "page_url")}
    return SiteForm(units=[(unit, view.organization_name)], initial=start | {"seen": view.edition, "unit": unit})


def _page(
    request: Request, view: SiteView, tried: SiteForm | None = None, ending: EndForm | None = None
) -> HttpResponse:
    context = {
        "view": view,
        "form": tried or _unbound(view),
        "ending": ending or EndForm(initial={"seen": view.edition}),
        "displays": queries.displays(request.actor, site_id=view.id).items,
        "checks": queries.checks_of(view.id) if view.page_url else (),
    }
    return render(request, "displays/site.html", context, status=422 if tried or ending else 200)
