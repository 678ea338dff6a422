"""Numbers go out as Vietnamese readers write them and come back the same."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.kernel.numbers import (
    AmbiguousNumber,
    NotANumber,
    format_money,
    format_number,
    format_percent,
    parse_decimal,
    parse_integer,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("1234567.89"), None, "1.234.567,89"),
        (1234567.891, 2, "1.234.567,89"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (1.005, 2, "1,01"),
        (-1234.5, None, "-1.234,5"),
        (Decimal("-0.001"), 2, "0,00"),
        (5, 2, "5,00"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_format_number(value: int | float | Decimal, places: int | None, text: str) -> None:
    assert format_number(value, places) == text


def test_what_is_no_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(float("nan"))


def test_format_money_and_percent() -> None:
    assert format_money(1_500_000) == "1.500.000 ₫"
    assert format_percent(0.125) == "12,5%"
    assert format_percent(0.5) == "50%"
    assert format_percent(1, places=1) == "100,0%"
    assert format_percent(0.9996) == "100%"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", 1234567),
        ("1234567", 1234567),
        (" 1 234 567 ", 1234567),
        ("1.500", 1500),
        ("-12", -12),
        ("0", 0),
    ],
)
def test_parse_integer(text: str, value: int) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("text", ["", "một", "1.5", "12.34.567", "1,5", "1e3", "٣", "1 23", "--1", "1.234,5"])
def test_parse_integer_refuses(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_integer(text)


def test_parse_integer_refuses_two_readings() -> None:
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_integer("1,500")
    assert "1,500" in refusal.value.text()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1.500,0", "1500.0"),
        ("1234,5", "1234.5"),
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        ("0.500", "0.500"),
        ("12.75", "12.75"),
        ("1500.125", "1500.125"),
        ("\u22122,5", "-2.5"),
    ],
)
def test_parse_decimal(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.500", "12.345", "-1.500", "999.000"])
def test_parse_decimal_refuses_two_readings(text: str) -> None:
    with pytest.raises(AmbiguousNumber):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.2.3", "NaN", "Infinity", "1,234.5", "1.", ",5"])
def test_parse_decimal_refuses(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_decimal(text)


@given(st.integers(-(10**15), 10**15))
def test_integers_come_back(value: int) -> None:
    assert parse_integer(format_number(value)) == value


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimals_come_back(value: Decimal) -> None:
    assert parse_decimal(format_number(value)) == value


@given(st.text(alphabet="0123456789.,- +e", max_size=15))
def test_what_is_read_is_the_text_without_its_grouping(text: str) -> None:
    with suppress(NotANumber, AmbiguousNumber):
        assert parse_integer(text) == int(text.replace(".", "").replace(" ", ""))
