"""Companion cards from the command line: make sheets of them."""

from pathlib import Path
from uuid import UUID

import click

from raquan.cli.main import start_django


@click.group()
def cards() -> None:
    """Make companion cards.

    Example: raquan cards make --as cumgar@example.vn --unit ID --sheets 5 --out cards.html
    """


@cards.command("make")
@click.option("--as", "login", required=True, help="Login of the officer who makes them.")
@click.option("--unit", "organization", type=click.UUID, required=True, help="Organization that hands them out.")
@click.option("--sheets", type=click.IntRange(1, 30), default=1, show_default=True, help="Sheets of ten cards.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="HTML file to print.")
def make(login: str, organization: UUID, sheets: int, out: Path) -> None:
    """Make sheets of ten cards for a unit, to be printed.

    They are written to a file that any browser prints.

    The codes are in that file and nowhere else: delete it when it is printed.

    Example: raquan cards make --as cumgar@example.vn --unit ID --sheets 5 --out cards.html
    """
    start_django()
    from django.contrib.staticfiles import finders
    from django.template.loader import render_to_string

    from raquan.cards.commands import make_cards
    from raquan.cards.queries import print_cards
    from raquan.kernel import clock
    from raquan.people.queries import actor_by_login

    now = clock.now()
    actor = actor_by_login(login, clock.local_date(now))
    if actor is None:
        raise click.UsageError(f"Không có tài khoản {login}.")
    if out.exists():
        raise click.UsageError(f"Đã có tệp {out}.")
    style = Path(str(finders.find("cards/cards.css"))).read_text()
    made = make_cards(by=actor, now=now, organization_id=organization, sheets=sheets)
    batch = print_cards(made.batch_id, made.codes)
    out.write_text(render_to_string("cards/file.html", {"batch": batch, "css": style}), encoding="utf-8")
    click.echo(f"Tập thẻ số {made.number}: {len(made.codes)} thẻ, tệp {out}. In xong hãy xóa tệp này.")
