"""A website on this machine that the checker may look at, and pictures that are drawn for it."""

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PIL import Image


@dataclass
class Website:
    """What stands at its paths: status, media type, body, further headers; `asked` are the requests, in order."""

    url: str = ""
    pages: dict[str, tuple[int, str, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        """Put something at a path; header names are written with underscores."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = status, kind, data, {name.replace("_", "-"): value for name, value in headers.items()}

    def paths(self) -> list[str]:
        """Give what was asked for."""
        return [path for path, _headers in self.asked]


@pytest.fixture
def website(settings: Any) -> Iterator[Website]:
    """Serve it; this process may call into its own house."""
    found = Website()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers)))
            status, kind, body, headers = found.pages.get(self.path, (404, "text/plain", b"", {}))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.RAQUAN_CHECK_PRIVATE = True
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()


def copy_of(picture: bytes, scale: float, kind: str, quality: int) -> bytes:
    """Give a picture as a website shows it: resized and compressed anew."""
    with Image.open(io.BytesIO(picture)) as opened:
        size = (round(opened.width * scale), round(opened.height * scale))
        small = opened.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, kind, quality=quality)
    return written.getvalue()
