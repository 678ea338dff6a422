"""When a total of enterprises' figures may be public, and how sure a figure is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from raquan.kernel.refused import N_


class Grade(StrEnum):
    """How a figure came: said by the enterprise in a form, or taken from its system as a file."""

    STATED = "stated"
    SUPPLIED = "supplied"


GRADE_NAMES: Mapping[Grade, str] = {Grade.STATED: N_("doanh nghiệp khai"), Grade.SUPPLIED: N_("từ tệp Excel")}

MIN_ENTERPRISES = 3
"""A public total stands on at least so many enterprises with a figure above zero."""

MOST_SHARE = Decimal("0.75")
"""No enterprise has more than this share of a public total: otherwise the total would tell that one's figure."""

SETTLED_AFTER = timedelta(days=10)
"""A month enters public totals so long after its end, so that reports come in together and no single one shows."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total over enterprises; `value` None where it is held back. `enterprises` is how many it stands on."""

    value: int | None
    enterprises: int


def public_total(by_enterprise: Mapping[Any, int]) -> Total:
    """Add up figures by enterprise, or hold the total back (MIN_ENTERPRISES, MOST_SHARE)."""
    figures = [one for one in by_enterprise.values() if one > 0]
    whole = sum(figures)
    if len(figures) < MIN_ENTERPRISES or max(figures) > whole * MOST_SHARE:
        return Total(None, len(figures))
    return Total(whole, len(figures))


def settled_before(today: date) -> date:
    """Give the first day of the earliest month that does not enter public totals yet."""
    return (today - SETTLED_AFTER).replace(day=1)


def month_of(day: date) -> date:
    """Give the month of a day, as its first day."""
    return day.replace(day=1)
