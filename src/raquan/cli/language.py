"""Commands about the communities' languages."""

from pathlib import Path

import click

from raquan.cli.main import start_django
from raquan.ui import translating
from raquan.ui.tongues import COMMUNITY


@click.group()
def language() -> None:
    """Let communities write the public pages in Ê Đê and M'Nông.

    Example: raquan language file rad rad.po
    """


@language.command("file")
@click.argument("code", type=click.Choice(COMMUNITY))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def file_(code: str, file: Path) -> None:
    """Write the texts of the public pages into FILE, to be translated.

    What FILE has already stays.
    Example: raquan language file rad rad.po
    """
    click.echo(f"{file}: {translating.make_file(code, file)} câu.")


@language.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take(file: Path) -> None:
    """Take a translated FILE in, and say whether the language is offered.

    Example: raquan language take rad.po
    """
    start_django()
    from django.conf import settings

    taken = translating.take_file(file, settings.RAQUAN_HOME)
    said = "hiện ra khi máy chủ khởi động lại" if taken.is_offered else "chưa hiện, cần bốn phần năm số câu"
    click.echo(f"{taken.code}: {taken.written}/{taken.total} câu; {said}.")
