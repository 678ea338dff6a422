"""The desk's pages of what goes out and comes in: exports, imports, webhooks."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from raquan.capture import queries as capture
from raquan.capture.rules import read_address
from raquan.exchange import commands, queries
from raquan.exchange.forms import ExportForm, ImportForm, WebhookForm
from raquan.exchange.rules import Event, ExportKind
from raquan.forms import queries as forms
from raquan.kernel.refused import NotFound, Refused
from raquan.outreach.rules import Channel
from raquan.people.rules import Action, may
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.RECORD_EXPORT.value)
@require_GET
def list_exports(request: Request) -> HttpResponseBase:
    """List the visitor's own exports."""
    context = {
        "may_import": may(request.actor, Action.RECORD_IMPORT),
        "may_tell": may(request.actor, Action.WEBHOOK_MANAGE),
    }
    read = partial(queries.exports, request.actor)
    return show_list(request, "exchange/exports.html", queries.EXPORTS, read, context=context)


@allow(Action.RECORD_EXPORT.value)
@require_GET
def choose_export(request: Request) -> HttpResponse:
    """Ask in which format what the search in the address finds is to be downloaded."""
    return _export_page(request, ExportForm(initial={"request_id": uuid4(), "kind": ExportKind.CSV.value}))


def _export_page(request: Request, form: ExportForm) -> HttpResponse:
    total = capture.export_size(request.actor, read_address(request.GET), upto=capture.last_number())
    context = {"form": form, "total": total, "search": request.GET.urlencode()}
    return render(request, "exchange/export_start.html", context, status=422 if form.errors else 200)


@allow(Action.RECORD_EXPORT.value)
@require_POST
def start_export(request: Request) -> HttpResponse:
    """Ask for an export of what the search in the address finds."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _export_page(request, form)
    export_id = commands.start_export(
        by=request.actor,
        now=request.now,
        kind=ExportKind(form.cleaned_data["kind"]),
        filters=read_address(request.GET),
        request_id=form.cleaned_data["request_id"],
    )
    return redirect("exchange:export", export_id=export_id)


@allow(Action.RECORD_EXPORT.value)
@require_GET
def show_export(request: Request, export_id: UUID) -> HttpResponse:
    """Show how far an export has come; the page asks again while it is made."""
    return _progress(request, "export", {"export": queries.export(request.actor, export_id)})


def _progress(request: Request, name: str, context: dict[str, object]) -> HttpResponse:
    is_fragment = request.headers.get("HX-Request") == "true"
    answer = render(request, f"exchange/{name}_progress.html" if is_fragment else f"exchange/{name}.html", context)
    answer["Vary"] = "HX-Request"
    return answer


@allow(Action.RECORD_EXPORT.value)
@require_POST
def continue_export(request: Request, export_id: UUID) -> HttpResponse:
    """Let a worker go on with an export that has stopped."""
    commands.continue_export(by=request.actor, now=request.now, export_id=export_id)
    return redirect("exchange:export", export_id=export_id)


@allow(Action.RECORD_EXPORT.value)
@require_safe
def download_export(request: Request, export_id: UUID) -> FileResponse:
    """Send a finished export to its owner."""
    file = queries.export_file(request.actor, export_id, request.now)
    return FileResponse(
        file.path.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


@allow(Action.RECORD_IMPORT.value)
@require_GET
def list_imports(request: Request) -> HttpResponseBase:
    """List the visitor's own imports, and take another file."""
    return _imports_page(request, ImportForm(choices=_forms(request)))


def _forms(request: Request) -> list[tuple[str, str]]:
    return [(shape.form_id, shape.title) for shape in forms.form_shapes(request.actor)]


def _imports_page(request: Request, form: ImportForm, refusal: Refused | None = None) -> HttpResponseBase:
    context = {"form": form, "refusal": refusal.text(_) if refusal else ""}
    options = Options(status=422 if form.errors or refusal else 200, address=reverse("exchange:imports"))
    read = partial(queries.imports, request.actor)
    return show_list(request, "exchange/imports.html", queries.IMPORTS, read, options, context)


@allow(Action.RECORD_IMPORT.value)
@require_POST
def read_import(request: Request) -> HttpResponseBase:
    """Read a file and show what was understood; a file that is refused is said beside the form."""
    form = ImportForm(request.POST, request.FILES, choices=_forms(request))
    if not form.is_valid():
        return _imports_page(request, form)
    file = form.cleaned_data["file"]
    try:
        import_id = commands.read_import(
            by=request.actor, now=request.now, form_id=form.cleaned_data["form"], file=file.file, file_name=file.name
        )
    except Refused as refusal:
        return _imports_page(request, form, refusal)
    return redirect("exchange:import", import_id=import_id)


