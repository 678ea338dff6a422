"""The cases of communications: artwork, slogans, the kit, messages, and what everybody sees of them."""

from typing import Any

from tests.matrix.case import NEW, PUBLIC, A, Body, Case, Write, both, listing, thing
from tests.matrix.world import World

_ARTWORK: dict[str, Any] = {
    "title": "Áp phích mới",
    "design": "poster",
    "language": "vi",
    "starts_on": "20/9/2023",
    "ends_on": "15/10/2023",
    "seen": "1",
    "request_id": NEW,
}
_POST: dict[str, Any] = {
    "channel": "zalo",
    "on": "6/10/2023",
    "at": "8:00",
    "title": "Tin mới",
    "text": "Mời bà con.",
    "seen": "1",
    "request_id": NEW,
}
_KIT: dict[str, Any] = {
    "shown_name": "Ngày Chuyển đổi số",
    "host": "UBND tỉnh",
    "ground": "#0b5d4e",
    "ink": "#ffffff",
    "accent": "#ffb81c",
    "warm": "#a4262c",
    "seen": "0",
}


def _artwork(world: World) -> Body:
    whose = {"organization": str(world.things["organization_id"]), "slogan": str(world.things["slogan_id"])}
    return _ARTWORK | whose


def _post(world: World) -> Body:
    return _POST | {"organization": str(world.things["organization_id"])}


def _own(*shows: str, **more: Any) -> Case:
    return thing(A.OUTREACH_WRITE, *shows, **more)


def _write(body: Any) -> Case:
    return Case(get=None, writes=(Write(body, A.OUTREACH_WRITE),))


def _office(body: Any, **fills: Any) -> Case:
    return Case(get=None, writes=(Write(body, owner="whole"),), fills=fills)


_RUN = {"run_id": "artwork_run"}
OUTREACH: dict[str, Case] = {
    "<int:year>/messages/": PUBLIC,
    "<int:year>/messages.atom": PUBLIC,
    "<int:year>/messages/banner/": PUBLIC,
    # There is no picture yet, and no such code: nothing of what is not approved is told.
    "<int:year>/messages/banner.png": Case(is_public=True, get=404),
    "<int:year>/kit/": PUBLIC,
    "<int:year>/kit/<str:code>.png": Case(is_public=True, get=404, fills={"code": "TT-000000"}),
    "desk/outreach/": listing(*both("artwork")),
    "desk/outreach/new/": Case(writes=(Write(_artwork, A.OUTREACH_WRITE),)),
    "desk/outreach/artworks/<uuid:artwork_id>/": _own("own artwork"),
    "desk/outreach/artworks/<uuid:artwork_id>/edit/": _own("own artwork", writes=(Write(_artwork, A.OUTREACH_WRITE),)),
    "desk/outreach/artworks/<uuid:artwork_id>/step/": Case(
        get=None,
        writes=(
            Write({"step": "submit_artwork", "seen": "1"}, A.OUTREACH_WRITE),
            Write({"step": "approve_artwork", "seen": "1"}, A.OUTREACH_WRITE, keeps=True),
        ),
    ),
    "desk/outreach/artworks/<uuid:artwork_id>/picture/": _own(is_slow=True),
    "desk/outreach/artworks/<uuid:artwork_id>/file/": _own(
        queries=("?format=txt",), fills={"artwork_id": "approved_artwork"}
    ),
    "desk/outreach/artworks/<uuid:artwork_id>/units/": _office({"format": "html"}, artwork_id="shared_artwork"),
    "desk/outreach/units/<uuid:run_id>/": Case(owner="whole", fills=_RUN),
    "desk/outreach/units/<uuid:run_id>/continue/": Case(
        get=None, fills=_RUN, writes=(Write(owner="whole", keeps=True),)
    ),
    "desk/outreach/slogans/": Case(),
    "desk/outreach/slogans/new/": Case(
        owner="whole", writes=(Write({"vi": "Gần dân hơn", "request_id": NEW}, owner="whole"),)
    ),
    "desk/outreach/slogans/<uuid:slogan_id>/": Case(),
    "desk/outreach/slogans/<uuid:slogan_id>/change/": _office({"vi": "Khác", "seen": "1"}),
    "desk/outreach/slogans/<uuid:slogan_id>/withdraw/": _office({"reason": "Trùng", "seen": "1"}),
    "desk/outreach/kit/": Case(),
    "desk/outreach/kit/save/": _office(_KIT),
    "desk/outreach/kit/picture/": Case(is_slow=True),
    "desk/outreach/posts/": listing(*both("post")),
    "desk/outreach/posts/month/": listing(*both("post"), queries=("?month=2023-10",)),
    "desk/outreach/posts/calendar.ics": listing(*both("post")),
    "desk/outreach/posts/new/": Case(writes=(Write(_post, A.OUTREACH_WRITE),)),
    "desk/outreach/posts/<uuid:post_id>/": _own("own post"),
    "desk/outreach/posts/<uuid:post_id>/sheet/": _own("own post"),
    "desk/outreach/posts/<uuid:post_id>/edit/": _own("own post", writes=(Write(_post, A.OUTREACH_WRITE),)),
    "desk/outreach/posts/<uuid:post_id>/done/": _write({"proof": "https://zalo.me/1", "seen": "1"}),
    "desk/outreach/posts/<uuid:post_id>/cancel/": _write({"reason": "Thôi", "seen": "1"}),
}
