"""Starts and stops the processes of an installation: web, worker, clock, and all three together."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from urllib.error import HTTPError
from urllib.request import urlopen

import click

from raquan.cli.main import start_django

THREADS = 16


@click.command()
def migrate() -> None:
    """Bring the database to this version's shape.

    Example: raquan migrate
    """
    import django

    django.setup()
    from django.core.management import call_command

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
    start_django()
    from django.core.management import call_command

    call_command("db_worker", queue_name=lane or "*", interval=0.25, startup_delay=False, verbosity=0)


@click.command()
def clock() -> None:
    """Ask for scheduled work; hand it on when a worker has died.

    Example: raquan clock
    """
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


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), type=int, help="The port (PORT, 8000).")
def serve(host: str, port: int) -> None:
    """Run web, workers and clock together; they stop together.

    Example: raquan serve --port 8080
    """
    os.environ.setdefault("PORT", str(port))
    program = [sys.executable, "-m", "raquan.cli"]
    web = [
        *[sys.executable, "-m", "gunicorn", "raquan.config.wsgi:application", "--bind", f"{host}:{port}"],
        *["--workers", "1", "--threads", str(THREADS), "--worker-class", "gthread", "--keep-alive", "15"],
        *["--timeout", "120", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"],
    ]
    workers = [[*program, "worker", "--lane", lane] for lane in ("quick", "slow")]
    children = [subprocess.Popen(one, preexec_fn=_die_with_parent) for one in (web, *workers, [*program, "clock"])]

    def stop(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    # Ctrl-C too: a shell that starts us in the background leaves it ignored, while the children listen to it.
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    said = False
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.25)
            if not said and _answers(port):
                said = True
                click.echo(f"raquan đang chạy ở http://127.0.0.1:{port}/ (Ctrl-C để dừng)")
        click.echo("raquan: a process has ended, stopping the others", err=True)
        sys.exit(1)
    finally:
        _stop(children)


def _answers(port: int) -> bool:
    """Ask for the home page once: who comes first need not wait for what a first page loads."""
    try:
        urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
    except HTTPError:  # it answers, if not well: its own log says why
        return True
    except OSError:
        return False
    return True


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()


def _die_with_parent() -> None:
    """Ask Linux to end this child when its supervisor is killed, so that no part runs on alone."""
    import ctypes

    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
