"""An address at which the field app of the release before is served, until the server is updated to this one."""

import mimetypes
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.journeys.installation import ROOT, Installation

BEFORE = ROOT / "tests" / "fixtures" / "releases" / "2026.0-field"
PAGES = {"/field/": "index.html", "/field/sw.js": "sw.js"}
ASSETS = "/static/field/"
SYNC = "/api/field/v1/sync"
NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding"}


class Front:
    """Stands before an installation; the app's files are those of the release before until `update` is called.

    While it `is_busy` no records are taken.
    """

    def __init__(self, behind: Installation) -> None:
        self.behind = behind
        self.is_updated = False
        self.is_busy = False
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                file = None if front.is_updated else front.file_before(self.path)
                if file:
                    front.give(self, 200, {"Content-Type": _kind(file), "Cache-Control": "no-cache"}, file.read_bytes())
                elif not front.is_updated and self.path.startswith(ASSETS):
                    front.give(self, 404, {}, b"")
                else:
                    front.pass_on(self)

            def do_POST(self) -> None:
                if front.is_busy and self.path == SYNC:
                    self.rfile.read(int(self.headers.get("Content-Length") or 0))
                    front.give(self, 503, {}, b"")
                else:
                    front.pass_on(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def update(self) -> None:
        """Replace the release before by this one: its files are gone, as after a build."""
        self.is_updated = True

    def stop(self) -> None:
        """Close the address."""
        self._server.shutdown()
        self._server.server_close()

    def file_before(self, path: str) -> Path | None:
        """Find a file of the release before."""
        path = path.partition("?")[0]
        name = PAGES.get(path) or (path.removeprefix(ASSETS) if path.startswith(ASSETS) else "")
        found = (BEFORE / name).resolve()
        return found if name and found.is_relative_to(BEFORE) and found.is_file() else None

    def pass_on(self, asked: BaseHTTPRequestHandler) -> None:
        """Let the installation answer."""
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        line = HTTPConnection("127.0.0.1", self.behind.port, timeout=60)
        try:
            line.request(asked.command, asked.path, body, dict(asked.headers.items()))
            answer = line.getresponse()
            kept = {n: v for n, v in answer.getheaders() if n.lower() not in {*NOT_PASSED_ON, "content-length"}}
            self.give(asked, answer.status, kept, answer.read())
        except ConnectionError:
            asked.close_connection = True
        finally:
            line.close()

    def give(self, asked: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
        """Answer."""
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name, value)
        if status not in (204, 304):
            asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        if status not in (204, 304):
            asked.wfile.write(body)


def _kind(file: Path) -> str:
    kinds = {".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".js": "text/javascript"}
    return kinds.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
