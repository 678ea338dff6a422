"""What anybody may see of numbers: how each is made, and what it is, small cells hidden."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.analytics import queries
from raquan.analytics.rules import public_address
from raquan.analytics.views.asking import asked
from raquan.analytics.views.figures import figure_file
from raquan.campaign import queries as campaigns
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist


@public
@require_GET
def list_measures(request: Request, year: int) -> HttpResponse:
    """Show what is counted in a year's campaign, and how."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    context = {"groups": queries.catalogue(public_only=True), "campaign": campaign}
    return render(request, "analytics/public_measures.html", context)


@public
@require_GET
def show_figure(request: Request, year: int, measure: str) -> HttpResponse:
    """Show a figure that anybody may see, as a page or a file."""
    campaign, entry, form = campaigns.campaign_of_year(year), queries.public_entry(measure), asked(request)
    if campaign is None or entry is None:
        raise Http404
    by = form.cleaned_data["by"] or "district"
    told = {"snapshot_id": form.cleaned_data["snapshot"], "now": request.now}
    with queries.in_time():
        figure = queries.public_figure(campaign.id, measure, by, **told)
    snapshot_id = figure.snapshot.id if figure.snapshot else None
    address = settings.RAQUAN_PUBLIC_URL + public_address(year, measure, by, snapshot_id)
    about = queries.about(figure, None, address)
    if shape := form.shape():
        return figure_file(figure, shape, about)
    context = {"figure": figure, "entry": entry, "campaign": campaign, "about": about}
    return render(request, "analytics/public_figure.html", context)
