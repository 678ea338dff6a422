"""The rules of a help desk: its hours in the week, when it is open, and who is on its roster."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from raquan.kernel import clock
from raquan.kernel.refused import N_

WEEKDAY_NAMES: Mapping[int, str] = {
    1: N_("Thứ Hai"),
    2: N_("Thứ Ba"),
    3: N_("Thứ Tư"),
    4: N_("Thứ Năm"),
    5: N_("Thứ Sáu"),
    6: N_("Thứ Bảy"),
    7: N_("Chủ nhật"),
}
# How far ahead the next opening is looked for; a desk that is closed longer has none.
HORIZON_DAYS = 60
# Helping begins a little before the hour and ends a little after it: so much is not doubted.
AROUND_HOURS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Hours of a day of the week, 1 (Monday) to 7 (Sunday), in Viet Nam's time."""

    weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True, slots=True)
class Opening:
    """When a desk is open next; `is_now` when that is already so."""

    starts: datetime
    ends: datetime
    is_now: bool


def clashes(spans: Iterable[Span]) -> bool:
    """Tell whether hours end before they begin or run into each other."""
    ordered = sorted(spans)
    if any(one.closes_at <= one.opens_at for one in ordered):
        return True
    return any(a.weekday == b.weekday and b.opens_at < a.closes_at for a, b in pairwise(ordered))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a desk: its first and last (None until further notice), and the closed ones, first and last day."""

    valid_from: date
    valid_to: date | None
    closed: tuple[tuple[date, date], ...] = ()

    def has(self, day: date) -> bool:
        """Tell whether a day is the desk's, and not a closed one."""
        if day < self.valid_from or (self.valid_to is not None and day > self.valid_to):
            return False
        return not any(start <= day <= end for start, end in self.closed)


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """Hours, and from when until when they were the desk's: None is from its first day on, and still."""

    span: Span
    begun_at: datetime | None
    ended_at: datetime | None

    def held(self, at: datetime) -> bool:
        """Tell whether they were the desk's hours at a moment."""
        return (self.begun_at is None or self.begun_at <= at) and (self.ended_at is None or at < self.ended_at)


def hours_on(spans: Iterable[Span], calendar: Calendar, day: date) -> tuple[Span, ...]:
    """Give the hours of a day in order; () when the desk is closed on it."""
    return tuple(sorted(one for one in spans if one.weekday == day.isoweekday())) if calendar.has(day) else ()


def next_opening(spans: Sequence[Span], calendar: Calendar, *, now: datetime) -> Opening | None:
    """Find the opening that runs at a moment or comes next; None when there is none within HORIZON_DAYS days."""
    local = now.astimezone(clock.VIETNAM)
    first = max(local.date(), calendar.valid_from)
    for day in (first + timedelta(days=n) for n in range(HORIZON_DAYS)):
        for span in hours_on(spans, calendar, day):
            starts, ends = _moments(day, span)
            if ends > local:
                return Opening(starts, ends, starts <= local)
    return None


def was_open(spans: Iterable[DatedSpan], calendar: Calendar, at: datetime) -> bool:
    """Tell whether a desk was open at a moment by the hours of that time, AROUND_HOURS before and after included."""
    local = at.astimezone(clock.VIETNAM)
    held = [one.span for one in spans if one.held(at)]
    around = (_moments(local.date(), span) for span in hours_on(held, calendar, local.date()))
    return any(starts - AROUND_HOURS <= local <= ends + AROUND_HOURS for starts, ends in around)


def _moments(day: date, span: Span) -> tuple[datetime, datetime]:
    starts = datetime.combine(day, span.opens_at, tzinfo=clock.VIETNAM)
    return starts, datetime.combine(day, span.closes_at, tzinfo=clock.VIETNAM)


EVERY_DAY = 0
"""The day of the week of a shift that is each day on which the desk is open."""


@dataclass(frozen=True, slots=True)
class RosteredDays:
    """The days of a shift: a day of the week or EVERY_DAY, between two days; `last_on` None is until further notice."""

    weekday: int
    first_on: date
    last_on: date | None

    def has(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        within = self.first_on <= day and (self.last_on is None or day <= self.last_on)
        return within and self.weekday in (EVERY_DAY, day.isoweekday())


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Days of the week with the same hours: runs of days that follow each other, first and last."""

    runs: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]


def week_lines(spans: Iterable[Span]) -> tuple[WeekLine, ...]:
    """Gather the days that have the same hours, in the order of the week; days without any are left out."""
    ordered = sorted(spans)
    found: dict[tuple[tuple[time, time], ...], list[int]] = {}
    for day in WEEKDAY_NAMES:
        if own := tuple((one.opens_at, one.closes_at) for one in ordered if one.weekday == day):
            found.setdefault(own, []).append(day)
    return tuple(
        WeekLine(_runs(days), tuple(one for one in ordered if one.weekday == days[0])) for days in found.values()
    )


def _runs(days: Sequence[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)


_HOURS = re.compile(r"\s*(\d{1,2})\s*[:hg.]\s*(\d{2})?\s*[-–—]\s*(\d{1,2})\s*[:hg.]\s*(\d{2})?\s*")


def read_spans(weekday: int, written: str) -> tuple[Span, ...]:
    """Read a day's hours as people write them: "7h30-11h, 13:30–16:30"; "" is closed. Raises ValueError."""
    found = []
    for part in filter(str.strip, re.split(r"[,;]", written)):
        match = _HOURS.fullmatch(part.lower())
        if match is None:
            raise ValueError(part)
        a, b, c, d = (int(one or 0) for one in match.groups())
        found.append(Span(weekday, time(a, b), time(c, d)))
    return tuple(found)
