"""Moves a year's days into another year's window."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Window:
    """A campaign's first and last day, and the day that it leads up to."""

    starts_on: date
    ends_on: date
    day_on: date


def move_day(day: date | None, old: Window, new: Window) -> date | None:
    """Move a day: the Day to the Day, the ends to the ends, what is between as far from the first day as it was.

    Nothing inside the old window leaves the new one; what was before or after stays as far before or after.
    """
    if day is None:
        return None
    if day == old.day_on:
        return new.day_on
    if day >= old.ends_on:
        return new.ends_on + (day - old.ends_on)
    moved = new.starts_on + (day - old.starts_on)
    return min(moved, new.ends_on)
