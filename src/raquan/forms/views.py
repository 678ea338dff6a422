"""The desk's pages of forms: all of them, one with its versions and files, its draft tried out and published."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.forms import commands, queries
from raquan.forms.forms import AudienceForm, MediaForm, PublishForm, StateForm, UploadForm
from raquan.forms.gateways.questions import read_questions
from raquan.forms.gateways.xforms import read_trial
from raquan.forms.queries import FormPage
from raquan.forms.rules import FormState, asked
from raquan.kernel.refused import NotFound, Refused
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import show_list

_PUBLISHING = allow(Action.FORM_PUBLISH.value)


@_PUBLISHING
@require_GET
def list_forms(request: Request) -> HttpResponseBase:
    """List all forms."""
    return show_list(request, "forms/list.html", queries.FORMS, partial(queries.form_lines, request.actor))


@_PUBLISHING
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Take a form as a draft: a new one, or the next version of one that is there."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = commands.keep_draft(by=request.actor, now=request.now, data=file.read(), file_name=file.name)
        except Refused as refused:
            form.add_error("file", refused.text(_))
        else:
            return redirect("forms:draft", form_row=kept.form_row)
    return render(request, "forms/new.html", {"form": form}, status=422 if form.errors else 200)


@_PUBLISHING
@require_GET
def show_form(request: Request, form_row: UUID) -> HttpResponse:
    """Show a form."""
    page = queries.form_page(request.actor, form_row)
    return render(request, "forms/detail.html", {"page": page, "media_form": MediaForm(media=page.media)})


@_PUBLISHING
@require_http_methods(["GET", "POST"])
def show_draft(request: Request, form_row: UUID) -> HttpResponse:
    """Show a draft as it can be tried out, and publish it."""
    page, form = queries.form_page(request.actor, form_row), PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent: dict[str, Any] = {"md5": form.cleaned_data["md5"], "ignore_warnings": form.cleaned_data["confirmed"]}
        try:
            done = commands.publish_draft(by=request.actor, now=request.now, form_id=page.line.form_id, **sent)
        except commands.FormWarned:
            form.add_error("confirmed", _("Hãy đọc các cảnh báo rồi đánh dấu ô này."))
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            said = _("Phiên bản %(version)s đã được đưa vào dùng.") % {"version": done.version}
            messages.success(request, said)
            return redirect("forms:detail", form_row=form_row)
    return _draft_page(request, page, form=form)


def _draft_page(
    request: Request, page: FormPage, *, form: PublishForm | None = None, media_form: MediaForm | None = None
) -> HttpResponse:
    draft = page.draft
    if draft is None:
        raise NotFound()
    way = queries.trying_out(draft.token, draft.form_id, draft.title, now=request.now)
    sent = queries.trials(request.actor, draft.form_id)
    failed = any(one is not None and one.errors for one in (form, media_form))
    context = {
        "page": page,
        "draft": draft,
        "form": form if form and form.is_bound else PublishForm(initial={"md5": draft.md5}),
        "media_form": media_form or MediaForm(media=draft.media),
        "way": way,
        "qr": mark_safe(way.qr_svg),  # noqa: S308 - drawn by us from an address of ours
        "asked": asked(read_questions(draft.xml, get_language() or "vi"), _),
        "trials": [(one, read_trial(one.payload)[2]) for one in sent],
    }
    return render(request, "forms/draft.html", context, status=422 if failed else 200)


@_PUBLISHING
@require_POST
def discard(request: Request, form_row: UUID) -> HttpResponse:
    """Throw a draft away; a form that was never published goes with it."""
    page = queries.form_page(request.actor, form_row)
    commands.discard_draft(by=request.actor, now=request.now, form_id=page.line.form_id)
    messages.success(request, _("Đã bỏ bản nháp và các bản ghi thử."))
    return redirect("forms:detail", form_row=form_row) if page.versions else redirect("forms:list")


@_PUBLISHING
@require_POST
def change_state(request: Request, form_row: UUID) -> HttpResponse:
    """Offer a form, let it run out, or close it."""
    form = StateForm(request.POST)
    line = queries.form_page(request.actor, form_row).line
    if form.is_valid():
        state = FormState(form.cleaned_data["state"])
        commands.set_form_state(by=request.actor, now=request.now, form_id=line.form_id, state=state)
        messages.success(request, _("Đã đổi tình trạng của biểu mẫu."))
    return redirect("forms:detail", form_row=form_row)


@_PUBLISHING
@require_POST
def published_media(request: Request, form_row: UUID) -> HttpResponse:
    """Put or replace a file of the published form."""
    page = queries.form_page(request.actor, form_row)
    form = MediaForm(request.POST, request.FILES, media=page.media)
    if _take_file(request, page.line.form_id, form, in_draft=False):
        return redirect("forms:detail", form_row=form_row)
    return render(request, "forms/detail.html", {"page": page, "media_form": form}, status=422)


@_PUBLISHING
@require_POST
def draft_media(request: Request, form_row: UUID) -> HttpResponse:
    """Put or replace a file of the draft."""
    page = queries.form_page(request.actor, form_row)
    form = MediaForm(request.POST, request.FILES, media=page.draft.media if page.draft else ())
    if _take_file(request, page.line.form_id, form, in_draft=True):
        return redirect("forms:draft", form_row=form_row)
    return _draft_page(request, page, media_form=form)


def _take_file(request: Request, form_id: str, form: MediaForm, *, in_draft: bool) -> bool:
    if not form.is_valid():
        return False
    file, name = form.cleaned_data["file"], form.cleaned_data["name"]
    sent: dict[str, Any] = {"data": file.file, "media_type": file.content_type, "in_draft": in_draft}
    try:
        commands.put_media(by=request.actor, now=request.now, form_id=form_id, name=name, **sent)
    except Refused as refused:
        form.add_error("file", refused.text(_))
        return False
    messages.success(request, _("Đã nhận tệp “%(name)s”.") % {"name": name})
    return True


@_PUBLISHING
@require_http_methods(["GET", "POST"])
def audience(request: Request, form_row: UUID) -> HttpResponse:
    """Show to whom a form is given, look for others, give it and take it back."""
    page = queries.form_page(request.actor, form_row)
    if request.method == "POST":
        form = AudienceForm(request.POST)
        told: dict[str, Any] = {"by": request.actor, "form_id": page.line.form_id}
        if form.is_valid() and form.cleaned_data["give"] and form.cleaned_data["organization"]:
            commands.assign_form(**told, organization_id=form.cleaned_data["organization"])
        elif form.is_valid():
            commands.unassign_form(**told, organization_id=form.cleaned_data["organization"])
        return redirect("forms:audience", form_row=form_row)
    text = request.GET.get("q", "").strip()
    found = people.organizations(request.actor, text, size=30) if text else None
    return render(request, "forms/audience.html", {"page": page, "text": text, "found": found})


@_PUBLISHING
@require_GET
def questions(request: Request, form_row: UUID) -> HttpResponse:
    """Show what a published version asks, as a page to be read."""
    page = queries.form_page(request.actor, form_row)
    version = request.GET.get("version", page.line.version)
    file = queries.version_file(request.actor, page.line.form_id, version=version)
    context = {"page": page, "version": version, "asked": asked(read_questions(file.data, get_language() or "vi"), _)}
    return render(request, "forms/questions.html", context)


@_PUBLISHING
@require_GET
def download(request: Request, form_row: UUID) -> HttpResponse:
    """Give a version (?version=) or the draft (?draft=1) as XML, or as its workbook (?as=workbook)."""
    line = queries.form_page(request.actor, form_row).line
    found = queries.version_file(
        request.actor,
        line.form_id,
        version=request.GET.get("version"),
        in_draft="draft" in request.GET,
        as_workbook=request.GET.get("as") == "workbook",
    )
    answer = HttpResponse(found.data, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return answer
