"""Lets places be found: their room stands beside the index, and neither knows the other."""

from collections.abc import Iterable
from typing import Any

from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.places import queries as places
from raquan.search.commands import offer
from raquan.search.rules import Entry, Kind, join_line


def _entries(rows: Any) -> Iterable[Entry]:
    found = list(rows)
    above = places.names_on_days(
        {one.parent_code for one in found} - {""}, {one.valid_to or one.valid_from for one in found}
    )
    for one in found:
        day = one.valid_to or one.valid_from
        href = f"/places/{one.code}/" + (f"?on={day.isoformat()}" if one.valid_to else "")
        ended = f"–{format_date(one.valid_to)}" if one.valid_to else ""
        yield Entry(
            id=one.id,
            title=str(one),
            line=join_line(above[day].get(one.parent_code, ""), ended),
            href=href,
            code=one.code,
            more=one.search_key,
            public_href=href,
        )


def _seen(actor: Actor) -> bool:
    """Tell whether the actor is somebody: places are public."""
    return actor.is_signed_in


offer(Kind("place", N_("Địa bàn"), "places.Unit", places.all_units, _seen, _entries))