@allow(Action.RECORD_IMPORT.value)
@require_GET
def show_import(request: Request, import_id: UUID) -> HttpResponseBase:
    """Show what was understood of a file, how far its rows have come, and those that were not taken."""
    is_fragment = request.headers.get("HX-Request") == "true"
    template = f"exchange/import{'_progress' if is_fragment else ''}.html"
    context = {"one": queries.import_(request.actor, import_id)}
    read = partial(queries.import_refusals, request.actor, import_id)
    answer = show_list(request, template, queries.REFUSALS, read, context=context)
    answer["Vary"] = "HX-Request"
    return answer


@allow(Action.RECORD_IMPORT.value)
@require_POST
def start_import(request: Request, import_id: UUID) -> HttpResponse:
    """Let a worker take the rows of a file, or go on with them."""
    commands.start_import(by=request.actor, now=request.now, import_id=import_id)
    return redirect("exchange:import", import_id=import_id)


@allow(Action.WEBHOOK_MANAGE.value)
@require_GET
def list_webhooks(request: Request) -> HttpResponse:
    """List the visitor's own webhooks, and make another."""
    return _webhooks_page(request, WebhookForm(initial={"request_id": uuid4()}))


def _webhooks_page(request: Request, form: WebhookForm, refusal: Refused | None = None) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal.text(_) if refusal else "",
        "webhooks": queries.webhooks(request.actor),
    }
    return render(request, "exchange/webhooks.html", context, status=422 if form.errors or refusal else 200)


@allow(Action.WEBHOOK_MANAGE.value)
@require_POST
def add_webhook(request: Request) -> HttpResponse:
    """Tell an address from now on what happens to records."""
    form = WebhookForm(request.POST)
    if not form.is_valid():
        return _webhooks_page(request, form)
    said = form.cleaned_data
    what = {"events": [Event(one) for one in said["events"]], "channels": [Channel(one) for one in said["channels"]]}
    more = {"url": said["url"], "request_id": said["request_id"], **what}
    try:
        made = commands.add_webhook(by=request.actor, now=request.now, **more)
    except (commands.AddressRefused, commands.NoChannels) as refusal:
        return _webhooks_page(request, form, refusal)
    return redirect("exchange:webhook", webhook_id=made)


@allow(Action.OUTREACH_WRITE.value)
@require_GET
def post_panel(request: Request, post_id: UUID) -> HttpResponse:
    """Show where a planned message was sent to, on its page or by itself."""
    sent = queries.post_deliveries(request.actor, post_id, now=request.now)
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "exchange/post_panel.html" if is_fragment else "exchange/post_panel_page.html"
    answer = render(request, name, {"sent": sent, "post_id": post_id})
    answer["Vary"] = "HX-Request"
    return answer


@allow(Action.WEBHOOK_MANAGE.value)
@require_GET
def show_webhook(request: Request, webhook_id: UUID) -> HttpResponseBase:
    """Show a webhook with its secret, and what was sent to it."""
    context = {
        "hook": queries.webhook(request.actor, webhook_id),
        "secret": queries.webhook_secret(request.actor, webhook_id),
    }
    read = partial(queries.deliveries, request.actor, webhook_id)
    return show_list(request, "exchange/webhook.html", queries.DELIVERIES, read, context=context)


_STEPS = {
    "ping": commands.ping_webhook,
    "pause": commands.pause_webhook,
    "resume": commands.resume_webhook,
    "renew": commands.renew_webhook_secret,
    "end": commands.end_webhook,
}
"""What the buttons of a webhook's page do."""


@allow(Action.WEBHOOK_MANAGE.value)
@require_POST
def change_webhook(request: Request, webhook_id: UUID, step: str) -> HttpResponse:
    """Try, pause, resume or end a webhook, or give it another secret."""
    if step not in _STEPS:
        raise NotFound()
    _STEPS[step](by=request.actor, now=request.now, webhook_id=webhook_id)
    if step == "end":
        messages.success(request, _("Đã thôi báo tới địa chỉ này."))
        return redirect("exchange:webhooks")
    messages.success(request, _("Đã ghi. Tin được gửi trong vài giây.") if step == "ping" else _("Đã ghi."))
    return redirect("exchange:webhook", webhook_id=webhook_id)


@allow(Action.WEBHOOK_MANAGE.value)
@require_POST
def replay_delivery(request: Request, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send a message again."""
    commands.replay_delivery(by=request.actor, now=request.now, delivery_id=delivery_id)
    messages.success(request, _("Đang gửi lại."))
    return redirect("exchange:webhook", webhook_id=webhook_id)
