"""Figures on the command line."""

import json
from uuid import UUID

import click

from raquan.cli.main import start_django


@click.group()
def figure() -> None:
    """Show what is counted, and the numbers.

    Example: raquan figure list
    """


@figure.command("list")
def list_figures() -> None:
    """List the measures and what they can be split by.

    Example: raquan figure list
    """
    from raquan.analytics.rules import DIMENSIONS, MEASURES

    for one in MEASURES.values():
        click.echo(f"{one.key:<22}{one.name['vi']} ({one.unit['vi']})")
    click.echo("\n--by:")
    for by in DIMENSIONS.values():
        click.echo(f"{by.key:<22}{by.name['vi']}")


@figure.command()
@click.argument("measure")
@click.option("--by", required=True, help="A dimension: commune, day, service …")
@click.option("--format", "shape", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--snapshot", "snapshot_id", type=click.UUID, help="A snapshot's id; without it live.")
@click.option("--campaign", "year", type=int, help="The campaign's year for live numbers; without it the current one.")
def show(measure: str, by: str, shape: str, snapshot_id: UUID | None, year: int | None) -> None:
    """Count a measure by a dimension, live or in a snapshot.

    Example: raquan figure show assists --by commune --format json
    """
    start_django()
    from django.conf import settings

    from raquan.analytics import queries
    from raquan.analytics.rules import figure_csv, figure_data, figure_table
    from raquan.campaign import queries as campaigns
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.numbers import format_number

    now = clock.now()
    campaign = campaigns.campaign_of_year(year) if year else campaigns.current_campaign(now)
    found = queries.figure(
        SYSTEM, measure, by, snapshot_id=snapshot_id, campaign_id=campaign.id if campaign else None, now=now
    )
    if shape == "json":
        data = figure_data(found, public_url=settings.RAQUAN_PUBLIC_URL)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif shape == "csv":
        click.echo(figure_csv(found), nl=False)
    else:
        click.echo(f"{found.measure.name['vi']}, {found.by.name['vi'].lower()}. {found.as_of}.")
        for label, value in figure_table(found):
            click.echo(f"{value:>12}  {label}")
        total = "chưa có dữ liệu" if found.total is None else format_number(found.total)
        click.echo(f"{total:>12}  (tổng số)")
        for sentence in found.beside:
            click.echo(sentence)
        if found.synthetic:
            click.echo("Số liệu mô phỏng.")
