"""Reads which days a row is about: a real day, 05/10, Thứ Năm 5/10/2023, từ 5/10 đến 7/10, 8, 9/10."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from raquan.calendars.rules.doubts import Doubt
from raquan.kernel.dates import NotADate, parse_date
from raquan.kernel.text import fold
from raquan.readings.rules import read_day, read_period

MOST_DAYS = 31
_WEEKDAY = re.compile(
    r"\b(?:thu (?P<word>hai|ba|tu|nam|sau|bay)|(?:thu |t)(?P<digit>[2-7])(?![\d/])|(?P<sunday>chu nhat|cn))\b[ ,:\-]*"
)
_WORDS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_LIST = re.compile(r"(?<![\d/])(\d{1,2}(?: ?(?:,|;|&|va) ?\d{1,2})+) ?/ ?(\d{1,2})(?: ?/ ?(\d{4}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a row, in order; a row about several is several outings."""

    days: tuple[date, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The campaign's first and last day; a day without a year is of the first one's year."""

    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it; both ends do."""
        return self.starts_on <= day <= self.ends_on


def read_days(text: str, window: Window, *, until: str = "", weekday: str = "") -> Days:
    """Read the days that a text names, and doubt those that lie outside the window or bear another weekday's name."""
    folded = fold(text)
    bare = " ".join(_WEEKDAY.sub(" ", folded).split())
    days = _days(bare, window.starts_on.year)
    if days and until.strip():
        last = _days(" ".join(_WEEKDAY.sub(" ", fold(until)).split()), window.starts_on.year)
        days = _span(days[0], last[-1]) if last else days
    if not days:
        return Days(doubts=(Doubt.DAY_UNREAD,) if bare else (Doubt.DAY_MISSING,))
    doubts = [Doubt.SEVERAL_DAYS] if len(days) > 1 else []
    doubts += _outside(days, window)
    said = _WEEKDAY.search(folded) or _WEEKDAY.search(fold(weekday))
    if said and len(days) == 1 and not doubts and _number(said) != days[0].weekday():
        doubts.append(Doubt.WEEKDAY_DIFFERS)
    return Days(days, tuple(doubts))


def swapped(day: date) -> date | None:
    """Give the day with day and month in each other's place, as a spreadsheet set to another country reads them."""
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def _days(text: str, year: int) -> tuple[date, ...]:
    try:
        return (parse_date(text, year),)
    except NotADate:
        pass
    if match := _LIST.search(text):
        numbers = [int(one) for one in re.findall(r"\d+", match[1])]
        return _known(numbers, int(match[2]), int(match[3] or year))
    period = read_period(text, year)
    if period.starts_on and period.due_on and re.search(r"\d ?/|thang", text):
        return _span(period.starts_on, period.due_on)
    day = read_day(text, year)
    return (day,) if day else ()


def _known(numbers: Iterable[int], month: int, year: int) -> tuple[date, ...]:
    try:
        return tuple(date(year, month, number) for number in numbers)
    except ValueError:
        return ()


def _span(first: date, last: date) -> tuple[date, ...]:
    count = (last - first).days + 1
    return tuple(first + timedelta(days=at) for at in range(count)) if 0 < count <= MOST_DAYS else ()


def _outside(days: tuple[date, ...], window: Window) -> list[Doubt]:
    out = [day for day in days if not window.holds(day)]
    if not out:
        return []
    other = swapped(out[0])
    return [Doubt.DAY_SWAPPED if len(days) == 1 and other and window.holds(other) else Doubt.DAY_OUTSIDE]


def _number(match: re.Match[str]) -> int:
    if match["sunday"]:
        return 6
    return _WORDS[match["word"]] if match["word"] else int(match["digit"]) - 2
