"""The pages of guides and answers, their recordings, and the worker that keeps them on a phone."""

import hashlib
from functools import cache
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from raquan.portal import guides as pages
from raquan.ui.access import public
from raquan.ui.http import Request, must_exist
from raquan.ui.keeping import kept
from raquan.ui.sounds import sound_answer


@public
@kept
def guides(request: Request) -> HttpResponse:
    """List the guides to services, and what helps when something does not work."""
    return render(request, "portal/guides.html", {"page": pages.guides_page(now=request.now)})


@public
@kept
def guide(request: Request, service_code: str) -> HttpResponse:
    """Show how a service is used, step by step, and let it be heard."""
    return _shown(request, "portal/guide.html", pages.guide_page(service_code, now=request.now))


@public
@kept
def notice(request: Request, service_code: str) -> HttpResponse:
    """Show a guide as a notice that is read out over the village's loudspeaker, to be printed."""
    return _shown(request, "portal/notice.html", pages.guide_page(service_code, now=request.now))


@public
@kept
def answers(request: Request) -> HttpResponse:
    """List what helps when something does not work."""
    return render(request, "portal/answers.html", {"page": pages.guides_page(now=request.now)})


@public
@kept
def answer(request: Request, code: str) -> HttpResponse:
    """Show what helps against a bottleneck, step by step."""
    return _shown(request, "portal/answer.html", pages.answer_page(code, now=request.now))


@public
@require_safe
def sound(request: Request, service_code: str, recording_id: UUID) -> HttpResponse:
    """Send a recording. Phones ask each time whether it is still played, so that one withdrawn is heard no more."""
    found = must_exist(pages.sound(service_code, recording_id, now=request.now))
    played, data = found
    tag = f'"{hashlib.sha256(data).hexdigest()[:24]}"'
    if tag in request.headers.get("If-None-Match", ""):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = sound_answer(request, data, media_type=played.media_type, keep="public, no-cache")
    answer["ETag"] = tag
    return answer


@public
@kept
def unsaved(request: Request) -> HttpResponse:
    """Say that a page was not saved; the worker shows it without a network, with what was saved."""
    return render(request, "portal/unsaved.html", {})


@public
@require_safe
def worker(request: Request) -> HttpResponse:
    """Send the worker; its address sets how far it reaches: the guides of one language, and nothing else."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _worker() -> str:
    return Path(__file__).with_name("worker.js").read_text(encoding="utf-8")


def _shown(request: Request, template: str, page: object | None) -> HttpResponse:
    if page is None:
        raise Http404
    return render(request, template, {"page": page})
