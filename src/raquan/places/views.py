"""Public pages: looking a place up, and what it was and became."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from raquan.kernel.clock import local_date
from raquan.places import queries
from raquan.places.forms import SearchForm, UnitForm
from raquan.places.queries import SearchPage, UnitHit
from raquan.ui.access import public
from raquan.ui.http import Request


@public
@require_safe
@vary_on_headers("Accept", "HX-Request")
def search(request: Request) -> HttpResponse:
    """Find units by name: a page, the list alone for htmx, or JSON for programs."""
    form = SearchForm(request.GET)
    wants_json = request.GET.get("format") == "json" or request.get_preferred_type(
        ["text/html", "application/json"]
    ) == ("application/json")
    if not form.is_valid():
        return _bad_search(request, form, wants_json)
    asked = form.cleaned_data
    page = queries.search_page(
        asked["q"],
        on=asked["on"] or local_date(request.now),
        level=asked["level"],
        within=asked["within"],
        limit=asked["limit"] or 10,
    )
    if wants_json:
        return JsonResponse({"on": page.on.isoformat(), "units": [_as_json(hit) for hit in page.hits]})
    name = "hits" if request.headers.get("HX-Request") else "search"
    return render(request, f"places/{name}.html", {"page": page, "form": form})


def _bad_search(request: Request, form: SearchForm, wants_json: bool) -> HttpResponse:
    if wants_json:
        return JsonResponse({"code": "places.bad_search", "errors": form.errors}, status=400)
    page = SearchPage(text="", on=local_date(request.now), hits=())
    return render(request, "places/search.html", {"page": page, "form": form}, status=400)


def _as_json(hit: UnitHit) -> dict[str, Any]:
    unit = hit.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "full_name": unit.full_name,
        "level": unit.level.value,
        "type": unit.type,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "parent_code": unit.parent_code,
        "parent_name": hit.parent_name,
        "lat": float(unit.lat) if unit.lat is not None else None,
        "lon": float(unit.lon) if unit.lon is not None else None,
    }


@public
@require_safe
def unit(request: Request, code: str) -> HttpResponse:
    """Show a unit as on a day: what lies above and below it, what it came from and became."""
    form = UnitForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    on: date = asked.get("on") or local_date(request.now)
    page = queries.unit_page(code, on, page=asked.get("page") or 1)
    if page is None:
        spans = queries.days_of(code)
        if not spans:
            raise Http404(_("Không có đơn vị hành chính mang mã này."))
        return render(request, "places/other_days.html", {"code": code, "on": on, "spans": spans}, status=404)
    return render(request, "places/unit.html", {"page": page, "spans": queries.days_of(code)})
