"""The pages of one's own notices, of how one is reached, and of what was sent."""

from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.kernel.refused import Refused
from raquan.notices import commands, queries
from raquan.notices.forms import BrowserForm, ReachForm
from raquan.people.rules import Action
from raquan.ui.access import allow, public, signed_in
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

WORKER = Path(__file__).parent / "static" / "notices" / "push_worker.js"


@signed_in
@require_GET
def list_notices(request: Request) -> HttpResponseBase:
    """List one's own notices: those that wait, or all."""
    shows_all = "all" in request.GET
    context = {"shows_all": shows_all, "sees_sent": queries.may_see_dispatches(request.actor)}
    read = partial(queries.notices_for, request.actor, only_open=not shows_all)
    return show_list(request, "notices/list.html", queries.NOTICES, read, context=context)


@signed_in
@require_GET
def count(request: Request) -> HttpResponse:
    """Say how many notices wait, for the shell of every page; nothing when there are none."""
    return render(request, "notices/count.html", {"count": queries.unread_count(request.actor)})


@signed_in
@require_POST
def mark_read(request: Request, telling_id: UUID) -> HttpResponse:
    """Mark one notice as read."""
    commands.mark_read(by=request.actor, now=request.now, telling_id=telling_id)
    return redirect("notices:list")


@signed_in
@require_POST
def mark_all_read(request: Request) -> HttpResponse:
    """Mark all notices as read."""
    count = commands.mark_all_read(by=request.actor, now=request.now)
    messages.success(request, _("Đã đánh dấu xem %(count)s tin.") % {"count": count})
    return redirect("notices:list")


@signed_in
@require_http_methods(["GET", "POST"])
def reach(request: Request) -> HttpResponse:
    """Show how one is reached, and keep what is changed; what was typed stays when something is wrong."""
    form = ReachForm(request.POST or None, initial=ReachForm.of(queries.reach_of(request.actor)))
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_reach(by=request.actor, now=request.now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email" if isinstance(refusal, commands.EmailUnreadable) else "phone", refusal.text(_))
        else:
            messages.success(request, _("Đã lưu cách nhận tin."))
            return redirect("notices:list")
    context = {"form": form, "has_email": bool(settings.EMAIL_HOST), "has_sms": bool(settings.RAQUAN_SMS_GATEWAY)}
    context |= {"browsers": queries.browsers_of(request.actor), "push_key": queries.push_key(), **_worker()}
    return render(request, "notices/reach.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def subscribe(request: Request) -> HttpResponse:
    """Tell the person by the browser they sit at."""
    form = BrowserForm(request.POST)
    agent = request.headers.get("User-Agent", "")
    try:
        if not form.is_valid():
            raise commands.BrowserUnreadable()
        commands.subscribe_browser(by=request.actor, now=request.now, user_agent=agent, **form.cleaned_data)
    except (commands.BrowserUnreadable, commands.TooManyBrowsers) as refusal:
        messages.error(request, refusal.text(_))
    else:
        messages.success(request, _("Từ nay máy này nhận tin báo của bạn."))
    return redirect("notices:reach")


@signed_in
@require_POST
def end_browser(request: Request, browser_id: UUID) -> HttpResponse:
    """Tell the person no more by a browser."""
    if commands.end_browser(by=request.actor, now=request.now, browser_id=browser_id):
        messages.success(request, _("Trình duyệt đó không nhận tin của bạn nữa."))
    return redirect("notices:reach")


@public
@require_GET
def push_worker(request: Request) -> HttpResponse:
    """Give the service worker that shows push messages, never from a cache: it is how browsers learn of its next one.

    It stands below the page's own folder, so that it never meets the field app's.
    """
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _worker() -> dict[str, str]:
    """Give the worker's address and scope, the same in each language: a browser has it once."""
    with translation.override(settings.LANGUAGE_CODE):
        return {"worker": reverse("notices:push_worker"), "scope": reverse("notices:list")}


@allow(Action.PEOPLE_MANAGE.value)
@require_GET
def list_sent(request: Request) -> HttpResponseBase:
    """List what was sent, or only what could not be."""
    only_failed = "failed" in request.GET
    read = partial(queries.dispatches, request.actor, only_failed=only_failed)
    chips = [("failed", _("Trạng thái"), _("gửi hỏng") if only_failed else "")]
    options, context = Options(chips=chips), {"only_failed": only_failed}
    return show_list(request, "notices/sent.html", queries.DISPATCHES, read, options, context)


@allow(Action.PEOPLE_MANAGE.value)
@require_POST
def send_again(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Try a message once more."""
    if commands.dispatch_again(by=request.actor, now=request.now, dispatch_id=dispatch_id):
        messages.success(request, _("Sẽ gửi lại trong ít phút."))
    else:
        messages.info(request, _("Tin này không còn ở trạng thái gửi hỏng."))
    return redirect("notices:sent")
