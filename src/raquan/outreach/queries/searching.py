"""What stands in the index of communications, and which of it an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.outreach.models import Artwork, ArtworkRun, Post, Slogan
from raquan.outreach.queries.artworks import artworks_seen
from raquan.outreach.queries.posts import posts_seen
from raquan.outreach.queries.slogans import slogans_seen
from raquan.search.rules import Entry, Kind, join_line


def _artworks(rows: QuerySet[Artwork]) -> Iterable[Entry]:
    for one in rows.select_related("organization"):
        line = join_line(one.organization.name, one.code)
        yield Entry(one.id, one.title, f"/desk/outreach/artworks/{one.id}/", line=line, code=one.code, at=one.starts_on)


def _slogans(rows: QuerySet[Slogan]) -> Iterable[Entry]:
    for one in rows:
        yield Entry(one.id, str(one), f"/desk/outreach/slogans/{one.id}/", at=one.changed_at)


def _posts(rows: QuerySet[Post]) -> Iterable[Entry]:
    for one in rows.select_related("organization"):
        yield Entry(one.id, one.title, f"/desk/outreach/posts/{one.id}/", line=one.organization.name, at=one.planned_at)


def _acts(actor: Actor, artwork_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Give the artwork's runs too: who may read its history may read theirs."""
    runs = ArtworkRun.objects.filter(artwork_id=artwork_id)
    return {"outreach.ArtworkRun": list(runs.values_list("id", flat=True))}


KINDS = (
    Kind("artwork", N_("Ấn phẩm"), "outreach.Artwork", Artwork.objects.all, artworks_seen, _artworks, acts=_acts),
    Kind("slogan", N_("Khẩu hiệu"), "outreach.Slogan", Slogan.objects.all, slogans_seen, _slogans),
    Kind("post", N_("Tin đã hẹn"), "outreach.Post", Post.objects.all, posts_seen, _posts),
)
