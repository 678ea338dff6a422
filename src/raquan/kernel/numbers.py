"""Numbers as Vietnamese readers write them: 1.234.567,89."""

import re
from decimal import ROUND_HALF_UP, Decimal

from raquan.kernel.refused import N_, Refused

Number = int | float | Decimal

_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_PLAIN = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")
_POINTED = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+")
_SPACES = re.compile(r"(?<=[0-9])[\s\u00a0\u202f](?=[0-9]{3}(?![0-9]))")


class NotANumber(Refused):
    """The text is no number in any reading."""

    code = "number.unreadable"
    message = N_("“{text}” không phải là số. Hãy viết như 1234567 hoặc 1.234.567,89.")


class AmbiguousNumber(Refused):
    """The text is one number in Vietnamese and another in English."""

    code = "number.ambiguous"
    message = N_("“{text}” có thể hiểu theo hai cách. Hãy viết không có dấu phân cách hàng nghìn.")


def format_number(value: Number, places: int | None = None) -> str:
    """Write a number as 1.234.567,89; rounded half up to `places`, or with the digits it has."""
    exact = _finite(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        exact = abs(exact) if exact.is_zero() else exact
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def _finite(value: Number) -> Decimal:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return exact


def format_money(value: Number) -> str:
    """Write an amount of dong, without decimals: 1.500.000 ₫."""
    return f"{format_number(value, places=0)} ₫"


def format_percent(ratio: Number, places: int | None = None) -> str:
    """Write a ratio (0.125) as a percentage (12,5%): to `places`, or to one decimal if it needs one."""
    percent = _finite(ratio) * 100
    if places is None:
        tenths = percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        places = 0 if tenths == tenths.to_integral_value() else 1
    return f"{format_number(percent, places)}%"


def parse_integer(s: str) -> int:
    """Read a whole number: 1234567, 1.234.567 or 1 234 567.

    Raises NotANumber, or AmbiguousNumber for 1,500 (1500 in English, one and a half in Vietnamese).
    """
    text = _bare(s)
    if _COMMA_GROUPED.fullmatch(text):
        raise AmbiguousNumber(text=s)
    if "," in text or not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise NotANumber(text=s)
    return int(text.replace(".", ""))


def parse_decimal(s: str) -> Decimal:
    """Read a number: 1.234.567,89, 1234567,89, 0,5; also 0.5, where the point cannot be grouping.

    Raises NotANumber, or AmbiguousNumber for 1.500 (1500 in Vietnamese, one and a half in English).
    """
    text = _bare(s)
    if _TWO_READINGS.fullmatch(text):
        raise AmbiguousNumber(text=s)
    # A group never begins a number with 0 ("0.500"): there the point is a decimal point.
    if _GROUPED.fullmatch(text) and not text.lstrip("+-").startswith("0"):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(text) or _POINTED.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise NotANumber(text=s)


def _bare(s: str) -> str:
    return _SPACES.sub("", s.strip()).replace("\u2212", "-")
