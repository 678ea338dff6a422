"""Which rounds a rule has opened by a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from raquan.kernel.clock import VIETNAM


class Every(StrEnum):
    """How often units report."""

    DAY = "day"
    WEEK = "week"
    END = "end"


@dataclass(frozen=True, slots=True)
class RuleShape:
    """A rule; weeks end on `weekday`, 1 (Monday) to 7, and no round on a skipped day save the last of all."""

    every: Every
    first_on: date
    last_on: date
    due_at: time
    weekday: int = 7
    skipped: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Due:
    """A round: the days that it covers and when it is due."""

    first_on: date
    last_on: date
    due_at: datetime


def due_rounds(rule: RuleShape, now: datetime) -> tuple[Due, ...]:
    """Give every round whose last day has begun; a skipped day's work belongs to the next round."""
    rounds, first = [], rule.first_on
    for day in _ends(rule):
        rounds.append(Due(first, day, datetime.combine(day, rule.due_at, VIETNAM)))
        first = day + timedelta(days=1)
    today = now.astimezone(VIETNAM).date()
    return tuple(one for one in rounds if one.last_on <= today)


def _ends(rule: RuleShape) -> Iterator[date]:
    """Give the days on which rounds end; the rule's last day always ends one, so that no day is left out."""
    day = rule.first_on
    while day <= rule.last_on:
        wanted = rule.every is Every.DAY or (rule.every is Every.WEEK and day.isoweekday() == rule.weekday)
        if day == rule.last_on or (wanted and day not in rule.skipped):
            yield day
        day += timedelta(days=1)
