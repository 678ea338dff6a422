"""A card's code as words and as a QR code, and the mark that records carry in its place: plain Python.

A code is 128 random bits. Only the printed card has it. What a record carries is the code's mark, a hash that leads
back to no code; what the server keeps is a keyed hash of the mark.

In words it is 16 symbols of 9 bits, one word of a list of 512 each: seven zero bits, the code, and a check symbol
chosen so that the sum of a^i * word_i over GF(512) is 0 (a is a root of x^9 + x^4 + 1). A wrong word, whichever and
for whichever, and any two words in each other's place, always give another sum. Of what is wholly wrong one in 65,536
passes, for the check symbol and the zero bits are 16 bits.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from raquan.kernel.text import fold

CODE_BYTES = 16
WORDS_A_CARD = 16
WORDS_A_LINE = 4
CARDS_A_SHEET = 10
MOST_SHEETS = 30
PATH = "/c/1/"
"""What stands before the code in a card's address; the number is the version of all that is said above."""

_BITS = 9
_FIELD = 1 << _BITS
_POLYNOMIAL = 0b1000010001
_MARK = re.compile(r"m1-[0-9a-f]{32}")
_WRITTEN = re.compile(r"(?:.*/c/1/)?([A-Z2-7]{26})/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What was read from typed words: the code, or what is wrong with them."""

    code: bytes | None
    count: int
    unknown: tuple[str, ...]


@cache
def word_list() -> tuple[str, ...]:
    """Give the 512 words of version 1; no two sound alike on the telephone, north or south, or without accents."""
    words = tuple(files("raquan.cards").joinpath("data/words.txt").read_text(encoding="utf-8").split())
    if len(words) != _FIELD:
        raise RuntimeError("the list of words is damaged")
    return words


def to_words(code: bytes) -> tuple[str, ...]:
    """Give a code as its 16 words."""
    number = int.from_bytes(code, "big")
    symbols = [number >> _BITS * place & (_FIELD - 1) for place in reversed(range(WORDS_A_CARD - 1))]
    # The last symbol is weighted with a^15: divided out, it makes the sum 0.
    check = _times(_sum(symbols), _power(_FIELD - 1 - (WORDS_A_CARD - 1)))
    return tuple(word_list()[symbol] for symbol in [*symbols, check])


def read_words(text: str) -> WordsRead:
    """Read words however they were typed: accents, capitals, lines and signs between them do not matter."""
    typed = [word for word in re.split(r"[^a-z]+", fold(text)) if word]
    known = _values()
    unknown = tuple(word for word in typed if word not in known)
    if unknown or len(typed) != WORDS_A_CARD:
        return WordsRead(None, len(typed), unknown)
    symbols = [known[word] for word in typed]
    number = 0
    for symbol in symbols[:-1]:
        number = number << _BITS | symbol
    whole = _sum(symbols) == 0 and number < 1 << 8 * CODE_BYTES
    return WordsRead(number.to_bytes(CODE_BYTES, "big") if whole else None, len(typed), ())


def written(code: bytes) -> str:
    """Write a code as it stands in the card's address: 26 signs of base32."""
    return base64.b32encode(code).decode().rstrip("=")


def card_path(code: bytes) -> str:
    """Give the path of a card's public page, which its QR code leads to."""
    return PATH + written(code)


def read_code(text: str) -> bytes | None:
    """Read a code from what a scanner or a person gives: the card's address, its 26 signs, or its words."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return read_words(text).code
    try:
        code = base64.b32decode(found[1].upper() + "======")
    except binascii.Error:
        return None
    return code if written(code) == found[1].upper() else None  # the last sign has bits that mean nothing


def mark_of(code: bytes) -> str:
    """Give the mark of a code, which records carry: nobody finds the code from it, and so not the card's page."""
    return "m1-" + hashlib.sha256(b"raquan card 1 " + code).hexdigest()[:32]


def read_mark(text: str) -> str:
    """Read which card an answer names: the field app sends the mark, other tools what they scanned; "" if neither."""
    if _MARK.fullmatch(text.strip()):
        return text.strip()
    code = read_code(text)
    return mark_of(code) if code is not None else ""


@cache
def _values() -> dict[str, int]:
    return {fold(word): value for value, word in enumerate(word_list())}


def _sum(symbols: Sequence[int]) -> int:
    total = 0
    for symbol in reversed(symbols):
        total = _times(total, 2) ^ symbol
    return total


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (_POLYNOMIAL if a & _FIELD >> 1 else 0)
        b >>= 1
    return product


@cache
def _power(exponent: int) -> int:
    """Give a power of the field's generator, which is 2."""
    product = 1
    for _ in range(exponent):
        product = _times(product, 2)
    return product
