"""The request as every view of raquan sees it."""

from datetime import datetime

from django.http import HttpRequest

from raquan.kernel.actor import Actor


class Request(HttpRequest):
    """A Django request that knows who acts and what time it is in the campaign.

    Both are set by `raquan.people.middleware`, before any view runs.
    """

    actor: Actor
    now: datetime
