"""The request as every view of raquan sees it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse

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


def photo_answer(data: bytes, *, is_public: bool) -> HttpResponse:
    """Answer with a photo (JPEG): what is public stays with the reader for a day, for its address names one photo."""
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
