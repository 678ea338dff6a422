"""What anybody may have of reports: those that were issued and published, as they were signed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.kernel.refused import NotFound
from raquan.reports import queries
from raquan.ui.access import public
from raquan.ui.forms import page_number
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept


@public
@kept
@require_GET
def list_published(request: Request, year: int) -> HttpResponse:
    """List the reports of a year's campaign that were published."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    page = queries.published_reports(campaign.id, page_number(request.GET))
    return render(request, "reports/published.html", {"campaign": campaign, "page": page})


@public
@require_GET
def file(request: Request, year: int, report_id: UUID, shape: str) -> HttpResponse:
    """Give a published file: the signed PDF itself, or the tables with small numbers hidden."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    try:
        data, media_type = queries.published_file(campaign.id, report_id, shape)
    except NotFound:
        raise Http404 from None
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-{year}-{str(report_id)[-6:]}.{shape}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
