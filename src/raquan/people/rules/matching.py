"""Finds whom a name in an official paper means, among the registered names: pure functions over folded words."""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from raquan.kernel.text import fold, same_name
from raquan.people.rules.naming import (
    ABBREVIATIONS,
    COLLECTIVE_HEADS,
    COLLECTIVE_MEMBERS,
    DISTRICT_WORDS,
    FILLERS,
    KINDS,
    PROVINCE_TAILS,
)

ENOUGH = 0.7
"""The least score of a match; below it the words agree by chance too often."""

SURE = 0.98
"""From here on the words are the organization's own, even when they look like a collective."""

OTHER_KIND = 0.5
"""What the score is multiplied by when one is, say, a police force and the other a committee, or one is a
district's and the other the province's."""

_LONGEST_ABBREVIATION = 5
_MANY = re.compile(rf"^({'|'.join(COLLECTIVE_HEADS)})\b|\bcac ({'|'.join(COLLECTIVE_MEMBERS)})\b")
_REMARKS = re.compile(r"\([^)]*\)")
_WORD_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered organization with every form of its name that papers use."""

    id: Hashable
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a written name means; `score` runs from 0 to 1 (the very words)."""

    candidate: Candidate
    score: float


def expand(written: str) -> tuple[str, ...]:
    """Give a name's words, folded, abbreviations written out and fillers left out.

    "Sở TT&TT", "SỞ TT và TT" and "Sở Thông tin và Truyền thông" give the same words.
    """
    # What stands in brackets is a remark: "(cơ quan thường trực)".
    chunks = [word for word in fold(_REMARKS.sub(" ", written)).split() if word not in FILLERS]
    bare = [re.sub(r"[\W_]+", "", chunk) for chunk in chunks]
    words: list[str] = []
    start = 0
    while start < len(chunks):
        taken, expansion = _abbreviation_at(bare, start)
        if taken:
            words += expansion.split()
            start += taken
            continue
        for part in _WORD_PARTS.findall(chunks[start]):
            words += ABBREVIATIONS.get(part, part).split()
        start += 1
    return tuple(word for word in words if word not in FILLERS)


def _abbreviation_at(bare: Sequence[str], start: int) -> tuple[int, str]:
    """Give how many chunks from `start` on are one abbreviation (the longest), and what it means."""
    for length in range(min(_LONGEST_ABBREVIATION, len(bare) - start), 0, -1):
        joined = "".join(bare[start : start + length])
        if joined in ABBREVIATIONS:
            return length, ABBREVIATIONS[joined]
    return 0, ""


def is_collective(written: str) -> bool:
    """Tell whether a text means many bodies ("các sở, ban, ngành", "UBND các huyện, thị xã, thành phố")."""
    return bool(_MANY.search(" ".join(expand(written))))


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a name, taken apart once."""

    words: tuple[str, ...]
    joined: str
    core: str
    features: frozenset[str]
    kind: str
    districts: frozenset[str]


class Matcher:
    """Scores a written name against every form of every registered name.

    The score is the Dice coefficient of the two sets of words and word pairs, each weighted by how
    rare it is among the registered names (inverse document frequency): "Cư M’gar" tells more than "huyện".
    """

    def __init__(self, organizations: Iterable[Candidate]) -> None:
        self._forms = [
            (one, text, form)
            for one in organizations
            for text in dict.fromkeys((one.name, *one.forms))
            if (form := _take_apart(text)).words
        ]
        found_in = Counter(feature for _, _, form in self._forms for feature in form.features)
        count = len(self._forms) or 1
        self._rarest = math.log(1 + count)
        self._weight = {feature: math.log(1 + count / found) for feature, found in found_in.items()}

    def match(self, written: str) -> Match | None:
        """Give whom the name means; None when nobody, when two fit alike, or when it means many bodies."""
        said = _take_apart(written)
        best: dict[Hashable, tuple[tuple[float, bool], Candidate]] = {}
        for one, text, form in self._forms:
            score = self._score(said, form)
            if score >= ENOUGH:
                rank = (score, same_name(written, text))
                if one.id not in best or rank > best[one.id][0]:
                    best[one.id] = (rank, one)
        ranked = sorted(best.values(), key=lambda found: found[0], reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        (score, _), candidate = ranked[0]
        if score < SURE and (is_collective(written) or self._fits_many(said)):
            return None
        return Match(candidate, round(score, 3))

    def _fits_many(self, said: _Form) -> bool:
        """Tell whether several organizations have all these words: "UBND huyện" is no one's name."""
        words = set(said.words)
        return len({one.id for one, _, form in self._forms if words <= form.features}) > 1

    def _score(self, said: _Form, form: _Form) -> float:
        shared = said.features & form.features
        if said.joined == form.joined:  # "Ea H’leo" and "EaHleo" too
            return 1.0
        if not shared:
            return 0.0
        if said.core == form.core:
            return 0.98
        score = 2 * self._sum(shared) / (self._sum(said.features) + self._sum(form.features))
        other = (said.kind and form.kind and said.kind != form.kind) or said.districts != form.districts
        return min(score, 0.97) * (OTHER_KIND if other else 1)

    def _sum(self, features: Iterable[str]) -> float:
        return sum(self._weight.get(feature, self._rarest) for feature in features)


def _take_apart(text: str) -> _Form:
    words = expand(text)
    joined = " ".join(words)
    tail = next((tail for tail in PROVINCE_TAILS if joined.endswith(f" {tail}")), "")
    return _Form(
        words=words,
        joined="".join(words),
        core=joined.removesuffix(tail).rstrip(),
        features=frozenset({*words, *(f"{a} {b}" for a, b in pairwise(words))}),
        kind=next((kind for kind in KINDS if f"{joined} ".startswith(f"{kind} ")), ""),
        districts=frozenset(word for word in DISTRICT_WORDS if f" {word} " in f" {joined} "),
    )
