"""Keeps what was just looked up for some seconds, so that a crowd of requests asks the database once."""

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_all: "WeakSet[Remembered[Any, Any]]" = WeakSet()


class Remembered(Generic[K, V]):
    """At most `most` values by their keys, in this process; what was looked up in vain is never kept.

    Whoever changes what is looked up calls `forget` after the commit; other processes learn of it when the seconds
    have passed.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[K, tuple[float, V]] = {}
        self._age = 0
        self._lock = Lock()
        _all.add(self)

    def get(self, key: K, look_up: Callable[[], V | None], *, seconds: float) -> V | None:
        """Give the value that is kept, or look it up and keep it for so many seconds."""
        kept = self.peek(key)
        if kept is not None:
            return kept
        age = self._age
        found = look_up()
        if found is not None and seconds > 0:
            with self._lock:
                if age == self._age:  # else what was looked up may be from before the change
                    if len(self._kept) >= self._most:
                        self._kept.clear()
                    self._kept[key] = (monotonic() + seconds, found)
        return found

    def peek(self, key: K) -> V | None:
        """Give the value that is kept; None where it would have to be looked up."""
        until, kept = self._kept.get(key, (0.0, None))
        return kept if monotonic() < until else None

    def forget(self) -> None:
        """Look everything up again, what is being looked up at this moment too."""
        with self._lock:
            self._age += 1
            self._kept.clear()


def forget_everything() -> None:
    """Be as a process that has just begun: nothing is remembered."""
    for one in list(_all):
        one.forget()
