"""gunicorn's threads, so that a crowd of visitors takes none of them by waiting, and records have some of their own."""

import errno
import re
import selectors
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

RECORD_THREADS = 4
FIRST_WORD_SECONDS = 15.0
"""How long a new connection may say nothing: browsers open some that they may never use."""

_RECORDS = re.compile(rb"[A-Z]+ /(?:api/field/|api/counter/|v1/)")
_PEEKED = 32


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker whose threads work on requests that have begun to come, never on connections that say nothing.

    What phones send has threads of its own, so that a record waits for no page. Connections are plain: what stands
    before us ends TLS.
    """

    def init_process(self) -> None:
        """Begin with the threads for records."""
        self.records = ThreadPoolExecutor(RECORD_THREADS, thread_name_prefix="records")
        super().init_process()

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
        client.setblocking(False)
        conn.timeout = time.monotonic() + FIRST_WORD_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(client, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection whose request has begun to come to a thread."""
        pool = self.records if _brings_records(conn.sock) else self.tpool
        pool.submit(self.handle, conn).add_done_callback(partial(self._finished, conn))

    def _finished(self, conn: Any, done: "Future[Any]") -> None:
        self.method_queue.defer(self.finish_request, conn, done)


def _brings_records(sock: socket.socket) -> bool:
    """Tell by its first words, which stay to be read, whether a request is for a door of records."""
    try:
        return _RECORDS.match(sock.recv(_PEEKED, socket.MSG_PEEK | socket.MSG_DONTWAIT)) is not None
    except OSError:
        return False
