"""The pages of planned messages: list, month, one with its sheet, the forms, the calendar's file."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.campaign import queries as campaigns
from raquan.kernel.clock import local_date
from raquan.kernel.ical import calendar
from raquan.kernel.ids import uuid7
from raquan.outreach import commands, queries
from raquan.outreach.forms import CancelForm, DoneForm, PostFilter, PostForm, post_initial
from raquan.outreach.queries import PostView
from raquan.outreach.rules import ArtworkState, reading_seconds
from raquan.outreach.views.attempts import tried
from raquan.outreach.views.slogans import current
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

MAY = Action.OUTREACH_WRITE.value
MOST_ARTWORKS = 200


@allow(MAY)
@require_GET
def list_posts(request: Request) -> HttpResponseBase:
    """List the messages that the reader's units plan."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "outreach/posts.html", {"campaign": None})
    filters = PostFilter(request.GET)
    said = filters.cleaned_data if filters.is_valid() else {}
    asked = {name: said.get(key, "") for name, key in (("state", "state"), ("channel", "channel"), ("text", "q"))}
    read = partial(queries.posts, request.actor, campaign.id, now=request.now, **asked)
    options = Options(filters=filters, is_synthetic=campaign.is_synthetic)
    return show_list(request, "outreach/posts.html", queries.POSTS, read, options, {"campaign": campaign})


@allow(MAY)
@require_GET
def month(request: Request) -> HttpResponse:
    """Show a month, each day with its messages."""
    campaign, today = current(request), local_date(request.now)
    first = _month(request.GET.get("month", "")) or today.replace(day=1)
    weeks = queries.month(request.actor, campaign.id, first, now=request.now)
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    context = {"campaign": campaign, "first": first, "weeks": weeks, "before": before, "after": after}
    return render(request, "outreach/month.html", context)


@allow(MAY)
@require_GET
def calendar_file(request: Request) -> HttpResponse:
    """Give what is planned as a calendar's file."""
    campaign = current(request)
    entries = queries.happenings(request.actor, campaign.id, now=request.now)
    answer = HttpResponse(calendar(entries, name=_("Lịch đưa tin"), now=request.now), content_type="text/calendar")
    answer["Content-Disposition"] = f'attachment; filename="lich-dua-tin-{campaign.year}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@allow(MAY)
@require_GET
def show(request: Request, post_id: UUID) -> HttpResponse:
    """Show a planned message."""
    return _page(request, post_id)


@allow(MAY)
@require_GET
def sheet(request: Request, post_id: UUID) -> HttpResponse:
    """Show the sheet that is handed to who brings the message out: text, picture, address, what to do."""
    view = queries.post(request.actor, post_id, now=request.now)
    picture = queries.artwork(request.actor, view.artwork_id, now=request.now) if view.artwork_id else None
    shows_picture = picture is not None and picture.design.is_drawn
    context = {"view": view, "seconds": reading_seconds(view.text), "shows_picture": shows_picture}
    return render(request, "outreach/sheet.html", context)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Plan a message."""
    campaign = current(request)
    initial = {"request_id": uuid7(), "on": local_date(request.now), "artwork": request.GET.get("artwork", "")}
    form = _form(request, campaign.id, initial)
    if request.method == "POST":
        act = partial(commands.plan_post, by=request.actor, now=request.now, campaign_id=campaign.id)
        made = tried(form, lambda: act(**_said(form), **_of_whom(form)))
        if made is not None:
            messages.success(request, _("Đã hẹn."))
            return redirect("outreach:post", post_id=made)
    return render(request, "outreach/post_form.html", {"form": form, "view": None}, status=422 if form.errors else 200)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def edit(request: Request, post_id: UUID) -> HttpResponse:
    """Change a planned message; what was typed stays when it cannot be taken."""
    view = queries.post(request.actor, post_id, now=request.now)
    form = _form(request, current(request).id, post_initial(view), view)
    if request.method == "POST":
        act = partial(commands.change_post, by=request.actor, now=request.now, post_id=post_id)
        if tried(form, lambda: act(**_said(form), seen=form.cleaned_data["seen"] or 0) or True):
            messages.success(request, _("Đã lưu."))
            return redirect("outreach:post", post_id=post_id)
    return render(request, "outreach/post_form.html", {"form": form, "view": view}, status=422 if form.errors else 200)


@allow(MAY)
@require_POST
def finish(request: Request, post_id: UUID) -> HttpResponse:
    """Tell that a message went out."""
    form = DoneForm(request.POST)
    act = partial(commands.finish_post, by=request.actor, now=request.now, post_id=post_id)
    if tried(form, lambda: act(**form.cleaned_data) or True):
        messages.success(request, _("Đã ghi là đã đưa."))
        return redirect("outreach:post", post_id=post_id)
    return _page(request, post_id, done=form)


@allow(MAY)
@require_POST
def cancel(request: Request, post_id: UUID) -> HttpResponse:
    """Drop a planned message."""
    form = CancelForm(request.POST)
    act = partial(commands.cancel_post, by=request.actor, now=request.now, post_id=post_id)
    if tried(form, lambda: act(seen=form.cleaned_data["seen"], note=form.cleaned_data["reason"]) or True):
        messages.success(request, _("Đã bỏ."))
        return redirect("outreach:post", post_id=post_id)
    return _page(request, post_id, dropping=form)


def _page(
    request: Request, post_id: UUID, *, done: forms.Form | None = None, dropping: forms.Form | None = None
) -> HttpResponse:
    view = queries.post(request.actor, post_id, now=request.now)
    seen = {"seen": view.edition}
    context = {"view": view, "done": done or DoneForm(initial=seen), "dropping": dropping or CancelForm(initial=seen)}
    return render(request, "outreach/post.html", context, status=422 if done or dropping else 200)


def _form(request: Request, campaign_id: UUID, initial: dict[str, Any], view: PostView | None = None) -> PostForm:
    form = PostForm(request.POST if request.method == "POST" else None, initial=initial)
    own = people.choices_of_organizations(request.actor, Action.OUTREACH_WRITE)
    if view is not None:
        own = [(str(view.organization_id), view.organization_name)]
    state = ArtworkState.APPROVED.value
    page = queries.artworks(request.actor, campaign_id, now=request.now, state=state, size=MOST_ARTWORKS)
    form.give(own, [(str(one.id), f"{one.title} ({one.code})") for one in page.items])
    return form


def _said(form: PostForm) -> dict[str, Any]:
    return {"plan": form.plan(), "artwork_id": form.artwork_id()}


def _of_whom(form: PostForm) -> dict[str, Any]:
    whose = UUID(form.cleaned_data["organization"])
    return {"organization_id": whose, "request_id": form.cleaned_data["request_id"] or uuid7()}


def _month(said: str) -> date | None:
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        return None
