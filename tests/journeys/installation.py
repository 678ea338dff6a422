"""An installation in a home of its own: its commands, its server as a process tree, and what its database says."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

ROOT = Path(__file__).parents[2]
RAQUAN = (sys.executable, "-m", "raquan.cli")
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT", "RAQUAN_")
PATIENCE = 60.0
WEB = "raquan-web"


class Installation:
    """A home and a port, and `raquan` run on them as a person would, from the project's folder.

    The server leads a process group of its own, so that a test can kill all of it as a power cut does.
    """

    def __init__(self, home: Path, database: str = "") -> None:
        self.home = home
        self.database = database
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment: this home, this port, its database if it is not in the home, nothing else of ours."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        database = {"DATABASE_URL": self.database} if self.database else {}
        return inherited | {"RAQUAN_HOME": str(self.home), "PORT": str(self.port)} | database

    def run(self, *arguments: str, cwd: Path = ROOT, status: int = 0) -> str:
        """Run a command to its end and give what it printed; fail when its status is another."""
        command = [*RAQUAN, *arguments]
        done = subprocess.run(command, env=self.environment, cwd=cwd, capture_output=True, text=True)
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def spawn(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command as the head of a process group of its own."""
        with (self.home / "log").open("ab") as log:
            command = [*RAQUAN, *arguments]
            return subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def start(self) -> None:
        """Start the server and wait until it answers; one that does not is not left to run beside the next test."""
        self.server = self.spawn("serve")
        try:
            self._wait_for_answer(self.server)
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> None:
        """End the whole tree at once, as a power cut does."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(timeout=PATIENCE)
        wait_until(lambda: not self.living(), "a killed process lives on")

    def kill_web(self) -> None:
        """End the process that answers, in the middle of what it does; the server starts another at once."""
        for process, name in self.living().items():
            parent = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[1]
            if name == WEB == (Path("/proc") / parent / "comm").read_text().strip():
                os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        """Stop the server as an administrator does, if it runs."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(timeout=PATIENCE)

    def living(self) -> dict[int, str]:
        """Give the living processes of the server's group with their names."""
        assert self.server is not None
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(group) == self.server.pid and state not in "ZX":
                    found[int(folder.name)] = (folder / "comm").read_text().strip()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended in this moment
        return found

    def ask(self, sql: str, *parameters: str) -> list[tuple[Any, ...]]:
        """Ask the database, which this connection cannot change."""
        if self.database:
            with psycopg.connect(self.database) as session:
                session.read_only = True
                return session.execute(sql, parameters or None).fetchall()
        connection = sqlite3.connect(f"file:{self.home}/raquan.sqlite3?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        return int(self.ask(f"SELECT count(*) FROM {table}")[0][0])

    def figure(self, *arguments: str) -> dict[str, Any]:
        """Ask for a figure on the command line, as programs do."""
        said: dict[str, Any] = json.loads(self.run("figure", "show", *arguments, "--format", "json"))
        return said

    def _wait_for_answer(self, server: "subprocess.Popen[bytes]") -> None:
        def answers() -> bool:
            assert server.poll() is None, f"the server has ended: {(self.home / 'log').read_text()[-2000:]}"
            try:
                with urlopen(f"{self.address}/healthz", timeout=5) as answer:
                    return bool(answer.status == 200)
            except (URLError, ConnectionError, TimeoutError):
                return False

        wait_until(answers, "the server does not answer")


def wait_until(holds: Callable[[], object], otherwise: str, *, seconds: float = PATIENCE, pause: float = 0.1) -> None:
    """Wait until something holds; fail when it does not in time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, otherwise
        time.sleep(pause)


def totals(rows: list[Mapping[str, Any]]) -> dict[str, int]:
    """Give a figure's rows by their key."""
    return {row["key"]: row["value"] for row in rows}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
