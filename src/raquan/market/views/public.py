"""The public pages: offers for everybody, and the registration of an enterprise at a private address."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel import clock
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.market import commands, queries
from raquan.market.forms import AgainForm, RegistrationForm
from raquan.market.gateways import SENT
from raquan.market.queries import Asked, OfferView
from raquan.market.rules import FORM_NAMES, registration_path
from raquan.outings.queries import address_sign
from raquan.ui.access import public
from raquan.ui.forms import page_number
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept
from raquan.ui.open_forms import private

FEED_SIZE = 100


class TooManyFromHere(Refused):
    """Too many registrations have come from one address of the network within an hour."""

    code = "market.too_many_from_here"
    message = N_("Mạng này đã gửi quá nhiều đơn trong một giờ. Hãy thử lại sau.")
    status = 429


@public
@require_GET
@kept
def list_offers(request: Request, year: int) -> HttpResponse:
    """Show the offers of a year's campaign, in the order of the day."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    asked = _asked(request)
    page, units = queries.public_offers(campaign.id, now=request.now, asked=asked, page=page_number(request.GET))
    context = {
        "campaign": campaign,
        "asked": asked,
        "page": page,
        "units": units,
        "services": queries.service_choices(local_date(request.now)),
        "forms": [(one.value, _(name)) for one, name in FORM_NAMES.items()],
        "totals": queries.public_totals(campaign.id, now=request.now),
    }
    return render(request, "market/public_offers.html", context)


@public
@require_GET
@kept
def show(request: Request, year: int, code: str) -> HttpResponse:
    """Show an offer; one that is suspended or over says so. 404 for a code that was never shown."""
    view = queries.public_offer(code, now=request.now)
    campaign = campaigns.campaign_of_year(year)
    if view is not None and view.year != year:
        view = None
    context = {"view": view, "code": code[:20], "campaign": campaign, "today": local_date(request.now)}
    return render(request, "market/public_offer.html", context, status=200 if view else 404)


@public
@require_GET
@kept
def json_feed(request: Request, year: int) -> HttpResponse:
    """Give the offers as a JSON Feed 1.1, at most FEED_SIZE, in the order of the day."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    page, _units = queries.public_offers(campaign.id, now=request.now, asked=_asked(request), size=FEED_SIZE)
    home = f"{settings.RAQUAN_PUBLIC_URL}/{year}/offers/"
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Ưu đãi: %(campaign)s") % {"campaign": campaign.name},
        "home_page_url": home,
        "feed_url": f"{settings.RAQUAN_PUBLIC_URL}{request.get_full_path()}",
        "language": "vi",
        "items": [_item(one, home) for one in page.items],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


@public
@csrf_exempt  # nobody is signed in here; the ticket says who may
@require_http_methods(["GET", "POST"])
def register(request: Request, year: int) -> HttpResponse:
    """Show the form of registration, and take what it says; what was typed stays when something is wrong."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    form = RegistrationForm(request.POST or None, initial={"ticket": RegistrationForm.new_ticket()})
    if request.method == "POST" and form.is_valid():
        try:
            if SENT.is_too_many(request.META.get("REMOTE_ADDR", ""), request.now):
                raise TooManyFromHere()
            commands.send_registration(now=request.now, token=form.cleaned_data["ticket"], told=form.told())
            return private(redirect(f"{registration_path(form.cleaned_data['ticket'])}?new=1"))
        except Refused as refused:
            form.add_error(None, refused.text(_))
    context = {"form": form, "campaign": campaign}
    return private(render(request, "market/register.html", context, status=422 if form.errors else 200))


@public
@csrf_exempt  # nobody is signed in here; the private address says who may
@require_http_methods(["GET", "POST"])
def held(request: Request, token: str) -> HttpResponse:
    """Show an enterprise how its registration stands, and take it again when it was returned."""
    view = queries.held_registration(token)
    form = _again(request, view)
    if view and request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            commands.send_registration_again(now=request.now, token=token, told=form.told(), seen=seen)
            return private(redirect(f"{registration_path(token)}?new=1"))
        except Refused as refused:
            form.add_error(None, refused.text(_))
    sign = address_sign(registration_path(token))
    context = {"view": view, "form": form, "sign": sign, "is_new": "new" in request.GET, "token": token}
    status = 404 if view is None else 422 if form.errors else 200
    return private(render(request, "market/held.html", context, status=status))


@public
@csrf_exempt  # as above
@require_POST
def claim(request: Request, token: str) -> HttpResponse:
    """Lead the holder of an accepted registration to where a password is chosen."""
    try:
        link = commands.claim_account(now=request.now, real_now=clock.real_now(), token=token)
    except NotFound:
        raise Http404 from None
    except Refused:
        return private(redirect(registration_path(token)))
    return private(redirect("people:accept", token=link))


def _again(request: Request, view: Any) -> AgainForm:
    if view is None:
        return AgainForm(request.POST or None)
    told = {name: getattr(view.particulars, name) for name in view.particulars.__slots__}
    return AgainForm(request.POST or None, initial=told | {"seen": view.edition})


def _asked(request: Request) -> Asked:
    given = request.GET
    when = given.get("when", "")
    form = given.get("form", "")
    return Asked(
        service=given.get("service", "")[:60],
        form=form if form in {one.value for one in FORM_NAMES} else "",
        place=given.get("q", "").strip()[:100],
        when=when if when in ("today", "weekend") else "",
    )


def _item(one: OfferView, home: str) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "url": f"{home}{one.code}/",
        "title": one.title,
        "content_text": f"{one.organization_name}. {one.how_to_use or one.terms}",
        "date_published": one.published_at.isoformat() if one.published_at else None,
        "_raquan": {
            "code": one.code,
            "form": one.form,
            "percent": one.percent,
            "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
            "services": [code for code, _name in one.services],
            "places": [code for code, _name in one.places],
        },
    }
