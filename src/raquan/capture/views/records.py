"""The desk's pages of records: the list, one record, and the panel on an outing's page."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raquan.capture import commands, queries
from raquan.capture.forms.records import CommentForm, DecisionForm, RecordFilterForm
from raquan.kernel.clock import local_date
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


def _page_number(request: Request) -> int:
    said = request.GET.get("page", "")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 9 else 1


@allow(Action.RECORD_READ.value)
@require_GET
def list_records(request: Request) -> HttpResponse:
    """Show the records that the visitor may read; the filters stand in the address."""
    filters = RecordFilterForm(request.GET, choices=queries.record_choices(request.actor, local_date(request.now)))
    page = queries.assists(request.actor, filters=filters.wanted(), page=_page_number(request))
    return render(request, "capture/list.html", {"filters": filters, "page": page})


@allow(Action.RECORD_READ.value)
@require_GET
def show_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Show a record: what was answered, what is doubted, its bytes' hash and its history."""
    return _record_page(request, submission_id, CommentForm(initial={"request_id": uuid4()}))


def _record_page(request: Request, submission_id: UUID, form: CommentForm) -> HttpResponse:
    context = {
        "record": queries.submission(request.actor, submission_id, page=_page_number(request)),
        "review": queries.review_of(request.actor, submission_id),
        "photos": queries.photos_of(request.actor, submission_id),
        "form": form,
    }
    return render(request, "capture/detail.html", context, status=422 if form.errors else 200)


@allow(Action.RECORD_REVIEW.value)
@require_POST
def review_record(request: Request, submission_id: UUID) -> HttpResponse:
    """Decide on a record."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _record_page(request, submission_id, form)
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
        return _record_page(request, submission_id, form)
    said = form.cleaned_data
    commands.add_comment(by=request.actor, now=request.now, submission_id=submission_id, **said)
    messages.success(request, _("Đã ghi ý kiến."))
    return redirect("capture:detail", submission_id=submission_id)


@allow(Action.RECORD_READ.value)
@require_GET
def outing_panel(request: Request, outing_id: UUID) -> HttpResponse:
    """Show what an outing has brought: as a fragment for htmx, as a page for who opens it without scripts."""
    is_fragment = request.headers.get("HX-Request") == "true"
    panel = queries.outing_panel(request.actor, outing_id)
    answer = render(request, "capture/panel.html" if is_fragment else "capture/panel_page.html", {"panel": panel})
    answer["Vary"] = "HX-Request"
    return answer
