"""What lies ready is what the house answers, to the byte; whatever is not plain is left to the house."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from raquan.config.shelf import Shelf
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.remembering import forget_everything
from raquan.ledger import commands as ledger
from raquan.ledger.queries import public_version

pytestmark = pytest.mark.django_db
PAGE = "/guides/"
Answer = tuple[str, dict[str, str], bytes]
STATIC = Path(__file__).parents[2] / "ui/static"


@pytest.fixture(autouse=True)
def keeping(settings: Any, now: datetime) -> Iterator[None]:
    """Keep pages, at a minute that stands still, and remember as a server does.

    A request ends without closing the connection on which the test will roll back.
    """
    settings.RAQUAN_KEPT_PAGES_BYTES = 1024 * 1024
    settings.RAQUAN_REMEMBER_SECONDS = 60.0
    install_offset(now - real_now())
    ends = (request_started, request_finished)
    for one in ends:
        one.disconnect(close_old_connections)
    yield
    for one in ends:
        one.connect(close_old_connections)
    install_offset(timedelta(0))
    forget_everything()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(WSGIHandler())


def head(address: str = PAGE, *lines: str, host: str = "localhost", packings: str = "gzip, br") -> bytes:
    """Write a request as a browser does."""
    said = [f"GET {address} HTTP/1.1", f"Host: {host}", f"Accept-Encoding: {packings}", *lines]
    return "".join(f"{one}\r\n" for one in [*said, ""]).encode()


def ask(shelf: Shelf, address: str = PAGE, packings: str = "gzip, br", **more: str) -> Answer:
    """Ask the house past the shelf's look-up, as a thread does."""
    path, _, query = address.partition("?")
    said: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": packings,
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
        **more,
    }
    noted: list[Any] = []
    answer = shelf(said, lambda *words: noted.extend(words))  # type: ignore[arg-type]
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return noted[0], dict(noted[1]), body


def taken(shelf: Shelf, asked: bytes) -> Answer:
    """Read what lies ready."""
    found = shelf.look_up(asked)
    assert found is not None
    assert found[0] == asked.index(b"\r\n\r\n") + 4
    first, _, body = found[1].partition(b"\r\n\r\n")
    status, *lines = first.decode().split("\r\n")
    return status.removeprefix("HTTP/1.1 "), dict(line.split(": ", 1) for line in lines), body


@pytest.mark.parametrize("packings", ["gzip, deflate, br, zstd", "gzip", ""])
def test_what_lies_ready_is_what_the_house_says(shelf: Shelf, packings: str) -> None:
    assert shelf.look_up(head(packings=packings)) is None
    status, headers, body = ask(shelf, packings=packings)
    ready = taken(shelf, head(PAGE, "Accept: text/html", "If-Modified-Until: x", packings=packings))
    assert ready[0] == status == "200 OK"
    assert ready[1].pop("Date")
    assert ready[1] == headers
    assert ready[2] == body
    assert int(headers["Content-Length"]) == len(body) > 0


def test_who_has_it_is_told_so(shelf: Shelf) -> None:
    tag = ask(shelf)[1]["ETag"]
    for said in (tag, f"W/{tag}"):
        status, headers, body = taken(shelf, head(PAGE, f"If-None-Match: {said}"))
        assert (status, headers["ETag"], body) == ("304 Not Modified", tag, b"")
        assert set(headers) == {"Date", "ETag", "Vary", "Cache-Control"}
    assert shelf.look_up(head(PAGE, 'If-None-Match: "other"')) is None


def test_a_change_and_a_minute_leave_it_to_the_house(
    shelf: Shelf, now: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ask(shelf)
    assert shelf.look_up(head())
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ledger.record(by=SYSTEM, verb="test", subject="catalogue.Guide", subject_id="x")
    assert shelf.look_up(head()) is None  # nobody knows the version now
    public_version()
    assert shelf.look_up(head()) is None
    ask(shelf)
    assert shelf.look_up(head())
    install_offset(now + timedelta(minutes=1) - real_now())
    assert shelf.look_up(head()) is None


@pytest.mark.parametrize(
    "asked",
    [
        head(PAGE, "Cookie: sessionid=x"),
        head(PAGE, "Authorization: Bearer x"),
        head(PAGE, "Range: bytes=0-3"),
        head(PAGE, "Connection: close"),
        head(PAGE, "Content-Length: 3"),
        head(PAGE, "Transfer-Encoding: chunked"),
        head(PAGE, "Host: elsewhere"),
        head(PAGE, "X_Underscore: x"),
        head(PAGE, "X-Folded: x", " y"),
        head(PAGE, "Space : x"),
        head(PAGE, packings="br"),
        head(PAGE, host="elsewhere"),
        head(PAGE + "?q=x"),
        head().replace(b"GET", b"HEAD"),
        head().replace(b"HTTP/1.1", b"HTTP/1.0"),
        head().replace(b"\r\n", b"\n"),
        head()[:-2],
        b"",
    ],
)
def test_what_is_not_plain_is_left_to_the_house(shelf: Shelf, asked: bytes) -> None:
    ask(shelf)
    assert shelf.look_up(head())
    assert shelf.look_up(asked) is None


@pytest.mark.parametrize(
    "more", [{"HTTP_COOKIE": "a=b"}, {"REQUEST_METHOD": "HEAD"}, {"HTTP_ACCEPT_ENCODING": "gzip;q=0"}]
)
def test_what_is_not_for_anybody_is_not_noted(shelf: Shelf, more: dict[str, str]) -> None:
    ask(shelf, **more)
    assert shelf.look_up(head(packings=more.get("HTTP_ACCEPT_ENCODING", "gzip, br"))) is None


def test_pages_with_a_nonce_and_refusals_are_not_noted(shelf: Shelf) -> None:
    for address in ("/sign-in", "/nowhere/", "/desk/"):
        ask(shelf, address)
        assert shelf.look_up(head(address)) is None


def test_files_named_by_their_content_lie_ready_for_good(shelf: Shelf, now: datetime) -> None:
    sheet = next((STATIC / "ui/assets").glob("*.css"))
    address = f"/static/{sheet.relative_to(STATIC)}"
    status, headers, body = ask(shelf, address, "gzip")
    install_offset(now + timedelta(days=300) - real_now())
    ready = taken(shelf, head(address, packings="gzip"))
    assert (status, ready[0]) == ("200 OK", "200 OK")
    assert ready[2] == body
    assert ready[1].pop("Date")
    assert ready[1] == headers
    assert headers["Content-Encoding"] == "gzip"
    assert shelf.look_up(head(address, f"If-None-Match: {headers['ETag']}", packings="gzip")) is None
