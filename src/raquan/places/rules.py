"""What a unit is, when it is in force, what it became, and how it is found by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from raquan.kernel.text import fold, same_name

Key = TypeVar("Key")


class Level(StrEnum):
    """The levels of administration, from the top; districts ended on 30/6/2025."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


LEVEL_ORDER = {level: place for place, level in enumerate(Level)}

TYPES: Mapping[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("tỉnh", "thành phố"),
    Level.DISTRICT: ("thành phố", "thị xã", "quận", "huyện"),
    Level.COMMUNE: ("phường", "thị trấn", "xã", "đặc khu"),
}
"""What units of a level call themselves."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is loaded; codes are used again, so `code` with `valid_from` names it.

    `valid_to` is the last day in force, None while it is in force. `aliases` are other spellings
    that search finds and nobody is shown.
    """

    code: str
    valid_from: date
    valid_to: date | None
    level: Level
    type: str
    name: str
    parent_code: str
    lat: Decimal | None
    lon: Decimal | None
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, date]:
        """Give what names this unit."""
        return (self.code, self.valid_from)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One unit became another, or a part of it did; `share` is the part of its people, where known."""

    from_code: str
    from_valid_from: date
    to_code: str
    to_valid_from: date
    is_default: bool
    share: Decimal | None

    @property
    def from_key(self) -> tuple[str, date]:
        """Give what names the unit that ended."""
        return (self.from_code, self.from_valid_from)

    @property
    def to_key(self) -> tuple[str, date]:
        """Give what names the unit that took its place."""
        return (self.to_code, self.to_valid_from)


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Tell whether a unit with these dates is in force on a day; both ends count."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def full_name(type_: str, name: str) -> str:
    """Name a unit as a sentence does: huyện Cư M’gar, xã Ea KPam, phường 1."""
    return f"{type_} {name}"


# -- what may be loaded ---------------------------------------------------------------------------


def find_fault(units: Iterable[UnitRow], changes: Sequence[ChangeRow]) -> str | None:
    """Say what is wrong with a set of units and changes, in a developer's words; None when sound.

    Sound: a code names one unit a day; every parent is in force when its unit begins; a change
    leads forward between known units; each unit that became others has exactly one default.
    """
    by_code: dict[str, list[UnitRow]] = {}
    for unit in units:
        by_code.setdefault(unit.code, []).append(unit)
    return _fault_in_dates(by_code) or _fault_in_parents(by_code) or _fault_in_changes(by_code, changes)


def _fault_in_dates(by_code: Mapping[str, list[UnitRow]]) -> str | None:
    for code, rows in by_code.items():
        ordered = sorted(rows, key=lambda row: row.valid_from)
        for row in ordered:
            if row.valid_to is not None and row.valid_to < row.valid_from:
                return f"{code}: ends before it begins"
            if row.type not in TYPES[row.level]:
                return f"{code}: a {row.level} cannot be called {row.type!r}"
        for earlier, later in pairwise(ordered):
            if is_in_force(earlier.valid_from, earlier.valid_to, later.valid_from):
                return f"{code}: two units in force on {later.valid_from}"
    return None


def _fault_in_parents(by_code: Mapping[str, list[UnitRow]]) -> str | None:
    for rows in by_code.values():
        for row in rows:
            if (row.level is Level.PROVINCE) != (row.parent_code == ""):
                return f"{row.code}: only a province stands alone"
            above = by_code.get(row.parent_code, [])
            if row.parent_code and not any(
                is_in_force(parent.valid_from, parent.valid_to, row.valid_from)
                and LEVEL_ORDER[parent.level] < LEVEL_ORDER[row.level]
                for parent in above
            ):
                return f"{row.code}: no unit {row.parent_code} above it on {row.valid_from}"
    return None


def _fault_in_changes(by_code: Mapping[str, list[UnitRow]], changes: Sequence[ChangeRow]) -> str | None:
    known = {row.key: row for rows in by_code.values() for row in rows}
    defaults: dict[tuple[str, date], int] = {}
    for change in changes:
        before, after = known.get(change.from_key), known.get(change.to_key)
        if before is None or after is None:
            return f"{change.from_code} to {change.to_code}: one of them is unknown"
        if before.valid_to is None or (after.valid_to is not None and after.valid_to <= before.valid_to):
            return f"{change.from_code} to {change.to_code}: does not lead forward"
        defaults[change.from_key] = defaults.get(change.from_key, 0) + change.is_default
    return next((f"{code}: {n} defaults" for (code, _), n in defaults.items() if n != 1), None)


# -- what became of it ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """Where a unit, or a part of it, went; `share` is the part of its people, None when unknown."""

    is_default: bool
    share: Decimal | None


def follow(start: Key, changes: Mapping[Key, Mapping[Key, Part]], wanted: frozenset[Key]) -> dict[Key, Part]:
    """Follow a unit through its changes to the units among `wanted`.

    Shares multiply along a way and add up where ways meet; the default is the way of defaults.
    """
    if start in wanted:
        return {start: Part(is_default=True, share=Decimal(1))}
    found: dict[Key, Part] = {}
    for target, part in changes.get(start, {}).items():
        for end, further in follow(target, changes, wanted).items():
            share = None if part.share is None or further.share is None else part.share * further.share
            is_default = part.is_default and further.is_default
            if end in found:
                known = found[end]
                is_default = is_default or known.is_default
                share = None if share is None or known.share is None else share + known.share
            found[end] = Part(is_default, share)
    return found


def weights(parts: Mapping[Key, Part]) -> dict[Key, Decimal]:
    """Say how what is counted of a unit is divided among those that took its place: by the shares of its people.

    Where a share is not known all of it goes to the default. The weights add up to 1.
    """
    shares = {key: part.share for key, part in parts.items() if part.share}
    total = sum(shares.values(), Decimal(0))
    if len(shares) == len(parts) and total:
        return {key: share / total for key, share in shares.items()}
    return {key: Decimal(1) for key, part in parts.items() if part.is_default}


# -- how it is found ------------------------------------------------------------------------------

_ABBREVIATIONS = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "p": "phuong",
    "h": "huyen",
    "x": "xa",
    "q": "quan",
    "t": "tinh",
}
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_EDGE = "|"


def words(text: str) -> str:
    """Give the folded words of a name or query, without punctuation."""
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def query_words(text: str) -> str:
    """Give the folded words of a query; a type that is abbreviated in front is written out (tp, tx, p …)."""
    first, _, rest = words(text).partition(" ")
    return f"{_ABBREVIATIONS.get(first, first)} {rest}" if rest else first


def search_key(type_: str, name: str, aliases: Iterable[str]) -> str:
    """Give what a unit is found by: |name|type name|alias|type alias|…, all folded."""
    names = dict.fromkeys(words(one) for one in (name, *aliases))
    found_by = dict.fromkeys(key for one in names for key in (one, f"{words(type_)} {one}"))
    return _EDGE + _EDGE.join(found_by) + _EDGE


def rank(text: str, type_: str, name: str, key: str) -> int:
    """Say how well a unit answers a query, 0 best: the very name, then without marks, then beginnings."""
    query = query_words(text)
    if same_name(text, name) or same_name(text, full_name(type_, name)):
        return 0
    for place, pattern in enumerate((f"{_EDGE}{query}{_EDGE}", f"{_EDGE}{query}", f" {query}"), start=1):
        if pattern in key:
            return place
    return 4
