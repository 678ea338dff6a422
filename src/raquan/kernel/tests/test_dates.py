"""Dates go out as Vietnamese readers write them and come back the same."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.kernel.dates import (
    NotADate,
    format_date,
    format_datetime,
    format_time,
    long_date,
    parse_date,
    short_weekday_name,
    weekday_name,
)

LATE_IN_UTC = datetime(2023, 10, 9, 18, 5, tzinfo=UTC)


def test_days_and_times_are_those_of_viet_nam() -> None:
    assert format_date(date(2023, 10, 10)) == "10/10/2023"
    assert format_date(date(2023, 1, 5)) == "05/01/2023"
    assert format_date(LATE_IN_UTC) == "10/10/2023"
    assert format_datetime(LATE_IN_UTC) == "01:05 10/10/2023"
    assert format_time(time(8, 30)) == "08:30"
    assert format_time(LATE_IN_UTC) == "01:05"


def test_a_moment_without_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        format_datetime(LATE_IN_UTC.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2027, 1, 5), "ngày 05 tháng 01 năm 2027"),
        (date(2027, 2, 15), "ngày 15 tháng 02 năm 2027"),
        (date(2027, 3, 9), "ngày 09 tháng 3 năm 2027"),
        (date(2023, 10, 10), "ngày 10 tháng 10 năm 2023"),
    ],
)
def test_long_date(day: date, text: str) -> None:
    assert long_date(day) == text


def test_weekdays() -> None:
    assert weekday_name(date(2023, 10, 10)) == "thứ Ba"
    assert weekday_name(date(2023, 10, 8)) == "Chủ nhật"
    assert short_weekday_name(date(2023, 10, 10)) == "T3"
    assert short_weekday_name(date(2023, 10, 8)) == "CN"


@pytest.mark.parametrize(
    "text",
    [
        "10/10/2023",
        " 10-10-2023 ",
        "10.10.2023",
        "2023-10-10",
        "ngày 10/10/2023",
        "Ngày 10 tháng 10 năm 2023",
        "10 tháng 10, năm 2023",
        "nga\u0300y 10 tháng 10 năm 2023",
        "10/10",
        "10 tháng 10",
    ],
)
def test_parse_date(text: str) -> None:
    assert parse_date(text, year=2023) == date(2023, 10, 10)


@pytest.mark.parametrize("text", ["", "31/02/2023", "10/2023", "10/10/23", "10/10-2023", "mai", "٣/٣/2023", "0/1/2023"])
def test_parse_date_refuses(text: str) -> None:
    with pytest.raises(NotADate) as refusal:
        parse_date(text, year=2023)
    assert text in refusal.value.text()


def test_a_day_without_any_year_is_refused() -> None:
    with pytest.raises(NotADate):
        parse_date("10/10")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_come_back(day: date) -> None:
    assert parse_date(format_date(day)) == parse_date(long_date(day).replace(str(day.year), f"{day.year:04d}")) == day
