"""The designs and the law of what is hung up, from the tables of data in force here."""

from functools import cache
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from raquan.kernel.localized import in_language
from raquan.kernel.refused import NotFound
from raquan.outreach.rules import Design, DisplayRule, read_designs, read_display_law


def designs() -> tuple[Design, ...]:
    """Give the designs that there are."""
    return _read_designs()


def design(code: str) -> Design:
    """Give a design by its code. Raises NotFound."""
    found = next((one for one in designs() if one.code == code), None)
    if found is None:
        raise NotFound()
    return found


def design_name(found: Design) -> str:
    """Name a design in the reader's language."""
    return in_language(found.name, get_language() or "vi")


def display_law() -> tuple[DisplayRule, ...]:
    """Give the table: the office's own (RAQUAN_DISPLAY_LAW), or the one that comes with the project."""
    return _read_law(settings.RAQUAN_DISPLAY_LAW)


@cache
def _read_designs() -> tuple[Design, ...]:
    return read_designs(_packaged("designs.toml"))


@cache
def _read_law(path: str) -> tuple[DisplayRule, ...]:
    return read_display_law(Path(path).read_text(encoding="utf-8") if path else _packaged("display_law.toml"))


def _packaged(name: str) -> str:
    return (resources.files("raquan.outreach") / "data" / name).read_text(encoding="utf-8")
