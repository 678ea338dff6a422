"""Commands for the index."""

import click

from raquan.cli.main import start_django


@click.group()
def search() -> None:
    """The index that the desk's search looks into.

    Example: raquan search rebuild
    """


@search.command("rebuild")
def rebuild() -> None:
    """Read everything into the index again.

    Can be stopped and run again: it goes on where it was. What is in the index is found meanwhile.

    Example: raquan search rebuild
    """
    start_django()
    from raquan.search.commands import refresh, touch_everything

    touch_everything()
    batches = 0
    while refresh():
        batches += 1
    click.echo(f"Đã lập lại chỉ mục tìm kiếm ({batches} lượt).")
