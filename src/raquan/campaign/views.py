"""The pages of the plan: what is in force, and how a document is brought into force."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import commands, queries
from raquan.campaign.commands import PlanPreview
from raquan.campaign.forms import ConfirmForm, UploadForm, confirm_form
from raquan.files.queries import download_address
from raquan.kernel.refused import NotFound, Refused
from raquan.people.rules import Action, may
from raquan.readings.rules import DOUBT_NAMES, USE_NAMES
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.PLAN_READ.value)
@require_GET
def show_plan(request: Request) -> HttpResponse:
    """Show the current campaign's plan with its tasks and what could not be placed."""
    number = request.GET.get("page", "")
    found = queries.plan_page(
        request.actor,
        now=request.now,
        text=request.GET.get("q", "").strip(),
        page=int(number) if number.isdecimal() else 1,
    )
    file = found.plan if found else None
    context = {
        "page": found,
        "file": download_address(file.file_sha256, name=file.file_name) if file and file.file_sha256 else "",
        "may_import": may(request.actor, Action.PLAN_IMPORT),
        "may_plan_outing": may(request.actor, Action.OUTING_PLAN),
    }
    return render(request, "campaign/plan.html", context)


@allow(Action.PLAN_IMPORT.value)
@require_http_methods(["GET", "POST"])
def import_plan(request: Request) -> HttpResponse:
    """Ask for a document, and show what it says before anything comes into force."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            preview = commands.preview_plan(
                by=request.actor, now=request.now, document=file.read(), file_name=file.name
            )
        except Refused as refusal:
            form.add_error("document", refusal.text(_))
        else:
            return _show_preview(request, preview, confirm_form(preview))
    return render(request, "campaign/import.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.PLAN_IMPORT.value)
@require_POST
def confirm_plan(request: Request) -> HttpResponse:
    """Bring the kept document into force; when that is refused, its preview is shown again."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            done = commands.import_stored_plan(by=request.actor, now=request.now, **form.cleaned_data)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.text(_))
        else:
            text = _("Văn bản này đã được nhập từ trước.") if done.already else _("Đã đưa kế hoạch vào thực hiện.")
            messages.success(request, text)
            return redirect("campaign:list")
    kept = {name: request.POST.get(name, "") for name in ("sha256", "file_name")}
    preview = commands.preview_stored_plan(by=request.actor, now=request.now, **kept)
    return _show_preview(request, preview, form)


def _show_preview(request: Request, preview: PlanPreview, form: ConfirmForm) -> HttpResponse:
    context = {"preview": preview, "form": form, "doubt_names": DOUBT_NAMES, "use_names": USE_NAMES}
    return render(request, "campaign/preview.html", context, status=422 if form.errors else 200)
