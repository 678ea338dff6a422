"""The pages of sites: which there are, what they truly are, and that one has ended."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.kernel.clock import local_date
from raquan.kernel.refused import Refused
from raquan.outings import commands, queries
from raquan.outings.forms.outings import EndSiteForm, SiteForm
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import show_list


@allow(Action.OUTING_PLAN.value)
@require_GET
def list_sites(request: Request) -> HttpResponseBase:
    """List the sites that the officer may correct."""
    read = partial(queries.own_sites, request.actor, local_date(request.now))
    return show_list(request, "outings/sites.html", queries.SITES, read)


@allow(Action.OUTING_PLAN.value)
@require_http_methods(["GET", "POST"])
def correct_site(request: Request, site_id: UUID) -> HttpResponse:
    """Show a site, and write it as it truly is."""
    site = queries.site(request.actor, site_id)
    form = SiteForm(request.POST or None, initial=SiteForm.of(site))
    if request.method == "POST" and form.is_valid():
        try:
            commands.correct_site(by=request.actor, now=request.now, site_id=site_id, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Đã sửa địa điểm."))
            return redirect("outings:site", site_id=site_id)
    context = {"site": site, "form": form, "ending": EndSiteForm(initial={"on": local_date(request.now)})}
    return render(request, "outings/site.html", context, status=422 if form.errors else 200)


@allow(Action.OUTING_PLAN.value)
@require_POST
def end_site(request: Request, site_id: UUID) -> HttpResponse:
    """Say that nobody can be met at a site any more."""
    ending = EndSiteForm(request.POST)
    if ending.is_valid():
        try:
            commands.end_site(by=request.actor, now=request.now, site_id=site_id, **ending.cleaned_data)
        except Refused as refused:
            ending.add_error(None, refused.text(_))
        else:
            messages.success(request, _("Địa điểm đã ngừng dùng."))
            return redirect("outings:sites")
    site = queries.site(request.actor, site_id)
    context = {"site": site, "form": SiteForm(initial=SiteForm.of(site)), "ending": ending}
    return render(request, "outings/site.html", context, status=422)
