"""Outings from the command line: plan one, list them."""

from datetime import datetime
from uuid import UUID

import click

from raquan.cli.main import start_django

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
HOUR = click.DateTime(formats=["%H:%M"])


@click.group()
def outing() -> None:
    """Plan and list outings.

    Example: raquan outing list
    """


@outing.command("plan")
@click.option("--as", "login", required=True, help="Login of the officer who plans.")
@click.option("--organization", type=click.UUID, required=True, help="Unit that goes.")
@click.option("--site", type=click.UUID, required=True, help="Site where people are met.")
@click.option("--task", type=click.UUID, help="Task of the plan that it stands under.")
@click.option("--on", "held_on", type=DAY, required=True, help="Day: 2023-10-06 or 06/10/2023.")
@click.option("--from", "starts_at", type=HOUR, required=True, help="Start, Viet Nam's time: 07:30.")
@click.option("--to", "ends_at", type=HOUR, required=True, help="End, Viet Nam's time: 11:00.")
@click.option("--service", "services", multiple=True, required=True, help="Service code; may be repeated.")
@click.option("--member", "team", type=click.UUID, multiple=True, required=True, help="User; the first leads.")
@click.option("--code", help="Public code; made at random when absent.")
def plan(
    login: str,
    organization: UUID,
    site: UUID,
    task: UUID | None,
    held_on: datetime,
    starts_at: datetime,
    ends_at: datetime,
    services: tuple[str, ...],
    team: tuple[UUID, ...],
    code: str | None,
) -> None:
    """Plan an outing in the campaign that is on.

    Example: raquan outing plan --as cumgar@example.vn --organization ID --site ID --on 2023-10-06
    --from 07:30 --to 11:00 --service vneid_level2 --member ID
    """
    start_django()
    from raquan.campaign.queries import current_campaign
    from raquan.kernel import clock
    from raquan.outings.commands import CampaignUnknown, plan_outing
    from raquan.people.queries import actor_by_login

    now = clock.now()
    actor = actor_by_login(login, clock.local_date(now))
    if actor is None:
        raise click.UsageError(f"Không có tài khoản {login}.")
    campaign = current_campaign(now)
    if campaign is None:
        raise CampaignUnknown()
    outing_id = plan_outing(
        by=actor,
        now=now,
        campaign_id=campaign.id,
        task_id=task,
        organization_id=organization,
        site_id=site,
        held_on=held_on.date(),
        starts_at=starts_at.time(),
        ends_at=ends_at.time(),
        service_codes=services,
        team=team,
        code=code,
    )
    click.echo(str(outing_id))


@outing.command("list")
@click.option("--state", type=click.Choice(["planned", "open", "done", "cancelled"]), help="Only this state.")
@click.option("--on", "held_on", type=DAY, help="Only this day.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Page of 50.")
def list_outings(state: str | None, held_on: datetime | None, page: int) -> None:
    """List the outings of the campaign that is on.

    Example: raquan outing list --state planned --on 2023-10-06
    """
    start_django()
    from raquan.campaign.queries import current_campaign
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.dates import format_date, format_time
    from raquan.outings.queries import outings

    campaign = current_campaign(clock.now())
    if campaign is None:
        click.echo("Chưa có chiến dịch nào.")
        return
    day = held_on.date() if held_on else None
    found = outings(SYSTEM, campaign.id, page=page, state=state or "", on_from=day, on_to=day, size=50)
    for one in found.items:
        hours = f"{format_time(one.starts_at)}–{format_time(one.ends_at)}"
        where = f"{one.site_name}, {one.place_name}"
        click.echo("\t".join([one.code, format_date(one.held_on), hours, where, one.state_name, str(one.id)]))
    click.echo(f"Trang {found.number}/{found.pages}, {found.total} buổi ra quân.")
