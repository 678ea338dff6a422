"""Tells which process holds a lease, and whether a holder of this machine still lives."""

import os
import socket
from pathlib import Path


def this_process() -> str:
    """Name this process: its host, its pid and the moment it began, since a pid is given again."""
    pid = os.getpid()
    return f"{_host()}{pid}:{_began(pid)}"


def is_dead(holder: str) -> bool:
    """Tell whether a process of this machine has ended; False for other machines, of which we know nothing."""
    if not holder.startswith(_host()):
        return False
    pid, _, began = holder.removeprefix(_host()).partition(":")
    return _began(int(pid)) != began


def _host() -> str:
    return f"{socket.gethostname()}:"


def _began(pid: int) -> str:
    """Give when a process began, in the kernel's ticks; "" when there is none, or it has ended and nobody asked."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, began = fields[0], fields[19]
    return "" if state in "ZX" else began
