"""Which kinds of things there are; rooms say so in their `jobs.py` as the process starts."""

from raquan.search.queries import KINDS
from raquan.search.rules import Kind


def offer(kind: Kind) -> None:
    """Let a kind of things be found, and their history be shown."""
    if kind.key in KINDS:
        raise RuntimeError(f"two kinds called {kind.key}")
    KINDS[kind.key] = kind
