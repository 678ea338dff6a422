"""Lays facts before DuckDB: Parquet files with what is in none of them yet on top, under this thread's connection."""

import csv
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from raquan.analytics.rules import ASSISTS, Table

FILED, TAIL, LAID = "filed", "tail", "laid"
ADDED = {"quantity": "1", "card": "NULL"}
"""The columns that earlier schemas lacked, in their order, and what they were without being said."""

DUCKDB_TYPES = {
    "int64": "BIGINT",
    "string": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "bool": "BOOLEAN",
}

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Source:
    """Where to count: Parquet files, facts that are in none of them yet (or an Arrow table of them), of one campaign.

    Two sources of the same `mark` hold the same facts; "" tells nothing.
    """

    files: tuple[Path, ...] = ()
    tail: Any = ()
    campaign_id: str | None = None
    mark: str = ""
    table: Table = ASSISTS


def arrow_facts(facts: Sequence[Any], table: Table = ASSISTS) -> Any:
    """Make an Arrow table of facts (objects with the table's columns as attributes); an empty text is not known."""
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = [[getattr(fact, name) for fact in facts] for name in table.columns]
    arrays = [
        pa.array([None if value == "" else value for value in column], type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_schema(table: Table = ASSISTS) -> Any:
    """Give the Arrow schema of a table's files."""
    import pyarrow as pa

    types = {
        "int64": pa.int64(),
        "string": pa.string(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "bool": pa.bool_(),
    }
    return pa.schema([(name, types[kind]) for name, kind in table.columns.items()])


@contextmanager
def opened(source: Source) -> Iterator[tuple[str, ...]]:
    """Lay a source's facts under this thread's connection, as views of fixed names."""
    connection = connection_here()
    views: list[str] = []
    try:
        if source.files:
            filed(connection, source.files, source.table).create_view(FILED)
            views.append(FILED)
        if len(source.tail) or not source.files:
            lay_tail(connection, source.tail, source.table)
            views.append(TAIL)
        yield tuple(views)
    finally:
        connection.unregister(TAIL)  # what is none is left alone
        connection.execute(f"DROP VIEW IF EXISTS {TAIL}; DROP VIEW IF EXISTS {FILED}; DROP TABLE IF EXISTS {LAID}")


def lay_tail(connection: Any, facts: Any, table: Table) -> None:
    """Lay facts that are in no file yet before the connection, as TAIL; an empty text is not known.

    Objects go by a CSV file, which DuckDB reads by itself: PyArrow and NumPy would be 60 MB in each process that shows
    live figures. An Arrow table is read where it lies.
    """
    if hasattr(facts, "schema"):
        connection.register(TAIL, facts)
        return
    values = attrgetter(*table.columns)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv") as file:
        csv.writer(file).writerows(map(values, facts))
        file.flush()
        connection.execute(
            f"CREATE TEMP TABLE {LAID} AS FROM read_csv(?, columns = ?, auto_detect = false, header = false)",
            [file.name, {name: DUCKDB_TYPES[kind] for name, kind in table.columns.items()}],
        )
    connection.table(LAID).create_view(TAIL)


def filed(connection: Any, files: Sequence[Path], table: Table) -> Any:
    """Read a source's files, all of one schema; those of an earlier one lack the last columns."""
    found = connection.read_parquet([str(path) for path in files])
    for column, value in ADDED.items() if table is ASSISTS else ():
        found = found if column in found.columns else found.project(f"*, CAST({value} AS BIGINT) AS {column}")
    return found


def run(statement: str) -> list[dict[str, Any]]:
    """Give the rows of a statement, by column."""
    found = connection_here().sql(statement)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def as_table(batches: Sequence[Any]) -> Any:
    """Join batches to a table with the schema of the files, in one piece, so that its bytes depend on nothing else."""
    import pyarrow as pa

    return pa.Table.from_batches(batches).cast(arrow_schema()).combine_chunks()


def connection_here() -> Any:
    """Give this thread's DuckDB: a connection belongs to one thread at a time."""
    import duckdb

    if not hasattr(_local, "connection"):
        _local.connection = duckdb.connect()
        _local.connection.execute("SET TimeZone = 'UTC'")
    return _local.connection
