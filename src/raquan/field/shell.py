"""Serves the built field app and the counter's page: each with a worker, which must lie above what it serves."""

import hashlib
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from raquan.ui.access import public
from raquan.ui.http import Request

BUILT = Path(__file__).parent / "static" / "field"
PACKED = (("br", ".br"), ("gzip", ".gz"))


@require_safe
@public
def page(request: Request) -> HttpResponse:
    """Give the app's page; while the app is not built, a page that says so."""
    return _page(request, "index.html")


@require_safe
@public
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "img-src": ["blob:"]})  # type: ignore[untyped-decorator]
@csp_replace({"style-src": [SELF, "'unsafe-inline'"]})  # type: ignore[untyped-decorator]
def form_page(request: Request) -> HttpResponse:
    """Give the page of other forms, the one that lets ODK Web Forms run its parser and set its styles."""
    return _page(request, "form.html")


@require_safe
@public
def counter_page(request: Request) -> HttpResponse:
    """Give the page on which a merchant's phone redeems vouchers; it needs no line once it is kept."""
    return _page(request, "counter/counter.html")


@require_safe
@public
def worker(request: Request) -> HttpResponse:
    """Give the field app's service worker."""
    return _worker(request, "sw.js", "/field/")


@require_safe
@public
def counter_worker(request: Request) -> HttpResponse:
    """Give the service worker of the counter's page."""
    return _worker(request, "counter/sw.js", "/counter/")


def _page(request: Request, name: str) -> HttpResponse:
    """Give a built page; while the app is not built, a page that says so."""
    if not (BUILT / name).exists():
        return render(request, "field/not_built.html", status=503)
    return _built(request, name, "text/html; charset=utf-8")


def _worker(request: Request, name: str, scope: str) -> HttpResponse:
    """Give a service worker, never from a cache: it is how an app learns of its next version."""
    if not (BUILT / name).exists():
        return HttpResponse(status=404)
    answer = _built(request, name, "text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = scope
    return answer


def _built(request: Request, name: str, content_type: str) -> HttpResponse:
    """Give a built file, packed as the browser likes it best, or 304 when the browser has it."""
    offered = request.headers.get("Accept-Encoding", "")
    packing, suffix = next(
        ((one, end) for one, end in PACKED if one in offered and (BUILT / (name + end)).exists()), ("", "")
    )
    data = (BUILT / (name + suffix)).read_bytes()
    answer = HttpResponse(data, content_type=content_type)
    if packing:
        answer["Content-Encoding"] = packing
    answer["ETag"] = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    answer["Cache-Control"] = "no-cache"
    patch_vary_headers(answer, ["Accept-Encoding"])
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    assert isinstance(found, HttpResponse)  # noqa: S101 - ours or Django's 304
    return found
