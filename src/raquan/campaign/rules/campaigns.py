"""What a campaign and its plan can be: which campaign is the current one."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

# Decision 505/QĐ-TTg of 22 April 2022 makes 10 October the National Digital Transformation Day;
# it counts where a plan does not name a day itself.
NATIONAL_DAY = (10, 10)


class _Window(Protocol):
    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


W = TypeVar("W", bound=_Window)


def current(campaigns: Sequence[W], today: date) -> W | None:
    """Choose the campaign under way today, else the next one, else the one that ended last."""
    under_way = [one for one in campaigns if one.starts_on <= today <= one.ends_on]
    to_come = [one for one in campaigns if one.starts_on > today]
    over = [one for one in campaigns if one.ends_on < today]
    if under_way:
        return max(under_way, key=lambda one: one.starts_on)
    if to_come:
        return min(to_come, key=lambda one: one.starts_on)
    return max(over, key=lambda one: one.ends_on, default=None)
