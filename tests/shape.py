"""A database of this version's shape: `raquan migrate` makes it once, everybody else takes a copy."""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg

from tests.journeys.installation import ROOT, Installation

KEPT = ROOT / ".shapes"
TEMPLATE = "raquan_shape"


def sqlite_shape(target: Path) -> None:
    """Put a migrated, empty database there; the first is kept until a migration or a package changes."""
    KEPT.mkdir(exist_ok=True)
    kept = KEPT / f"{_fingerprint()}.sqlite3"
    with locked(KEPT / "lock"):
        if not kept.exists():
            for older in KEPT.glob("*.sqlite3"):
                older.unlink()
            with TemporaryDirectory(dir=KEPT) as home:
                made = Path(home) / "raquan.sqlite3"
                Installation(Path(home)).run("migrate")
                with closing(sqlite3.connect(made)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                made.rename(kept)
        shutil.copyfile(kept, target)


def migrated(installation: Installation) -> Installation:
    """Give a new installation its database, as `raquan migrate` does."""
    installation.home.mkdir(exist_ok=True)
    sqlite_shape(installation.home / "raquan.sqlite3")
    return installation


def postgres_shape(address: str) -> str:
    """Name a migrated, empty database on that server, from which others are made."""
    with psycopg.connect(address, autocommit=True) as session, TemporaryDirectory() as home:
        session.execute("SELECT pg_advisory_lock(1)")  # held until this session ends
        if not session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            session.execute(f"CREATE DATABASE {TEMPLATE}_begun")
            begun = urlsplit(address)._replace(path=f"/{TEMPLATE}_begun").geturl()
            Installation(Path(home), begun).run("migrate")
            session.execute(f"ALTER DATABASE {TEMPLATE}_begun RENAME TO {TEMPLATE}")
    return TEMPLATE


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let one process in at a time; one that dies inside lets the next in."""
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    """Tell one shape from another by what makes it: the migrations and the installed packages."""
    parts = [ROOT / "uv.lock", *sorted((ROOT / "src" / "raquan").glob("*/migrations/*.py"))]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()[:16]
