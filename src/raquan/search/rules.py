"""What a kind of thing tells the index, and how words are cut, typed and matched: plain Python."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.kernel.text import fold, spoken

MOST_TERMS = 8
"""So many words of what is typed are looked for; the rest narrows nothing down any more."""

MOST_WORDS = 80
"""So many words of a thing stand in the index: a title, where, when, whose."""

LONGEST_WORD = 40
SHORTEST_ENDING = 4
"""With at least so many digits the end of a telephone number is found."""

_WORD = re.compile(r"[0-9a-z]+")
_MARKED = re.compile(r"[\w\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the index of a thing. `line` and `title` are shown to whoever may see the thing.

    `more` is matched and never shown, `code` is what people read out; `at` is what newer means, None for what has no
    moment. `href` is an address of ours in Vietnamese, `public_href` that of the page that everybody may read, if any.
    """

    id: UUID
    title: str
    href: str
    line: str = ""
    code: str = ""
    more: str = ""
    at: datetime | date | None = None
    public_href: str = ""


def _nothing(actor: Actor, thing_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    return {}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing with pages: the room that owns it says all that the index and the history need.

    `rows` are all things (a query set), `readable` those that an actor may see (a query set of them; True for every
    one, False for none; it may raise NotAllowed), `entries` what stands in the index for some rows. `subject` is what
    the ledger calls it. `touched` names further subjects whose acts change entries, and gives the ids of the things
    for the ids of those; `acts` gives further subjects whose acts an actor may read in a thing's history. Listed
    things stand in a list and have no page of their own; what is not found has a history all the same. `unmoved_by`
    are verbs that come often and change no entry.
    """

    key: str
    name: str
    subject: str
    rows: Callable[[], Any]
    readable: Callable[[Actor], Any]
    entries: Callable[[Any], Iterable[Entry]]
    is_found: bool = True
    is_listed: bool = False
    unmoved_by: frozenset[str] = frozenset()
    touched: Mapping[str, Callable[[Collection[str]], Iterable[UUID]]] = field(default_factory=dict)
    acts: Callable[[Actor, UUID], Mapping[str, Collection[UUID | str]]] = _nothing


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed: folded `terms`, of which the last may be a beginning; `marked` are those with marks.

    `code` is all of it without spaces and signs, `title` as a title begins.
    """

    terms: tuple[str, ...]
    marked: tuple[str, ...]
    code: str
    title: str


def read_typed(text: str) -> Typed:
    """Read what was typed: "Chợ Ea-tul" is the terms cho, ea, tul, of which the first is meant with its marks."""
    terms = words_of(text)[:MOST_TERMS]
    marked = [word for word in _MARKED.findall(spoken(text)) if fold(word) != word]
    return Typed(tuple(terms), tuple(marked[:MOST_TERMS]), code_of(text), " ".join(terms))


def words_of(text: str) -> list[str]:
    """Give the folded words of a text in their order; whatever is neither letter nor digit parts them."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def code_of(text: str) -> str:
    """Give a code without what people leave out as they type it: "138/KH-UBND" is 138khubnd."""
    return "".join(words_of(text))[:60]


def index_words(entry: Entry) -> set[str]:
    """Give the words that an entry is found by."""
    said = words_of(f"{entry.code} {entry.title} {entry.line} {entry.more}")
    return set(said[:MOST_WORDS]) | ({code_of(entry.code)[:LONGEST_WORD]} - {""})


def title_key(title: str) -> str:
    """Give a title as its words are compared, with a space before and behind each."""
    return f" {' '.join(words_of(title))} "


def spoken_key(text: str) -> str:
    """Give a text as its words with marks are compared, with a space before and behind each."""
    return f" {' '.join(_MARKED.findall(spoken(text)))} "


def endings(number: str) -> str:
    """Give the ends of a telephone number as words: who knows its last digits finds it."""
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    return " ".join(digits[start:] for start in range(1, len(digits) - SHORTEST_ENDING + 1))


def last_word(prefix: str) -> str:
    """Give the last word that could begin with some signs, in the order of digits and small letters."""
    return prefix + "z" * (LONGEST_WORD - len(prefix))


def join_line(*parts: str) -> str:
    """Write what stands under a title; parts that say nothing are left out."""
    return " · ".join(part for part in parts if part)
