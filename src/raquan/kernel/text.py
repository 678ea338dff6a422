"""Vietnamese text: how it is stored, searched for and put in order."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

APOSTROPHE = "\u2019"
_APOSTROPHES = "'\u2018\u2019\u02bc\u0060\u00b4"
_TO_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, APOSTROPHE))
_DROP_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES))
# Letters that Unicode does not decompose; ð and ɖ are what some keyboards and scanners write for đ.
_BARRED = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b"})

# In the order of the dictionary: ngang (no mark), huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_VOWELS = frozenset("aeiouy")
_BREVE, _CIRCUMFLEX, _CARON, _TILDE, _HORN = "\u0306", "\u0302", "\u030c", "\u0303", "\u031b"
# The letters that have sisters, in their order, each by the marks that make it; Ê Đê and M'Nông
# letters stand after the Vietnamese letter that they are nearest to.
_SISTERS: dict[str, tuple[frozenset[str], ...]] = {
    base: tuple(frozenset(marks) for marks in variants)
    for base, variants in {
        "a": ("", _BREVE, _CIRCUMFLEX, _CIRCUMFLEX + _BREVE),
        "b": ("", "ƀ"),
        "c": ("", _CARON, _BREVE),
        "d": ("", "đ"),
        "e": ("", _BREVE, _CIRCUMFLEX, _CIRCUMFLEX + _BREVE),
        "i": ("", _BREVE),
        "n": ("", _TILDE, _BREVE),
        "o": ("", _BREVE, _CIRCUMFLEX, _CIRCUMFLEX + _BREVE, _HORN, _HORN + _BREVE),
        "u": ("", _BREVE, _HORN, _HORN + _BREVE),
    }.items()
}
_BARRED_MARK = {"đ": "đ", "ð": "đ", "ɖ": "đ", "ƀ": "ƀ"}
_TOKENS = re.compile(r"[0-9]+|[^\W\d_][\u0300-\u036f]*|.", re.DOTALL)


def nfc(s: str) -> str:
    """Compose (NFC): the form in which every text enters the system."""
    return unicodedata.normalize("NFC", s)


def normalize(s: str) -> str:
    """Give a name as it is stored: NFC, apostrophes as ’, single spaces, nothing invisible.

    Combining marks are kept: Ê Đê and M'Nông letters are written with them.
    """
    seen = "".join(c for c in s.translate(_TO_ONE_APOSTROPHE) if unicodedata.category(c) != "Cf")
    return nfc(" ".join(seen.split()))


def fold(s: str) -> str:
    """Give the search key of a text: no case, marks or apostrophes, single spaces.

    Distinct names fold to the same key: an aid to searching, never an identity.
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFD", s).casefold())
    kept = (c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(kept).translate(_DROP_APOSTROPHES).translate(_BARRED).split())


def same_name(a: str, b: str) -> bool:
    """Tell whether two texts write one name: case, apostrophes, spaces and the tone's seat aside.

    "hoà" is "hòa" and "Cư M'gar" is "CƯ M’GAR"; but "Ea Kao" is not "Ea Káo".
    """
    return spoken(a) == spoken(b)


def spoken(s: str) -> str:
    """Give a text as `same_name` compares it: small letters with their marks, each tone at its word's end, composed."""
    text = unicodedata.normalize("NFD", normalize(s).casefold())
    words = []
    for word in text.split():
        tones = "".join(c for c in word if c in _TONES)
        words.append("".join(c for c in word if c not in _TONES) + tones)
    return nfc(" ".join(words))


@lru_cache(maxsize=8192)  # the same few hundred names are put in order again and again
def sort_key(s: str) -> str:
    """Give a string of [0-9a-z] alone whose plain order is the Vietnamese order of the text.

    Letters count first (a ă â b c d đ e ê …), numbers by their value; tones only break ties over
    the whole text, as in the Unicode collation for Vietnamese. Case and apostrophes do not count.
    Digits and small letters have the same order in every collation of every database.

    Each sign has a weight that is no other's beginning: "02" a gap between words, "1" + how many
    digits + the digits for a number, a letter (+ its place among its sisters) for a letter,
    "z9" + its code for a letter of another script; "00" ends the letters and the tones follow.
    """
    text = unicodedata.normalize("NFD", s.translate(_DROP_APOSTROPHES).casefold())
    weights: list[str] = []
    tones: list[str] = []
    for token in _TOKENS.findall(unicodedata.normalize("NFD", text)):
        weight, tone = _weigh(token)
        weights.append(weight)
        tones.append(tone)
    # A run of spaces and punctuation is one gap; none at either end.
    joined = [w for w, run in groupby(weights) for _ in (range(1) if w == _GAP else run)]
    letters = "".join(joined[joined[:1] == [_GAP] : -1 if joined[-1:] == [_GAP] else None])
    return letters + "00" + "".join(tones).rstrip("0")


_GAP = "02"


def _weigh(token: str) -> tuple[str, str]:
    """Give the letter weight of a sign and its tone (vowels alone have one, "0" for none)."""
    base, marks = token[0], token[1:]
    if base.isascii() and base.isdigit():
        value = token.lstrip("0") or "0"
        return f"1{min(len(value), 99):02d}{value}", ""
    if not base.isalpha():
        return ("", "") if unicodedata.category(base) in ("Mn", "Cf") else (_GAP, "")
    letter = base.translate(_BARRED)
    if not "a" <= letter <= "z":
        return f"z9{ord(letter):06x}", ""
    tone = next((_TONES[m] for m in marks if m in _TONES), "0") if letter in _VOWELS else ""
    sisters = _SISTERS.get(letter)
    if sisters is None:
        return letter, tone
    own = {m for m in marks if not (tone and m in _TONES)} | set(_BARRED_MARK.get(base, ""))
    place = sisters.index(frozenset(own)) if frozenset(own) in sisters else len(sisters)
    return f"{letter}{place}", tone
