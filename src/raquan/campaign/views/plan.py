"""The pages of the plan: what is in force, and how a document is brought into force."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raquan.campaign import commands, queries
from raquan.campaign.forms.bringing import bring_form, seen_again
from raquan.campaign.forms.units import SearchForm
from raquan.files.queries import download_address
from raquan.kernel.paging import Page
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.people.rules import Action, may
from raquan.readings.rules import CHANGE_NAMES, FIELD_NAMES, ChangeKind
from raquan.ui.access import allow
from raquan.ui.forms import page_number
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.PLAN_READ.value)
@require_GET
def show_plan(request: Request) -> HttpResponseBase:
    """Show the current campaign's plan with its tasks and what could not be placed."""
    form = SearchForm(request.GET)
    context: dict[str, Any] = {}

    def read(**asked: Any) -> Page[queries.TaskView]:
        found = queries.plan_page(request.actor, now=request.now, text=form.text(), **asked)
        context.update(_plan_context(request, found))
        return found.tasks if found else Page([], 1, 1, 0)

    return show_list(request, "campaign/plan.html", queries.TASKS, read, Options(form), context)


def _plan_context(request: Request, found: queries.PlanPage | None) -> dict[str, Any]:
    plan = found.plan if found else None
    return {
        "page": found,
        "file": download_address(plan.file_sha256, name=plan.file_name) if plan and plan.file_sha256 else "",
        "amending": [(one, download_address(one.file_sha256, name=one.file_name)) for one in plan.amendments]
        if plan
        else [],
        "change_names": CHANGE_NAMES,
        "field_names": FIELD_NAMES,
        "may_import": may(request.actor, Action.PLAN_IMPORT),
        "may_see_sub_plans": may(request.actor, Action.PLAN_WRITE) or may(request.actor, Action.PLAN_MANAGE),
        "may_plan_outing": may(request.actor, Action.OUTING_PLAN),
    }


@allow(Action.PLAN_IMPORT.value)
@require_http_methods(["GET", "POST"])
def bring(request: Request, reading_id: UUID) -> HttpResponse:
    """Show what bringing a document into force does, and do it; when that is refused, it is shown again."""
    page = queries.bring_page(request.actor, reading_id, page_number(request.GET))
    form = bring_form(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _bring(request, reading_id, form.cleaned_data))
        except (NotFound, NotAllowed):
            raise
        except Refused as refusal:
            form = seen_again(page, request.POST)
            form.add_error(None, refusal.text(_))
        else:
            return redirect("campaign:list")
    context = {"page": page, "one": page.reading, "form": form, "kinds": ChangeKind}
    context |= {"change_names": CHANGE_NAMES, "field_names": FIELD_NAMES}
    return render(request, "campaign/bring.html", context, status=422 if form.errors else 200)


def _bring(request: Request, reading_id: UUID, said: Mapping[str, Any]) -> str:
    """Bring a document into force by what the officer has said; give what to tell them."""
    who: dict[str, Any] = {"by": request.actor, "now": request.now, "reading_id": reading_id}
    if "campaign_year" in said:
        given = {name: value for name, value in said.items() if name != "edition"}
        done = commands.import_reading(**who, **given)
        return _("Văn bản này đã được nhập từ trước.") if done.already else _("Đã đưa kế hoạch vào thực hiện.")
    try:
        withdrawn = [UUID(one) for one in request.POST.getlist("withdrawn")]
    except ValueError as error:
        raise NotFound() from error
    apart = request.POST.getlist("apart")
    amended = commands.amend_plan(**who, **said, apart=apart, withdrawn=withdrawn)
    if amended.already:
        return _("Văn bản sửa đổi này đã được đưa vào thực hiện từ trước.")
    text = _("Đã sửa đổi kế hoạch: thêm %(added)s, sửa %(changed)s, bỏ %(withdrawn)s nhiệm vụ.")
    return text % {"added": amended.added, "changed": amended.changed, "withdrawn": amended.withdrawn}
