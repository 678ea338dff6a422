"""The server's threads under connections that say nothing, and under pages that take every thread."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

PAGE_THREADS = 2
LARGE = 40_000_000
"""More bytes than a line takes at once."""
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

def look_up(asked):
    head, end, _ = asked.partition(b"\\r\\n\\r\\n")
    body = {b"GET /ready ": b"ready", b"GET /large ": b"x" * LARGE}.get(head[:11])
    if not end or body is None:
        return None
    return len(head) + 4, b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body

application.look_up = look_up
""".replace("LARGE", str(LARGE))


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


def test_what_lies_ready_needs_no_thread_and_a_slow_reader_holds_none(port: int) -> None:
    with ExitStack() as stack:

        def line() -> socket.socket:
            return stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))

        held = [line() for _ in range(PAGE_THREADS)]
        for one in held:
            send(one, "GET", "/held")
        slow = [line() for _ in range(10 * PAGE_THREADS)]
        for one in slow:
            send(one, "GET", "/large")
        kept = line()
        for _ in range(3):
            assert ask(kept, "GET", "/ready").endswith(b"\r\n\r\nready")
        broken = line()
        broken.sendall(b"GET /ready HTTP/1.1\r\nHost: lo")
        send(kept, "GET", "/ready")
        send(kept, "GET", "/ready")
        assert b"ready" in answer(kept)
        assert ask(line(), "POST", "/v1/release").endswith(b"/v1/release")
        assert [answer(one)[-5:] for one in held] == [b"/held"] * PAGE_THREADS
        broken.sendall(b"calhost\r\n\r\n")
        assert answer(broken).endswith(b"/ready")  # it came in pieces, hence from the program
        for one in slow:
            assert len(answer(one)) > LARGE
            assert ask(one, "GET", "/page").endswith(b"/page")


def send(line: socket.socket, method: str, path: str) -> None:
    """Ask on a connection that stays."""
    line.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".encode())


def answer(line: socket.socket) -> bytes:
    """Read one answer."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += line.recv(4096) or pytest.fail("the server has hung up")
    head, _, body = found.partition(b"\r\n\r\n")
    length = next(int(one[16:]) for one in head.split(b"\r\n") if one.startswith(b"Content-Length: "))
    pieces, missing = [found], length - len(body)
    while missing > 0:
        pieces.append(line.recv(min(missing, 1 << 20)) or pytest.fail("the server has hung up"))
        missing -= len(pieces[-1])
    return b"".join(pieces)


def ask(line: socket.socket, method: str, path: str) -> bytes:
    """Ask, and read the answer."""
    send(line, method, path)
    return answer(line)
