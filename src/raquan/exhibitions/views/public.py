"""What everybody sees: booths, the plan; what visitors do: say that they were there, leave a contact, take it back."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from raquan.campaign import queries as campaigns
from raquan.exhibitions import commands, queries
from raquan.exhibitions.commands import Left
from raquan.exhibitions.forms import ContactForm, VisitForm
from raquan.exhibitions.gateways import CONTACTS, VISITS
from raquan.exhibitions.queries import Sought
from raquan.exhibitions.rules import Purpose, contact_path
from raquan.exhibitions.views.trying import done, status
from raquan.files import queries as files
from raquan.kernel.clock import local_date
from raquan.kernel.open_forms import HourlyCount
from raquan.kernel.refused import N_, Refused
from raquan.outings.queries import address_sign
from raquan.ui.access import public
from raquan.ui.forms import page_number
from raquan.ui.http import Request, must_exist, photo_answer
from raquan.ui.keeping import kept
from raquan.ui.open_forms import private


class TooManyFromHere(Refused):
    """Too many have come from one address of the network within an hour."""

    code = "exhibitions.too_many_from_here"
    message = N_("Mạng này đã gửi quá nhiều trong một giờ. Bà con thử lại sau ít phút.")
    status = 429


@public
@require_GET
@kept
def list_booths(request: Request, year: int) -> HttpResponse:
    """Show the exhibitions of a year's campaign and their booths, in the order of the day."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    given = request.GET
    text = given.get("q", "").strip()[:100]
    sought = Sought(given.get("field", "")[:100], given.get("at", "")[:9], text)
    page, fields = queries.public_booths(campaign.id, now=request.now, sought=sought, page=page_number(given))
    context = {
        "campaign": campaign,
        "sought": sought,
        "page": page,
        "fields": fields,
        "exhibitions": queries.public_exhibitions(campaign.id, now=request.now),
        "today": local_date(request.now),
    }
    return render(request, "exhibitions/public_booths.html", context)


@public
@require_GET
@kept
def show_exhibition(request: Request, year: int, code: str) -> HttpResponse:
    """Show an exhibition with its plan and the booths beside it. 404 for a code that is not shown."""
    found = queries.public_exhibition(code, now=request.now)
    if found is None or found[0].year != year:
        raise Http404
    view, plan = found
    context = {
        "campaign": campaigns.campaign_of_year(year),
        "view": view,
        "plan": plan,
        "today": local_date(request.now),
    }
    return render(request, "exhibitions/public_exhibition.html", context)


@public
@require_GET
@kept
def show_booth(request: Request, year: int, code: str) -> HttpResponse:
    """Show a booth: what its enterprise shows, where it stands, when. 404 for a code that is not shown."""
    found = queries.public_booth(code, now=request.now)
    if found is None or found[0].year != year:
        raise Http404
    view, held, plan = found
    context: dict[str, Any] = {"campaign": campaigns.campaign_of_year(year), "view": view, "held": held, "plan": plan}
    context |= {"photos": queries.booth_photos(view), "today": local_date(request.now)}
    return render(request, "exhibitions/public_booth.html", context)


@public
@require_GET
def photo(request: Request, year: int, photo_id: UUID, width: int) -> HttpResponse:
    """Send a photo's file in a width, while its booth is shown."""
    return photo_answer(files.read_file(queries.public_photo_file(year, photo_id, width)), is_public=True)


@public
@csrf_exempt  # nobody is signed in here, and nothing of who it is is kept
@require_http_methods(["GET", "POST"])
def visit(request: Request, year: int, code: str) -> HttpResponse:
    """Show what a scanned code leads to, and count one visit with one tap."""
    view, _held, _plan = _booth(request, year, code)
    form = VisitForm(request.POST or None, initial={"ticket": VisitForm.new_ticket()})
    is_done = False
    if request.method == "POST":
        act = partial(commands.count_visit, now=request.now, code=code)
        is_done = bool(done(form, lambda said: _let(request, VISITS, lambda: act(token=said["ticket"]))))
    context = {"view": view, "form": form, "is_done": is_done, "campaign": campaigns.campaign_of_year(year)}
    return private(render(request, "exhibitions/visit.html", context, status=status(form)))


@public
@csrf_exempt  # nobody is signed in here; the ticket becomes the visitor's private address
@require_http_methods(["GET", "POST"])
def leave_contact(request: Request, year: int, code: str) -> HttpResponse:
    """Take a name and a number for one enterprise and one purpose; what was typed stays when something is wrong."""
    view, _held, _plan = _booth(request, year, code)
    days = settings.RAQUAN_CONTACT_DAYS
    consent = queries.consent_words(view.organization_name, days)
    form = ContactForm(request.POST or None, initial={"ticket": ContactForm.new_ticket()}, consent=consent)
    if request.method == "POST":
        act = partial(commands.leave_contact, now=request.now, code=code, days=days)
        if done(form, lambda said: _let(request, CONTACTS, lambda: act(token=said["ticket"], left=_left(said)))):
            return private(redirect(f"{contact_path(form.cleaned_data['ticket'])}?new=1"))
    context = {"view": view, "form": form, "campaign": campaigns.campaign_of_year(year)}
    return private(render(request, "exhibitions/leave_contact.html", context, status=status(form)))


@public
@csrf_exempt  # nobody is signed in here; the private address says who may
@require_http_methods(["GET", "POST"])
def held_contact(request: Request, token: str) -> HttpResponse:
    """Show a visitor what they left, and delete it when they say so."""
    view = queries.held_contact(token)
    if view is not None and request.method == "POST":
        commands.withdraw_contact(now=request.now, token=token)
        return private(redirect(contact_path(token)))
    context = {"view": view, "sign": address_sign(contact_path(token)), "is_new": "new" in request.GET}
    return private(render(request, "exhibitions/held_contact.html", context, status=200 if view else 404))


def _booth(request: Request, year: int, code: str) -> Any:
    found = queries.public_booth(code, now=request.now)
    if found is None or found[0].year != year:
        raise Http404
    return found


def _let(request: Request, counts: HourlyCount, act: Any) -> Any:
    """Do it unless too much comes from this address of the network."""
    if counts.is_too_many(request.META.get("REMOTE_ADDR", ""), request.now):
        raise TooManyFromHere()
    return act()


def _left(said: dict[str, Any]) -> Left:
    return Left(said["name"], said["phone"], Purpose(said["purpose"]), said["words"], said["agrees"])
