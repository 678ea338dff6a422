"""Which languages the pages are in, and which of the communities' are offered here."""

from pathlib import Path

OWN_NAMES = {"vi": "Tiếng Việt", "en": "English", "rad": "Ê Đê", "cmo": "M’Nông"}
"""What the switch of languages calls them."""

COMMUNITY = ("rad", "cmo")
"""Languages that communities may write (ISO 639-3: Ê Đê, M'Nông)."""


def offered(home: Path) -> list[str]:
    """List the communities' languages that are offered: those that were taken in with enough texts."""
    return [code for code in COMMUNITY if taken(home, code).exists()]


def taken(home: Path, code: str) -> Path:
    """Say where a language's texts lie once they are taken in."""
    return home / "locale" / code / "LC_MESSAGES" / "django.mo"
