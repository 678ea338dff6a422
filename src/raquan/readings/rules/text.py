"""How single lines of a plan are seen: markers, meaning as headings, wording without a closing stop."""

import re
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.text import fold, normalize


class Kind(StrEnum):
    """The kinds of marker before a line, from the outermost in most plans to the innermost."""

    CAPITAL = "capital"
    ROMAN = "roman"
    DECIMAL = "decimal"
    SUBDECIMAL = "subdecimal"
    LETTER = "letter"


class Meaning(StrEnum):
    """What a section of a plan is about."""

    OBJECTIVE = "objective"
    REQUIREMENT = "requirement"
    THEME = "theme"
    WINDOW = "window"
    SCOPE = "scope"
    CONTENT = "content"
    BUDGET = "budget"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line parted into its marker ("III", "1.2", "a") and the rest."""

    kind: Kind
    number: str
    text: str


_MARKERS = (
    (Kind.ROMAN, re.compile(r"(?:Phần\s+)?([IVX]{1,6})\s*[.):/\-–]\s*(?=\S)(.+)", re.DOTALL)),
    (Kind.CAPITAL, re.compile(r"(?:Phần\s+)?([A-HĐ])\s*[.):/]\s*(?=\S)(.+)", re.DOTALL)),
    (Kind.SUBDECIMAL, re.compile(r"(\d{1,2}(?:\.\d{1,2})+)[.)]?(?![\d/])\s*(?=\S)(.+)", re.DOTALL)),
    (Kind.DECIMAL, re.compile(r"\(?(\d{1,2})\s*[.):](?![\d/])\s*(?=\S)(.+)", re.DOTALL)),
    (Kind.LETTER, re.compile(r"\(?([a-zđ])\s*[.)]\s*(?=\S)(.+)", re.DOTALL)),
)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_STOP = re.compile(r"(?:\s*(?:[.;]/\.|\./\.|[.;,:]))+$")
_DASH = re.compile(r"^[\s\-–—+•*·]+")

# In the order of asking; a heading is known by how it begins, one in capitals by what it holds.
_MEANINGS = (
    (Meaning.ORGANIZATION, ("to chuc thuc hien", "trach nhiem", "che do bao cao", "che do thong tin",
                            "thong tin bao cao")),
    (Meaning.BUDGET, ("kinh phi", "nguon kinh phi", "du toan")),
    (Meaning.OBJECTIVE, ("muc dich", "muc tieu")),
    (Meaning.REQUIREMENT, ("yeu cau",)),
    (Meaning.CONTENT, ("noi dung", "nhiem vu", "cac noi dung", "cac nhiem vu", "mot so nhiem vu", "phan cong nhiem vu",
                       "hoat dong", "cac hoat dong", "giai phap", "cac giai phap")),
    (Meaning.THEME, ("chu de", "ten goi", "khau hieu")),
    (Meaning.WINDOW, ("thoi gian", "thoi han")),
    (Meaning.SCOPE, ("pham vi", "doi tuong", "dia diem", "hinh thuc", "quy mo", "thanh phan")),
)  # fmt: skip
_LONGEST_HEADING = 160


def marked(text: str) -> Marked | None:
    """Part a line into marker and text, or None when it has no marker."""
    line = normalize(text)
    for kind, pattern in _MARKERS:
        if found := pattern.match(line):
            if kind is Kind.ROMAN and not _ROMAN.fullmatch(found[1]):
                continue
            return Marked(kind, found[1], found[2])
    return None


def meaning_of(heading: str) -> Meaning | None:
    """Tell what a section is about by its heading (without its marker), or None."""
    folded = fold(heading).strip(" :.;")
    if len(folded) > _LONGEST_HEADING:
        return None
    for meaning, words in _MEANINGS:
        if folded.startswith(words):
            return meaning
    if normalize(heading).isupper():
        return next((meaning for meaning, words in _MEANINGS if any(word in folded for word in words)), None)
    return None


def is_roman(text: str) -> bool:
    """Tell whether a text is a Roman number as sections have, I to XXXIX."""
    return _ROMAN.fullmatch(text) is not None


def is_dashed(text: str) -> bool:
    """Tell whether a line begins with a dash or a bullet."""
    return _DASH.match(text) is not None and _DASH.sub("", text) != ""


def without_dash(text: str) -> str:
    """Give a line without its dash or bullet."""
    return _DASH.sub("", normalize(text))


def without_stop(text: str) -> str:
    """Give a text without the stop that closes it: ". ; ./."."""
    return _STOP.sub("", normalize(text))


def joined_numbers(*numbers: str) -> str:
    """Join the numbers of headings and item into a path; "1.1" under "1" says that number already."""
    path: list[str] = []
    for number in filter(None, numbers):
        if path and number.startswith(f"{path[-1]}."):
            path.pop()
        path.append(number)
    return ".".join(path)


def is_rule(text: str) -> bool:
    """Tell whether a line is drawn, not written: dashes, stars, underscores."""
    return not any(c.isalnum() for c in text)
