"""Expressions over facts that questions are made from: which are kept, which match a formula, what they add up to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from raquan.analytics.rules import (
    BETWEEN,
    Count,
    CountDistinct,
    CountDistinctWhere,
    CountKnown,
    CountRepeated,
    CountWhere,
    Dimension,
    Distinct,
    Formula,
    Sum,
    Table,
)

Filters = Sequence[tuple[Dimension, str]]
Where = tuple[tuple[str, str], ...]
"""Filters as columns and keys, by which statements are found again."""


def columns_and_keys(filters: Filters) -> Where:
    """Write filters so that they can be hashed."""
    return tuple((by.column, key) for by, key in filters)


def kept(views: tuple[str, ...], table: Table, campaign_id: str | None, where: Where = ()) -> Any:
    """Keep the latest version of each assist, without the withdrawn, within the filters."""
    rows = all_versions(views, table, campaign_id)
    rows = latest(rows) if table.has_versions else rows
    return within(rows.filter(~rows["withdrawn"]), where, table.columns)


def all_versions(views: tuple[str, ...], table: Table, campaign_id: str | None) -> Any:
    """Give all that lies in the views, of a campaign or of all."""
    import ibis

    facts = ibis.union(*[ibis.table(schema_of(table.columns), name=name) for name in views])
    return facts if campaign_id is None else facts.filter(facts["campaign_id"] == campaign_id)


def schema_of(columns: Mapping[str, str]) -> Any:
    """Give the schema that expressions are made with."""
    import ibis

    return ibis.schema({name: "timestamp('UTC', 6)" if kind == "timestamp" else kind for name, kind in columns.items()})


def latest(facts: Any) -> Any:
    """Drop every version that a later one has replaced. Only corrected records (version > 1) are looked up."""
    corrected = facts.filter(facts["version"] > 1)
    newest = corrected.group_by("assist_id").aggregate(newest=corrected["version"].max())
    replaced = [facts["assist_id"] == newest["assist_id"], facts["version"] < newest["newest"]]
    return facts.anti_join(newest, replaced)


def within(rows: Any, where: Where, kinds: Mapping[str, str]) -> Any:
    """Keep the rows with the keys that were asked for; a key that means nothing for its column keeps none."""
    for column, key in where:
        kind = kinds[column]
        if BETWEEN in key and kind == "date":
            first, last = (key_value(kind, day) for day in key.split(BETWEEN, 1))
            if first is None or last is None:
                return rows.limit(0)
            rows = rows.filter(rows[column].between(first, last))
            continue
        value = key_value(kind, key)
        if key and value is None:
            return rows.limit(0)
        rows = rows.filter(rows[column] == value if key else rows[column].isnull())
    return rows


def matches(rows: Any, formula: Formula) -> Any:
    """Say which records a formula counts, never unknown."""
    match formula:
        case Count():
            return ~rows["withdrawn"].isnull()  # every one
        case CountWhere(column, values):
            return rows[column].isin(values).fill_null(False)
        case CountKnown(column) | CountDistinct(column):
            return rows[column].notnull()
        case CountDistinctWhere(distinct, column, values):
            return rows[distinct].notnull() & rows[column].isin(values).fill_null(False)
        case CountRepeated(distinct, _):
            return rows[distinct].notnull()
        case Sum(column, where) | Distinct(column, where):
            met = rows[column].notnull()
            for name, values in where:
                met = met & rows[name].isin(values).fill_null(False)
            return met
        case _:
            raise TypeError(f"{formula} is made of two measures: each has facts of its own")


def number(rows: Any, formula: Formula) -> Any:
    """Give what each fact counts for: one assist where recorded one by one, a sheet's cell several; minutes; else 0."""
    column = formula.column if isinstance(formula, Sum) else "quantity"
    return matches(rows, formula).ifelse(rows[column], 0)


def counted_columns(formula: Formula) -> tuple[str, str]:
    """Name the column whose different values are counted, and the one that CountRepeated looks at beside it."""
    column = getattr(formula, "column", "")
    return getattr(formula, "distinct", None) or column, column


def key_value(kind: str, key: str) -> Any:
    """Read a key back as a value of a column of this kind; None where it means nothing there."""
    try:
        return date.fromisoformat(key) if kind == "date" else int(key) if kind == "int64" else key
    except ValueError:
        return None


def key_text(value: Any) -> str:
    """Write a dimension's value as the key of a row: ISO dates, two-digit hours, "" for what is not known."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:02d}" if isinstance(value, int) else str(value)
