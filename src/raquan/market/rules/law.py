"""The legal checklist: rules read from a table of data, applied to an offer. It warns; a person decides."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never


class Check(StrEnum):
    """What is looked at; the table says the threshold, the forms, the days and the source."""

    MOST_PERCENT = "most_percent"
    MOST_UNIT_VALUE = "most_unit_value"
    MOST_DAYS_A_YEAR = "most_days_a_year"
    PROGRAMME_NAMED = "programme_named"
    NOTICE_NEEDED = "notice_needed"
    TERMS_NEEDED = "terms_needed"


@dataclass(frozen=True, slots=True)
class LegalRule:
    """A rule of the table: it holds for offers that start between its days, of its forms (none: every form).

    `limit` is percent or days, by the check. `concentrated` True or False: of such programmes or of others alone;
    None: of both. `least_value` is dong: below it, the rule does not ask.
    """

    key: str
    check: Check
    text: str
    source: str
    valid_from: date
    text_en: str = ""
    valid_to: date | None = None
    limit: int | None = None
    forms: frozenset[str] = frozenset()
    concentrated: bool | None = None
    least_value: int | None = None


class CheckResult(StrEnum):
    """What a rule found: nothing wrong, something to look at, or not enough was told."""

    FINE = "fine"
    WARNS = "warns"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule beside what it found."""

    rule: LegalRule
    result: CheckResult


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the rules look at; amounts in dong, `percent` of the price before; None where nothing was told."""

    form: str
    starts_on: date
    ends_on: date
    percent: int | None
    unit_price: int | None
    unit_value: int | None
    total_value: int | None
    days_before: int | None
    is_concentrated: bool
    programme: str
    notice_number: str
    notice_on: date | None
    terms: str


def read_law(text: str) -> tuple[LegalRule, ...]:
    """Read the table from TOML; raises ValueError (tomllib's too) or KeyError for one that is not of this shape."""
    rows: Iterable[Mapping[str, object]] = tomllib.loads(text)["rule"]
    return tuple(_rule(row) for row in rows)


def check_offer(facts: OfferFacts, law: Iterable[LegalRule]) -> tuple[Checked, ...]:
    """Apply the rules that hold for an offer, in the table's order."""
    return tuple(Checked(rule, _look(rule, facts)) for rule in law if _holds(rule, facts))


def _rule(row: Mapping[str, object]) -> LegalRule:
    said = dict(row)
    said["check"] = Check(str(said["check"]))
    forms = said.pop("forms", ())
    if not isinstance(forms, list | tuple):
        raise ValueError("forms")
    return LegalRule(forms=frozenset(str(one) for one in forms), **said)  # type: ignore[arg-type]


def _holds(rule: LegalRule, facts: OfferFacts) -> bool:
    in_time = rule.valid_from <= facts.starts_on and (rule.valid_to is None or facts.starts_on <= rule.valid_to)
    of_form = not rule.forms or facts.form in rule.forms
    of_kind = rule.concentrated is None or rule.concentrated == facts.is_concentrated
    small = rule.least_value is not None and facts.total_value is not None and facts.total_value < rule.least_value
    return in_time and of_form and of_kind and not small


def _look(rule: LegalRule, facts: OfferFacts) -> CheckResult:
    found = _finds(rule, facts)
    return CheckResult.UNKNOWN if found is None else CheckResult.FINE if found else CheckResult.WARNS


def _finds(rule: LegalRule, facts: OfferFacts) -> bool | None:
    """Tell whether a rule is kept; None where not enough was told."""
    limit = rule.limit or 0
    match rule.check:
        case Check.MOST_PERCENT:
            return None if facts.percent is None else facts.percent <= limit
        case Check.MOST_UNIT_VALUE:
            if facts.unit_price is None or facts.unit_value is None:
                return None
            return facts.unit_value * 100 <= facts.unit_price * limit
        case Check.MOST_DAYS_A_YEAR:
            days = (facts.ends_on - facts.starts_on).days + 1
            if days > limit:
                return False
            return None if facts.days_before is None else days + facts.days_before <= limit
        case Check.PROGRAMME_NAMED:
            return bool(facts.programme)
        case Check.NOTICE_NEEDED:
            if facts.notice_number and facts.notice_on:
                return True
            return None if rule.least_value is not None and facts.total_value is None else False
        case Check.TERMS_NEEDED:
            return bool(facts.terms)
    assert_never(rule.check)
