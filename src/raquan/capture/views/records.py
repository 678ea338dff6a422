"""The desk's pages of records: the search, one record, and the panel on an outing's or a help desk's page."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.capture import commands, queries
from raquan.capture.forms.records import (
    BulkForm,
    CommentForm,
    CorrectionForm,
    DecisionForm,
    DeletionForm,
    RecordFilterForm,
)
from raquan.kernel.clock import local_date
from raquan.people.rules import Action, may
from raquan.ui.access import allow
from raquan.ui.http import Request


def _page_number(request: Request) -> int:
    said = request.GET.get("page", "")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 9 else 1


@allow(Action.RECORD_READ.value)
@require_GET
def list_records(request: Request) -> HttpResponse:
    """Search the records that the visitor may read; filters, order and page stand in the address."""
    return search_page(request, BulkForm(initial={"request_id": uuid4()}))


def search_page(request: Request, bulk: BulkForm) -> HttpResponse:
    """Show the search with the form for many records as it was filled in."""
    filters = filter_form(request)
    page = queries.search_records(
        request.actor,
        filters.wanted(),
        sort=request.GET.get("sort", ""),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "filters": filters,
        "page": page,
        "bulk": bulk,
        "may_review": may(request.actor, Action.RECORD_REVIEW),
        "may_export": may(request.actor, Action.RECORD_EXPORT),
        "form_id": filters.wanted().form_id,
    }
    return render(request, "capture/list.html", context, status=422 if bulk.errors else 200)


def filter_form(request: Request) -> RecordFilterForm:
    """Read the search from the address."""
    return RecordFilterForm(request.GET, choices=queries.search_choices(request.actor, local_date(request.now)))


@allow(Action.RECORD_READ.value)
@require_GET
def show_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Show a record: what was answered, what is doubted, its versions and all that was done to it."""
    return _record_page(request, submission_id)


def _record_page(
    request: Request,
    submission_id: UUID,
    form: CommentForm | None = None,
    correction: CorrectionForm | None = None,
    deletion: DeletionForm | None = None,
) -> HttpResponse:
    refused = any(one is not None and one.errors for one in (form, correction, deletion))
    page = queries.record_page(request.actor, submission_id, page=_page_number(request))
    context = {
        "record": page.record,
        "review": page.review,
        "photos": page.photos,
        "form": form or CommentForm(initial={"request_id": uuid4()}),
        "correction": correction or CorrectionForm(auto_id="correct_%s"),
        "deletion": deletion or DeletionForm(auto_id="delete_%s"),
    }
    return render(request, "capture/detail.html", context, status=422 if refused else 200)


@allow(Action.RECORD_CORRECT.value)
@require_POST
def correct_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Give a record another outing or service; show the version that now stands."""
    form = CorrectionForm(request.POST, auto_id="correct_%s")
    if not form.is_valid():
        return _record_page(request, submission_id, correction=form)
    said = form.cleaned_data
    corrected = commands.correct_record(
        by=request.actor,
        now=request.now,
        submission_id=submission_id,
        reason=said["reason"],
        outing_code=said["outing"],
        service_code=said["service"],
    )
    messages.success(request, _("Đã ghi bản sửa.") if corrected else _("Bản ghi đã đúng như vậy rồi."))
    return redirect("capture:detail", submission_id=corrected or submission_id)


@allow(Action.RECORD_DELETE.value)
@require_POST
def delete_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Delete a record."""
    form = DeletionForm(request.POST, auto_id="delete_%s")
    if not form.is_valid():
        return _record_page(request, submission_id, deletion=form)
    reason = form.cleaned_data["reason"]
    commands.delete_record(by=request.actor, now=request.now, submission_id=submission_id, reason=reason)
    messages.success(request, _("Đã xóa bản ghi. Số liệu bỏ nó ra; bản gốc vẫn được giữ."))
    return redirect("capture:detail", submission_id=submission_id)


@allow(Action.RECORD_REVIEW.value)
@require_POST
def review_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Decide on a record."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _record_page(request, submission_id, form=form)
    commands.review_submission(
        by=request.actor,
        now=request.now,
        submission_id=submission_id,
        state=form.decision(),
        comment=form.cleaned_data["body"],
        request_id=form.cleaned_data["request_id"],
    )
    messages.success(request, _("Đã ghi quyết định."))
    return redirect("capture:detail", submission_id=submission_id)


@allow(Action.RECORD_REVIEW.value)
@require_POST
def comment_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Say something about a record."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _record_page(request, submission_id, form=form)
    said = form.cleaned_data
    commands.add_comment(by=request.actor, now=request.now, submission_id=submission_id, **said)
    messages.success(request, _("Đã ghi ý kiến."))
    return redirect("capture:detail", submission_id=submission_id)


@allow(Action.RECORD_READ.value)
@require_GET
def outing_panel(request: Request, outing_id: UUID) -> HttpResponse:
    """Show what an outing has brought."""
    return _panel(request, queries.outing_panel(request.actor, outing_id))


@allow(Action.RECORD_READ.value)
@require_GET
def desk_panel(request: Request, desk_id: UUID) -> HttpResponse:
    """Show what a help desk has brought."""
    return _panel(request, queries.desk_panel(request.actor, desk_id))


def _panel(request: Request, panel: queries.Panel) -> HttpResponse:
    """Answer with a fragment for htmx, with a page for who opens it without scripts."""
    is_fragment = request.headers.get("HX-Request") == "true"
    answer = render(request, "capture/panel.html" if is_fragment else "capture/panel_page.html", {"panel": panel})
    answer["Vary"] = "HX-Request"
    return answer
