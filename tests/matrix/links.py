"""The cases of short links: a unit's own links and their counts, and the address that leads anybody on."""

from typing import Any

from tests.matrix.case import NEW, A, Body, Case, Write, both, listing, thing
from tests.matrix.world import World

_LINK: dict[str, Any] = {
    "label": "Áp phích ở chợ",
    "target": "/2023/outings/",
    "channel": "poster",
    "ends_on": "31/10/2023",
    "request_id": NEW,
}


def _link(world: World) -> Body:
    return _LINK | {"unit": str(world.things["organization_id"])}


def _own(*shows: str, **more: Any) -> Case:
    return thing(A.LINK_MAKE, *shows, **more)


LINKS: dict[str, Case] = {
    # Leads on: nothing of whose link it is, or how often it was opened, is told.
    "l/<str:code>": Case(is_public=True, get=302, fills={"code": "link_code"}),
    "desk/links/": listing(*both("link")),
    "desk/links/new/": Case(writes=(Write(_link, A.LINK_MAKE),)),
    "desk/links/counts/": listing(*both("visits")),
    "desk/links/<uuid:link_id>/": _own("own link"),
    "desk/links/<uuid:link_id>/change/": Case(
        get=None, writes=(Write({"label": "Khác", "target": "/", "seen": "1"}, A.LINK_MAKE),)
    ),
    "desk/links/<uuid:link_id>/step/": Case(get=None, writes=(Write({"step": "stop_link", "seen": "1"}, A.LINK_MAKE),)),
    "desk/links/<uuid:link_id>/qr.<str:kind>": _own(fills={"kind": "svg"}),
    "desk/reach/": listing(*both("visits")),
}
