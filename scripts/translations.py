"""Keeps the English catalogue complete: message ids are the Vietnamese texts of the code.

python scripts/translations.py update   # adds new texts, drops gone ones, keeps what is translated
python scripts/translations.py check    # fails while a text is new, gone, untranslated or loses a {placeholder}
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "raquan"
ENGLISH = SOURCE / "ui" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = "# English of raquan; message ids are the Vietnamese texts. Kept by scripts/translations.py."
METHODS = [
    ("**/tests/**", "ignore"),
    ("**/node_modules/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "N_": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|%[sd]")


def extracted() -> Catalog:
    """Collect every text of the code, with the file that it stands in."""
    catalog = Catalog()
    options = {
        "**/templates/**.html": {
            "encoding": "utf-8",
            "silent": "false",
            "trimmed": "true",
            "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
        }
    }
    for name, _line, message, comments, context in extract_from_dir(
        str(SOURCE), METHODS, options, KEYWORDS, strip_comment_tags=True
    ):
        catalog.add(message, None, [(f"src/raquan/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def stored() -> Catalog:
    """Read the English catalogue."""
    if not ENGLISH.exists():
        return Catalog(locale="en")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    """Bring the catalogue to the code's texts."""
    # A catalogue whose header is fuzzy is not compiled.
    old = stored()
    new = Catalog(locale="en", project="raquan", charset="utf-8", header_comment=HEADER, fuzzy=False)
    for message in extracted():
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        places = sorted({(name, None) for name, _ in message.locations})
        new.add(message.id, known.string if known else None, places, context=message.context)
    new.revision_date = new.creation_date = old.creation_date
    new.version = new.msgid_bugs_address = new.last_translator = new.language_team = ""
    with ENGLISH.open("wb") as file:
        write_po(file, new, sort_by_file=True, omit_header=False, include_lineno=False, width=110)
    missing = sum(1 for one in new if one.id and not _is_translated(one.string))
    print(f"{len(new)} texts, {missing} to translate")
    return 0


def check() -> int:
    """Compare catalogue and code; print each difference."""
    code, catalogue = extracted(), stored()
    wrong = [f"new: {m.id!r}" for m in code if m.id and catalogue.get(m.id, m.context) is None]
    wrong += [f"gone: {m.id!r}" for m in catalogue if m.id and code.get(m.id, m.context) is None]
    for message in catalogue:
        if message.id and not _is_translated(message.string):
            wrong.append(f"untranslated: {message.id!r}")
        elif message.id and _placeholders(message.id) != _placeholders(message.string):
            wrong.append(f"placeholders differ: {message.id!r}")
    print("\n".join(wrong) or f"{len(catalogue)} texts, English complete")
    return 1 if wrong else 0


def _is_translated(string: str | tuple[str, ...] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
    whole = text if isinstance(text, str) else " ".join(text)
    return set(PLACEHOLDER.findall(whole))


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
