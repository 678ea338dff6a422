"""Commands about forms."""

from pathlib import Path

import click

from raquan.cli.main import start_django


@click.group()
def form() -> None:
    """Publish forms for the field, try them out, and close them.

    Example: raquan form publish forms/assist.xlsx
    """


@form.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--draft", "form_id", help="Publish the draft of this form in place of a FILE.")
@click.option("--ignore-warnings", is_flag=True, help="Publish a form although something is warned of.")
def publish(file: Path | None, form_id: str | None, ignore_warnings: bool) -> None:
    """Compile an XLSForm and offer it to devices.

    FILE may be an XForm too, as XML.

    Example: raquan form publish forms/assist.xlsx
    """
    if (file is None) == (form_id is None):
        raise click.UsageError("Name a FILE or a --draft.")
    start_django()
    from raquan.forms.commands import publish_draft, publish_form
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    if file is None:
        done = publish_draft(by=SYSTEM, now=clock.now(), form_id=form_id or "", ignore_warnings=ignore_warnings)
    else:
        data = file.read_bytes()
        done = publish_form(
            by=SYSTEM, now=clock.now(), xlsform=data, file_name=file.name, ignore_warnings=ignore_warnings
        )
    state = "đã có từ trước" if done.already else "đã đưa vào dùng"
    click.echo(f"Biểu mẫu {done.form_id}, phiên bản {done.version}: {state}.")


@form.command("draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def draft(file: Path) -> None:
    """Keep a file as a form's draft, to be tried out.

    Prints the address at which ODK Collect tries it out.

    Example: raquan form draft forms/assist.xlsx
    """
    start_django()
    from raquan.forms.commands import keep_draft
    from raquan.forms.queries import trying_out
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    kept = keep_draft(by=SYSTEM, now=clock.now(), data=file.read_bytes(), file_name=file.name)
    for warning in kept.warnings:
        click.echo(f"Cảnh báo: {warning}", err=True)
    checked = "ODK Validate thấy đúng" if kept.is_validated else "chưa kiểm tra bằng ODK Validate"
    click.echo(f"Bản nháp của {kept.form_id}, phiên bản {kept.version}: {checked}.")
    way = trying_out(kept.token, kept.form_id, kept.form_id, now=clock.now())
    click.echo(f"Địa chỉ máy chủ để thử bằng ODK Collect: {way.address}")


@form.command("media")
@click.argument("form_id")
@click.argument("files", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1)
@click.option("--draft", "in_draft", is_flag=True, help="Give them to the draft, not to the published form.")
def media(form_id: str, files: tuple[Path, ...], in_draft: bool) -> None:
    """Give a form the files that it names.

    Then lists what it names and what is missing.

    Example: raquan form media trees species.csv
    """
    start_django()
    from mimetypes import guess_type

    from raquan.forms.commands import put_media
    from raquan.forms.queries import draft_of, form_media
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    for file in files:
        kind = guess_type(file.name)[0] or "application/octet-stream"
        given = {"form_id": form_id, "name": file.name, "media_type": kind, "in_draft": in_draft}
        with file.open("rb") as data:
            put_media(by=SYSTEM, now=clock.now(), data=data, **given)  # type: ignore[arg-type]
    found = draft_of(SYSTEM, form_id) if in_draft else None
    for one in found.media if found else form_media(SYSTEM, form_id):
        click.echo(f"{one.name}\t{one.size if one.exists else 'còn thiếu'}")


@form.command("list")
def list_forms() -> None:
    """List all forms with their state, version and what they miss.

    Example: raquan form list
    """
    start_django()
    from raquan.forms.queries import form_lines
    from raquan.kernel.actor import SYSTEM

    for one in form_lines(SYSTEM, size=200).items:
        missing = f", thiếu {one.missing} tệp" if one.missing else ""
        given = f", giao {one.audience} đơn vị" if one.audience else ""
        waiting = ", có bản nháp" if one.has_draft else ""
        click.echo(f"{one.form_id}\t{one.version or '–'}\t{one.state_name}{missing}{given}{waiting}\t{one.title}")


@form.command("assign")
@click.argument("form_id")
@click.argument("organization", required=False)
@click.option("--everybody", is_flag=True, help="Take the form back from all, so that everybody may fill it in.")
def assign(form_id: str, organization: str | None, everybody: bool) -> None:
    """Give a form to the people of an organization.

    ORGANIZATION is its name; the first that a form is given to makes it nobody else's.

    Example: raquan form assign assist "UBND huyện Cư M’gar"
    """
    if bool(organization) == everybody:
        raise click.UsageError("Name an ORGANIZATION, or say --everybody.")
    start_django()
    from raquan.forms.commands import UnknownOrganization, assign_form, unassign_form
    from raquan.kernel.actor import SYSTEM
    from raquan.people.queries import match_organization

    if everybody:
        unassign_form(by=SYSTEM, form_id=form_id)
        click.echo(f"Biểu mẫu {form_id}: ai được điền biểu mẫu đều dùng được.")
        return
    found = match_organization(organization or "")
    if found is None:
        raise UnknownOrganization()
    assign_form(by=SYSTEM, form_id=form_id, organization_id=found.organization_id)
    click.echo(f"Biểu mẫu {form_id}: đã giao cho {found.name}.")


@form.command("close")
@click.argument("form_id")
@click.option("--soon", is_flag=True, help="Offer it to nobody, but go on taking records of it.")
def close(form_id: str, soon: bool) -> None:
    """Take no more records for a form.

    Example: raquan form close assist
    """
    _set_state(form_id, "closing" if soon else "closed")


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
