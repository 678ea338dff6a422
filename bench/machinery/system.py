"""A running `raquan serve` and its database, seen from outside: who uses how much CPU and memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
IDLE = 0.4
"""Seconds of CPU that worker and clock use in two seconds while they look whether there is work."""

PARTS: Mapping[str, str] = {
    "raquan-web": "web",
    "raquan-quick": "later",
    "raquan-slow": "later",
    "raquan-clock": "later",
}


@dataclass(frozen=True, slots=True)
class Use:
    """The CPU seconds that each part has used so far."""

    web: float
    database: float
    later: float

    def since(self, before: "Use") -> "Use":
        """Give what was used since then."""
        return Use(self.web - before.web, self.database - before.database, self.later - before.later)


class System:
    """The processes of a server, and those of its PostgreSQL, if it has one."""

    def __init__(self, port: int, server: "subprocess.Popen[bytes]", postmaster: int | None) -> None:
        self.port, self.server, self.postmaster = port, server, postmaster

    def use(self) -> Use:
        """Tell what each part has used: the web process with its threads, the database, worker and clock."""
        found = {"web": 0.0, "later": 0.0}
        for pid in _below(self.server.pid):
            part = PARTS.get(_name(pid))
            if part is not None:
                found[part] += _cpu(pid)
        return Use(found["web"], sum(map(_cpu, _below(self.postmaster))) if self.postmaster else 0.0, found["later"])

    def largest(self) -> float:
        """Give the megabytes that the largest process of the server holds."""
        sizes = [_status(pid, "VmRSS") for pid in _below(self.server.pid)]
        return max(sizes) / 1024

    @contextmanager
    def without_later_work(self, may_write: Callable[[], bool]) -> Iterator[None]:
        """Halt worker and clock meanwhile: what they do later is not what taking a record in costs.

        They are halted once they have nothing to do, and never with a lock in their hands: `may_write` tells.
        """
        halted = [pid for pid in _below(self.server.pid) if PARTS.get(_name(pid)) == "later"]
        used = 0.0
        while (now := self.use().later) - used > IDLE or not _halt(halted, may_write):
            used = now
            time.sleep(2)
        try:
            yield
        finally:
            _send(signal.SIGCONT, halted)


@contextmanager
def serving(postmaster: int | None) -> Iterator[System]:
    """Run `raquan serve` on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen([sys.executable, "-m", "raquan.cli", "serve", "--port", str(port)])
    try:
        for _ in range(600):
            if server.poll() is not None:
                raise SystemExit("the server has ended")
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield System(port, server, postmaster)
    finally:
        server.terminate()
        server.wait(30)


def _halt(pids: list[int], may_write: Callable[[], bool]) -> bool:
    """Halt processes unless one of them holds the database's lock at this moment."""
    _send(signal.SIGSTOP, pids)
    if may_write():
        return True
    _send(signal.SIGCONT, pids)
    return False


def _send(what: signal.Signals, pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, what)


def _below(pid: int) -> list[int]:
    """List a process and all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _below(int(child)))]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()
