"""Which numbers would tell one enterprise's to another, and which of them are held back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from raquan.analytics.rules.tables import Kind
from raquan.market.rules import public_total

GUARDED = frozenset({Kind.REDEMPTION, Kind.RESULT, Kind.BOOTH_DAY})
"""The kinds of facts whose organizations are enterprises that compete."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The keys whose numbers are held back, and whether the total is."""

    keys: frozenset[str]
    total: bool


def withheld(parts: Mapping[str, Mapping[str, int]]) -> Withheld:
    """Say what is held back of numbers by key and enterprise, by the market's rule of what may be public.

    What is held back must not follow from the rest either: the keys that are held back are held to the rule together,
    and the smallest of the others join them until they meet it.
    """
    if public_total(_together(parts, parts)).value is None:
        return Withheld(frozenset(parts), total=True)
    keys = {key for key, by_enterprise in parts.items() if public_total(by_enterprise).value is None}
    shown = sorted(parts.keys() - keys, key=lambda key: (sum(parts[key].values()), key), reverse=True)
    while keys and public_total(_together(parts, keys)).value is None:
        keys.add(shown.pop())
    return Withheld(frozenset(keys), total=False)


def _together(parts: Mapping[str, Mapping[str, int]], keys: Iterable[str]) -> dict[object, int]:
    found: dict[object, int] = defaultdict(int)
    for key in keys:
        for enterprise, value in parts[key].items():
            found[enterprise] += value
    return found
