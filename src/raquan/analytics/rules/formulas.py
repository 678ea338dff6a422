"""How a number is made from facts: the formulas that the engine compiles, and what a measure says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass

STAGES = ("helped", "installed", "activated", "first_use")
"""The outcome ladder that all service groups share, lowest first."""


@dataclass(frozen=True, slots=True)
class Count:
    """Add up the assists that the records stand for."""


@dataclass(frozen=True, slots=True)
class CountWhere:
    """Add up the assists of the records whose column has one of the values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountKnown:
    """Add up the assists of the records in which the column is filled in."""

    column: str


@dataclass(frozen=True, slots=True)
class CountDistinct:
    """Count the different values of a column; records without one count for nothing."""

    column: str


@dataclass(frozen=True, slots=True)
class CountDistinctWhere:
    """Count the different values of `distinct` among the records whose column has one of the values."""

    distinct: str
    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountRepeated:
    """Count the values of `distinct` that come with at least two different values of the column."""

    distinct: str
    column: str


Formula = Count | CountWhere | CountKnown | CountDistinct | CountDistinctWhere | CountRepeated
DISTINCT = (CountDistinct, CountDistinctWhere, CountRepeated)
"""The formulas whose rows do not add up to the total: who is in two rows is one in the total."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number means: its name, unit, definition, formula, where it comes from and which rung it stands on.

    `of` is the key of the measure that it is a part of: its denominator. `since` is the first schema of facts that
    it can be counted from.
    """

    key: str
    name: Mapping[str, str]
    unit: Mapping[str, str]
    definition: Mapping[str, str]
    formula: Formula
    source: str = "assist"
    grade: str = "counted"
    stage: str | None = None
    of: str | None = None
    since: int = 1


def formula_text(formula: Formula) -> str:
    """Write a formula as the catalogue page shows it: its own small notation, the same in every language."""
    match formula:
        case Count():
            return "sum(quantity)"
        case CountWhere(column, values):
            return f"sum(quantity where {column} in {', '.join(values)})"
        case CountKnown(column):
            return f"sum(quantity where {column} known)"
        case CountDistinct(column):
            return f"count(distinct {column})"
        case CountDistinctWhere(distinct, column, values):
            return f"count(distinct {distinct} where {column} in {', '.join(values)})"
        case CountRepeated(distinct, column):
            return f"count(distinct {distinct} with 2 or more {column})"
