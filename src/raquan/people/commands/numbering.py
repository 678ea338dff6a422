"""Gives users and devices their stable integers: one after another, each once, whoever asks at the same time."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max

from raquan.people.models import Device, User

TRIES = 50

T = TypeVar("T")


def with_next_number(model: type[User] | type[Device], make: Callable[[int], T], known: Callable[[], T | None]) -> T:
    """Run `make` with the next free number in a transaction of its own, again with another if that one was taken.

    It may take the numbers that follow too.

    `known` tells whether somebody else has just made the very same thing, and may refuse.
    """
    for tries_left in reversed(range(TRIES)):
        highest = model.objects.aggregate(highest=Max("number"))["highest"] or 0
        try:
            with transaction.atomic():
                return make(int(highest) + 1)
        except IntegrityError:
            found = known()
            if found is not None:
                return found
            if not tries_left:
                raise
    raise AssertionError("unreachable")
