"""The request as every view of raquan sees it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import Http404, HttpRequest

from raquan.kernel.actor import Actor

T = TypeVar("T")


class Request(HttpRequest):
    """A Django request that knows who acts and what time it is in the campaign.

    All is set by `raquan.people.middleware`, before any view runs. `may_open` tells whether the page at an address
    would let the actor in.
    """

    actor: Actor
    now: datetime
    may_open: Callable[[str], bool]


def must_exist(found: T | None) -> T:
    """Give what was looked up; where there is none, the page is answered with 404."""
    if found is None:
        raise Http404
    return found
