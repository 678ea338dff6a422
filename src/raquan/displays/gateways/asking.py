"""Asks for a page as a polite stranger: robots.txt first, one host at a time, slowly, little, and never inside."""

import base64
import binascii
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from raquan.displays.gateways.reading import pictures_in, pictures_in_css, whole_pictures
from raquan.kernel.calling import Answer, CallFailed, get

AGENT = "RaquanChecker"
MOST_PAGE = 3 * 1024 * 1024
MOST_PICTURE = 8 * 1024 * 1024
MOST_ROBOTS = 200_000
MOST_REDIRECTS = 4
MOST_SECONDS = 120.0
"""So long a page and its pictures may take altogether; what was seen until then counts."""


class PageRefused(Exception):
    """The page asks machines to stay away."""


@dataclass
class Seen:
    """A page as it was seen; `is_unchanged` where the server says that it is as before."""

    url: str
    page: bytes = b""
    text: str = ""
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False
    pictures: Iterator[tuple[str, bytes]] = field(default_factory=lambda: iter(()))


def look_at(url: str, *, etag: str = "", last_modified: str = "") -> Seen:
    """Ask for a page; its pictures are asked for one by one as they are taken.

    Raises PageRefused where robots.txt forbids it, CallFailed, CallForbidden for an address inside.
    """
    visit = _Visit()
    headers = {"Accept": "text/html,application/xhtml+xml"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    url, answer = visit.ask(url, headers, MOST_PAGE)
    if answer.status == 304:
        return Seen(url, is_unchanged=True, etag=etag, last_modified=last_modified)
    if answer.status != 200:
        raise CallFailed(f"HTTP {answer.status}", answer.status)
    if "html" not in answer.headers.get("content-type", "text/html").lower():
        raise CallFailed("not a web page")
    text = answer.body.decode(_charset(answer), errors="replace")
    return Seen(
        url,
        answer.body,
        text,
        answer.headers.get("etag", "")[:200],
        answer.headers.get("last-modified", "")[:60],
        pictures=_pictures(visit, text, url),
    )


def _pictures(visit: "_Visit", text: str, url: str) -> Iterator[tuple[str, bytes]]:
    found, stylesheets = pictures_in(text, url)
    for sheet in stylesheets:
        if urlsplit(sheet).netloc == urlsplit(url).netloc and (css := visit.try_asking(sheet, "text/css", 500_000)):
            found += whole_pictures(pictures_in_css(css.decode(errors="replace")), sheet)
    for address in dict.fromkeys(found):
        is_inside = address.startswith("data:")
        data = _inside(address) if is_inside else visit.try_asking(address, "image/*", MOST_PICTURE)
        if data:
            yield address[:300], data


def _inside(address: str) -> bytes:
    head, _comma, body = address.partition(",")
    if not head.endswith(";base64") or len(body) > MOST_PICTURE:
        return b""
    try:
        return base64.b64decode(body)
    except (binascii.Error, ValueError):
        return b""


class _Visit:
    """One look at a page: what robots.txt of each host said, when each was asked last, how long it may go on."""

    def __init__(self, rest: Callable[[float], None] = time.sleep) -> None:
        self._robots: dict[str, RobotFileParser] = {}
        self._last: dict[str, float] = {}
        self._until = time.monotonic() + MOST_SECONDS
        self._rest = rest

    def ask(self, url: str, headers: dict[str, str], most: int) -> tuple[str, Answer]:
        """Ask for an address, going where it leads; each step is checked as the first was."""
        for _ in range(MOST_REDIRECTS + 1):
            if not self._may(url):
                raise PageRefused(url)
            answer = self._get(url, headers, most)
            where = answer.headers.get("location", "")
            if answer.status not in (301, 302, 303, 307, 308) or not where:
                return url, answer
            url = urljoin(url, where)
        raise CallFailed("too many redirects")

    def try_asking(self, url: str, accept: str, most: int) -> bytes:
        """Ask for what belongs to a page; nothing where that cannot be had."""
        if time.monotonic() > self._until:
            return b""
        try:
            _url, answer = self.ask(url, {"Accept": accept}, most)
        except (CallFailed, PageRefused):
            return b""
        return answer.body if answer.status == 200 else b""

    def _may(self, url: str) -> bool:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        return self._robots[host].can_fetch(AGENT, url)

    def _read_robots(self, host: str) -> RobotFileParser:
        """Read robots.txt (RFC 9309): absent is everything allowed, a server in trouble is nothing allowed."""
        said = RobotFileParser()
        answer = self._get(f"{host}/robots.txt", {"Accept": "text/plain"}, MOST_ROBOTS)
        if answer.status >= 500:
            said.parse(["User-agent: *", "Disallow: /"])
        else:
            said.parse(answer.body.decode(errors="replace").splitlines() if answer.status == 200 else [])
        return said

    def _get(self, url: str, headers: dict[str, str], most: int) -> Answer:
        host = urlsplit(url).netloc
        wait = self._last.get(host, -1e9) + settings.RAQUAN_CHECK_DELAY - time.monotonic()
        if wait > 0:
            self._rest(wait)
        try:
            said = {"User-Agent": f"{AGENT}/1 (+{settings.RAQUAN_PUBLIC_URL}/)", "Accept-Encoding": "identity"}
            return get(url, said | headers, allow_private=settings.RAQUAN_CHECK_PRIVATE, most=most)
        finally:
            self._last[host] = time.monotonic()


def _charset(answer: Answer) -> str:
    said = answer.headers.get("content-type", "").lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    try:
        return said if said and "".encode(said) == b"" else "utf-8"
    except LookupError:
        return "utf-8"
