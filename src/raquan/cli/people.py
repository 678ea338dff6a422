"""Organizations, accounts, duties and phones from the command line."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import click

from raquan.cli.collect import collect_codes, collect_list, collect_revoke, public_link
from raquan.cli.main import start_django
from raquan.cli.naming import organization_named

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.group()
def people() -> None:
    """Organizations, accounts, duties and phones.

    Example: raquan people list
    """


for one in (collect_codes, collect_list, collect_revoke, public_link):
    people.add_command(one)


@people.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def load(file: Path | None) -> None:
    """Register or correct the organizations of a CSV file.

    Without FILE they are those of Đắk Lắk in 2023.

    Example: raquan people load
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import load_organizations

    loaded = load_organizations(by=SYSTEM, now=clock.now(), path=file)
    click.echo(f"Đơn vị: thêm {loaded.added}, sửa {loaded.changed}, giữ nguyên {loaded.unchanged}.")


@people.command("match")
@click.argument("names", nargs=-1, required=True)
def match(names: tuple[str, ...]) -> None:
    """Show which organization each written name means.

    The plan's reader goes by the same rule.

    Example: raquan people match "Sở TT&TT" "UBND huyện Cư M'gar"
    """
    start_django()
    from raquan.people.queries import match_organizations

    for written, found in zip(names, match_organizations(names), strict=True):
        click.echo("\t".join([written, found.name if found else "–", f"{found.score:.2f}" if found else ""]))


@people.command("add")
@click.option("--name", "full_name", required=True, help="Full name.")
@click.option("--login", required=True, help="Phone number or e-mail address.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when absent.")
def add(full_name: str, login: str, password: str) -> None:
    """Make an account; it can do nothing until it has a duty.

    Example: raquan people add --name "H’Trang Niê" --login trang@example.vn
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import create_user

    user_id = create_user(by=SYSTEM, now=clock.now(), full_name=full_name, login=login, password=password)
    click.echo(str(user_id))


@people.command("duty")
@click.option("--login", required=True, help="Whose duty: phone number or e-mail address.")
@click.option(
    "--role", required=True, help="administrator, steering_officer, unit_officer, team_leader, helper, viewer."
)
@click.option("--organization", "written", help="Name of the organization; all of them when absent.")
@click.option("--place", help="Code of the unit; everywhere when absent.")
@click.option("--from", "starts_on", type=DAY, help="First day: 2023-09-15 or 15/09/2023; today when absent.")
@click.option("--to", "ends_on", type=DAY, help="Last day; open when absent.")
def duty(
    login: str,
    role: str,
    written: str | None,
    place: str | None,
    starts_on: datetime | None,
    ends_on: datetime | None,
) -> None:
    """Give a person a role for an organization within a place.

    Example: raquan people duty --login trang@example.vn --role unit_officer --organization "UBND huyện Cư M'gar"
    --place 648
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import give_duty
    from raquan.people.rules import Role

    if role not in set(Role):
        raise click.BadParameter(", ".join(Role), param_hint="--role")
    now = clock.now()
    duty_id = give_duty(
        by=SYSTEM,
        now=now,
        user_id=_person(login),
        role=Role(role),
        organization_id=organization_named(written) if written else None,
        place_code=place,
        starts_on=starts_on.date() if starts_on else clock.local_date(now),
        ends_on=ends_on.date() if ends_on else None,
    )
    click.echo(str(duty_id))


