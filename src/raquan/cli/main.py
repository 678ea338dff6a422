"""The `raquan` console script: gathers each room's commands."""

import os
import sys
from importlib import import_module

import click

GROUPS = {
    "cards": "cli.card",
    "catalogue": "cli.catalogue",
    "demo": "cli.demo",
    "export": "cli.export",
    "facts": "cli.facts",
    "figure": "cli.figure",
    "form": "cli.form",
    "language": "cli.language",
    "outing": "cli.outing",
    "people": "cli.people",
    "places": "cli.places",
    "plan": "cli.plan",
    "report": "cli.report",
    "search": "cli.search",
    "snapshot": "cli.snapshot",
}
"""Groups of commands, by the module that holds each (a click group named like its room's word)."""

COMMANDS = {
    "clock": "cli.server",
    "django": "cli.server",
    "migrate": "cli.server",
    "serve": "cli.server",
    "simulate": "cli.demo",
    "worker": "cli.server",
}


class Lazy(click.Group):
    """A group that imports a command's module when it is asked for, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List every command by name."""
        return sorted([*GROUPS, *COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give a command."""
        module = GROUPS.get(cmd_name) or COMMANDS.get(cmd_name)
        if module is None:
            return None
        name = {"django": "django_command"}.get(cmd_name, cmd_name)
        found: click.Command = getattr(import_module(f"raquan.{module}"), name)
        return found


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="raquan")
def raquan() -> None:
    """Run a province's Digital Transformation Day campaign."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")


def start_django() -> None:
    """Load Django and the demo's clock; each command that needs the database calls this first."""
    import django

    django.setup()
    from raquan.demo.queries import stored_clock_offset
    from raquan.kernel.clock import install_offset

    install_offset(stored_clock_offset())


def main() -> None:
    """Run the console script; a refusal is printed with its code and ends with status 1."""
    from raquan.kernel.refused import Refused

    try:
        raquan(standalone_mode=True)
    except Refused as refusal:
        click.echo(f"{refusal.text()} [{refusal.code}]", err=True)
        sys.exit(1)
