"""Serves the built field app: its page at /field/ and its service worker, which must lie above what it serves."""

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
    if not (BUILT / "index.html").exists():
        return render(request, "field/not_built.html", status=503)
    return _built(request, "index.html", "text/html; charset=utf-8")


@require_safe
@public
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "img-src": ["blob:"]})  # type: ignore[untyped-decorator]
@csp_replace({"style-src": [SELF, "'unsafe-inline'"]})  # type: ignore[untyped-decorator]
def form_page(request: Request) -> HttpResponse:
    """Give the page of other forms, the one that lets ODK Web Forms run its parser and set its styles."""
    if not (BUILT / "form.html").exists():
        return render(request, "field/not_built.html", status=503)
    return _built(request, "form.html", "text/html; charset=utf-8")


@require_safe
@public
def worker(request: Request) -> HttpResponse:
    """Give the service worker, never from a cache: it is how the app learns of its next version."""
    if not (BUILT / "sw.js").exists():
        return HttpResponse(status=404)
    answer = _built(request, "sw.js", "text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/field/"
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
