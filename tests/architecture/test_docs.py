"""Nothing that people rely on goes unsaid: commands, settings, words, rooms."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import click
from django.apps import apps

from raquan.cli.main import raquan
from tests.architecture.house import ROOT, SOURCE, rooms

DOCS = ROOT / "docs"


def _commands(group: click.Group, path: str = "raquan") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{path} {name} is listed and cannot be loaded"
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_is_documented() -> None:
    text = (DOCS / "operations" / "commands.md").read_text()
    assert [path for path, _ in _commands(raquan) if f"`{path}" not in text] == []


def test_every_command_has_a_plain_line_and_an_example() -> None:
    bare = [
        path
        for path, command in _commands(raquan)
        if not command.get_short_help_str(200) or f"Example: {path}" not in " ".join((command.help or "").split())
    ]
    assert bare == []


def test_every_setting_is_documented() -> None:
    text = (DOCS / "operations" / "settings.md").read_text()
    read = {
        name
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r"environ(?:\.get|\.setdefault)?[\(\[]\s*\"([A-Z_]+)\"", path.read_text())
    } - {"DJANGO_SETTINGS_MODULE"}
    assert {name for name in read if f"`{name}`" not in text} == set()


def _offered(room: Path) -> set[str]:
    """Name the commands that a room offers: the public functions of its face."""
    single, package = room / "commands.py", room / "commands"
    paths = [single] if single.exists() else list(package.glob("*.py"))
    nodes = [node for path in paths for node in ast.parse(path.read_text()).body]
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    if package.exists():
        shown = importlib.import_module(f"raquan.{room.name}.commands").__all__
        functions &= set(shown)
    return functions


def test_every_model_and_command_is_in_the_glossary() -> None:
    text = (DOCS / "glossary.md").read_text()
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("raquan.")}
    functions = {name for room in rooms() for name in _offered(SOURCE / room)}
    assert sorted(name for name in models | functions if f"`{name}`" not in text) == []


def test_every_room_has_its_line() -> None:
    text = (DOCS / "rooms.md").read_text()
    assert [room for room in rooms() if f"`{room}`" not in text] == []


def test_nothing_names_a_path_of_one_machine() -> None:
    leaks = []
    for path in [*SOURCE.rglob("*"), *DOCS.rglob("*.md"), ROOT / "README.md"]:
        ours = path.suffix in {".py", ".md", ".html", ".sh"} and "node_modules" not in path.parts
        if ours and re.search(r"/(work|farm)/[.a-z]|\.\./shared/", path.read_text()):
            leaks.append(str(path))
    assert leaks == []
