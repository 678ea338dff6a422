"""Files of facts on the command line."""

import sys

import click

from raquan.cli.main import start_django


@click.group()
def facts() -> None:
    """Write and check the files that numbers are made of.

    Example: raquan facts verify
    """


@facts.command()
def extract() -> None:
    """Write what no file has yet.

    Example: raquan facts extract
    """
    start_django()
    from raquan.analytics import commands
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    now = clock.now()
    assists = commands.extract_facts(by=SYSTEM, now=now)
    days = commands.extract_activity(by=SYSTEM, now=now).days
    click.echo(f"Đã ghi {assists.facts} dữ kiện về lượt hỗ trợ, {days} ngày của dữ kiện khác.")


@facts.command()
@click.option("--all", "show_all", is_flag=True, help="List the days that agree, too.")
def verify(show_all: bool) -> None:
    """Hold the files against the database.

    Day by day, by count and hash; status 1 where they differ.

    Example: raquan facts verify
    """
    start_django()
    from raquan.analytics import commands
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    checked = commands.verify_facts(by=SYSTEM, now=clock.now())
    apart = [one for one in checked if not one.is_same]
    for one in checked if show_all else apart:
        said = "giống" if one.is_same else "KHÁC"
        click.echo(f"{said:<6}{one.kind:<12}{one.campaign_id} {one.day} CSDL {one.in_database} tệp {one.in_files}")
    rows = sum(one.in_files for one in checked)
    click.echo(f"{len(checked)} ngày, {rows} dòng trong tệp, {len(apart)} ngày khác cơ sở dữ liệu.")
    if apart:
        sys.exit(1)
