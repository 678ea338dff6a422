"""Tells higher rooms what happened to records, in the transaction in which it happened."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from raquan.capture.rules import Change

Listener = Callable[[Sequence[Change]], None]
L = TypeVar("L", bound=Listener)

LISTENERS: list[Listener] = []


def on_change(listener: L) -> L:
    """Call a function with what happens to records; it must be quick, since the writer's transaction waits for it."""
    LISTENERS.append(listener)
    return listener


def announce(changes: Sequence[Change]) -> None:
    """Tell every listener."""
    if changes:
        for listener in LISTENERS:
            listener(changes)
