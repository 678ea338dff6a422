"""The codes that helpers sign in with on a phone, and which of a phone's records have been seen."""

from collections.abc import Callable, Iterable

from raquan.kernel.text import fold

# Of signs that are taken for each other on a bad print (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) one at most.
FIELD_CODE_ALPHABET = "234579ACDEFHJKMNPQRTWXY"
FIELD_CODE_LENGTH = 10
PREFIX_LENGTH = 4
"""So many signs of a code are what wrong tries are counted by: guessing on behind them must be slow."""

MOST_RANGES = 200
"""So many runs of numbers are remembered a phone; past it the lowest gap is forgotten."""

HIGHEST_SEQUENCE = 2**53 - 1
"""The greatest whole number that a browser counts to."""

Ranges = tuple[tuple[int, int], ...]
"""Runs of numbers, first and last included, in order and apart."""


def make_field_code(choose: Callable[[str], str]) -> str:
    """Make a code such as ABCD-EFHJ-K2; `choose` picks a sign of an alphabet at random."""
    return show_field_code("".join(choose(FIELD_CODE_ALPHABET) for _ in range(FIELD_CODE_LENGTH)))


def show_field_code(signs: str) -> str:
    """Write the signs of a code in groups of four."""
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def read_field_code(written: str) -> str:
    """Give the signs of a code from what a person typed: "abcd efhj k2" is ABCDEFHJK2; "" when it cannot be one."""
    signs = "".join(c for c in fold(written[:100]).upper() if c.isascii() and c.isalnum())
    return signs if len(signs) == FIELD_CODE_LENGTH and set(signs) <= set(FIELD_CODE_ALPHABET) else ""


def add_to_ranges(seen: Ranges, numbers: Iterable[int]) -> Ranges:
    """Add numbers to the runs that were seen; MOST_RANGES at most remain, the lowest are joined first."""
    runs = sorted([*seen, *((n, n) for n in set(numbers) if 1 <= n <= HIGHEST_SEQUENCE)])
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    too_many = len(joined) - MOST_RANGES
    if too_many > 0:
        joined = [(joined[0][0], joined[too_many][1]), *joined[too_many + 1 :]]
    return tuple(joined)


def gaps_of(seen: Ranges) -> Ranges:
    """Give the runs of numbers, from 1 to the highest seen, that were not seen."""
    ends = [0, *(last for _, last in seen)]
    return tuple((end + 1, first - 1) for end, (first, _) in zip(ends, seen, strict=False) if first > end + 1)
