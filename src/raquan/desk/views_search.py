"""The desk's search, and the history of any thing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.people.rules import Action, may
from raquan.search.queries import find
from raquan.ui.access import signed_in
from raquan.ui.http import Request

LONGEST = 200
"""So many signs of what was typed are read."""


@signed_in
@require_GET
def search(request: Request) -> HttpResponse:
    """Show what fits the words, of what this person may see."""
    text = request.GET.get("q", "")[:LONGEST].strip()
    kind, number = request.GET.get("kind", ""), request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
    found = find(request.actor, text, kind=kind, page=page)
    context = {"text": text, "kind": kind, "found": found, "may_see_records": may(request.actor, Action.RECORD_READ)}
    return render(request, "desk/search.html", context)
