"""The office's pages: its publications, each with what may be done."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.analytics import queries as analytics
from raquan.campaign import queries as campaigns
from raquan.files import queries as files
from raquan.kernel.dates import format_datetime
from raquan.people.rules import Action
from raquan.press import commands, queries
from raquan.press.forms import (
    ChangeForm,
    CorrectForm,
    PictureForm,
    PublishForm,
    ReasonForm,
    SeenForm,
    StartForm,
    TakeOffForm,
    TextForm,
)
from raquan.press.queries import PublicationView
from raquan.press.rules import STATE_NAMES, Kind, State
from raquan.press.views.attempts import attempt
from raquan.ui.access import allow
from raquan.ui.http import Request, photo_answer
from raquan.ui.lists import Options, show_list

MAY = Action.PRESS_WRITE.value


@allow(MAY)
@require_GET
def list_publications(request: Request) -> HttpResponseBase:
    """List the publications of the campaign of now."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return render(request, "press/list.html", {"campaign": None})
    asked = request.GET.get("state", "")
    state = asked if asked in {one.value for one in State} else ""
    context = {
        "campaign": campaign,
        "state": state,
        "states": [(one.value, _(name)) for one, name in STATE_NAMES.items()],
    }
    read = partial(queries.publications, request.actor, campaign.id, state=state)
    options = Options(is_synthetic=campaign.is_synthetic)
    return show_list(request, "press/list.html", queries.PUBLICATIONS, read, options, context)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Begin a draft."""
    campaign = campaigns.current_campaign(request.now)
    if campaign is None:
        return redirect("press:list")
    first = {"dated_on": request.now.date()}
    form = _with_snapshots(request, StartForm(request.POST or None, initial=first), campaign.id)

    def act() -> HttpResponse:
        made = commands.start_publication(
            by=request.actor,
            now=request.now,
            publication_id=form.cleaned_data["ticket"],
            campaign_id=campaign.id,
            kind=Kind(form.cleaned_data["kind"]),
            written=form.written(),
        )
        return redirect("press:detail", made)

    def page(status: int = 422) -> HttpResponse:
        return render(request, "press/start.html", {"form": form, "offered": queries.offered()}, status=status)

    return attempt(request, form, act, _("Đã lưu bản nháp."), page) if request.method == "POST" else page(200)


@allow(MAY)
@require_http_methods(["GET", "POST"])
def show(request: Request, publication_id: UUID) -> HttpResponse:
    """Show a publication, and take changes of a draft or a correction of what is published."""
    if request.method == "GET":
        return _page(request, queries.publication(request.actor, publication_id))
    view = queries.publication(request.actor, publication_id)
    is_draft = view.line.state == State.DRAFT.value
    form = _with_snapshots(request, (ChangeForm if is_draft else CorrectForm)(request.POST), view.campaign_id)

    def act() -> None:
        told: dict[str, Any] = {"by": request.actor, "now": request.now, "publication_id": publication_id}
        said = form.cleaned_data
        if is_draft:
            commands.change_publication(**told, seen=said["seen"], written=form.written())
        else:
            what, why = said["what"], said["why"]
            commands.correct_publication(**told, seen=said["seen"], written=form.written(), what=what, why=why)

    done = _("Đã lưu bản nháp.") if is_draft else _("Đã đính chính; người đọc thấy sửa gì và vì sao.")
    return _take(request, publication_id, act, done, text=form)


@allow(MAY)
@require_POST
def publish(request: Request, publication_id: UUID) -> HttpResponse:
    """Publish a draft."""
    form = PublishForm(request.POST)

    def act() -> None:
        told: dict[str, Any] = {"by": request.actor, "now": request.now, "publication_id": publication_id}
        commands.publish_publication(**told, seen=form.cleaned_data["seen"], **form.times())

    return _take(request, publication_id, act, _("Đã đăng."), publishing=form)


@allow(MAY)
@require_POST
def withdraw(request: Request, publication_id: UUID) -> HttpResponse:
    """Withdraw what is published, with a notice."""
    form = ReasonForm(request.POST)
    act = _as_said(request, commands.withdraw_publication, form, publication_id=publication_id)
    done = _("Đã thu hồi; ở địa chỉ ấy nay có lời báo thu hồi.")
    return _take(request, publication_id, act, done, withdrawing=form)


@allow(MAY)
@require_POST
def drop(request: Request, publication_id: UUID) -> HttpResponse:
    """Drop a draft."""
    form = SeenForm(request.POST)
    act = _as_said(request, commands.drop_publication, form, publication_id=publication_id)
    return _take(request, publication_id, act, _("Đã bỏ bản nháp."), dropping=form)


@allow(MAY)
@require_POST
def end(request: Request, publication_id: UUID) -> HttpResponse:
    """End news that are shown."""
    form = SeenForm(request.POST)
    act = _as_said(request, commands.end_publication, form, publication_id=publication_id)
    return _take(request, publication_id, act, _("Tin đã thôi hiện."), dropping=form)


@allow(MAY)
@require_POST
def add_picture(request: Request, publication_id: UUID) -> HttpResponse:
    """Add a photo."""
    form = PictureForm(request.POST, request.FILES)

    def act() -> None:
        told: dict[str, Any] = {"by": request.actor, "now": request.now, "publication_id": publication_id}
        commands.add_picture(**told, data=form.cleaned_data["file"].read(), said=form.said())

    return _take(request, publication_id, act, _("Đã thêm ảnh."), picture=form)


@allow(MAY)
@require_POST
def take_off_picture(request: Request, publication_id: UUID, picture_id: UUID) -> HttpResponse:
    """Take a photo off."""
    form = TakeOffForm(request.POST)
    act = _as_said(request, commands.take_off_picture, form, picture_id=picture_id)
    return _take(request, publication_id, act, _("Đã gỡ ảnh."), taking_off=form)


@allow(MAY)
@require_GET
def picture(request: Request, picture_id: UUID, width: int) -> HttpResponse:
    """Send a photo's file to the office."""
    return photo_answer(files.read_file(queries.picture_of_draft(request.actor, picture_id, width)), is_public=False)


