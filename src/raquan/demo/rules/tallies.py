"""Which tally sheets the demo's outings bring: of crowds at markets, and of helpers without a phone; all invented."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from raquan.demo.rules.assists import SimulatedOuting, SimulatedService, simulate
from raquan.tallies.rules import TallyKey

CROWDS, WITHOUT_PHONE, BESIDES = 2_000, 4_000, 15_000
"""So many assists for each: a market at which too many came to record, a village in which the helper had no phone, a
one-stop shop at which somebody ticked besides, people who have a record too. There is one of each at least."""

FAR = 0.7


@dataclass(frozen=True, slots=True)
class SimulatedSheet:
    """A sheet as it was ticked; `recorded_too` when its people have a record each as well."""

    outing_code: str
    cells: Mapping[TallyKey, int]
    recorded_too: bool


def simulate_sheets(
    outings: Sequence[SimulatedOuting], services: Sequence[SimulatedService], *, assists: int, seed: int
) -> Iterator[SimulatedSheet]:
    """Tick the sheets of outings that are over, beside so many assists; the same input gives the same sheets.

    An outing's sheets follow one another.
    """
    random = Random(seed)  # noqa: S311 - a simulation, not a secret
    for outing, people, recorded_too in _papers(outings, assists, random):
        ticked = simulate([outing], services, count=people, seed=random.getrandbits(32))
        cells = Counter(TallyKey(one.service, one.result, one.how) for one in ticked)
        yield SimulatedSheet(outing.code, cells, recorded_too)


def _papers(
    outings: Sequence[SimulatedOuting], assists: int, random: Random
) -> Iterator[tuple[SimulatedOuting, int, bool]]:
    """Draw whose sheets there are, how many people stand on each, and whether they were recorded too."""

    def some(kind: str, every: int, *, remote: float = 0.0) -> list[SimulatedOuting]:
        found = [one for one in outings if one.kind == kind and one.remote >= remote]
        return random.sample(found, min(max(1, assists // every), len(found)))

    for outing in some("market", CROWDS):
        for _ in range(random.randint(1, 3)):
            yield outing, random.randint(25, 60), False
    for outing in some("village_hall", WITHOUT_PHONE, remote=FAR):
        yield outing, random.randint(6, 18), False
    for outing in some("one_stop_shop", BESIDES):
        yield outing, random.randint(10, 20), True
