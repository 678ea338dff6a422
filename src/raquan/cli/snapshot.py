"""Freezing numbers from the command line."""

import click

from raquan.cli.main import start_django


@click.group()
def snapshot() -> None:
    """Freeze the numbers of a campaign.

    Example: raquan snapshot freeze
    """


@snapshot.command()
@click.option("--campaign", "year", type=int, help="The campaign's year; without it the current one.")
@click.option("--note", default="", help="Why it is frozen.")
def freeze(year: int | None, note: str) -> None:
    """Freeze a campaign's facts as they stand; print the id.

    Example: raquan snapshot freeze --campaign 2023 --note "Báo cáo nhanh"
    """
    start_django()
    from raquan.analytics import commands
    from raquan.campaign import queries as campaigns
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    now = clock.now()
    campaign = campaigns.campaign_of_year(year) if year else campaigns.current_campaign(now)
    if campaign is None:
        raise click.ClickException("Chưa có chiến dịch nào. Hãy nhập kế hoạch trước.")
    click.echo(commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=campaign.id, note=note))
