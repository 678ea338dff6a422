"""Rollups: adds facts up into files, reads them with what came since, and holds them against the facts.

A correction takes the record's former version off and puts the new one on, so that a rollup is never written again:
the rows of all files, and of the tail, add up to what holds.
"""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from raquan.analytics.engine.laying import ADDED, FILED, ROLLED, SETTLED, TAKEN
from raquan.analytics.engine.rows import Where, all_versions, kept, latest, number, schema_of, within
from raquan.analytics.engine.running import DUCKDB, Duck, compiled, engine_here, using
from raquan.analytics.rules import (
    ASSISTS,
    NUMBERS,
    ROLLUP_COLUMNS,
    ROLLUPS,
    Formula,
    Rollup,
    number_column,
)

EARLIER, SIGNED = "earlier", "signed"
ROW_GROUP = 32_768
_OWN = (*(column for column in ROLLUP_COLUMNS if column in ASSISTS.columns), "records", *NUMBERS)
"""The columns of facts with a sign: all that some rollup keeps apart, and all that it adds up."""


def rolled(views: Sequence[str], rollup: Rollup, campaign_id: str | None, where: Where, formula: Formula | None) -> Any:
    """Give the rows of a rollup, and of facts that came since or were replaced: keys, `records`, and what they `add`.

    Without a formula nothing is added up. `is_settled` tells the rows of the settled files.
    """
    import ibis

    parts = []
    for view in views:
        if view not in (ADDED, TAKEN):
            rows = ibis.table(schema_of(ROLLUP_COLUMNS), name=view)
            rows = rows.filter(rows["rollup"] == rollup.key)
            rows = rows if campaign_id is None else rows.filter(rows["campaign_id"] == campaign_id)
            records, adds = rows["records"], rows[number_column(formula)] if formula else ibis.literal(0, "int64")
        else:
            rows, sign = all_versions((view,), ASSISTS, campaign_id), -1 if view == TAKEN else 1
            if rollup.known:
                rows = rows.filter(rows[rollup.known].notnull())
            records = ibis.literal(sign, "int64")
            adds = number(rows, formula) * sign if formula else ibis.literal(0, "int64")
        rows = within(rows, where, ASSISTS.columns)
        is_settled = ibis.literal(view == SETTLED)
        parts.append(rows.select(*rollup.keys, records=records, adds=adds, is_settled=is_settled))
    return ibis.union(*parts)


def latest_of(files: tuple[Path, ...], ids: Collection[str]) -> list[Any]:
    """Find what the files hold of some assists: the latest version of each, as objects."""
    engine_here().lay_files(FILED, files, ASSISTS.columns)
    return [SimpleNamespace(**row) for row in engine_here().run(_found(tuple(sorted(ids))))] if ids else []


def write_rollup(path: Path, files: tuple[Path, ...], after: int = 0, upto: int | None = None) -> None:
    """Add up the facts of `after` < fact_seq <= `upto` into a rollup at `path`.

    Of the records that they correct, what the files said before is taken off.
    """
    duck = Duck()
    duck.lay_files(FILED, files, ASSISTS.columns)
    with using(DUCKDB):
        _hold(duck, _signed_range(after, upto))
        _write(duck, path, SIGNED)


def merge_rollups(path: Path, rollups: tuple[Path, ...]) -> None:
    """Add rollups up into one."""
    duck = Duck()
    duck.lay_files(ROLLED, rollups, ROLLUP_COLUMNS)
    with using(DUCKDB):
        _write(duck, path, ROLLED)


def _write(duck: Duck, path: Path, view: str) -> None:
    added = " UNION ALL ".join(f"({_added(view, rollup)})" for rollup in ROLLUPS)
    as_file = f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    duck.connection.execute(f"COPY ({added}) TO '{path}' {as_file}")
    duck.connection.close()


def _hold(duck: Duck, statement: str) -> None:
    """Keep facts with a sign as a table; texts as numbers of a list, by which DuckDB groups three times as fast."""
    # Names of columns are our own: nothing that anybody typed is in these statements.
    texts = [column for column in _OWN if ASSISTS.columns.get(column) == "string"]
    for column in texts:
        found = f"SELECT DISTINCT {column} FROM {FILED} WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608
        duck.connection.execute(f"CREATE TYPE text_{column} AS ENUM ({found})")
    listed = ", ".join(f"{column}::text_{column} AS {column}" for column in texts)
    duck.connection.execute(f"CREATE TABLE {SIGNED} AS SELECT * REPLACE ({listed}) FROM ({statement})")  # noqa: S608


