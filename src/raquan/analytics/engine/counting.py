"""Compiles measures to Ibis and runs them on DuckDB over Parquet facts with the live tail on top."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from raquan.analytics.engine.laying import Source, as_table, connection_here, opened, run
from raquan.analytics.rules import (
    ASSISTS,
    BETWEEN,
    DISTINCT,
    Cell,
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

MOST_STATEMENTS = 1024

Filters = Sequence[tuple[Dimension, str]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a measure gave: a cell a key, the total, and what the records behind it are like.

    `total` is None where the source has no record at all for the filters.
    """

    cells: tuple[Cell, ...]
    total: int | None
    grades: Mapping[str, int]
    under_review: int
    synthetic: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """What statements are made from, and found again by; `views` are those that the facts lie in."""

    views: tuple[str, ...]
    campaign_id: str | None
    formula: Formula
    column: str
    where: tuple[tuple[str, str], ...] = ()
    table: Table = ASSISTS
    across: str = ""


def evaluate(source: Source, formula: Formula, by: Dimension, filters: Filters = ()) -> Counted:
    """Count a measure by a dimension. A key that the formula itself leaves out has no cell; others may be 0."""
    with opened(source) as views:
        question = _Question(views, source.campaign_id, formula, by.column, _where(filters), source.table)
        groups = run(_groups_sql(question))
        if not groups:
            return Counted((), None, {}, 0, False)
        cells: dict[str, int] = {}
        grades: dict[str, int] = {}
        for group in groups:
            key = key_text(group["key"])
            matching = int(group["matching"])  # DuckDB sums to a HUGEINT, which comes as a Decimal
            cells[key] = cells.get(key, 0) + matching
            grades[group["grade"]] = grades.get(group["grade"], 0) + matching
        total = sum(cells.values())
        if isinstance(formula, DISTINCT):
            of_keys, of_all = _distinct_sql(question)
            cells = dict.fromkeys(cells, 0) | {key_text(row["key"]): row["value"] for row in run(of_keys)}
            total = run(of_all)[0]["value"]
    own = by.column == getattr(formula, "column", None)
    return Counted(
        cells=tuple(Cell(key, value) for key, value in sorted(cells.items()) if value or not own),
        total=total,
        grades={grade: value for grade, value in sorted(grades.items()) if value},
        under_review=sum(int(group["reviewed"]) for group in groups),
        synthetic=any(group["synthetic"] for group in groups),
    )


def cross(
    source: Source, formula: Formula, by: Dimension, across: Dimension, filters: Filters = ()
) -> dict[tuple[str, str], int]:
    """Count a measure by two dimensions: what it is for each pair of keys that some record has."""
    with opened(source) as views:
        where = _where(filters)
        question = _Question(views, source.campaign_id, formula, by.column, where, source.table, across.column)
        rows = run(_cross_sql(question))
    return {(key_text(row["key"]), key_text(row["other_key"])): int(row["value"]) for row in rows}


def matching_ids(
    source: Source, formula: Formula, by: Dimension, key: str, filters: Filters, *, offset: int, limit: int
) -> tuple[list[str], int]:
    """Give a page of the facts behind a cell, latest first, and how many facts (not assists) there are."""
    with opened(source) as views:
        where = _where([*filters, (by, key)])
        question = _Question(views, source.campaign_id, formula, by.column, where, source.table)
        of_page, of_all = _ids_sql(question, offset, limit)
        return [row["id"] for row in run(of_page)], run(of_all)[0]["value"]


def current_facts(source: Source, upto: int, batch: int) -> Iterator[Any]:
    """Give the latest version of each assist up to a fact_seq, in the order of a snapshot, as Arrow tables.

    Withdrawn ones are among them: a later comparison must see that they were withdrawn.
    """
    with opened(source) as views:
        held: list[Any] = []
        statement = _current_sql(views, source.campaign_id, upto)
        for piece in connection_here().sql(statement).to_arrow_reader(65536):
            held.append(piece)
            while sum(len(one) for one in held) >= batch:
                whole = as_table(held)
                yield whole.slice(0, batch)
                held = whole.slice(batch).to_batches()
        if sum(len(one) for one in held):
            yield as_table(held)


