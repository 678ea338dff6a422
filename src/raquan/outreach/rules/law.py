"""The legal checklist of what is hung up: rules read from a table of data. It warns; a person decides."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, assert_never


class DisplayCheck(StrEnum):
    """What is looked at; the table says the kinds of design, the days and the source."""

    NOT_ACROSS_ROAD = "not_across_road"
    NOT_HIDING_SIGNS = "not_hiding_signs"
    DOER_SHOWN = "doer_shown"
    NO_BRAND = "no_brand"
    FILED_BEFORE = "filed_before"
    MOST_DAYS = "most_days"
    PLACE_TOLD = "place_told"


@dataclass(frozen=True, slots=True)
class DisplayRule:
    """A rule of the table: of its kinds of design (none: all), for what hangs from a day on; `limit` is days."""

    key: str
    check: DisplayCheck
    text: str
    source: str
    valid_from: date
    text_en: str = ""
    valid_to: date | None = None
    limit: int = 0
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DisplayFacts:
    """What the rules look at; None where nothing was told."""

    kind: str
    starts_on: date
    ends_on: date
    shows_doer: bool
    place: str
    is_across_road: bool | None
    hides_signs: bool | None
    has_brand: bool | None
    filed_on: date | None


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """A rule beside whether it is kept; None: not enough was told."""

    rule: DisplayRule
    is_kept: bool | None


def read_display_law(text: str) -> tuple[DisplayRule, ...]:
    """Read the table from TOML; raises ValueError (tomllib's too), KeyError or TypeError for one not of this shape."""
    return tuple(_read(row) for row in tomllib.loads(text)["rule"])


def check_display(facts: DisplayFacts, law: Iterable[DisplayRule]) -> tuple[RuleFinding, ...]:
    """Hold an artwork against the rules in force on its first day, in the table's order."""
    return tuple(RuleFinding(rule, _kept(rule, facts)) for rule in law if _in_force(rule, facts))


def _read(row: Mapping[str, Any]) -> DisplayRule:
    named = {"check": DisplayCheck(row["check"]), "kinds": frozenset(row.get("kinds", ()))}
    return DisplayRule(**{**row, **named})


def _in_force(rule: DisplayRule, facts: DisplayFacts) -> bool:
    begun = rule.valid_from <= facts.starts_on
    over = rule.valid_to is not None and facts.starts_on > rule.valid_to
    return begun and not over and (not rule.kinds or facts.kind in rule.kinds)


def _not(said: bool | None) -> bool | None:
    return None if said is None else not said


def _kept(rule: DisplayRule, facts: DisplayFacts) -> bool | None:
    """Tell whether a rule is kept; None where not enough was told."""
    match rule.check:
        case DisplayCheck.NOT_ACROSS_ROAD:
            return _not(facts.is_across_road)
        case DisplayCheck.NOT_HIDING_SIGNS:
            return _not(facts.hides_signs)
        case DisplayCheck.NO_BRAND:
            return _not(facts.has_brand)
        case DisplayCheck.DOER_SHOWN:
            return facts.shows_doer
        case DisplayCheck.FILED_BEFORE:
            return None if facts.filed_on is None else (facts.starts_on - facts.filed_on).days >= rule.limit
        case DisplayCheck.MOST_DAYS:
            return (facts.ends_on - facts.starts_on).days + 1 <= rule.limit
        case DisplayCheck.PLACE_TOLD:
            return bool(facts.place)
    assert_never(rule.check)
