"""The request as every view of raquan sees it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest

from raquan.kernel.actor import Actor


class Request(HttpRequest):
    """A Django request that knows who acts and what time it is in the campaign.

    All is set by `raquan.people.middleware`, before any view runs. `may_open` tells whether the page at an address
    would let the actor in.
    """

    actor: Actor
    now: datetime
    may_open: Callable[[str], bool]
