"""A page of a list: every list that a person sees is cut into these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")

MAX_SIZE = 1000
"""The most that is read at once, where a list is wanted whole: a page that a person sees is shorter."""


@dataclass(frozen=True)  # no slots: with them Page[X](…) fails in Python 3.11
class Page(Generic[T]):
    """Items of page `number` (from 1) of a list of `total` items, `size` a page."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """Count the pages; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Tell whether a page comes before."""
        return self.number > 1


def every(read: Callable[[int], Page[T]]) -> list[T]:
    """Gather a list that is wanted whole; `read` gives a page by its number, best of MAX_SIZE."""
    found: list[T] = []
    for number in count(1):
        page = read(number)
        found += page.items
        if not page.has_next:
            break
    return found


def window(number: int, size: int) -> slice:
    """Give the slice of a page; sizes over MAX_SIZE are cut to it, numbers under 1 are 1."""
    size = min(max(size, 1), MAX_SIZE)
    start = (max(number, 1) - 1) * size
    return slice(start, start + size)


def total_of(items: Sequence[object], number: int, size: int, count_all: Callable[[], int]) -> int:
    """Give how many a list has, of which `items` are a page; asks only where the first page may not be all of it."""
    cut = window(number, size)
    return len(items) if cut.start == 0 and len(items) < cut.stop else count_all()
