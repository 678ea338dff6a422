"""gunicorn's threads, so that a crowd of visitors takes none of them by waiting, and records have some of their own."""

import errno
import re
import selectors
import socket
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

RECORD_THREADS = 4
FIRST_WORD_SECONDS = 15.0
"""How long a new connection may say nothing: browsers open some that they may never use."""
HEAD_BYTES = 4096
"""How much of a request is shown to the shelf."""
SENDING_SECONDS = 60.0
"""How long a visitor may take in nothing of what is being sent."""

_RECORDS = re.compile(rb"[A-Z]+ /(?:api/field/|api/counter/|v1/)")


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker whose threads work on requests that have begun to come, never on connections that say nothing.

    What lies ready on the program's shelf is answered by the poller itself, without a thread. What phones send has
    threads of its own, so that a record waits for no page. Connections are plain: what stands before us ends TLS.
    """

    def init_process(self) -> None:
        """Begin with the threads for records."""
        self.records = ThreadPoolExecutor(RECORD_THREADS, thread_name_prefix="records")
        self.sending: deque[Any] = deque()
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the program, and see whether it has a shelf."""
        super().load_wsgi()
        self.look_up = getattr(self.wsgi, "look_up", None)

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and leave it with the poller until its first bytes are there."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK, errno.EMFILE):
                raise
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.timeout = time.monotonic() + FIRST_WORD_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(client, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """Answer the first request of a connection at once, or give it to a thread."""
        self._answer(conn, client, self.pending_conns)

    def on_client_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """Answer a later request at once, or give it to a thread."""
        self._answer(conn, client, self.keepalived_conns)

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection whose request has begun to come to a thread."""
        self._enqueue(conn, _peek(conn.sock))

    def murder_pending(self) -> None:
        """Close connections that say nothing, and those that take in nothing of their answer."""
        super().murder_pending()
        while self.sending and self.sending[0].timeout < time.monotonic():
            conn = self.sending.popleft()
            self.poller.unregister(conn.sock)
            self._hang_up(conn)

    def _answer(self, conn: Any, client: socket.socket, waiting: "deque[Any]") -> None:
        self.poller.unregister(client)
        waiting.remove(conn)
        asked = _peek(client)
        # A worker that stops says so in its last answers, and gunicorn's own count of kept connections is not passed.
        may_stay = self.alive and len(self.keepalived_conns) < self.max_keepalived
        found = self.look_up(asked) if self.look_up is not None and may_stay else None
        if found is None:
            conn.data_ready = True
            self._enqueue(conn, asked)
            return
        length, answer = found
        client.recv(length)
        self._send(conn, memoryview(answer))

    def _send(self, conn: Any, rest: memoryview) -> None:
        """Send as much as the line takes, and the rest when it takes more; then wait for the next request."""
        try:
            rest = rest[conn.sock.send(rest) :]
        except BlockingIOError:
            pass
        except OSError:
            self._hang_up(conn)
            return
        if rest:
            conn.timeout = time.monotonic() + SENDING_SECONDS
            self.sending.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._go_on, conn, rest))
            return
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_client_socket_readable, conn))

    def _go_on(self, conn: Any, rest: memoryview, client: socket.socket) -> None:
        self.poller.unregister(client)
        self.sending.remove(conn)
        self._send(conn, rest)

    def _hang_up(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def _enqueue(self, conn: Any, asked: bytes) -> None:
        pool = self.records if _RECORDS.match(asked) else self.tpool
        pool.submit(self.handle, conn).add_done_callback(partial(self._finished, conn))

    def _finished(self, conn: Any, done: "Future[Any]") -> None:
        self.method_queue.defer(self.finish_request, conn, done)


def _peek(sock: socket.socket) -> bytes:
    """Give the first words of a request, which stay to be read; nothing where there are none."""
    try:
        return sock.recv(HEAD_BYTES, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return b""
