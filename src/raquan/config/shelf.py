"""Answers that lie ready as they go over the line: kept pages, and files that never change."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any

from raquan.config.kept_pages import KEPT, RATHER_OLD, KeptPage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

ANSWERS, FILE_BYTES = 512, 256 * 1024
"""How many answers lie ready at most, and how large a file among them may be."""

_HEAD = re.compile(rb"GET (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[\t -~]*\r\n)+)\r\n")
_PACKINGS = re.compile(r"(?:(?:gzip|deflate|br|zstd)(?:, ?(?!$)|$))*")
_OF_SOMEBODY = {
    b"authorization", b"content-length", b"cookie", b"expect", b"if-modified-since", b"range", b"transfer-encoding",
    b"upgrade",
}  # fmt: skip
"""What makes a request that of somebody in particular, or of one who wants something besides the page."""
_OF_SAME = {"cache-control", "etag", "vary"}

Key = tuple[bytes, bytes, bytes]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """An answer but for its date: to who has it not, and to who has it; a file that never changes has no page."""

    headers: bytes
    body: bytes
    same: bytes
    page: KeptPage | None


class Shelf:
    """Notes what the house answers to anybody, so that a plain question for it is answered without asking again.

    Taken from the shelf is what the house would answer: a page that is known to be current, or a file that is named by
    its content, for the same address, host and packing. All else is left to the house.
    """

    def __init__(self, house: "WSGIApplication") -> None:
        self._house = house
        self._ready: OrderedDict[Key, _Ready] = OrderedDict()
        self._lock = Lock()
        self._date = 0, b""

    def __call__(self, said: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Let the house answer, and note what it answers to anybody."""
        key = _key_of(said)
        if key is None:
            return self._house(said, start_response)
        noted: list[Any] = []

        def note(status: str, headers: Headers, *error: Any) -> Any:
            noted[:] = status, headers
            return start_response(status, headers, *error)

        answer = self._house(said, note)
        status, headers = noted
        page = said.get(KEPT)
        if not status.startswith("200 ") or self._has(key, page):
            return answer
        if page is not None and RATHER_OLD not in dict(headers):
            self._put(key, headers, page.body, page)
        elif page is None and _never_changes(headers):
            answer = [_read(answer)]
            self._put(key, headers, answer[0], None)
        return answer

    def look_up(self, asked: bytes) -> tuple[int, bytes] | None:
        """Give the length of the head of a request, and the whole answer to it; None leaves it to the house."""
        read = _HEAD.match(asked)
        if read is None:
            return None
        names = {}
        for line in read[2].splitlines():
            name, _, value = line.partition(b":")
            names[name.lower()] = value.strip()
        is_plain = len(names) == read[2].count(b"\r\n") and _OF_SOMEBODY.isdisjoint(names)
        if not is_plain or names.get(b"connection", b"keep-alive").lower() != b"keep-alive":
            return None
        found = self._ready.get((read[1], names.get(b"host", b""), names.get(b"accept-encoding", b"")))
        if found is None or (found.page is not None and not found.page.is_current()):
            return None
        tag = names.get(b"if-none-match")
        if tag is None:
            return read.end(), b"HTTP/1.1 200 OK\r\nDate: " + self._now() + found.headers + found.body
        if found.page is None or tag.removeprefix(b"W/") != found.page.tag.encode():
            return None
        return read.end(), b"HTTP/1.1 304 Not Modified\r\nDate: " + self._now() + found.same

    def _has(self, key: Key, page: KeptPage | None) -> bool:
        """Tell whether this very page, or this file, lies ready: a proxy that asks anew each time is not noted anew."""
        ready = self._ready.get(key)
        return ready is not None and ready.page is page

    def _put(self, key: Key, headers: Headers, body: bytes, page: KeptPage | None) -> None:
        all_of_it = [one for one in headers if one[0].lower() != "content-length"]
        of_same = [one for one in headers if one[0].lower() in _OF_SAME]
        ready = _Ready(_lines([*all_of_it, ("Content-Length", str(len(body)))]), body, _lines(of_same), page)
        with self._lock:
            self._ready[key] = ready
            self._ready.move_to_end(key)
            if len(self._ready) > ANSWERS:
                self._ready.popitem(last=False)

    def _now(self) -> bytes:
        second = int(time())
        if self._date[0] != second:
            self._date = second, formatdate(second, usegmt=True).encode()
        return self._date[1]


def _key_of(said: dict[str, Any]) -> Key | None:
    """Give what a plain request asks for; None for one that is not plain."""
    packings = said.get("HTTP_ACCEPT_ENCODING", "")
    asked = said.get("RAW_URI", ""), said.get("HTTP_HOST", ""), packings
    if said["REQUEST_METHOD"] != "GET" or not asked[0] or "HTTP_COOKIE" in said or not _PACKINGS.fullmatch(packings):
        return None
    address, host, packed = (one.encode("latin-1") for one in asked)
    return address, host, packed


def _never_changes(headers: Headers) -> bool:
    """Tell whether a file is named by its content, and small."""
    said = {name.lower(): value for name, value in headers}
    return "immutable" in said.get("cache-control", "") and int(said.get("content-length", "0")) in range(1, FILE_BYTES)


def _read(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()


def _lines(headers: Headers) -> bytes:
    return "".join(f"\r\n{name}: {value}" for name, value in headers).encode("latin-1") + b"\r\n\r\n"
