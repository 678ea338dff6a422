"""App users of ODK Collect from the command line: the sheets of their QR codes, the list, taking one away."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from uuid import UUID

import click

from raquan.cli.main import start_django
from raquan.cli.naming import organization_named

if TYPE_CHECKING:
    from datetime import datetime


@click.command("collect-codes")
@click.argument("names", nargs=-1)
@click.option("--organization", "written", help="Name of the organization that they send for; every one when absent.")
@click.option("--csv", "file", type=click.File(encoding="utf-8-sig"), help="A list; its first column is the names.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=Path("collect-codes.html"),
    show_default=True,
    help="The sheet that is written, A4.",
)
def collect_codes(names: tuple[str, ...], written: str | None, file: TextIO | None, out: Path) -> None:
    """Make app users for ODK Collect, with QR codes.

    Their codes are written to a sheet to print.

    A name that has a code in the organization keeps it. The sheet holds the keys: delete it once it is printed.

    Example: raquan people collect-codes --organization "UBND huyện Cư M'gar" --csv names.csv --out sheet.html
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import make_app_users
    from raquan.people.queries import collect_page, collect_sheet
    from raquan.people.rules import read_names

    wanted = (*names, *(read_names(file.read()) if file else ()))
    unit = organization_named(written) if written else None
    now = clock.now()
    year = _year(now)
    made = make_app_users(by=SYSTEM, now=now, names=wanted, organization_id=unit)
    sheet = collect_sheet(SYSTEM, [one.device_id for one in made], year=year)
    out.touch(mode=0o600)
    out.write_text(collect_page(sheet), encoding="utf-8")
    fresh = sum(1 for one in made if not one.already)
    click.echo(f"Đã làm {fresh} mã mới, giữ {len(made) - fresh} mã cũ; phiếu in: {out}")


@click.command("collect-list")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Page of 50.")
def collect_list(page: int) -> None:
    """List the app users of ODK Collect.

    Says when each was last seen.

    Example: raquan people collect-list
    """
    start_django()
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.dates import format_datetime
    from raquan.people.queries import app_users

    found = app_users(SYSTEM, page=page)
    for one in found.items:
        seen = format_datetime(one.last_seen_at) if one.last_seen_at else "chưa thấy"
        ended = "đã thu hồi" if one.revoked_at else seen
        click.echo("\t".join([str(one.id), one.name, one.organization_name or "mọi đơn vị", ended]))
    click.echo(f"Trang {found.number}/{found.pages}, {found.total} mã.")


@click.command("collect-revoke")
@click.argument("device_id", type=click.UUID)
def collect_revoke(device_id: UUID) -> None:
    """Take an app user's key away, or a public link.

    Example: raquan people collect-revoke 018b3f6e-0000-7000-8000-000000000001
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import revoke_device

    revoke_device(by=SYSTEM, now=clock.now(), device_id=device_id)
    click.echo("Đã thu hồi mã.")


@click.command("public-link")
@click.argument("form_id")
@click.option("--name", required=True, help="What it is for: two links of one form are told apart by it.")
@click.option("--organization", "written", help="Name of the organization that its records are of; none when absent.")
def public_link(form_id: str, name: str, written: str | None) -> None:
    """Open an address where anybody fills in a form.

    Prints it.

    Example: raquan people public-link feedback --name "Trang xã"
    """
    start_django()
    from django.conf import settings

    from raquan.forms.commands import open_public_link
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    now = clock.now()
    unit = organization_named(written) if written else None
    link = open_public_link(by=SYSTEM, now=now, form_id=form_id, name=name, organization_id=unit)
    click.echo(f"{link.device_id}\t{settings.RAQUAN_PUBLIC_URL}/v1/projects/{_year(now)}?st={link.key}")


def _year(now: "datetime") -> int:
    from raquan.campaign.queries import current_campaign

    campaign = current_campaign(now)
    if campaign is None:
        raise click.UsageError("Chưa có chiến dịch nào, nên chưa có biểu mẫu nào để đưa ra.")
    return campaign.year
