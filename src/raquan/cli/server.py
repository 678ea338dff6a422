"""Starts and stops the processes of an installation: web, worker, clock, and all three together."""

import gc
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from types import FrameType
from urllib.error import HTTPError
from urllib.request import urlopen

import click

from raquan.cli.main import start_django

THREADS = 16
CONNECTIONS = 8192
"""How many may be open at once: 10,000 visitors of a minute who each keep theirs for a while."""

STOPPING_SECONDS = 15.0


OLD_SHAPE = (
    "Cơ sở dữ liệu này do một bản quá cũ tạo ra. Hãy chạy `raquan migrate` của bản ngay trước khi gộp (CHANGELOG.md), "
    "rồi chạy lại bằng bản này. Chưa có gì bị thay đổi."
)


@click.command()
def migrate() -> None:
    """Bring the database to this version's shape.

    Example: raquan migrate
    """
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    # Of a shape that is folded into another, all or nothing must be there; Django would leave the rest out in silence.
    if loader.disk_migrations.keys() - loader.graph.nodes.keys():
        raise click.ClickException(OLD_SHAPE)
    call_command("migrate", interactive=False, verbosity=0)
    click.echo("Cơ sở dữ liệu đã sẵn sàng.")


@click.command(
    "django",
    # What stands before Django's command is ours (--help), what stands after it is Django's.
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django_command(arguments: tuple[str, ...]) -> None:
    """Pass a command through to Django.

    Example: raquan django showmigrations
    """
    from django.core.management import execute_from_command_line

    execute_from_command_line(["raquan django", *arguments])


@click.command()
@click.option("--lane", type=click.Choice(["quick", "slow"]), help="Only this lane's work; all of it otherwise.")
def worker(lane: str | None) -> None:
    """Do the later work that commands have asked for.

    Example: raquan worker --lane slow
    """
    _work(lane)


@click.command()
def clock() -> None:
    """Ask for scheduled work; hand it on when a worker has died.

    Example: raquan clock
    """
    _tick()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), type=int, help="The port (PORT, 8000).")
def serve(host: str, port: int) -> None:
    """Run web, workers and clock together; they stop together.

    Example: raquan serve --port 8080
    """
    os.environ.setdefault("PORT", str(port))
    _allow_files(2 * CONNECTIONS)
    _load()
    parts: dict[str, Callable[[], None]] = {
        "web": partial(_answer, host, port),
        "quick": partial(_work, "quick"),
        "slow": partial(_work, "slow"),
        "clock": _tick,
    }
    children = [Child.born(name, part) for name, part in parts.items()]

    def stop(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    # Ctrl-C too: a shell that starts us in the background leaves it ignored, while the children listen to it.
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    said = False
    try:
        while not any(child.has_ended() for child in children):
            time.sleep(0.25)
            if not said and _answers(port):
                said = True
                click.echo(f"raquan đang chạy ở http://127.0.0.1:{port}/ (Ctrl-C để dừng)")
        click.echo("raquan: a process has ended, stopping the others", err=True)
        sys.exit(1)
    finally:
        _stop(children)


def _allow_files(wanted: int) -> None:
    """Let the server's processes have so many files and connections open, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _answers(port: int) -> bool:
    """Ask for the home page once: who comes first need not wait for what a first page loads."""
    try:
        urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
    except HTTPError:  # it answers, if not well: its own log says why
        return True
    except OSError:
        return False
    return True


def _load() -> None:
    """Load our code before the processes part: it takes seconds of a core, and they share the memory that it takes.

    No connection is opened and no thread started here, since neither may be shared.
    """
    import django

    django.setup()
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


def _answer(host: str, port: int) -> None:
    from gunicorn.app.wsgiapp import run

    sys.argv = [
        *["gunicorn", "raquan.config.wsgi:application", "--bind", f"{host}:{port}"],
        *["--workers", "1", "--threads", str(THREADS), "--worker-class", "raquan.config.threads.PatientWorker"],
        *["--worker-connections", str(CONNECTIONS), "--backlog", str(CONNECTIONS), "--keep-alive", "15"],
        *["--timeout", "120", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"],
    ]
    run(prog="gunicorn")


def _work(lane: str | None) -> None:
    start_django()
    from django.core.management import call_command

    call_command("db_worker", queue_name=lane or "*", interval=0.25, startup_delay=False, verbosity=0)


def _tick() -> None:
    start_django()
    from django.db import OperationalError, close_old_connections

    from raquan.ledger.jobs import tick

    last_runs: dict[str, float] = {}
    parent = os.getppid()
    while os.getppid() == parent:  # a clock whose supervisor was killed must not tick beside the next one's
        try:
            tick(last_runs)
        except OperationalError as error:  # the database is away or busy: the next tick tries again
            click.echo(f"clock: {error}", err=True)
            close_old_connections()
        time.sleep(0.5)


class Child:
    """A process of ours that began as a copy of this one."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._is_over = False

    @classmethod
    def born(cls, name: str, part: Callable[[], None]) -> "Child":
        """Let a new process do its part and end; lists of processes call it `raquan-` and its name."""
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _be_called(f"raquan-{name}")
            part()
            sys.exit()
        return cls(pid)

    def has_ended(self) -> bool:
        """Tell whether it runs no more."""
        self._is_over = self._is_over or os.waitpid(self._pid, os.WNOHANG)[0] == self._pid
        return self._is_over

    def end(self, how: signal.Signals) -> None:
        """Ask it to end, if it runs."""
        if not self.has_ended():
            os.kill(self._pid, how)


def _stop(children: Sequence[Child]) -> None:
    for child in children:
        child.end(signal.SIGTERM)
    until = time.monotonic() + STOPPING_SECONDS
    while any(not child.has_ended() for child in children):
        if time.monotonic() > until:
            for child in children:
                child.end(signal.SIGKILL)
        time.sleep(0.05)


def _be_called(name: str) -> None:
    """Take a name, and ask Linux to end this process when its supervisor is killed, so that no part runs on alone."""
    import ctypes

    if sys.platform == "linux":
        pr_set_pdeathsig, pr_set_name = 1, 15
        libc = ctypes.CDLL(None)
        libc.prctl(pr_set_pdeathsig, signal.SIGTERM)
        libc.prctl(pr_set_name, name.encode())
