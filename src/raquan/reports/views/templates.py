"""The templates that an office changes in Word: downloaded, sent in, looked over, taken in use, gone back from."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.people.rules import Action
from raquan.reports import commands, gateways, queries
from raquan.reports.forms import KindForm, TemplateForm, UseForm
from raquan.reports.rules import KIND_NAMES, Kind
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.REPORT_BUILD.value)
@require_http_methods(["GET", "POST"])
def list_templates(request: Request) -> HttpResponseBase:
    """Show the templates with which is in use, and take another."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = _add(request, form)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("document", refusal.text(_))
        else:
            return redirect("reports:template", added)
    context = {"form": form, "in_use": queries.templates_in_use(request.actor), "kind_names": KIND_NAMES}
    options = Options(status=422 if form.errors else 200, address=reverse("reports:templates"))
    read = partial(queries.templates, request.actor)
    return show_list(request, "reports/templates.html", queries.TEMPLATES, read, options, context)


def _add(request: Request, form: TemplateForm) -> UUID:
    file = form.cleaned_data["document"]
    kind = Kind(form.cleaned_data["kind"])
    return commands.add_template(by=request.actor, now=request.now, kind=kind, data=file.read(), file_name=file.name)


@allow(Action.REPORT_BUILD.value)
@require_GET
def show(request: Request, template_id: UUID) -> HttpResponse:
    """Show a template with what was found in it."""
    one = queries.template(request.actor, template_id)
    in_use = queries.templates_in_use(request.actor)[one.kind]
    context = {"one": one, "in_use": in_use, "kind_names": KIND_NAMES}
    return render(request, "reports/template.html", context)


@allow(Action.REPORT_BUILD.value)
@require_POST
def use(request: Request, template_id: UUID) -> HttpResponse:
    """Take a template in use."""
    form = UseForm(request.POST)
    if not form.is_valid():
        raise NotFound()
    try:
        commands.use_template(by=request.actor, template_id=template_id, instead_of=form.cleaned_data["instead_of"])
        messages.success(request, _("Báo cáo lập từ bây giờ dùng mẫu này. Báo cáo đã lập giữ nguyên."))
    except (commands.TemplateUnfit, commands.TemplateChanged) as refusal:
        messages.warning(request, refusal.text(_))
    return redirect("reports:template", template_id)


@allow(Action.REPORT_BUILD.value)
@require_POST
def use_default(request: Request) -> HttpResponse:
    """Go back to the template that the program brings."""
    form = KindForm(request.POST)
    if not form.is_valid():
        raise NotFound()
    said = form.cleaned_data
    try:
        commands.use_default_template(by=request.actor, kind=Kind(said["kind"]), instead_of=said["instead_of"])
        messages.success(request, _("Báo cáo lập từ bây giờ dùng mẫu có sẵn."))
    except commands.TemplateChanged as refusal:
        messages.warning(request, refusal.text(_))
    return redirect("reports:templates")


@allow(Action.REPORT_BUILD.value)
@require_GET
def default(request: Request, kind: str) -> HttpResponse:
    """Give the template that the program brings, to be changed in Word."""
    if kind not in list(Kind):
        raise Http404
    answer = HttpResponse(gateways.DEFAULTS[Kind(kind)].read_bytes(), content_type=commands.DOCX)
    answer["Content-Disposition"] = f'attachment; filename="mau-{kind}.docx"'
    return answer
