"""Visits that have been seen and are not yet written, in this process's memory."""

import os
from collections import Counter
from datetime import date
from threading import Lock
from uuid import UUID

Seen = Counter[tuple[UUID, date]]


class VisitBuffer:
    """Counts by link and day, and nothing else; a forked process begins with none of its parent's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pid = os.getpid()
        self._seen: Seen = Counter()

    def add(self, link_id: UUID, day: date, visits: int = 1) -> None:
        """Count visits."""
        with self._lock:
            if self._pid != os.getpid():
                self._pid = os.getpid()
                self._seen = Counter()
            self._seen[link_id, day] += visits

    def take(self) -> Seen:
        """Give what was counted since the last time, and begin anew."""
        with self._lock:
            taken, self._seen = self._seen if self._pid == os.getpid() else Counter(), Counter()
            return taken

    def give_back(self, taken: Seen) -> None:
        """Keep what could not be written for the next time."""
        with self._lock:
            self._seen.update(taken)


VISITS = VisitBuffer()
