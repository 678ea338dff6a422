"""Counts measures by one dimension or two, from rollups where they know all that is asked, from the facts where not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from raquan.analytics.engine.asking import Question, questions, rows_of
from raquan.analytics.engine.laying import Source, laid
from raquan.analytics.engine.rows import (
    Filters,
    all_versions,
    columns_and_keys,
    counted_columns,
    kept,
    key_text,
    latest,
    matches,
    number,
)
from raquan.analytics.engine.running import as_table, compiled, engine_here, run
from raquan.analytics.engine.telling import WHOLE, Values, different, facts_values, read_values, values_of
from raquan.analytics.rules import ASSISTS, DISTINCT, OPENS_OUTING, Cell, CountRepeated, Dimension, Formula, Table


@dataclass(frozen=True, slots=True)
class Counted:
    """What a measure gave: a cell a key, the total, and what the records behind it are like.

    `total` is None where the source has no record at all for the filters. `rollup` names the rollup that was read, ""
    where the facts themselves were.
    """

    cells: tuple[Cell, ...]
    total: int | None
    grades: Mapping[str, int]
    under_review: int
    synthetic: bool
    rollup: str = ""


def evaluate(source: Source, formula: Formula, by: Dimension, filters: Filters = ()) -> Counted:
    """Count a measure by a dimension. A key that the formula itself leaves out has no cell; others may be 0."""
    adding, telling = questions(source, formula, by, filters)
    if telling is not None and adding.rollup is None:
        groups, values = _read_apart(run(_together(adding)))
    else:
        groups = run(_groups(adding))
        values = values_of(source, telling) if telling and groups else {}
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
    if telling is not None:
        total = values[WHOLE]
        cells = {key: values.get((key,), 0) for key in cells}
    own = by.column == getattr(formula, "column", None)
    return Counted(
        cells=tuple(Cell(key, value) for key, value in sorted(cells.items()) if value or not own),
        total=total,
        grades={grade: value for grade, value in sorted(grades.items()) if value},
        under_review=sum(int(group["reviewed"]) for group in groups),
        synthetic=any(int(group["synthetic"]) for group in groups),
        rollup=adding.rollup.key if adding.rollup else "",
    )


def cross(
    source: Source, formula: Formula, by: Dimension, across: Dimension, filters: Filters = ()
) -> dict[tuple[str, str], int]:
    """Count a measure by two dimensions: what it is for each pair of keys that some record has."""
    adding, telling = questions(source, formula, by, filters, across)
    if telling is None:
        rows = run(_pairs(adding))
        return {(key_text(row["key"]), key_text(row["other_key"])): int(row["value"]) for row in rows}
    found = values_of(source, telling) if telling.rollup else facts_values(telling)
    return {(keys[0], keys[1]): value for keys, value in found.items() if keys != WHOLE}


def matching_ids(
    source: Source, formula: Formula, by: Dimension, key: str, filters: Filters, *, offset: int, limit: int
) -> tuple[dict[str, int], int]:
    """Give a page of the facts behind a cell, latest first, each with what it adds, and how many facts there are."""
    where = columns_and_keys([*filters, (by, key)])
    question = Question(laid(source), source.campaign_id, formula, by.column, where, source.table)
    page = run(_page_of_ids(question, offset, limit))
    return {row["id"]: int(row["value"] or 0) for row in page}, run(_number_of_ids(question))[0]["value"]


def totals(source: Source, formulas: tuple[Formula, ...]) -> list[int] | None:
    """Count several measures of one table in one reading, without splitting them; None where there is no record.

    For all formulas but those that are counted alone.
    """
    row = run(_totals(laid(source), source.campaign_id, source.table, formulas))[0]
    return [int(row[f"n{place}"] or 0) for place in range(len(formulas))] if row["rows"] else None


def current_facts(source: Source, upto: int, batch: int) -> Iterator[Any]:
    """Give the latest version of each assist up to a fact_seq, in the order of a snapshot, as Arrow tables.

    Withdrawn ones are among them: a later comparison must see that they were withdrawn.
    """
    held: list[Any] = []
    for piece in engine_here().batches(_current(laid(source), source.campaign_id, upto), 65536):
        held.append(piece)
        while sum(len(one) for one in held) >= batch:
            whole = as_table(held)
            yield whole.slice(0, batch)
            held = whole.slice(batch).to_batches()
    if sum(len(one) for one in held):
        yield as_table(held)


# -- which rows answer, and what they say ---------------------------------------------------------


def _sums(rows: Any) -> dict[str, Any]:
    return {
        "matching": rows["adds"].sum(),
        "reviewed": rows["under_review"].ifelse(rows["adds"], 0).sum(),
        "synthetic": rows["synthetic"].ifelse(rows["adds"], 0).sum(),
    }


@compiled
def _groups(question: Question) -> Any:
    rows = rows_of(question)
    groups = rows.group_by(key=rows[question.column], grade=rows["grade"])
    groups = groups.aggregate(records=rows["records"].sum(), **_sums(rows))
    return groups.filter(groups["records"] > 0)


@compiled
def _pairs(question: Question) -> Any:
    rows = rows_of(question)
    pairs = rows.group_by(key=rows[question.column], other_key=rows[question.across])
    pairs = pairs.aggregate(records=rows["records"].sum(), value=rows["adds"].sum())
    return pairs.filter(pairs["records"] > 0)


@compiled
def _together(question: Question) -> Any:
    """Read the facts once for all that is said of a measure that counts what is different.

    Rows are first brought down to one for each key, grade and counted value; the rest is counted from these.
    """
    import ibis

    rows = rows_of(question)
    one, other = counted_columns(question.formula)
    told = matches(rows, question.formula)
    named = {"key": rows[question.column], "grade": rows["grade"], "one": told.ifelse(rows[one], ibis.null())}
    named |= {"other": told.ifelse(rows[other], ibis.null())} if isinstance(question.formula, CountRepeated) else {}
    reduced = rows.group_by(**named).aggregate(**_sums(rows))
    sums = ["matching", "reviewed", "synthetic"]
    groups = reduced.group_by(["key", "grade"]).aggregate(**{name: reduced[name].sum() for name in sums})
    groups = groups.mutate(**{name: groups[name].cast("int64") for name in sums})
    values = different(reduced.filter(reduced["one"].notnull()), question.formula, ["key"], is_once=False)
    nothing = ibis.null("int64")
    return ibis.union(
        groups.select("key", "grade", *sums, value=nothing, is_whole=ibis.null("boolean")),
        values.select(
            "key", grade=ibis.null("string"), **dict.fromkeys(sums, nothing), value="value", is_whole="is_whole"
        ),
    )


def _read_apart(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], Values]:
    """Tell the groups from the values that came with them."""
    groups = [row for row in rows if row["is_whole"] is None]
    return groups, read_values([row for row in rows if row["is_whole"] is not None])


# -- records and snapshots ------------------------------------------------------------------------


def _opened(question: Question) -> Any:
    rows = kept(question.views, question.table, question.campaign_id, question.where)
    rows = rows.filter(matches(rows, question.formula))
    rows = rows.mutate(adds=number(rows, question.formula))
    if question.table.has_versions:
        return rows
    # Several people and sheets of one outing open the outing, once; a link opens itself, whatever outing it is about.
    opened = rows["kind"].isin(OPENS_OUTING).ifelse(rows["outing_id"], rows["id"])
    return rows.group_by(id=opened).aggregate(occurred_on=rows["occurred_on"].max(), adds=rows["adds"].sum())


@compiled
def _page_of_ids(question: Question, offset: int, limit: int) -> Any:
    import ibis

    rows, table = _opened(question), question.table
    ordered = rows.order_by([ibis.desc(table.latest), table.id_column])
    return ordered.select(id=ordered[table.id_column], value=ordered["adds"]).limit(limit, offset=offset)


@compiled
def _number_of_ids(question: Question) -> Any:
    rows = _opened(question)
    return rows.aggregate(value=rows.count())


@compiled
def _totals(views: tuple[str, ...], campaign_id: str | None, table: Table, formulas: tuple[Formula, ...]) -> Any:
    rows = kept(views, table, campaign_id)
    numbers = {}
    for place, formula in enumerate(formulas):
        if isinstance(formula, DISTINCT):
            numbers[f"n{place}"] = rows[counted_columns(formula)[0]].nunique(where=matches(rows, formula))
        else:
            numbers[f"n{place}"] = number(rows, formula).sum()
    return rows.aggregate(rows=rows.count(), **numbers)


@compiled
def _current(views: tuple[str, ...], campaign_id: str | None, upto: int) -> Any:
    import ibis

    facts = all_versions(views, ASSISTS, campaign_id)
    last = latest(facts.filter(facts["fact_seq"] <= upto))
    order = ["occurred_on", ibis.asc("commune_code", nulls_first=True), "assist_id"]
    return last.order_by(order).select(*ASSISTS.columns)
