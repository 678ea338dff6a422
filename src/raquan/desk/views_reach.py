"""The page that compares channels: visits of short links beside the assists of the outings that they are about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.desk.reach import MOST, reach
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.LINK_MAKE.value)
@require_GET
def compare(request: Request) -> HttpResponse:
    """Show what was reached and what happened, by channel and by outing."""
    return render(request, "desk/reach.html", {"view": reach(request.actor), "most": MOST})
