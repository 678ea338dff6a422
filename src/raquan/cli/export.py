"""Taking records away from the command line."""

import shutil
import time
from pathlib import Path
from uuid import UUID

import click

from raquan.cli.main import start_django


@click.group()
def export() -> None:
    """Take records away as files.

    Example: raquan export records --out ban-ghi.csv
    """


@export.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--format", "kind", default="csv", type=click.Choice(["csv", "xlsx", "geojson", "zip"]), help="How.")
@click.option("--search", default="", help="What a search page's address says after its question mark.")
@click.option("--resume", "export_id", type=click.UUID, help="Go on with an export that was stopped.")
def records(out: Path, kind: str, search: str, export_id: UUID | None) -> None:
    """Write the records that a search finds to a file.

    As the system; prints the export's id first.

    Example: raquan export records --format zip --search "form=assist&state=approved" --out ban-ghi.zip
    """
    start_django()
    from django.http import QueryDict

    from raquan.capture.rules import read_address
    from raquan.exchange import commands, queries
    from raquan.exchange.rules import ExportKind
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    if export_id is None:
        filters = read_address(QueryDict(search).dict())
        export_id = commands.start_export(by=SYSTEM, now=clock.now(), kind=ExportKind(kind), filters=filters)
    click.echo(export_id)
    while not (found := queries.export(SYSTEM, export_id)).is_finished:
        click.echo(f"{found.done}/{found.total}", err=True)
        if not commands.run_export(now=clock.now(), export_id=export_id):
            time.sleep(0.2)  # a worker may be at it: then this one only looks on
    shutil.copyfile(queries.export_file(SYSTEM, export_id, clock.now()).path, out)
