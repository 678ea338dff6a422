"""The writer seam: what many callers write at one moment shares one transaction, its statements and its commit."""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction

T = TypeVar("T")
R = TypeVar("R")

MAX_GROUP = 128


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A caller's item, the work that writes such items, and where the caller waits for what came of it."""

    work: Callable[[Sequence[Any]], Sequence[Any]]
    item: Any
    future: Future[Any]


class GroupWriter:
    """One thread that writes what is waiting in one transaction, and answers after its commit.

    A commit waits for the disk; while it waits more gathers, and the next commit carries it all.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[_Waiting | threading.Event] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._pid = 0

    def submit(self, work: Callable[[Sequence[T]], Sequence[R]], item: T) -> R:
        """Let the writer's thread write the item; return or raise what came of it, after the commit."""
        self._ensure_running()
        future: Future[R] = Future()
        self._waiting.put(_Waiting(work, item, future))
        return future.result()

    def rest(self) -> None:
        """Close the writer's connection, once what is waiting is written; the next write opens it again."""
        if self._pid == os.getpid():
            rests = threading.Event()
            self._waiting.put(rests)
            rests.wait()

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
            gathered = [self._waiting.get()]
            while len(gathered) < MAX_GROUP and not self._waiting.empty():
                gathered.append(self._waiting.get())
            if group := [one for one in gathered if isinstance(one, _Waiting)]:
                self._commit(group)
            for one in gathered:
                if isinstance(one, threading.Event):
                    connection.close()
                    one.set()

    def _commit(self, group: Sequence[_Waiting]) -> None:
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        connection.close_if_unusable_or_obsolete()  # as at the start of a request: the database may have come up anew
        try:
            with transaction.atomic():
                for work in dict.fromkeys(one.work for one in group):
                    outcomes += _write(work, [one for one in group if one.work is work])
        except BaseException as error:  # the commit itself failed: nobody may believe that theirs is safe
            for one in group:
                one.future.set_exception(error)
            connection.close()
            return
        for future, result, failure in outcomes:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)


def _write(
    work: Callable[[Sequence[Any]], Sequence[Any]], group: Sequence[_Waiting]
) -> list[tuple[Future[Any], Any, BaseException | None]]:
    """Write items together; when that fails, each by itself, so that nobody fails for a neighbor's sake."""
    try:
        with transaction.atomic():
            results = work([one.item for one in group])
        return [(one.future, result, None) for one, result in zip(group, results, strict=True)]
    except Exception as error:
        if len(group) == 1:
            return [(group[0].future, None, error)]
    return [outcome for one in group for outcome in _write(work, [one])]


_writer = GroupWriter()


def write_together(work: Callable[[Sequence[T]], Sequence[R]], item: T) -> R:
    """Write an item along with those that others are writing at this moment; return its result after the commit.

    `work` writes any number of items in few statements and gives a result for each, in their order. It is called
    again with fewer items when they fail together, and must touch rows in one order everywhere, since other
    processes do the same. Inside a caller's transaction it is a part of that one.
    """
    if transaction.get_connection().in_atomic_block:
        with transaction.atomic():
            return work([item])[0]
    return _writer.submit(work, item)


def rest_writer() -> None:
    """Let go of the writer's connection: a database that is about to be dropped has to be left by everybody."""
    _writer.rest()


def write_grouped(work: Callable[[], T]) -> T:
    """Run a small write in a transaction and return its result after the commit.

    On SQLite it shares the commit of its neighbors, which may run it a second time after a rollback; on PostgreSQL,
    where such writes could wait for each other's rows in a circle, it has its own.
    """
    if transaction.get_connection().vendor == "sqlite":
        answer: T = write_together(_run_each, work)
        return answer
    with transaction.atomic():
        return work()


def _run_each(works: Sequence[Callable[[], Any]]) -> list[Any]:
    return [work() for work in works]
