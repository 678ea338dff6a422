"""Counts visits: in memory while somebody waits, in the database some seconds later."""

import atexit
import logging
import os
import threading
import time
from collections import Counter
from datetime import date
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import F

from raquan.ledger import commands as ledger
from raquan.links.gateways import VISITS, Seen
from raquan.links.models import Link, LinkDay

logger = logging.getLogger(__name__)


def count_visit(*, link_id: UUID, day: date) -> None:
    """Count one visit of a link, in memory: who follows it waits for no disk.

    A process that is killed loses what it counted in the last RAQUAN_LINK_SECONDS; one that ends writes it first.
    """
    VISITS.add(link_id, day)
    if settings.RAQUAN_LINK_SECONDS:
        _WRITER.ensure_running()


def write_visits() -> int:
    """Write what this process has counted, and give how many visits that were; what fails is kept for the next time.

    Counts are no acts: the ledger hears nothing of them.
    """
    taken = VISITS.take()
    if not taken:
        return 0
    try:
        ledger.write_grouped(partial(_write, taken))
    except (DatabaseError, InterfaceError):
        VISITS.give_back(taken)
        raise
    return taken.total()


def _write(taken: Seen) -> None:
    sums: Counter[UUID] = Counter()
    for (link_id, day), visits in sorted(taken.items()):  # one order everywhere: nobody waits in a circle
        sums[link_id] += visits
        if not _add(link_id, day, visits) and not ledger.insert_new([LinkDay(link_id=link_id, day=day, visits=visits)]):
            _add(link_id, day, visits)  # another process inserted the day at this moment
    for link_id, visits in sorted(sums.items()):
        Link.objects.filter(id=link_id).update(visits=F("visits") + visits)


def _add(link_id: UUID, day: date, visits: int) -> int:
    return LinkDay.objects.filter(link_id=link_id, day=day).update(visits=F("visits") + visits)


class _Writer:
    """A thread that writes every RAQUAN_LINK_SECONDS; a forked process starts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pid = 0

    def ensure_running(self) -> None:
        if self._pid == os.getpid():
            return
        with self._lock:
            if self._pid != os.getpid():
                self._pid = os.getpid()
                atexit.register(_write_last)
                threading.Thread(target=self._run, name="raquan-links", daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(settings.RAQUAN_LINK_SECONDS)
            _write_last()


def _write_last() -> None:
    try:
        connection.close_if_unusable_or_obsolete()
        write_visits()
    except Exception:  # the thread outlives a database that is away; what it could not write is kept
        logger.warning("visits of short links wait to be written", exc_info=True)
        connection.close()


_WRITER = _Writer()