def rollup_faults(files: tuple[Path, ...], rollups: tuple[Path, ...]) -> dict[tuple[str, date], int]:
    """Count, by campaign and day, the rows of rollups that are not what the facts add up to; none where all is well."""
    duck, faults = Duck(), dict[tuple[str, date], int]()
    duck.lay_files(FILED, files, ASSISTS.columns)
    duck.lay_files(ROLLED, rollups, ROLLUP_COLUMNS)
    with using(DUCKDB):
        _hold(duck, _signed_now())
        for rollup in ROLLUPS:
            for row in duck.run(_apart(rollup)):
                day = (row["campaign_id"] or "", row["occurred_on"])
                faults[day] = faults.get(day, 0) + row["rows"]
    duck.connection.close()
    return faults


def _signed(rows: Any, sign: int) -> Any:
    """Give facts as they go into rollups, to be put on or taken off."""
    import ibis

    numbers = {name: number(rows, formula) * sign for name, formula in NUMBERS.items()}
    own = [column for column in _OWN if column in ASSISTS.columns]
    return rows.select(*own, records=ibis.literal(sign, "int64"), **numbers)


@compiled
def _signed_range(after: int, upto: int | None) -> Any:
    """Put on what the facts of a range say last of each assist; take off what was said before of those they correct."""
    import ibis

    facts = all_versions((FILED,), ASSISTS, None)
    new = facts.filter(facts["fact_seq"] > after)
    new = new if upto is None else new.filter(new["fact_seq"] <= upto)
    now = latest(new)
    now = _signed(now.filter(~now["withdrawn"]), 1)
    if not after:
        return now
    earlier = facts.filter(facts["fact_seq"] <= after)
    former = latest(earlier.semi_join(new.filter(new["version"] > 1), "assist_id"))
    return ibis.union(now, _signed(former.filter(~former["withdrawn"]), -1))


@compiled
def _signed_now() -> Any:
    return _signed(kept((FILED,), ASSISTS, None), -1)


@compiled
def _added(view: str, rollup: Rollup) -> Any:
    """Add up a rollup's rows, with nothing in the columns that are not its own."""
    import ibis

    if view == ROLLED:
        rows = ibis.table(schema_of(ROLLUP_COLUMNS), name=view)
        rows = rows.filter(rows["rollup"] == rollup.key)
    else:
        rows = ibis.table(schema_of({name: ROLLUP_COLUMNS[name] for name in _OWN}), name=view)
        rows = rows.filter(rows[rollup.known].notnull()) if rollup.known else rows
    numbers = ["records"] if rollup.known else ["records", *NUMBERS]
    added = rows.group_by(list(rollup.keys)).aggregate(**{name: rows[name].sum() for name in numbers})
    added = added.order_by(list(rollup.keys))  # so that the same facts give the same bytes
    given = {"rollup": ibis.literal(rollup.key), **{name: added[name].cast("int64") for name in numbers}}
    given |= {name: added[name] for name in rollup.keys}
    return added.select(**{name: given.get(name, ibis.null(kind)) for name, kind in ROLLUP_COLUMNS.items()})


@compiled
def _apart(rollup: Rollup) -> Any:
    """Add the rollup to what its facts take off: where something is left the two are not the same."""
    import ibis

    numbers = ["records"] if rollup.known else ["records", *NUMBERS]
    filed = ibis.table(schema_of(ROLLUP_COLUMNS), name=ROLLED)
    signed = ibis.table(schema_of({name: ROLLUP_COLUMNS[name] for name in _OWN}), name=SIGNED)
    signed = signed.filter(signed[rollup.known].notnull()) if rollup.known else signed
    columns = [*rollup.keys, *numbers]
    both = ibis.union(filed.filter(filed["rollup"] == rollup.key).select(*columns), signed.select(*columns))
    left = both.group_by(list(rollup.keys)).aggregate(**{name: both[name].sum() for name in numbers})
    wrong = left.filter(ibis.or_(*(left[name] != 0 for name in numbers)))
    return wrong.group_by(["campaign_id", "occurred_on"]).aggregate(rows=wrong.count())


@compiled
def _found(ids: tuple[str, ...]) -> Any:
    import ibis

    facts = all_versions((FILED,), ASSISTS, None)
    # No rollup asks for the moment, and DuckDB gives it to Python only where there is a library for time zones.
    return latest(facts.filter(facts["assist_id"].isin(ids))).mutate(occurred_at=ibis.null("timestamp('UTC', 6)"))
