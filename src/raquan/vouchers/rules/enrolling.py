"""The codes by which a merchant's phone becomes a counter."""

from collections.abc import Callable
from datetime import timedelta

from raquan.kernel.text import fold

# Of letters that are taken for each other on a bad print or aloud, one at most.
ALPHABET = "ACDEFHJKMNPQRTWXY"
LENGTH = 8
PREFIX_LENGTH = 3
"""So many letters are what wrong tries are counted by: guessing on behind them must be slow."""

VALID_FOR = timedelta(minutes=30)
MOST_NAME = 60
MOST_WAITING = 20
"""So many codes of an enterprise that nobody has used yet may hold at once."""


def make_enrolment_code(choose: Callable[[str], str]) -> str:
    """Make a code; `choose` picks a sign of an alphabet at random."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def show_enrolment_code(letters: str) -> str:
    """Write a code in two groups: ACDE-FHJK."""
    return f"{letters[:4]}-{letters[4:]}"


def read_enrolment_code(written: str) -> str:
    """Give the letters of a code from what a person typed; "" when it cannot be one."""
    letters = "".join(c for c in fold(written[:100]).upper() if c.isascii() and c.isalnum())
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""
