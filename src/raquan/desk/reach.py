"""Puts the visits of short links about outings beside the assists of those outings, by channel."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from raquan.capture import queries as capture
from raquan.kernel.actor import Actor
from raquan.links import queries as links
from raquan.links.queries import ChannelCount
from raquan.outings import queries as outings
from raquan.people.queries import organizations_of
from raquan.people.rules import Action

MOST = 300
"""So many pairs of an outing and a channel are shown, those with most visits."""


@dataclass(frozen=True, slots=True)
class Reached:
    """An outing and a channel: visits of its links; `assists` of the whole outing, None for another unit's outing."""

    code: str
    held_on: date | None
    channel_name: str
    links: int
    visits: int
    assists: int | None


@dataclass(frozen=True, slots=True)
class ChannelReach:
    """A channel: links and visits, the outings that they are about, the assists at those of the reader's units."""

    channel_name: str
    links: int
    visits: int
    outings: int
    assists: int


@dataclass(frozen=True, slots=True)
class ReachPage:
    """What a page of it shows; the assists of an outing stand in each of its channels, so channels do not add up."""

    rows: tuple[Reached, ...]
    channels: tuple[ChannelReach, ...]
    is_cut: bool


def reach(actor: Actor) -> ReachPage:
    """Compare channels by visits and by what happened at the outings. Raises NotAllowed. Four to six queries."""
    counts = links.links_about(actor, "outing", most=MOST + 1)
    refs = outings.outings_by_codes({one.about_id for one in counts})
    own = organizations_of(actor, Action.FIGURE_READ)
    mine = {ref.id: code for code, ref in refs.items() if own is None or ref.organization_id in own}
    counted = capture.outing_assists(set(mine)) if mine else {}
    assists = {code: counted.get(id_, 0) for id_, code in mine.items()}
    rows = tuple(
        Reached(
            one.about_id,
            refs[one.about_id].held_on if one.about_id in refs else None,
            one.channel_name,
            one.links,
            one.visits,
            assists.get(one.about_id),
        )
        for one in counts[:MOST]
    )
    return ReachPage(rows, _by_channel(counts[:MOST], assists), len(counts) > MOST)


def _by_channel(counts: tuple[ChannelCount, ...], assists: dict[str, int]) -> tuple[ChannelReach, ...]:
    grouped: dict[str, list[ChannelCount]] = defaultdict(list)
    for one in counts:
        grouped[one.channel_name].append(one)
    found = [
        ChannelReach(
            name,
            sum(one.links for one in ones),
            sum(one.visits for one in ones),
            len(ones),
            sum(assists.get(one.about_id, 0) for one in ones),
        )
        for name, ones in grouped.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.visits, one.channel_name)))
