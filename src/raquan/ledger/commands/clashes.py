"""Work that takes the next number is done again when another took it first."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

ATTEMPTS = 5

T = TypeVar("T")


def until_free(work: Callable[[], T], *, attempts: int = ATTEMPTS) -> T:
    """Run work in a transaction; again when another took its number between our reading and our writing."""
    for attempt in range(attempts):
        try:
            with transaction.atomic():
                return work()
        except IntegrityError:
            if attempt == attempts - 1:
                raise
    raise AssertionError("unreachable")
