"""Routes of each kind, to try the gate on."""

from django.http import HttpResponse
from django.urls import include, path

from raquan.kernel.refused import N_, Refused
from raquan.people.rules import Action
from raquan.ui.access import allow, by_key, public, signed_in
from raquan.ui.http import Request


class NoRain(Refused):
    """A refusal with words of its own."""

    code = "test.no_rain"
    message = N_("Hôm nay {where} không mưa.")
    status = 409


def forgotten(request: Request) -> HttpResponse:
    """Declare nothing."""
    return HttpResponse("secret")


@public
def open_to_all(request: Request) -> HttpResponse:
    """Say who asks."""
    return HttpResponse(request.actor.name or "ai đó")


@by_key
def for_phones(request: Request) -> HttpResponse:
    """Say who asks, before any key was looked at."""
    return HttpResponse(request.actor.name or "ai đó")


@signed_in
def for_staff(request: Request) -> HttpResponse:
    """Say who asks and what day it is."""
    return HttpResponse(f"{request.actor.name} {request.now:%Z}")


@allow(Action.RECORD_REVIEW.value)
def for_reviewers(request: Request) -> HttpResponse:
    """Let reviewers in."""
    return HttpResponse("xem xét")


@allow(Action.PLAN_IMPORT.value)
def for_the_office(request: Request) -> HttpResponse:
    """Let the office in."""
    return HttpResponse("kế hoạch")


@public
def refusing(request: Request) -> HttpResponse:
    """Refuse."""
    raise NoRain(where="Buôn Hồ")


@public
def breaking(request: Request) -> HttpResponse:
    """Break in a way that nobody foresaw."""
    raise ZeroDivisionError


urlpatterns = [
    path("", include("raquan.people.urls")),
    path("forgotten", forgotten),
    path("open", open_to_all),
    path("phones", for_phones),
    path("staff", for_staff),
    path("reviewers", for_reviewers),
    path("office", for_the_office),
    path("refusing", refusing),
    path("breaking", breaking),
]