def key_text(value: Any) -> str:
    """Write a dimension's value as the key of a row: ISO dates, two-digit hours, "" for what is not known."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:02d}" if isinstance(value, int) else str(value)


# -- expressions, compiled once a question --------------------------------------------------------


@lru_cache(maxsize=MOST_STATEMENTS)
def _groups_sql(question: _Question) -> str:
    rows = _kept(question)
    matches = _matches(rows, question.formula)
    groups = rows.group_by(key=rows[question.column], grade=rows["grade"])
    return _sql(
        groups.aggregate(
            matching=_added(rows, question.formula, matches),
            reviewed=_added(rows, question.formula, matches & rows["under_review"]),
            synthetic=(matches & rows["synthetic"]).any(),
        )
    )


@lru_cache(maxsize=MOST_STATEMENTS)
def _cross_sql(question: _Question) -> str:
    rows = _kept(question)
    formula = question.formula
    matches = _matches(rows, formula)
    keys = {"key": rows[question.column], "other_key": rows[question.across]}
    if not isinstance(formula, DISTINCT):
        return _sql(rows.group_by(**keys).aggregate(value=_added(rows, formula, matches)))
    rows = rows.filter(matches)
    column = getattr(formula, "column", "")
    one, other = rows[getattr(formula, "distinct", None) or column], rows[column]
    keyed = rows.select(key=rows[question.column], other_key=rows[question.across], one=one, other=other)
    return _sql(_number_of(keyed, formula, ["key", "other_key"]))


@lru_cache(maxsize=MOST_STATEMENTS)
def _distinct_sql(question: _Question) -> tuple[str, str]:
    formula = question.formula
    rows = _kept(question)
    rows = rows.filter(_matches(rows, formula))
    distinct = getattr(formula, "distinct", None) or getattr(formula, "column", "")
    keyed = rows.select(key=rows[question.column], one=rows[distinct], other=rows[getattr(formula, "column", "")])
    return _sql(_number_of(keyed, formula, ["key"])), _sql(_number_of(keyed, formula, []))


def _number_of(keyed: Any, formula: Formula, by: list[str]) -> Any:
    """Count the different values, by key or in all."""
    if isinstance(formula, CountRepeated):
        several = keyed.group_by([*by, "one"]).aggregate(others=keyed["other"].nunique())
        keyed = several.filter(several["others"] > 1)
    return (keyed.group_by(by) if by else keyed).aggregate(value=keyed["one"].nunique())


@lru_cache(maxsize=MOST_STATEMENTS)
def _ids_sql(question: _Question, offset: int, limit: int) -> tuple[str, str]:
    import ibis

    rows = _kept(question)
    rows = rows.filter(_matches(rows, question.formula))
    table = question.table
    if not table.has_versions:  # several people and sheets of one outing open the outing, once
        opened = ibis.coalesce(rows["outing_id"], rows["id"])
        rows = rows.group_by(id=opened).aggregate(occurred_on=rows["occurred_on"].max())
    name = table.id_column
    ordered = rows.order_by([ibis.desc(table.latest), name]).select(id=rows[name])
    return _sql(ordered.limit(limit, offset=offset)), _sql(rows.aggregate(value=rows.count()))


def _current_sql(views: tuple[str, ...], campaign_id: str | None, upto: int) -> str:
    import ibis

    facts = _all_versions(views, campaign_id, ASSISTS)
    latest = _latest(facts.filter(facts["fact_seq"] <= upto))
    order = ["occurred_on", ibis.asc("commune_code", nulls_first=True), "assist_id"]
    return _sql(latest.order_by(order).select(*ASSISTS.columns))


def _added(rows: Any, formula: Formula, where: Any) -> Any:
    """Add up what some facts stand for: one assist each where recorded one by one, a sheet's cell several; minutes."""
    column = formula.column if isinstance(formula, Sum) else "quantity"
    return where.ifelse(rows[column], 0).sum()


def _matches(rows: Any, formula: Formula) -> Any:
    """Say which records a formula counts, never unknown."""
    match formula:
        case Count():
            return rows["fact_seq"].notnull()  # every one
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


def _kept(question: _Question) -> Any:
    """Keep the latest version of each assist, without the withdrawn, within the filters."""
    rows = _all_versions(question.views, question.campaign_id, question.table)
    rows = _latest(rows) if question.table.has_versions else rows
    rows = rows.filter(~rows["withdrawn"])
    for column, key in question.where:
        kind = question.table.columns[column]
        if BETWEEN in key and kind == "date":
            first, last = (_key_value(kind, day) for day in key.split(BETWEEN, 1))
            if first is None or last is None:
                return rows.limit(0)
            rows = rows.filter(rows[column].between(first, last))
            continue
        value = _key_value(kind, key)
        if key and value is None:
            return rows.limit(0)
        rows = rows.filter(rows[column] == value if key else rows[column].isnull())
    return rows


def _latest(facts: Any) -> Any:
    """Drop every version that a later one has replaced. Only corrected records (version > 1) are looked up."""
    corrected = facts.filter(facts["version"] > 1)
    newest = corrected.group_by("assist_id").aggregate(newest=corrected["version"].max())
    replaced = [facts["assist_id"] == newest["assist_id"], facts["version"] < newest["newest"]]
    return facts.anti_join(newest, replaced)


def _all_versions(views: tuple[str, ...], campaign_id: str | None, table: Table) -> Any:
    import ibis

    schema = ibis.schema(
        {name: "timestamp('UTC', 6)" if kind == "timestamp" else kind for name, kind in table.columns.items()}
    )
    facts = ibis.union(*[ibis.table(schema, name=name) for name in views])
    return facts if campaign_id is None else facts.filter(facts["campaign_id"] == campaign_id)


def _where(filters: Filters) -> tuple[tuple[str, str], ...]:
    return tuple((by.column, key) for by, key in filters)


def _key_value(kind: str, key: str) -> Any:
    """Read a key back as a value of a column of this kind; None where it means nothing there."""
    try:
        return date.fromisoformat(key) if kind == "date" else int(key) if kind == "int64" else key
    except ValueError:
        return None


def _sql(expression: Any) -> str:
    """Compile for DuckDB. Ibis 12's own connection calls what DuckDB 2 has dropped, so that it only writes."""
    import ibis

    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
