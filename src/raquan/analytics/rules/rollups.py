"""Rollups: facts about assists added up beforehand, by day, commune and a few columns more."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from raquan.analytics.rules.files import FACT_COLUMNS, FACT_SCHEMA, Chain, FactFile, chained
from raquan.analytics.rules.formulas import (
    Count,
    CountDistinct,
    CountDistinctWhere,
    CountKnown,
    CountRepeated,
    CountWhere,
    Distinct,
    Formula,
    Ratio,
    Sum,
    formula_text,
)
from raquan.analytics.rules.measures import MEASURES
from raquan.analytics.rules.tables import Kind

COMMON = (
    "campaign_id",
    "occurred_on",
    "province_code",
    "district_code",
    "commune_code",
    "grade",
    "under_review",
    "synthetic",
)
"""The columns that rollups keep apart; coarse ones do without the commune."""

WHO = ("organization_id", "service_code", "group_code", "stage", "how", "bottleneck", "hour", "language")


@dataclass(frozen=True, slots=True)
class Rollup:
    """What is added up: a row for each COMMON and `columns`; with `known`, of the records alone that have that column.

    A rollup with `known` answers for the different values of that column, each of which must stand in a row. A coarse
    one is by district.
    """

    key: str
    columns: tuple[str, ...] = ()
    known: str = ""
    is_coarse: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Give all columns that the rows are kept apart by."""
        common = (one for one in COMMON if not (self.is_coarse and one == "commune_code"))
        return (*common, *self.columns)


ROLLUPS = (
    Rollup("place"),
    Rollup("how", ("stage", "how")),
    Rollup("hour", ("hour",)),
    Rollup("language", ("language",)),
    Rollup("organization", ("organization_id",)),
    Rollup("bottleneck", ("bottleneck",)),
    Rollup("service", ("service_code", "group_code")),
    Rollup("obstacle", ("service_code", "group_code", "bottleneck"), is_coarse=True),
    Rollup("ladder", ("service_code", "group_code", "stage", "how"), is_coarse=True),
    Rollup("outing", ("outing_id", "organization_id", "group_code"), known="outing_id"),
    Rollup("person", ("card", *WHO), known="card"),
)
"""The least first: a question is put to the first that knows all its columns, or else to the facts themselves."""


def number_column(formula: Formula) -> str:
    """Name the column with what a formula's records add up to; another definition has another name."""
    return f"n_{hashlib.sha256(formula_text(formula).encode()).hexdigest()[:8]}"


NUMBERS: Mapping[str, Formula] = {
    number_column(one.formula): one.formula for one in MEASURES.values() if one.kinds == (Kind.ASSIST,)
}
"""What each row of a rollup has added up; beside it `records`, how many there are."""

ROLLUP_COLUMNS: Mapping[str, str] = {
    "rollup": "string",
    **{name: kind for name, kind in FACT_COLUMNS.items() if name in {c for one in ROLLUPS for c in one.keys}},
    "records": "int64",
    **dict.fromkeys(NUMBERS, "int64"),
}

ROLLUP_SCHEMA = hashlib.sha256(repr((FACT_SCHEMA, ROLLUPS, list(ROLLUP_COLUMNS))).encode()).hexdigest()[:8]
"""Stands in the name of each file: rollups of other definitions are passed over and made anew."""


def asked_columns(formula: Formula) -> frozenset[str]:
    """Give the columns that must be seen in each row to tell different values apart; none where numbers are added."""
    match formula:
        case CountDistinct(column):
            return frozenset((column,))
        case CountDistinctWhere(distinct, column, _) | CountRepeated(distinct, column):
            return frozenset((distinct, column))
        case Distinct(column, where):
            return frozenset((column, *(name for name, _ in where)))
        case Count() | CountWhere() | CountKnown() | Sum() | Ratio():
            return frozenset()


def chosen(columns: Iterable[str], formula: Formula | None = None) -> Rollup | None:
    """Choose the rollup that answers for some columns; with a formula, for the different values that it counts."""
    wanted = set(columns) | (asked_columns(formula) if formula else set())
    fit = (one for one in ROLLUPS if wanted <= set(one.keys))
    return next((one for one in fit if not one.known or (formula and one.known in asked_columns(formula))), None)


ROLLED_FROM = 50_000
"""Facts that are worth a rollup; fewer are read as quickly themselves."""

ROLLUP_KIND = f"rollup-{ROLLUP_SCHEMA}"
"""What a snapshot's manifest calls the rollups among its files."""

ROLLUP_FOLDER = "_rollup"
"""Below the folder of facts; engines pass over names that begin so when they read a folder."""

_NAME = re.compile(r"(?P<schema>[0-9a-f]{8})-(?P<after>\d{15})-(?P<upto>\d{15})\.parquet")


def rollup_file_name(after: int, upto: int) -> str:
    """Name the rollup of a range of facts."""
    return f"{ROLLUP_SCHEMA}-{after:015d}-{upto:015d}.parquet"


def rollup_chain(names: Iterable[str]) -> Chain:
    """Choose the rollups that follow one another from the first fact; those of other definitions are passed over."""
    found = (match for name in names if (match := _NAME.fullmatch(name)) and match["schema"] == ROLLUP_SCHEMA)
    return chained(FactFile(int(match["after"]), int(match["upto"])) for match in found)
