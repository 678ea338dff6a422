"""The page on which places are taken from a list: what would come of each row is shown before anything is written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raquan.displays import commands
from raquan.displays.commands import RowSeen
from raquan.displays.forms import SitesForm
from raquan.displays.rules import CLAIM_NAMES, SITE_KIND_NAMES
from raquan.displays.rules.importing import ROW_STATE_NAMES, RowState, SiteList, write_text
from raquan.kernel.refused import Refused
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.DISPLAY_MANAGE.value)
@require_http_methods(["GET", "POST"])
def take(request: Request) -> HttpResponse:
    """Show what would come of each row; take them when that is asked, and keep the refused ones to be put right."""
    form = SitesForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    is_taken = "take" in request.POST
    act = commands.take_display_sites if is_taken else commands.read_display_sites
    try:
        listed = form.listed()
        seen = act(by=request.actor, now=request.now, rows=listed.rows)
    except Refused as refusal:
        if refusal.status == 403:
            raise
        form.add_error("file" if form.cleaned_data["file"] else "rows", refusal.text(_))
        return _page(request, form)
    if not seen:
        form.add_error("rows", _("Chưa có dòng nào."))
        return _page(request, form)
    left = [one.row for one in seen if not is_taken or one.state is RowState.REFUSED]
    return _page(request, SitesForm(initial={"rows": write_text(left)}), seen, listed, is_taken=is_taken)


def _page(
    request: Request,
    form: SitesForm,
    seen: tuple[RowSeen, ...] = (),
    listed: SiteList | None = None,
    *,
    is_taken: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "lines": [_line(one) for one in seen],
        "counts": {state.value: sum(one.state is state for one in seen) for state in RowState},
        "unused": listed.unused if listed else (),
        "is_taken": is_taken,
    }
    return render(request, "displays/import.html", context, status=422 if form.errors else 200)


def _line(one: RowSeen) -> dict[str, object]:
    """Give a row as it was understood, or as it was written where it was not."""
    told = one.told
    claim = told.claim if told else None
    return {
        "number": one.number,
        "name": told.name if told else one.row.name,
        "kind": _(SITE_KIND_NAMES[told.kind]) if told else one.row.kind,
        "claim": _(CLAIM_NAMES[claim]) if claim else one.row.claim,
        "where": (told.page_url or told.address) if told else (one.row.page_url or one.row.address),
        "unit": one.unit_name or one.row.unit,
        "state": one.state.value,
        "state_name": _(ROW_STATE_NAMES[one.state]),
        "why": one.refusal.text(_) if one.refusal else "",
        "site_id": one.site_id,
    }
