"""Which displays a code means that somebody scanned or typed: a display's own, or the short link on an artwork."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from raquan.displays.models import Display
from raquan.displays.queries.reading import DisplayView, display_views, readable_displays, with_link
from raquan.displays.rules import OPEN, DisplayState, link_code
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.links.queries import way_of
from raquan.outings.rules import read_code

MOST_MEANT = 20
_STANDING = [one.value for one in (*OPEN, DisplayState.DUE_DOWN)]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a code means to its reader: one display, or an artwork that hangs in several of their places, or in none.

    `artwork_title` is "" where none of their places was asked to show it.
    """

    display_id: UUID | None = None
    artwork_title: str = ""


def meant_by(actor: Actor, written: str, *, now: datetime) -> Meant | None:
    """Tell what a code means among the actor's places; None for what is no code. Raises NotAllowed.

    Two queries at most, and the one that is remembered of a link.
    """
    own = readable_displays(actor)
    found = own.filter(code=read_code(written[:60])).values_list("id", flat=True).first()
    if found is not None:
        return Meant(found)
    link = link_code(written)
    if not link or way_of(link, on=local_date(now)) is None:
        return None
    of_artwork = list(_standing(own.filter(with_link(link))).values_list("id", "artwork__title")[:2])
    if len(of_artwork) == 1:
        return Meant(of_artwork[0][0])
    return Meant(None, of_artwork[0][1] if of_artwork else "")


def displays_meant(actor: Actor, written: str) -> tuple[DisplayView, ...]:
    """List where an artwork hangs among the actor's places, by the short link on it; at most MOST_MEANT.

    Nothing for what is no such link. Raises NotAllowed. One query.
    """
    link = link_code(written)
    if not link:
        return ()
    found = _standing(readable_displays(actor).filter(with_link(link)))
    return display_views(found.order_by("site__sort_key", "id")[:MOST_MEANT])


def _standing(found: QuerySet[Display]) -> QuerySet[Display]:
    """Leave out what was declined, is over or was taken down: nobody stands before it."""
    return found.filter(state__in=_STANDING)
