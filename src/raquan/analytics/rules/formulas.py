"""How a number is made from facts: the formulas that the engine compiles, and what a measure says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from raquan.analytics.rules.tables import Kind

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


Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns, each with the values that it may have; all must hold."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Add up a column of the records that meet all conditions; `per` of it make one of the unit: 60 minutes an hour.

    With `known` the records that have none of the column are no records at all: where nobody said an amount there is
    no sum, which is not zero.
    """

    column: str = "quantity"
    where: Conditions = ()
    per: int = 1
    known: bool = False


@dataclass(frozen=True, slots=True)
class Distinct:
    """Count the different values of a column among the records that meet all conditions."""

    column: str
    where: Conditions = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """Divide a measure by another one, `times` over (100 for percent); the same filters and split hold for both."""

    part: str
    whole: str
    times: int = 1


OneTable = Count | CountWhere | CountKnown | CountDistinct | CountDistinctWhere | CountRepeated | Sum | Distinct
"""The formulas that one table of facts answers."""

Formula = OneTable | Ratio
DISTINCT = (CountDistinct, CountDistinctWhere, CountRepeated, Distinct)
"""The formulas whose rows do not add up to the total: who is in two rows is one in the total."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number means: its name, unit, definition, formula, where it comes from and which rung it stands on.

    `of` is the key of the measure that it is a part of: its denominator; `out_of` names one that no measure counts.
    `since` is the first schema of facts (of its table) that it can be counted from. Figures of a measure that is not
    public are for the staff.
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
    out_of: str | None = None
    is_public: bool = True

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Give the kind of facts that the measure counts; none where it is made of two measures."""
        if isinstance(self.formula, Ratio):
            return ()
        return (Kind(self.source),) if self.source in set(Kind) else (Kind.ASSIST,)


def is_alone(formula: Formula) -> bool:
    """Tell whether a formula looks at records that others do not, so that it is not counted together with them."""
    return isinstance(formula, CountRepeated) or (isinstance(formula, Sum) and formula.known)


Number = int | Decimal
"""A number of a figure: whole where things are counted, with decimals where hours are added up or one is divided."""

_TENTHS, _HUNDREDTHS = Decimal("0.1"), Decimal("0.01")


def scaled(value: int, formula: Formula) -> Number:
    """Turn what was added up into the measure's unit: minutes into hours, to a tenth."""
    if isinstance(formula, Sum) and formula.per != 1:
        return (Decimal(value) / formula.per).quantize(_TENTHS, ROUND_HALF_UP)
    return value


def divided(part: Number, whole: Number, times: int) -> Decimal:
    """Divide, to a hundredth; percents (`times` over) to a tenth. `whole` is not zero."""
    return (Decimal(part) / Decimal(whole) * times).quantize(_TENTHS if times > 1 else _HUNDREDTHS, ROUND_HALF_UP)


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
        case Sum(column, where, per, known):
            met = f"{_conditions(where)} and {column} known" if known else _conditions(where)
            return f"sum({column}{met})" + (f" / {per}" if per != 1 else "")
        case Distinct(column, where):
            return f"count(distinct {column}{_conditions(where)})"
        case Ratio(part, whole, times):
            return f"{part} / {whole}" + (f" * {times}" if times != 1 else "")


def _conditions(where: Conditions) -> str:
    met = " and ".join(f"{column} in {', '.join(values)}" for column, values in where)
    return f" where {met}" if met else ""
