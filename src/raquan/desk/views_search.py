"""The desk's search, and the history of any thing."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raquan.ledger.queries import history_of_kinds
from raquan.people.rules import Action, may
from raquan.search.queries import find, thing
from raquan.ui.access import signed_in
from raquan.ui.http import Request

LONGEST = 200
"""So many signs of what was typed are read."""


@signed_in
@require_GET
def search(request: Request) -> HttpResponse:
    """Show what fits the words, of what this person may see."""
    text = request.GET.get("q", "")[:LONGEST].strip()
    kind = request.GET.get("kind", "")
    found = find(request.actor, text, kind=kind, page=_page(request))
    context = {"text": text, "kind": kind, "found": found, "may_see_records": may(request.actor, Action.RECORD_READ)}
    return render(request, "desk/search.html", context)


@signed_in
@require_GET
def history(request: Request, kind: str, thing_id: UUID) -> HttpResponse:
    """Show what was done to a thing, to who may see the thing; the room that owns it says who that is."""
    found = thing(request.actor, kind, thing_id)
    acts = history_of_kinds(request.actor, dict(found.acts), page=_page(request))
    return render(request, "desk/history.html", {"thing": found, "history": acts})


def _page(request: Request) -> int:
    number = request.GET.get("page", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
