"""The page on which any officer checks the layout of any document."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raquan.kernel.refused import NotAllowed, Refused
from raquan.people.rules import Action
from raquan.reports import commands
from raquan.reports.forms import CheckForm
from raquan.reports.rules import LAYOUT
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.FIGURE_READ.value)
@require_http_methods(["GET", "POST"])
def check(request: Request) -> HttpResponse:
    """Show what of a document departs from the decree's layout."""
    form = CheckForm(request.POST or None, request.FILES or None)
    context = {"form": form, "basis": LAYOUT.basis, "findings": None, "name": ""}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            context |= {"findings": commands.check_document(by=request.actor, data=file.read()), "name": file.name}
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("document", f"{refusal.text(_)} ({refusal.code})")
    return render(request, "reports/check.html", context, status=422 if form.errors else 200)
