"""Counts what is different, people and outings: exactly, remembering what the files of rollups say.

Files never change, so what they say is counted once. What came since moves only those that stand in it: these are
counted again, before and after, and the difference is put on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from raquan.analytics.engine.asking import Question, rows_of
from raquan.analytics.engine.laying import SETTLED, Source, laid_since
from raquan.analytics.engine.rows import counted_columns, key_text
from raquan.analytics.engine.running import compiled, run
from raquan.analytics.rules import CountRepeated, Formula

WHOLE: tuple[str, ...] = ()
"""Stands in the place of keys for the number of all."""

Values = Mapping[tuple[str, ...], int]
"""How many are different, by keys and in all."""

MOST_SETTLED = 300
MOST_SINCE = 4
"""Files that came since are counted with those before when they have more than a fourth of their bytes."""


_Mark = tuple[int, int]
"""A file's bytes and when it was written: a folder that was made anew has other files of the same names."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """What some files said of a question."""

    files: tuple[Path, ...]
    marks: Mapping[Path, _Mark]
    values: Values

    def serves(self, marks: Mapping[Path, _Mark]) -> bool:
        """Tell whether all of its files are among some, and most of them."""
        if any(marks.get(path) != mark for path, mark in self.marks.items()):
            return False
        size = sum(size for size, _ in self.marks.values())
        return (sum(size for size, _ in marks.values()) - size) * MOST_SINCE <= size


_settled: dict[Question, _Settled] = {}


def forget() -> None:
    """Count everything again; for measuring how long that takes."""
    _settled.clear()


def values_of(source: Source, question: Question) -> Values:
    """Count the different values of a question that is put to rollups."""
    asked = replace(question, views=())
    known, marks = _settled.get(asked), {path: _mark(path) for path in source.rollups}
    if known is None or not known.serves(marks):
        views = laid_since(source, source.rollups, only_settled=True)
        known = _Settled(source.rollups, marks, read_values(run(_values(replace(question, views=views)))))
        if len(_settled) >= MOST_SETTLED:
            _settled.clear()
        _settled[asked] = known
    views = laid_since(source, known.files)
    if views == (SETTLED,):
        return known.values
    moved = read_values(run(_moved(replace(question, views=views))))
    found = {keys: known.values.get(keys, 0) + moved.get(keys, 0) for keys in {*known.values, *moved}}
    return {keys: value for keys, value in found.items() if value or keys == WHOLE}


def _mark(path: Path) -> _Mark:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def facts_values(question: Question) -> Values:
    """Count the different values of a question that is put to the facts."""
    return read_values(run(_values(question)))


def read_values(rows: list[dict[str, Any]]) -> Values:
    """Read what statements that tell apart have given."""
    keys = [name for name in ("key", "other_key") if rows and name in rows[0]]
    return {
        WHOLE if row["is_whole"] else tuple(key_text(row[name]) for name in keys): int(row["value"]) for row in rows
    }


def different(apart: Any, formula: Formula, keys: list[str], *, is_once: bool) -> Any:
    """Count the different `one` of rows; `is_whole` is the row of all. `is_once`: each stands once beneath its keys."""

    def count(by: list[str]) -> Any:
        found, once = apart, bool(by) and is_once
        if isinstance(formula, CountRepeated):
            several = apart.group_by([*by, "one"]).aggregate(others=apart["other"].nunique())
            found, once = several.filter(several["others"] > 1), True
        return (found.group_by(by) if by else found).aggregate(value=found.count() if once else found["one"].nunique())

    return _with_whole(count(keys), count([]), keys)


def _with_whole(by_key: Any, whole: Any, keys: list[str]) -> Any:
    import ibis

    no_keys = {key: ibis.null(by_key[key].type()) for key in keys}
    return ibis.union(
        by_key.select(*keys, value=by_key["value"].cast("int64"), is_whole=ibis.literal(False)),
        whole.select(**no_keys, value=whole["value"].cast("int64"), is_whole=ibis.literal(True)),
    )


def _apart(question: Question, rows: Any, **sums: Any) -> Any:
    """Bring rows down to one for each key and value (and the day, where it is asked who came on several)."""
    one, other = counted_columns(question.formula)
    named = {"key": rows[question.column]}
    named |= {"other_key": rows[question.across]} if question.across else {}
    named |= {"one": rows[one]}
    named |= {"other": rows[other]} if isinstance(question.formula, CountRepeated) else {}
    return rows.group_by(**named).aggregate(**sums)


def _keys(question: Question) -> list[str]:
    return ["key", "other_key"] if question.across else ["key"]


@compiled
def _values(question: Question) -> Any:
    """Count what is different, by each key and in all."""
    rows = rows_of(question, telling=True)
    apart = _apart(question, rows, records=rows["records"].sum())
    return different(apart.filter(apart["records"] > 0), question.formula, _keys(question), is_once=True)


@compiled
def _moved(question: Question) -> Any:
    """Count by how much what came since the settled files moves the numbers, by each key and in all."""
    import ibis

    one, _ = counted_columns(question.formula)
    since = rows_of(replace(question, views=tuple(view for view in question.views if view != SETTLED)), telling=True)
    settled = rows_of(replace(question, views=(SETTLED,)), telling=True)
    # Looked up before the two are put together: the engine then reads of the files little but the column itself.
    rows = ibis.union(settled.semi_join(since.select(one).distinct(), one), since)
    before = rows["is_settled"].ifelse(rows["records"], 0).sum()
    apart = _apart(question, rows, before=before, after=rows["records"].sum())
    by_key = _difference(apart, question.formula, _keys(question))
    return _with_whole(by_key.filter(by_key["value"] != 0), _difference(apart, question.formula, []), _keys(question))


def _difference(apart: Any, formula: Formula, keys: list[str]) -> Any:
    """Take how many counted before off how many count after."""
    import ibis

    least = 1
    if isinstance(formula, CountRepeated):
        least = 2
        counts = {name: apart["other"].nunique(where=apart[name] > 0) for name in ("before", "after")}
    else:
        counts = {name: (apart[name] > 0).cast("int64").max() for name in ("before", "after")}
    each = apart.group_by([*keys, "one"]).aggregate(**counts)
    moved = (each["after"] >= least).cast("int64") - (each["before"] >= least).cast("int64")
    value = ibis.coalesce(moved.sum(), 0)
    return (each.group_by(keys) if keys else each).aggregate(value=value)
