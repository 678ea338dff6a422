"""People by the highest rung that each has reached: the ladder, whose every rung is a part of one named whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LadderRung:
    """A rung: who reached it or a higher one, who reached it and no higher one, of all people with a card.

    `share` is `reached` of all, None where there is nobody.
    """

    stage: str
    name: str
    reached: int
    highest: int
    share: float | None
    address: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder of people with a card, of all services or of a group's. `people` is every rung's denominator.

    It is None where there is no record to count from. `beside` says for how many of all assists it speaks.
    """

    group: str
    group_name: str
    groups: tuple[tuple[str, str], ...]
    people: int | None
    returned: int
    rungs: tuple[LadderRung, ...]
    beside: tuple[str, ...]
    as_of: str
    synthetic: bool
    address: str


def ladder_rungs(
    reached: Sequence[tuple[str, int]], names: Mapping[str, str], addresses: Mapping[str, str]
) -> tuple[LadderRung, ...]:
    """Make the rungs of how many people reached each stage or a higher one, the lowest (everybody) first."""
    people = reached[0][1] if reached else 0
    above = [count for _, count in reached[1:]] + [0]
    return tuple(
        LadderRung(
            stage=stage,
            name=names.get(stage, stage),
            reached=count,
            highest=count - higher,
            share=count / people if people else None,
            address=addresses.get(stage, ""),
        )
        for (stage, count), higher in zip(reached, above, strict=True)
    )
