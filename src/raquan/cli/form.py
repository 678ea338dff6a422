"""Commands about forms."""

from pathlib import Path

import click

from raquan.cli.main import start_django


@click.group()
def form() -> None:
    """Publish forms for the field, and close them.

    Example: raquan form publish forms/assist.xlsx
    """


@form.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def publish(file: Path) -> None:
    """Compile the XLSForm FILE and offer it to devices from now on.

    Example: raquan form publish forms/assist.xlsx
    """
    start_django()
    from raquan.forms.commands import publish_form
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    done = publish_form(by=SYSTEM, now=clock.now(), xlsform=file.read_bytes(), file_name=file.name)
    state = "đã có từ trước" if done.already else "đã đưa vào dùng"
    click.echo(f"Biểu mẫu {done.form_id}, phiên bản {done.version}: {state}.")


@form.command("close")
@click.argument("form_id")
def close(form_id: str) -> None:
    """Take no more records for a form.

    Example: raquan form close assist
    """
    _set_state(form_id, "closed")


@form.command("open")
@click.argument("form_id")
def open_(form_id: str) -> None:
    """Offer a form again that was closed.

    Example: raquan form open assist
    """
    _set_state(form_id, "published")


def _set_state(form_id: str, state: str) -> None:
    start_django()
    from raquan.forms.commands import set_form_state
    from raquan.forms.rules import FORM_STATE_NAMES, FormState
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    set_form_state(by=SYSTEM, now=clock.now(), form_id=form_id, state=FormState(state))
    click.echo(f"Biểu mẫu {form_id}: {FORM_STATE_NAMES[FormState(state)]}.")
