"""The simulator's people with a companion card: they come back on later days and climb. Every share is invented."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from random import Random

from raquan.cards.rules import CARDS_A_SHEET
from raquan.demo.rules.assists import SimulatedAssist, SimulatedOuting, SimulatedService, bottleneck

WITH_CARD = 0.35
"""The share of assists at which a card is shown."""

COMES_BACK = 0.45
"""The share of those that are of somebody who was met on an earlier day."""

CLIMBS = 0.7
"""The chance that who comes back reaches the next rung."""

DISTRICTS = 15


@dataclass(slots=True)
class _Holder:
    """Somebody with a card: what they are at, how far they have come, when they were last met."""

    number: int
    service: SimulatedService
    rung: int
    last_on: date


def card_code(seed: int, district: str, number: int) -> bytes:
    """Give a demo card's code; the same each time, so that loading goes on after a kill with the very same records."""
    return hashlib.sha256(f"raquan demo card {seed} {district} {number}".encode()).digest()[:16]


def sheets_for(assists: int) -> int:
    """Tell how many sheets a district needs for so many assists of the whole province."""
    return max(1, ceil(assists * WITH_CARD * (1 - COMES_BACK) / DISTRICTS / CARDS_A_SHEET * 1.5))


def hand_out(
    assists: Iterable[SimulatedAssist],
    outings: Sequence[SimulatedOuting],
    services: Sequence[SimulatedService],
    *,
    count: int,
    seed: int,
) -> Iterator[SimulatedAssist]:
    """Put cards into some assists, in their order; where somebody comes back, the assist is their next step."""
    random = Random(seed + 1)  # noqa: S311 - a simulation, not a secret
    by_code = {one.code: one for one in services}
    held = {one.code: one for one in outings}
    most = sheets_for(count) * CARDS_A_SHEET
    known: dict[str, list[_Holder]] = {}
    for assist in assists:
        if random.random() >= WITH_CARD:
            yield assist
            continue
        outing, day = held[assist.outing_code], assist.started_at.date()  # a desk has one code on many days
        people = known.setdefault(outing.district_code, [])
        service = by_code[assist.service]
        back = people and (len(people) >= most or random.random() < COMES_BACK)
        holder = random.choice(people) if back else None
        if holder is None:
            holder = _Holder(len(people), service, service.rungs.index(assist.result), day)
            people.append(holder)
        elif holder.last_on < day:
            assist = _further(assist, outing, holder, random)
        # Otherwise the same person is helped with something else on the same day.
        yield replace(assist, card=(outing.district_code, holder.number))


def _further(assist: SimulatedAssist, outing: SimulatedOuting, holder: _Holder, random: Random) -> SimulatedAssist:
    rungs = holder.service.rungs
    if holder.rung < len(rungs) - 1 and random.random() < CLIMBS:
        holder.rung += 1
    holder.last_on = assist.started_at.date()
    stuck = bottleneck(outing, random) if holder.rung == 0 else None
    return replace(assist, service=holder.service.code, result=rungs[holder.rung], bottleneck=stuck)
