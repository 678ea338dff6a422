"""Commands of the demo: load it, and simulate more."""

import os
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
    from raquan.demo.rules import ACCOUNTS, DEVICE_KEY, FIELD_CODE, PASSWORD
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
    click.echo("\nMọi bản ghi là số liệu mô phỏng; đồng hồ bắt đầu từ 09:00 ngày 05/10/2023.\n")


@click.command("simulate")
@click.option("--assists", required=True, type=click.IntRange(1, 10_000_000), help="How many assists to make.")
@click.option("--seed", default=1, show_default=True, help="The seed: the same gives the same assists.")
def simulate(assists: int, seed: int) -> None:
    """Add simulated assists, labelled synthetic, to the demo.

    Refuses outside the demo.

    Example: raquan simulate --assists 1000 --seed 7
    """
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
