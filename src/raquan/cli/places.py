"""Commands for administrative units."""

from datetime import datetime
from typing import TextIO

import click

from raquan.cli.main import start_django


@click.group()
def places() -> None:
    """Administrative units with their dates of validity.

    Example: raquan places search "quang phu"
    """


@places.command("load")
def load() -> None:
    """Load the packaged units, from 2023 to today.

    They are those of Đắk Lắk and Phú Yên, which became one province.

    Example: raquan places load
    """
    start_django()
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import now
    from raquan.places.commands import load_packaged_units

    loaded = load_packaged_units(by=SYSTEM, now=now())
    click.echo(f"{loaded.added} đơn vị mới, {loaded.changed} sửa, {loaded.unchanged} giữ nguyên.")


@places.command("borders")
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--source", required=True, help="Who published the borders, and when.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose units they are of (today's without it).")
def borders(file: TextIO, source: str, on: datetime | None) -> None:
    """Load borders of units from a GeoJSON file for maps.

    Example: raquan places borders communes.geojson --source "Tỉnh Đắk Lắk, 07/2025" --on 2025-07-01
    """
    start_django()
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import local_date, now
    from raquan.places.commands import load_borders

    day = on.date() if on else local_date(now())
    count = load_borders(by=SYSTEM, now=now(), text=file.read(), source=source, on=day)
    click.echo(f"{count} ranh giới đã nạp.")


@places.command("search")
@click.argument("text")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose map is meant (today's without it).")
def search(text: str, on: datetime | None) -> None:
    """Find units by name, accents optional, and what became of them.

    Example: raquan places search "cu mgar" --on 2023-10-05
    """
    start_django()
    from raquan.kernel.clock import local_date, now
    from raquan.places import queries

    day = on.date() if on else local_date(now())
    for unit in queries.search_units(text, on=day):
        became = ", ".join(one.unit.full_name for one in queries.successors(unit.code, day))
        click.echo(f"{unit.code}  {unit.full_name}" + (f"  → {became}" if became else ""))
