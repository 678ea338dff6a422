"""The server's threads under connections that say nothing, and under pages that take every thread."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

PAGE_THREADS = 2
APPLICATION = """
from threading import Event
released = Event()

def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/held":
        assert released.wait(60)
    if path == "/v1/release":
        released.set()
    start_response("200 OK", [("Content-Length", str(len(path)))])
    return [path.encode()]
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Serve a program whose pages can be held."""
    (tmp_path / "held.py").write_text(APPLICATION)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.set_inheritable(True)
        started = [
            sys.executable,
            "-m",
            "gunicorn",
            "held:application",
            "--chdir",
            str(tmp_path),
            "--log-level",
            "error",
        ]
        how = ["--bind", f"fd://{listening.fileno()}", "--threads", str(PAGE_THREADS), "--no-control-socket"]
        kind = ["--worker-class", "raquan.config.threads.PatientWorker"]
        server = subprocess.Popen([*started, *how, *kind], pass_fds=[listening.fileno()])
        try:
            yield listening.getsockname()[1]
        finally:
            server.terminate()
            server.wait(30)


def test_silent_connections_and_held_pages_stop_no_record(port: int) -> None:
    with ExitStack() as stack:

        def line() -> socket.socket:
            return stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))

        silent = [line() for _ in range(10 * PAGE_THREADS)]
        assert ask(line(), "GET", "/page").endswith(b"/page")
        held = [line() for _ in range(PAGE_THREADS)]
        for one in held:
            send(one, "GET", "/held")
        late = line()
        send(late, "GET", "/page")
        assert ask(line(), "POST", "/v1/release").endswith(b"/v1/release")
        assert [answer(one)[-5:] for one in held] == [b"/held"] * PAGE_THREADS
        assert answer(late).endswith(b"/page")
        assert ask(silent[0], "GET", "/page").endswith(b"/page")
        assert ask(silent[0], "POST", "/v1/again").endswith(b"/v1/again")


def send(line: socket.socket, method: str, path: str) -> None:
    """Ask on a connection that stays."""
    line.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".encode())


def answer(line: socket.socket) -> bytes:
    """Read one answer, which comes whole."""
    found = b""
    while b"\r\n\r\n" not in found or found.endswith(b"\r\n\r\n"):
        found += line.recv(4096) or pytest.fail("the server has hung up")
    return found


def ask(line: socket.socket, method: str, path: str) -> bytes:
    """Ask, and read the answer."""
    send(line, method, path)
    return answer(line)
