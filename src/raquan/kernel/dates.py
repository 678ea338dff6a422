"""Dates and times as Vietnamese readers write them: 10/10/2023, 08:30."""

import re
import unicodedata
from datetime import date, datetime, time

from raquan.kernel.clock import VIETNAM
from raquan.kernel.refused import N_, Refused

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMERIC = re.compile(
    r"(?:ngày\s+)?(?P<day>[0-9]{1,2})\s*(?P<sep>[/.-])\s*(?P<month>[0-9]{1,2})"
    r"(?:\s*(?P=sep)\s*(?P<year>[0-9]{4}))?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:ngày\s+)?(?P<day>[0-9]{1,2})\s+tháng\s+(?P<month>[0-9]{1,2})(?:,?\s+năm\s+(?P<year>[0-9]{4}))?",
    re.IGNORECASE,
)


_FORMS = (_ISO, _NUMERIC, _IN_WORDS)


class NotADate(Refused):
    """The text names no day."""

    code = "date.unreadable"
    message = N_("“{text}” không phải là ngày. Hãy viết như 10/10/2023.")


def format_date(day: date) -> str:
    """Write a day as 10/10/2023; of a moment, its day in Viet Nam."""
    local = _in_vietnam(day) if isinstance(day, datetime) else day
    return f"{local.day:02d}/{local.month:02d}/{local.year:04d}"


def format_datetime(moment: datetime) -> str:
    """Write a moment as 08:30 10/10/2023, in Viet Nam's time."""
    return f"{format_time(_in_vietnam(moment).time())} {format_date(moment)}"


def format_time(clock: time | datetime) -> str:
    """Write a time of day as 08:30; of a moment, its time in Viet Nam."""
    local = _in_vietnam(clock) if isinstance(clock, datetime) else clock
    return f"{local.hour:02d}:{local.minute:02d}"


def _in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment!r}")
    return moment.astimezone(VIETNAM)


def long_date(day: date) -> str:
    """Write a day as official documents do: ngày 05 tháng 01 năm 2027.

    Decree 30/2020/NĐ-CP, appendix I: days under 10 and months 1 and 2 take a zero before them.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_name(day: date) -> str:
    """Name the day of the week: thứ Hai … Chủ nhật."""
    return _WEEKDAYS[day.weekday()]


def short_weekday_name(day: date) -> str:
    """Name the day of the week in a narrow column: T2 … CN."""
    return _SHORT_WEEKDAYS[day.weekday()]


def parse_date(s: str, year: int | None = None) -> date:
    """Read a day: 10/10/2023, 10-10-2023, 10.10.2023, 2023-10-10, ngày 10 tháng 10 năm 2023.

    A day without a year (10/10) is of the given `year`. Raises NotADate.
    """
    text = unicodedata.normalize("NFC", s).strip()
    match = next((m for form in _FORMS if (m := form.fullmatch(text))), None)
    if match is None:
        raise NotADate(text=s)
    its_year = int(match["year"]) if match["year"] else year
    if its_year is None:
        raise NotADate(text=s)
    try:
        return date(its_year, int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise NotADate(text=s) from error
