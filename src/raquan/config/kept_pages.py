"""Keeps public pages whole, as they are sent, so that a crowd costs as much as one visitor."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import TypeGuard

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.http.response import ResponseHeaders

from raquan.kernel import clock
from raquan.ledger.queries import known_public_version, public_version

logger = logging.getLogger(__name__)
Key = tuple[str, str]
BUSY, RATHER_OLD = 500, "X-Raquan-Stale"
KEPT = "raquan.kept_page"
"""Where a request says which kept page answers it, for who stands before the middleware."""
PROXY_SECONDS = 5
"""How long a proxy in front may hand a page on without asking again."""
FIRST_SECONDS = 5.0
"""How long one waits for a page that another thread builds for the first time, before building it too."""


@dataclass(slots=True)
class KeptPage:
    """An answer's body and headers, of a public version and a minute; one thread at a time builds the next."""

    version: int
    minute: int
    tag: str
    headers: list[tuple[str, str]]
    body: bytes
    building: Lock = field(default_factory=Lock)

    def is_current(self) -> bool:
        """Tell, without asking the database, whether it is certain that the page is as it would be built now."""
        return self.version == known_public_version() and self.minute == _minute()


class KeptPages:
    """Answer a GET of a page that views declare `kept`, for who is not signed in, from memory.

    A page is built again after a public change and after a minute, by one thread; meanwhile the others get the last
    one, and of a page that was never built they wait for the first. When it cannot be built, because the database is
    away, the last one is sent rather than an error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._first: dict[Key, Lock] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory, or ask the page and keep it."""
        if not settings.RAQUAN_KEPT_PAGES_BYTES or not _is_asked_by_anybody(request):
            return self.get_response(request)
        key = request.get_full_path(), "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
        page = self._pages.get(key)
        if page is None:
            return self._ask_first(request, key)
        version, minute = _version(), _minute()
        if version is None or (page.version == version and page.minute == minute):
            return _answer(request, page, is_old=version is None)
        if not page.building.acquire(blocking=False):
            return _answer(request, page)  # another thread is at it; a crowd of builders would take every thread
        try:
            return self._ask(request, key, page)
        finally:
            page.building.release()

    def _ask_first(self, request: HttpRequest, key: Key) -> HttpResponseBase:
        """Build a page that is not kept; who asks for the same meanwhile waits a while for that one."""
        with self._lock:
            building = self._first.setdefault(key, Lock())
        if building.acquire(blocking=False):
            try:
                return self._ask(request, key, None)
            finally:
                building.release()
                with self._lock:
                    self._first.pop(key, None)
        if building.acquire(timeout=FIRST_SECONDS):
            building.release()
        page = self._pages.get(key)
        return _answer(request, page) if page is not None else self._ask(request, key, None)

    def _ask(self, request: HttpRequest, key: Key, last: KeptPage | None) -> HttpResponseBase:
        version, minute = _version(), _minute()
        answer = self.get_response(request)
        if answer.status_code >= BUSY and last is not None:
            logger.warning("%s is answered with the page of before", request.path)
            return _answer(request, last, is_old=True)
        if version is None or not _may_be_kept(answer):
            return answer
        return _answer(request, self._keep(key, answer, version, minute))

    def _keep(self, key: Key, answer: HttpResponse, version: int, minute: int) -> KeptPage:
        tag = f'"{blake2b(answer.content, digest_size=12).hexdigest()}"'
        page = KeptPage(version, minute, tag, _headers(answer.headers), answer.content)
        with self._lock:
            before = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(before.body) if before else 0)
            self._pages[key] = page
            while self._bytes > settings.RAQUAN_KEPT_PAGES_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)
        return page


def _is_asked_by_anybody(request: HttpRequest) -> bool:
    """Tell whether the visitor is nobody in particular: no session, no messages, no key."""
    cookies = request.COOKIES
    known = settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies or "Authorization" in request.headers
    return request.method in ("GET", "HEAD") and not known and "Range" not in request.headers


def _may_be_kept(answer: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Tell whether an answer is a page for everybody; one with a nonce or a cookie is somebody's own."""
    return (
        isinstance(answer, HttpResponse)
        and getattr(answer, "may_be_kept", False)
        and answer.status_code == 200
        and not answer.cookies
        and "nonce-" not in answer.headers.get("Content-Security-Policy", "")
    )


def _answer(request: HttpRequest, page: KeptPage, *, is_old: bool = False) -> HttpResponse:
    same = page.tag in request.headers.get("If-None-Match", "")
    answer: HttpResponse = HttpResponseNotModified() if same else HttpResponse(page.body)
    for name, value in page.headers:
        if not same or name in ("Vary", "Cache-Control"):
            answer.headers[name] = value
    answer.headers["ETag"] = page.tag
    request.META[KEPT] = page
    if is_old:
        answer.headers[RATHER_OLD] = "1"
    return answer


def _headers(headers: ResponseHeaders) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in headers.items() if name not in ("ETag", "Cache-Control", "Vary")]
    vary = {one.strip() for one in headers.get("Vary", "").split(",") if one.strip()}
    return [
        *kept,
        ("Vary", ", ".join(sorted(vary | {"Accept-Encoding", "Cookie"}))),
        ("Cache-Control", headers.get("Cache-Control", f"public, max-age=0, s-maxage={PROXY_SECONDS}")),
    ]


def _version() -> int | None:
    """Give the public version; None when the database is away."""
    try:
        return public_version()
    except (DatabaseError, InterfaceError):
        return None


def _minute() -> int:
    return int(clock.now().timestamp()) // 60
