"""The staff's pages of recordings: what is missing, reading one aloud, listening to one, taking one away."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.kernel.clock import local_date
from raquan.kernel.refused import Refused
from raquan.people.rules import Action
from raquan.recordings import commands, queries
from raquan.recordings.commands import GuideUnknown, Spoken
from raquan.recordings.forms import ApproveForm, ReasonForm, SpeakForm
from raquan.recordings.rules import LARGEST, LONGEST_SECONDS, SPOKEN, STATE_NAMES
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list
from raquan.ui.sounds import sound_answer


@allow(Action.RECORDING_MAKE.value)
@require_GET
def list_recordings(request: Request) -> HttpResponseBase:
    """List the recordings of the visitor's units."""
    asked = request.GET.get("state", "")
    context = {"state": asked, "states": [(one.value, _(name)) for one, name in STATE_NAMES.items()]}
    read = partial(queries.recordings, request.actor, on=local_date(request.now), state=asked)
    return show_list(request, "recordings/list.html", queries.RECORDINGS, read, Options(), context)


@allow(Action.RECORDING_MAKE.value)
@require_GET
def list_wanted(request: Request) -> HttpResponse:
    """List the guides, and in which languages each is spoken."""
    guides = queries.wanted(request.actor, on=local_date(request.now))
    languages = [(code, _(name)) for code, name in SPOKEN.items()]
    return render(request, "recordings/wanted.html", {"guides": guides, "languages": languages})


@allow(Action.RECORDING_MAKE.value)
@csp_update({"media-src": ["'self'", "blob:"]})  # type: ignore[untyped-decorator]  # to listen before sending
@require_http_methods(["GET", "POST"])
def speak(request: Request, service_code: str, language: str) -> HttpResponse:
    """Show the words of a guide to be read aloud, and take what was recorded."""
    text = queries.current_text(service_code, on=local_date(request.now))
    if text is None or language not in SPOKEN:
        raise GuideUnknown()
    form = SpeakForm(request.POST or None, request.FILES or None, initial=_fresh(text.version))
    if request.method == "POST" and form.is_valid():
        try:
            return _sent(request, _send(request, service_code, language, form.cleaned_data))
        except Refused as refused:
            form.add_error(None, refused.text(_))
    if form.errors and _is_script(request):
        return JsonResponse({"errors": [str(one) for errors in form.errors.values() for one in errors]}, status=422)
    context = {"text": text, "language_name": _(SPOKEN[language]), "form": form}
    context |= {"most_bytes": LARGEST, "most_seconds": LONGEST_SECONDS}
    return render(request, "recordings/speak.html", context, status=422 if form.errors else 200)


@allow(Action.RECORDING_MAKE.value)
@require_http_methods(["GET", "POST"])
def show(request: Request, recording_id: UUID) -> HttpResponse:
    """Show a recording beside the words of today, and take an approval."""
    if request.method == "GET":
        return _page(request, recording_id)
    form = ApproveForm(request.POST)
    said = _("Đã duyệt. Trang hướng dẫn phát bản thu này.")
    return _attempt(request, recording_id, "approving", form, commands.approve_recording, said)


@allow(Action.RECORDING_CHECK.value)
@require_POST
def give_back(request: Request, recording_id: UUID) -> HttpResponse:
    """Return a recording with a reason."""
    form = ReasonForm(request.POST)
    return _attempt(request, recording_id, "returning", form, commands.return_recording, _("Đã trả lại."))


@allow(Action.RECORDING_MAKE.value)
@require_POST
def withdraw(request: Request, recording_id: UUID) -> HttpResponse:
    """Withdraw a recording with a reason."""
    form = ReasonForm(request.POST)
    said = _("Đã rút. Tiếng đã xóa khỏi máy chủ và không phát ở đâu nữa.")
    return _attempt(request, recording_id, "withdrawing", form, commands.withdraw_recording, said)


@allow(Action.RECORDING_MAKE.value)
@require_GET
def sound(request: Request, recording_id: UUID) -> HttpResponse:
    """Send the sound of a recording to who may see it."""
    media_type, data = queries.heard_sound(request.actor, recording_id)
    return sound_answer(request, data, media_type=media_type, keep="private, no-store")


def _send(request: Request, service_code: str, language: str, said: dict[str, Any]) -> UUID:
    data = said["sound"].read(LARGEST + 1)
    spoken = Spoken(service_code, language, said["text_version"], data, said["speaker_name"], said["agrees"])
    return commands.send_recording(by=request.actor, now=request.now, spoken=spoken, request_id=said["request_id"])


def _sent(request: Request, recording_id: UUID) -> HttpResponse:
    messages.success(request, _("Đã gửi. Bản thu chờ người thứ hai nói được tiếng này nghe lại."))
    href = reverse("recordings:detail", kwargs={"recording_id": recording_id})
    return JsonResponse({"href": href}) if _is_script(request) else redirect(href)


def _is_script(request: Request) -> bool:
    """Tell whether the page's script asks: then what was recorded stays in the page when it is refused."""
    return request.headers.get("Accept") == "application/json"


def _fresh(version: str) -> dict[str, Any]:
    return {"request_id": uuid4(), "text_version": version}


def _page(request: Request, recording_id: UUID, **tried: forms.Form) -> HttpResponse:
    on = local_date(request.now)
    view = queries.recording(request.actor, recording_id, on=on)
    text = queries.current_text(view.service_code, on=on)
    shown: dict[str, Any] = {
        "view": view,
        "text": text,
        "approving": ApproveForm(initial={"text_version": text.version if text else ""}),
        "returning": ReasonForm(auto_id="return_%s"),
        "withdrawing": ReasonForm(auto_id="withdraw_%s"),
    }
    return render(request, "recordings/detail.html", shown | tried, status=422 if tried else 200)


def _attempt(
    request: Request, recording_id: UUID, name: str, form: forms.Form, act: Callable[..., object], said: str
) -> HttpResponse:
    """Do what a form says, or show the page with what is wrong; nothing typed is lost."""
    if form.is_valid():
        try:
            act(by=request.actor, now=request.now, recording_id=recording_id, **form.cleaned_data)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, said)
            return redirect("recordings:detail", recording_id)
    return _page(request, recording_id, **{name: form})
