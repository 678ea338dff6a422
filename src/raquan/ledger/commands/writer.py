"""The writer seam: many small writes share one commit on SQLite, which has one writer at a time anyway."""

import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from django.db import connection, transaction

T = TypeVar("T")

MAX_GROUP = 128


class GroupWriter:
    """One thread that runs waiting work in one transaction, a savepoint each, and answers after its commit.

    A commit waits for the disk; while it waits more work gathers, and the next commit carries it all.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._pid = 0

    def submit(self, work: Callable[[], T]) -> T:
        """Run `work` in the writer's thread; return or raise what it did, after the commit."""
        self._ensure_running()
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return future.result()

    def _ensure_running(self) -> None:
        if self._pid == os.getpid():
            return
        with self._lock:
            if self._pid != os.getpid():  # a forked child has no thread and must not run its parent's work
                self._waiting = queue.SimpleQueue()
                threading.Thread(target=self._run, name="raquan-writer", daemon=True).start()
                self._pid = os.getpid()

    def _run(self) -> None:
        while True:
            group = [self._waiting.get()]
            while len(group) < MAX_GROUP and not self._waiting.empty():
                group.append(self._waiting.get())
            self._commit(group)

    def _commit(self, group: list[tuple[Callable[[], Any], Future[Any]]]) -> None:
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with transaction.atomic():
                for work, future in group:
                    try:
                        with transaction.atomic():
                            outcomes.append((future, work(), None))
                    except Exception as error:
                        outcomes.append((future, None, error))
        except BaseException as error:  # the commit itself failed: nobody may believe that theirs is safe
            for _, future in group:
                future.set_exception(error)
            connection.close()
            return
        for future, result, failure in outcomes:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)


_writer = GroupWriter()


def write_grouped(work: Callable[[], T]) -> T:
    """Run a small write in a transaction and return its result after the commit.

    On SQLite it shares the commit of its neighbours; on PostgreSQL, whose commits are grouped by
    the server, it has its own. Inside a caller's transaction it is a part of that one.
    """
    here = transaction.get_connection()
    if here.vendor != "sqlite" or here.in_atomic_block:
        with transaction.atomic():
            return work()
    return _writer.submit(work)
