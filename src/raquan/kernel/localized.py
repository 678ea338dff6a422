"""A text in several languages, Vietnamese always among them."""

from collections.abc import Mapping

Localized = Mapping[str, str]
"""`{"vi": …, "en": …}` as it is stored in a JSON column."""

DEFAULT_LANGUAGE = "vi"


def localized(vi: str, **others: str) -> dict[str, str]:
    """Build a localized value; empty translations are left out."""
    if not vi:
        raise ValueError("a localized value needs its Vietnamese text")
    return {DEFAULT_LANGUAGE: vi} | {code: text for code, text in others.items() if text}


def in_language(value: Localized, language: str) -> str:
    """Give the text in a language, or in Vietnamese where there is no translation."""
    return value.get(language) or value[DEFAULT_LANGUAGE]