@people.command("device")
@click.option("--owner", "login", required=True, help="Whose phone: phone number or e-mail address.")
@click.option("--organization", "written", required=True, help="Name of the organization that it sends for.")
@click.option("--label", required=True, help="What the phone is called.")
def device(login: str, written: str, label: str) -> None:
    """Register a phone and show its key, this once.

    Example: raquan people device --owner trang@example.vn --organization "UBND huyện Cư M'gar" --label "Máy 1"
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import register_device

    device_id, key = register_device(
        by=SYSTEM, now=clock.now(), label=label, owner_id=_person(login), organization_id=organization_named(written)
    )
    click.echo(f"{device_id}\t{key}")


@people.command("code")
@click.argument("login")
@click.option("--organization", "written", help="For which organization; needed when the person is in several.")
@click.option("--from", "starts_on", type=DAY, help="First day: 2023-09-15 or 15/09/2023; today when absent.")
@click.option("--to", "ends_on", type=DAY, help="Last day; the campaign's last when absent.")
@click.option("--qr", type=click.Path(dir_okay=False, path_type=Path), help="Write a QR that signs in, as SVG or PNG.")
def code(
    login: str, written: str | None, starts_on: datetime | None, ends_on: datetime | None, qr: Path | None
) -> None:
    """Give a person a code for the field app.

    Prints its id, the code, this once, and its last day.

    Example: raquan people code trang@example.vn --to 31/10/2023
    """
    start_django()
    import segno
    from django.conf import settings

    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import give_field_code

    now = clock.now()
    given = give_field_code(
        by=SYSTEM,
        now=now,
        user_id=_person(login),
        organization_id=organization_named(written) if written else _only_organization(login),
        starts_on=starts_on.date() if starts_on else clock.local_date(now),
        ends_on=ends_on.date() if ends_on else _last_day(now),
    )
    click.echo(f"{given.field_code_id}\t{given.code}\t{given.ends_on:%d/%m/%Y}")
    if qr:
        # What stands behind # stays on the phone: no server's log ever holds a code.
        segno.make(f"{settings.RAQUAN_PUBLIC_URL}/field/#/sign-in/{given.code}").save(str(qr), scale=8)


@people.command("codes")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Page of 50.")
def list_codes(page: int) -> None:
    """List who has a code for the field app.

    Says until when, and how many phones signed in with it; never the codes.

    Example: raquan people codes
    """
    start_django()
    from raquan.kernel.actor import SYSTEM
    from raquan.people.queries import field_codes

    found = field_codes(SYSTEM, page)
    for one in found.items:
        ended = "đã thu hồi" if one.revoked_at else f"đến {one.ends_on:%d/%m/%Y}"
        click.echo("\t".join([str(one.id), one.person_name, one.organization_name, ended, f"{one.phones} máy"]))
    click.echo(f"Trang {found.number}/{found.pages}, {found.total} mã.")


@people.command("code-revoke")
@click.argument("field_code_id", type=click.UUID)
def code_revoke(field_code_id: UUID) -> None:
    """Take a code away, and its phones' keys.

    Example: raquan people code-revoke 018b3f6e-0000-7000-8000-000000000001
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import revoke_field_code

    phones = revoke_field_code(by=SYSTEM, now=clock.now(), field_code_id=field_code_id)
    click.echo(f"Đã thu hồi mã, và khóa của {phones} máy.")


@people.command("password")
@click.option("--login", required=True, help="Whose password: phone number or e-mail address.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when absent.")
def password(login: str, password: str) -> None:
    """Give a person another password; their sessions end.

    Example: raquan people password --login trang@example.vn
    """
    start_django()
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import set_password

    set_password(by=SYSTEM, now=clock.now(), user_id=_person(login), password=password)
    click.echo("Đã đổi mật khẩu.")


@people.command("list")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Page of 50.")
def list_people(page: int) -> None:
    """List accounts with their duties.

    Example: raquan people list
    """
    start_django()
    from raquan.kernel.actor import SYSTEM
    from raquan.people.queries import users

    found = users(SYSTEM, page)
    for one in found.items:
        click.echo("\t".join([str(one.number), one.login, one.full_name, "" if one.is_active else "đã khóa"]).rstrip())
        for held in one.duties:
            scope = f"{held.organization_name or 'mọi đơn vị'}, {held.place_code or 'mọi nơi'}"
            click.echo(f"\t{held.role_name}: {scope}, {held.starts_on:%d/%m/%Y} – {held.ends_on or ''}".rstrip())
    click.echo(f"Trang {found.number}/{found.pages}, {found.total} tài khoản.")


def _person(login: str) -> UUID:
    from raquan.kernel import clock
    from raquan.people.queries import actor_by_login

    actor = actor_by_login(login, clock.local_date(clock.now()))
    if actor is None or actor.id is None:
        raise click.UsageError(f"Không có tài khoản {login}.")
    return actor.id


def _only_organization(login: str) -> UUID:
    from raquan.kernel import clock
    from raquan.people.queries import actor_by_login

    actor = actor_by_login(login, clock.local_date(clock.now()))
    found = {duty.organization_id for duty in actor.duties if duty.organization_id} if actor else set()
    if len(found) != 1:
        raise click.UsageError("Hãy cho biết đơn vị bằng --organization.")
    return found.pop()


def _last_day(now: datetime) -> date:
    from raquan.campaign.queries import current_campaign

    campaign = current_campaign(now)
    if campaign is None:
        raise click.UsageError("Chưa có chiến dịch nào: hãy cho biết ngày cuối bằng --to.")
    return campaign.ends_on
