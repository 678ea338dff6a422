"""Further languages of the public pages: a file of their texts for a community to translate, and taking it in.

Message ids are the Vietnamese texts. Nothing is invented here: a language is offered when most of it was written.
"""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import nfc
from raquan.ui.tongues import COMMUNITY, OWN_NAMES, taken

SOURCE = Path(__file__).resolve().parents[1]
ENOUGH = 0.8
"""From this share of its texts on a language is offered; the rest is shown in Vietnamese."""

_PUBLIC = (
    "portal/templates/**.html",
    "ui/templates/ui/base.html",
    "ui/templates/ui/portal.html",
    "ui/templates/ui/components.html",
    "ui/templates/ui/forms.html",
    "ui/templates/ui/error.html",
    "outings/templates/**/parts.html",
    "outings/templates/outings/check.html",
    "helpdesks/templates/**/opening.html",
    "helpdesks/templates/helpdesks/check.html",
    "helpdesks/templates/helpdesks/public_list.html",
    "feedback/templates/feedback/send.html",
    "feedback/templates/feedback/held.html",
    "feedback/templates/feedback/talk.html",
    "feedback/forms.py",
    "feedback/rules.py",
    "outings/rules.py",
    "kernel/dates.py",
)
_KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "gettext_lazy": None}
_OPTIONS = {
    pattern: {"encoding": "utf-8", "silent": "false", "trimmed": "true", "extensions": "jinja2.ext.do"}
    for pattern in _PUBLIC
    if pattern.endswith(".html")
}


class LanguageUnknown(Refused):
    """It is none of the languages that communities may write."""

    code = "language.unknown"
    message = N_("Chưa nhận tiếng “{code}”; đang nhận: {known}.")


class FileUnreadable(Refused):
    """The file is no .po file, or does not say its language."""

    code = "language.unreadable"
    message = N_("Không đọc được tệp: {reason}.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file has: its language, how many of how many texts, whether the language is offered now."""

    code: str
    written: int
    total: int
    is_offered: bool


def public_texts() -> Catalog:
    """Collect the Vietnamese texts of the public pages, with where each stands."""
    catalog = Catalog()
    methods = [("**/tests/**", "ignore"), *((one, "jinja2" if one.endswith("html") else "python") for one in _PUBLIC)]
    for name, _line, message, comments, context in extract_from_dir(str(SOURCE), methods, _OPTIONS, _KEYWORDS):
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def make_file(code: str, path: Path) -> int:
    """Write the file of a language, keeping what it has; give how many texts it has. Raises LanguageUnknown."""
    if code not in COMMUNITY:
        raise LanguageUnknown(code=code, known=", ".join(COMMUNITY))
    old = _read(path) if path.exists() else Catalog(locale=code)
    new = Catalog(locale=code, project="raquan", charset="utf-8", fuzzy=False, header_comment=f"# {OWN_NAMES[code]}")
    for message in public_texts():
        if message.id:
            known = old.get(message.id, message.context)
            places = sorted({(name, None) for name, _ in message.locations})
            new.add(message.id, known.string if known else None, places, context=message.context)
    with path.open("wb") as file:
        write_po(file, new, sort_by_file=True, include_lineno=False, width=110)
    return len(new)


def take_file(path: Path, home: Path) -> Taken:
    """Take a language's file in; with too few texts the language is taken away again. Raises FileUnreadable.

    It is offered from the next start of the server on.
    """
    said = _read(path)
    code = str(said.locale_identifier or "")
    if code not in COMMUNITY:
        raise LanguageUnknown(code=code, known=", ".join(COMMUNITY))
    texts = [one for one in public_texts() if one.id]
    kept = Catalog(locale=code, charset="utf-8", fuzzy=False)
    for one in texts:
        found = said.get(one.id, one.context)
        if found and _is_written(found.string) and not found.fuzzy:
            string = found.string if isinstance(found.string, tuple | list) else nfc(found.string)
            kept.add(one.id, string, context=one.context)
    target = taken(home, code)
    is_offered = len(kept) >= ENOUGH * len(texts)
    if is_offered:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, kept)
    else:
        target.unlink(missing_ok=True)
    return Taken(code, len(kept), len(texts), is_offered)


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise FileUnreadable(reason=str(error)) from error


def _is_written(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)
