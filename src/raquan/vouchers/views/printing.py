"""The codes of a run as cards to cut out, as a table, and as pictures."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.vouchers import commands, queries
from raquan.vouchers.forms import PrintForm, StepForm

TYPES = {"csv": "text/csv; charset=utf-8", "zip": "application/zip"}


@allow(Action.OFFER_DECIDE.value)
@require_POST
def print_vouchers(request: Request, run_id: UUID) -> HttpResponseBase:
    """Give the vouchers asked for: a page of cards, a CSV of codes, or a ZIP of pictures with that CSV."""
    form = PrintForm(request.POST)
    if not form.is_valid():
        page = queries.run_page(request.actor, run_id, now=request.now)
        context = {"page": page, "view": page.run, "form": StepForm(), "printing": form}
        return render(request, "vouchers/run.html", context, status=422)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    commands.print_vouchers(by=request.actor, run_id=run_id, first=first, last=last)
    kind = request.POST.get("kind", "")
    if kind in TYPES:
        data = queries.voucher_file(request.actor, run_id, first=first, last=last, kind=kind)
        name = f"phieu-{first}-{last}.{kind}"
        answer = HttpResponse(data, TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
    else:
        sheet = queries.voucher_sheet(request.actor, run_id, first=first, last=last)
        answer = render(request, "vouchers/print.html", {"sheet": sheet, "view": sheet.run})
    answer["Cache-Control"] = "no-store"
    return answer
