"""Commands of the demo: load it, and simulate more."""

import os
from datetime import datetime
from pathlib import Path

import click

from raquan.cli.main import start_django


@click.group()
def demo() -> None:
    """The demo: the campaign of Đắk Lắk 2023 with synthetic records.

    Example: raquan demo load
    """


@demo.command("load")
@click.option("--assists", default=30_000, show_default=True, help="How many assists to simulate.")
@click.option("--seed", default=2023, show_default=True, help="The seed: the same gives the same assists.")
def load(assists: int, seed: int) -> None:
    """Load the demo, or go on where loading was interrupted.

    Says where to look and who can sign in.

    Example: raquan demo load
    """
    start_django()
    from django.conf import settings
    from rich.console import Console
    from rich.progress import Progress

    from raquan.demo import commands
    from raquan.demo.rules import ACCOUNTS, DEVICE_KEY, ENTERPRISE_LOGIN, FIELD_CODE, PASSWORD
    from raquan.kernel.clock import real_now

    console = Console(width=110)
    with Progress(console=console, transient=True) as progress:
        tasks: dict[str, int] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done)  # type: ignore[arg-type]

        commands.load_demo(
            real_now=real_now(), root=Path(__file__).resolve().parents[3], assists=assists, seed=seed, progress=show
        )
    address = os.environ.get("RAQUAN_PUBLIC_URL") or settings.RAQUAN_PUBLIC_URL
    click.echo(f"\nTrang công khai   {address}/\nBàn làm việc      {address}/desk/")
    click.echo(f"Ứng dụng thực địa {address}/field/   mã đăng nhập: {FIELD_CODE}")
    click.echo(f"Cửa cho Collect   {address}/v1/key/{DEVICE_KEY}/projects/2023\n")
    click.echo(f"Tài khoản dùng thử (mật khẩu chung: {PASSWORD}):")
    for account in ACCOUNTS:
        click.echo(f"  {account.login:22} {account.full_name}, {account.what}")
    click.echo(f"  {ENTERPRISE_LOGIN:22} Đinh Thị Thử, người của một doanh nghiệp mô phỏng")
    click.echo("\nMọi bản ghi là số liệu mô phỏng; đồng hồ bắt đầu từ 09:00 ngày 05/10/2023.\n")


@click.command("simulate")
@click.option("--assists", type=click.IntRange(1, 10_000_000), help="How many records to send into the demo.")
@click.option("--records", type=click.IntRange(1, 1_000_000_000), help="How many facts to write to --folder.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Where facts go; no database is needed."
)
@click.option("--seed", default=1, show_default=True, help="The seed: the same gives the same assists.")
@click.option("--first-on", type=click.DateTime(["%Y-%m-%d"]), default="2023-09-15", help="The first day of the facts.")
@click.option("--days", default=30, show_default=True, help="Over how many days the facts are spread.")
@click.option("--province", default="66", show_default=True, help="The code of the province of the facts.")
@click.option("--rollups/--no-rollups", default=True, help="Add the facts up, too, as the extract does.")
def simulate(
    assists: int | None,
    records: int | None,
    folder: Path | None,
    seed: int,
    first_on: datetime,
    days: int,
    province: str,
    rollups: bool,
) -> None:
    """Make assists, labelled synthetic.

    With --assists as records in the demo's campaign (refused elsewhere); with --records and --folder as Parquet facts,
    ten million in a minute or two, to measure with and to try Spark on.

    Example: raquan simulate --records 10000000 --folder /tmp/many
    """
    if assists is not None:
        _simulate_demo(assists, seed)
    elif records is not None and folder is not None:
        import django

        django.setup()  # no more: there may be no database
        from raquan.analytics import commands as analytics

        made = analytics.simulate_facts(
            folder,
            records=records,
            seed=seed,
            first_on=first_on.date(),
            days=days,
            province=province,
            rollups=rollups,
        )
        click.echo(f"Đã ghi {made} dữ kiện mô phỏng vào {folder / 'assist'}.")
    else:
        raise click.UsageError("--assists, or --records with --folder.")


def _simulate_demo(assists: int, seed: int) -> None:
    start_django()
    from rich.progress import Progress

    from raquan.demo import commands
    from raquan.kernel.clock import now

    with Progress(transient=True) as progress:
        task = progress.add_task("simulate", total=assists)
        outcome = commands.simulate_assists(
            now=now(),
            count=assists,
            seed=seed,
            progress=lambda what, done, total: progress.update(task, completed=done, total=total),
        )
    click.echo(
        f"Đã gửi {outcome.sent} bản ghi mô phỏng: {outcome.accepted} nhận mới, {outcome.duplicates} gửi lặp, "
        f"{outcome.conflicts + outcome.refused} bị từ chối."
    )
