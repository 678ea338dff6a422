"""How panels reckon: days without a record, change on last year, what is covered, averages of groups of communes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """A number beside what it was last year by the same day; `percent` is None where last year had nothing."""

    before: Number
    difference: Number
    percent: Decimal | None


def change(now: Number | None, before: Number | None) -> Change | None:
    """Compare with last year; None where one of them is not known."""
    if now is None or before is None:
        return None
    difference = now - before
    percent = Decimal(difference) / Decimal(before) if before else None
    return Change(before, difference, percent)


def by_day(counted: Mapping[str, Number], first_on: date, last_on: date) -> list[tuple[date, Number]]:
    """Give a number for each day, 0 where nothing was recorded; days outside that have a number are kept."""
    known = [date.fromisoformat(key) for key in counted if key]
    first, last = min([first_on, *known]), max([min(first_on, last_on), last_on, *known])
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return [(day, counted.get(day.isoformat(), 0)) for day in days]


@dataclass(frozen=True, slots=True)
class CoverRow:
    """A commune: outings held, of those planned, and assists."""

    code: str
    name: str
    held: int
    planned: int
    assists: int

    @property
    def is_reached(self) -> bool:
        """Tell whether anybody was helped there."""
        return self.assists > 0


def cover(
    communes: Sequence[tuple[str, str]],
    held: Mapping[str, Number],
    planned: Mapping[str, Number],
    assists: Mapping[str, Number],
) -> list[CoverRow]:
    """Put beside each commune what was done there; one that no figure names has nothing."""
    return [
        CoverRow(code, name, int(held.get(code, 0)), int(planned.get(code, 0)), int(assists.get(code, 0)))
        for code, name in communes
    ]


def worst_first(rows: Sequence[CoverRow]) -> list[CoverRow]:
    """Put first where nobody was helped and nothing is planned, then where little was; else in the order given."""
    return sorted(rows, key=lambda one: (one.is_reached, one.held > 0, one.planned > 0, one.assists))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of communes: how many it has, how many were reached, its numbers, and the average a commune."""

    key: str
    communes: int
    reached: int
    values: tuple[Number, ...]

    @property
    def average(self) -> Decimal | None:
        """Give the first number for each commune of the group, to a tenth; None for an empty group."""
        if not self.communes:
            return None
        return (Decimal(self.values[0]) / self.communes).quantize(Decimal("0.1"), ROUND_HALF_UP)


def groups_of(
    members: Mapping[str, str], keys: Sequence[str], counted: Sequence[Mapping[str, Number]]
) -> tuple[GroupRow, ...]:
    """Add up numbers by commune for each group; `members` has the group of each commune."""
    rows = []
    for key in keys:
        codes = [code for code, group in members.items() if group == key]
        whole = tuple(sum(one.get(code, 0) for code in codes) for one in counted)
        rows.append(GroupRow(key, len(codes), sum(1 for code in codes if counted[0].get(code, 0) > 0), whole))
    return tuple(rows)
