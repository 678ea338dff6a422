"""What everybody may see of vouchers: which runs are on, and roughly how much is left."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.campaign import queries as campaigns
from raquan.kernel.clock import local_date
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept
from raquan.vouchers import queries


@public
@require_GET
@kept
def list_runs(request: Request, year: int) -> HttpResponse:
    """Show the runs of a year's campaign that are on."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    context = {
        "campaign": campaign,
        "runs": queries.public_runs(campaign.id, today=local_date(request.now)),
        "redeemed": queries.public_redemptions(campaign.id, now=request.now),
    }
    return render(request, "vouchers/public_runs.html", context)
