"""The public pages: three taps without an account, and the private page with the answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from raquan.campaign import queries as campaigns
from raquan.feedback import commands, queries
from raquan.feedback.commands import Said
from raquan.feedback.forms import FeedbackForm, WordsForm
from raquan.feedback.gateways import SENT
from raquan.feedback.rules import private_path
from raquan.kernel.refused import N_, Refused
from raquan.outings.queries import address_sign
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist
from raquan.ui.open_forms import private


class TooMuchFromHere(Refused):
    """Too much has come from one address of the network within an hour."""

    code = "feedback.too_much_from_here"
    message = N_("Mạng này đã gửi quá nhiều trong một giờ. Bà con thử lại sau, hoặc hỏi ở Bộ phận một cửa.")
    status = 429


@public
@csrf_exempt  # nobody is signed in here; the ticket and the private address say who may
@require_http_methods(["GET", "POST"])
def send(request: Request, year: int) -> HttpResponse:
    """Show the form, and take what it says; what was written stays when something is wrong."""
    campaign = must_exist(campaigns.campaign_of_year(year))
    code = request.POST.get("about") or request.GET.get("about", "")
    form = FeedbackForm(request.POST or None, initial={"ticket": FeedbackForm.new_ticket(), "about": code[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            return _sent(request, campaign.id, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.text(_))
    context = {"form": form, "campaign": campaign, "about": queries.about(code[:20], now=request.now)}
    return private(render(request, "feedback/send.html", context, status=422 if form.errors else 200))


@public
@csrf_exempt  # nobody is signed in here; the ticket and the private address say who may
@require_http_methods(["GET", "POST"])
def held(request: Request, token: str) -> HttpResponse:
    """Show the sender what was said and answered, and take a further question."""
    view = queries.held_feedback(token, now=request.now)
    seen = len(view.entries) if view else 0
    form = WordsForm(request.POST or None, initial={"seen": seen})
    if view and request.method == "POST" and form.is_valid():
        try:
            commands.ask_again(now=request.now, token=token, **form.cleaned_data)
            return redirect("feedback_public:held", token=token)
        except Refused as refused:
            form.add_error(None, refused.text(_))
    context = {"view": view, "form": form, "sign": address_sign(private_path(token)), "is_new": "new" in request.GET}
    status = 404 if view is None else 422 if form.errors else 200
    return private(render(request, "feedback/held.html", context, status=status))


def _sent(request: Request, campaign_id: Any, said: dict[str, Any]) -> HttpResponse:
    if SENT.is_too_many(request.META.get("REMOTE_ADDR", ""), request.now):
        raise TooMuchFromHere()
    told = Said(said["mood"], tuple(said["topics"]), said["text"], said["wants_answer"], said["about"])
    commands.send_feedback(now=request.now, token=said["ticket"], campaign_id=campaign_id, said=told)
    return redirect(f"{private_path(said['ticket'])}?new=1")
