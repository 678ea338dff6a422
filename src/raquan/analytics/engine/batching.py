"""Counts many measures by many dimensions over the same facts in one statement: a board's worth in one reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from raquan.analytics.engine.asking import is_added_up
from raquan.analytics.engine.counting import Counted, evaluate
from raquan.analytics.engine.laying import Source, laid
from raquan.analytics.engine.rows import Filters, Where, columns_and_keys, counted_columns, kept, matches, number
from raquan.analytics.engine.running import compiled, run
from raquan.analytics.rules import ASSISTS, DISTINCT, Cell, Dimension, Formula, Table, is_alone

_WHOLE = -1


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one statement is made from, and found again by: `pairs` are the places of each measure and its column."""

    views: tuple[str, ...]
    campaign_id: str | None
    formulas: tuple[Formula, ...]
    columns: tuple[str, ...]
    pairs: frozenset[tuple[int, int]]
    where: Where
    table: Table = ASSISTS

    def has_values(self, place: int, at: int) -> bool:
        """Tell whether different values are to be counted for a measure, by a column or (_WHOLE) in all."""
        asked = at == _WHOLE or (place, at) in self.pairs
        return asked and isinstance(self.formulas[place], DISTINCT)


def evaluate_all(
    source: Source, wanted: Sequence[tuple[Formula, Dimension]], filters: Filters = ()
) -> dict[tuple[Formula, str], Counted]:
    """Count each measure by its dimension (found by the column) as `evaluate` does, reading the facts once.

    What rollups know is asked of them one by one: each is read faster than the facts of a large campaign.
    """
    together = [
        (formula, by.column)
        for formula, by in wanted
        if not is_alone(formula) and not is_added_up(source, formula, by, filters)
    ]
    found = {}
    if together:
        formulas = tuple(dict.fromkeys(formula for formula, _ in together))
        columns = tuple(dict.fromkeys(column for _, column in together))
        pairs = frozenset((formulas.index(formula), columns.index(column)) for formula, column in together)
        where = columns_and_keys(filters)
        batch = _Batch(laid(source), source.campaign_id, formulas, columns, pairs, where, source.table)
        found = _read(batch, run(_statement(batch)))
    for formula, by in wanted:
        if (formula, by.column) not in found:
            found[formula, by.column] = evaluate(source, formula, by, filters)
    return found


@compiled
def _statement(batch: _Batch) -> Any:
    import ibis

    rows = kept(batch.views, batch.table, batch.campaign_id, batch.where)
    pieces = [_by_grade(rows, batch, at) for at in range(len(batch.columns))]
    different = [at for at in range(len(batch.columns)) if any(batch.has_values(place, at) for place, _ in batch.pairs)]
    pieces += [_different(rows, batch, at) for at in ((_WHOLE, *different) if different else ())]
    return ibis.union(*pieces) if len(pieces) > 1 else pieces[0]


def _by_grade(rows: Any, batch: _Batch, at: int) -> Any:
    """Add up by a column and the grade, for every measure: what it counts, how much is under review or synthetic."""
    numbers: dict[str, Any] = {}
    nothing = (rows.count() * 0).cast("int64")
    for place, formula in enumerate(batch.formulas):
        if (place, at) not in batch.pairs:
            numbers |= {f"n{place}": nothing, f"r{place}": nothing, f"s{place}": nothing > 0}
            continue
        adds = number(rows, formula)
        numbers[f"n{place}"] = adds.sum().cast("int64")
        numbers[f"r{place}"] = rows["under_review"].ifelse(adds, 0).sum().cast("int64")
        numbers[f"s{place}"] = (matches(rows, formula) & rows["synthetic"]).any()
    found = rows.group_by(key=rows[batch.columns[at]].cast("string"), grade=rows["grade"]).aggregate(**numbers)
    return _piece(found, batch, at, has_values=False)


def _different(rows: Any, batch: _Batch, at: int) -> Any:
    """Count different values by a column, or in all, for the measures that do."""
    import ibis

    numbers: dict[str, Any] = {}
    nothing = (rows.count() * 0).cast("int64")
    for place, formula in enumerate(batch.formulas):
        of, _ = counted_columns(formula)
        counts = batch.has_values(place, at)
        value = rows[of].nunique(where=matches(rows, formula)).cast("int64") if counts else nothing
        numbers |= {f"n{place}": value, f"r{place}": nothing, f"s{place}": nothing > 0}
    if at == _WHOLE:
        found = rows.aggregate(**numbers).mutate(key=ibis.literal(None, "string"))
    else:
        found = rows.group_by(key=rows[batch.columns[at]].cast("string")).aggregate(**numbers)
    return _piece(found.mutate(grade=ibis.literal(None, "string")), batch, at, has_values=True)


def _piece(found: Any, batch: _Batch, at: int, *, has_values: bool) -> Any:
    import ibis

    names = [f"{kind}{place}" for place in range(len(batch.formulas)) for kind in "nrs"]
    marked = found.mutate(at=ibis.literal(at, "int64"), has_values=ibis.literal(has_values))
    return marked.select("at", "has_values", "key", "grade", *names)


def _read(batch: _Batch, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[Formula, str], Counted]:
    return {(batch.formulas[place], batch.columns[at]): _counted(batch, rows, place, at) for place, at in batch.pairs}


def _counted(batch: _Batch, rows: Sequence[Mapping[str, Any]], place: int, at: int) -> Counted:
    formula, column = batch.formulas[place], batch.columns[at]
    groups = [row for row in rows if row["at"] == at and not row["has_values"]]
    if not groups:
        return Counted((), None, {}, 0, False)
    cells: dict[str, int] = {}
    grades: dict[str, int] = {}
    for row in groups:
        key, number = _key(batch, column, row["key"]), int(row[f"n{place}"] or 0)
        cells[key] = cells.get(key, 0) + number
        grades[row["grade"]] = grades.get(row["grade"], 0) + number
    total = sum(cells.values())
    if isinstance(formula, DISTINCT):
        values = [row for row in rows if row["has_values"] and row["at"] in (at, _WHOLE)]
        cells = {_key(batch, column, row["key"]): int(row[f"n{place}"]) for row in values if row["at"] == at}
        total = next(int(row[f"n{place}"]) for row in values if row["at"] == _WHOLE)
    own = column == getattr(formula, "column", None)
    return Counted(
        cells=tuple(Cell(key, value) for key, value in sorted(cells.items()) if value or not own),
        total=total,
        grades={grade: value for grade, value in sorted(grades.items()) if value},
        under_review=sum(int(row[f"r{place}"] or 0) for row in groups),
        synthetic=any(row[f"s{place}"] for row in groups),
    )


def _key(batch: _Batch, column: str, value: str | None) -> str:
    """Write a key as `evaluate` does: two-digit hours, "" for what is not known."""
    if value is None:
        return ""
    return f"{int(value):02d}" if batch.table.columns[column] == "int64" else value