def _as_said(request: Request, command: Callable[..., object], form: forms.Form, **of: UUID) -> Callable[[], object]:
    """Give the command as the form says it."""
    return lambda: command(by=request.actor, now=request.now, **of, **form.cleaned_data)


def _take(
    request: Request, publication_id: UUID, act: Callable[[], object], done: str, **tried: forms.Form
) -> HttpResponse:
    """Do what the one form of `tried` says, and go back to the publication."""
    (form,) = tried.values()

    def do() -> HttpResponse:
        act()
        return redirect("press:detail", publication_id)

    return attempt(request, form, do, done, lambda: _again(request, publication_id, **tried))


def _again(request: Request, publication_id: UUID, **tried: forms.Form) -> HttpResponse:
    return _page(request, queries.publication(request.actor, publication_id), **tried)


def _page(request: Request, view: PublicationView, **tried: forms.Form) -> HttpResponse:
    seen = {"seen": view.version}
    is_draft = view.line.state == State.DRAFT.value
    typed = {
        "title": view.typed_title,
        "lead": view.typed_lead,
        "body": view.typed_body,
        "number": view.line.number,
        "dated_on": view.line.dated_on,
        "contact": view.contact,
        "snapshot": str(view.snapshot.id) if view.snapshot else "",
    }
    shown: dict[str, Any] = {
        "view": view,
        "offered": queries.offered(),
        "text": _with_snapshots(request, (ChangeForm if is_draft else CorrectForm)(initial=typed), view.campaign_id),
        "publishing": PublishForm(),
        "withdrawing": ReasonForm(),
        "dropping": SeenForm(),
        "picture": PictureForm(),
        "taking_off": TakeOffForm(),
    }
    # What was typed is sent again over what was changed meanwhile only by who has read it.
    return render(request, "press/detail.html", shown | tried | seen, status=422 if tried else 200)


def _with_snapshots(request: Request, form: Any, campaign_id: UUID) -> Any:
    assert isinstance(form, TextForm)  # noqa: S101 - tells the type checker
    found = analytics.snapshots(request.actor, campaign_id, size=100).items
    said = _("Số %(number)s, chốt %(at)s")
    form.give([(str(one.id), said % {"number": one.number, "at": format_datetime(one.frozen_at)}) for one in found])
    return form
