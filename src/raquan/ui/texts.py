"""Translations that are remembered: a page says a hundred things that every page says, a feed six things a row."""

from functools import lru_cache

from django.utils.translation import get_language, gettext


def text(message: str) -> str:
    """Translate into the language of the page, as Django's gettext does; catalogues do not change while we run."""
    return _translated(get_language(), message)


@lru_cache(maxsize=8192)
def _translated(_language: str | None, message: str) -> str:
    return gettext(message)
