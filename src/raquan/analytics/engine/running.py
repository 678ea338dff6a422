"""Where statements run: DuckDB within each thread, or Spark where RAQUAN_ENGINE names a master."""

import csv
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, wraps
from operator import attrgetter, is_
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from raquan.analytics.engine.arrow import arrow_facts, arrow_schema
from raquan.analytics.rules import Table

DUCKDB = "duckdb"
MEMORY = "800MB"
"""What a connection of DuckDB may take; what does not fit goes to the disk for a while."""

MOST_STATEMENTS = 1024
INTERRUPT_AGAIN = 0.1
"""Seconds after which what has begun since the last moment is interrupted, too."""

ADDED = {"quantity": "1"}
"""What columns that earlier schemas lacked were without being said; the others were not known."""

_local = threading.local()
_sparks: dict[str, Any] = {}
_starting = threading.Lock()


class Unanswered(Exception):
    """The engine could not read the facts, or not within the time that it was given."""


class Engine(Protocol):
    """What runs statements of its dialect over files and facts that were laid before it under a name."""

    dialect: str

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Give what it raises where facts cannot be read, or it was interrupted."""

    def interrupt(self) -> None:
        """Stop what it runs now; called by another thread."""

    def lay_files(self, name: str, files: tuple[Path, ...], columns: Mapping[str, str]) -> None:
        """Show Parquet files of one schema under a name."""

    def lay_facts(self, name: str, facts: Any, table: Table) -> None:
        """Show facts (objects, or an Arrow table) under a name; an empty text is not known."""

    def run(self, statement: str) -> list[dict[str, Any]]:
        """Give the rows of a statement, by column."""

    def batches(self, statement: str, rows: int) -> Iterator[Any]:
        """Give the rows of a statement as Arrow batches of at most so many rows."""


class Duck:
    """DuckDB in this process; what was laid last under a name is kept, so that a page's questions share it."""

    dialect = DUCKDB
    types: Mapping[str, str] = {
        "int64": "BIGINT",
        "string": "VARCHAR",
        "date": "DATE",
        "timestamp": "TIMESTAMP WITH TIME ZONE",
        "bool": "BOOLEAN",
    }

    def __init__(self) -> None:
        """Open a database in memory, in UTC."""
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'; SET parquet_metadata_cache = true")
        self.connection.execute("SET memory_limit = ?", [MEMORY])
        self.connection.execute("SET temp_directory = ?", [str(Path(tempfile.gettempdir()) / "raquan-duckdb")])
        self._laid: dict[str, tuple[Any, Mapping[str, str]]] = {}

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Give what it raises."""
        import duckdb

        return (duckdb.Error, OSError)

    def interrupt(self) -> None:
        """Stop what it runs now."""
        self.connection.interrupt()

    def lay_files(self, name: str, files: tuple[Path, ...], columns: Mapping[str, str]) -> None:
        """Show Parquet files; a file is never changed, so that the same names are the same files."""
        if self._is_laid(name, files, columns):
            return
        found = self.connection.read_parquet([str(path) for path in files])
        for column in (one for one in columns if one not in found.columns):
            found = found.project(f"*, CAST({ADDED.get(column, 'NULL')} AS {self.types[columns[column]]}) AS {column}")
        found.create_view(name)
        self._laid[name] = files, columns

    def lay_facts(self, name: str, facts: Any, table: Table) -> None:
        """Show facts.

        Objects go by a CSV file, which DuckDB reads by itself: PyArrow and NumPy would be 60 MB in each process that
        shows live figures. Of facts that begin with those that are laid only the others go. An Arrow table is read
        where it lies.
        """
        if hasattr(facts, "schema"):
            if not self._is_laid(name, facts, table.columns):
                self.connection.register(name, facts)
                self._laid[name] = facts, table.columns
            return
        facts, known = tuple(facts), self._known(name, facts, table.columns)
        if known is None:
            known = 0
            columns = ", ".join(f"{column} {self.types[kind]}" for column, kind in table.columns.items())
            self.connection.execute(f"CREATE TEMP TABLE {name}_laid ({columns})")
            self.connection.table(f"{name}_laid").create_view(name)
        self._append(name, facts[known:], table.columns)
        self._laid[name] = facts, table.columns

    def _known(self, name: str, facts: tuple[Any, ...], columns: Mapping[str, str]) -> int | None:
        """Tell how many of some facts are laid; None, and the name cleared, where others are."""
        last, of = self._laid.get(name, (None, None))
        # Files lie under other names: what is a tuple here are facts.
        if type(last) is tuple and of == columns and len(last) <= len(facts) and all(map(is_, last, facts)):
            return len(last)
        self._clear(name)
        return None

    def _append(self, name: str, facts: tuple[Any, ...], columns: Mapping[str, str]) -> None:
        if not facts:
            return
        types = {column: self.types[kind] for column, kind in columns.items()}
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv") as file:
            csv.writer(file).writerows(map(attrgetter(*columns), facts))
            file.flush()
            self.connection.execute(
                f"INSERT INTO {name}_laid FROM read_csv(?, columns = ?, auto_detect = false, header = false)",
                [file.name, types],
            )

    def run(self, statement: str) -> list[dict[str, Any]]:
        """Give the rows of a statement, by column."""
        found = self.connection.sql(statement)
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    def batches(self, statement: str, rows: int) -> Iterator[Any]:
        """Give the rows of a statement as Arrow batches."""
        yield from self.connection.sql(statement).to_arrow_reader(rows)

    def _is_laid(self, name: str, what: Any, columns: Mapping[str, str]) -> bool:
        """Tell whether this very thing is laid under the name, and clear the name if it is not.

        No facts of one table look like no facts of another: the columns tell them apart.
        """
        last, of = self._laid.get(name, (None, None))
        if last is not None and of == columns and (last is what or (type(last) is tuple and last == what)):
            return True
        self._clear(name)
        return False

    def _clear(self, name: str) -> None:
        self._laid.pop(name, None)
        self.connection.unregister(name)  # what is none is left alone
        self.connection.execute(f"DROP VIEW IF EXISTS {name}; DROP TABLE IF EXISTS {name}_laid")


class Spark:
    """A session of Spark, of this thread's own; the master is shared by the process."""

    dialect = "pyspark"

    def __init__(self, master: str) -> None:
        """Join the process's Spark, or start it. Needs the extra `spark` and Java 17 or later."""
        from pyspark.sql import SparkSession

        with _starting:
            if master not in _sparks:
                builder = SparkSession.builder.master(master).appName("raquan")
                builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false")
                builder = builder.config("spark.ui.showConsoleProgress", "false")
                # Figures are few rows: 200 tasks a shuffle, which is what Spark takes, would be nothing but waiting.
                _sparks[master] = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
        self.session = _sparks[master].newSession()
        self._group = str(uuid4())
        self._laid: dict[str, tuple[Any, Mapping[str, str]]] = {}

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Give what it raises."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return (PySparkException, Py4JError, OSError)

    def interrupt(self) -> None:
        """Stop what it runs now, and nothing of other threads."""
        self.session.sparkContext.cancelJobGroup(self._group)

    def lay_files(self, name: str, files: tuple[Path, ...], columns: Mapping[str, str]) -> None:
        """Show Parquet files; the same names are the same files."""
        if self._laid.get(name) == (files, columns):
            return
        found = self.session.read.option("mergeSchema", "false").parquet(*map(str, files))
        for column in (one for one in columns if one not in found.columns):
            kind = {"int64": "BIGINT", "bool": "BOOLEAN", "date": "DATE"}.get(columns[column], "STRING")
            found = found.selectExpr("*", f"CAST({ADDED.get(column, 'NULL')} AS {kind}) AS {column}")
        found.createOrReplaceTempView(name)
        self._laid[name] = files, columns

    def lay_facts(self, name: str, facts: Any, table: Table) -> None:
        """Show facts, handed over as Arrow."""
        self._laid.pop(name, None)
        laid = facts if hasattr(facts, "schema") else arrow_facts(facts, table)
        self.session.createDataFrame(laid).createOrReplaceTempView(name)

    def run(self, statement: str) -> list[dict[str, Any]]:
        """Give the rows of a statement, by column."""
        self.session.sparkContext.setJobGroup(self._group, "raquan", interruptOnCancel=True)
        return [row.asDict() for row in self.session.sql(statement).collect()]

    def batches(self, statement: str, rows: int) -> Iterator[Any]:
        """Give the rows of a statement as Arrow batches."""
        yield from self.session.sql(statement).toArrow().to_batches(rows)


def engine_here() -> Engine:
    """Give this thread's engine: what RAQUAN_ENGINE says, DuckDB where it says nothing."""
    name = getattr(_local, "chosen", None) or os.environ.get("RAQUAN_ENGINE") or DUCKDB
    known: dict[str, Engine] = _local.__dict__.setdefault("engines", {})
    if name not in known:
        known[name] = Duck() if name == DUCKDB else Spark(name)
    return known[name]


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let this thread ask another engine for a while: "duckdb", or a master of Spark."""
    before = getattr(_local, "chosen", None)
    _local.chosen = name
    try:
        yield
    finally:
        _local.chosen = before


@contextmanager
def answering(seconds: float) -> Iterator[None]:
    """Give what is asked within so many seconds, or raise Unanswered; also where the facts cannot be read."""
    engine, done = engine_here(), threading.Event()

    def stop() -> None:
        """Interrupt again and again: what is not running yet at the last moment would run for ever."""
        wait = seconds
        while not done.wait(wait):
            engine.interrupt()
            wait = INTERRUPT_AGAIN

    late = threading.Thread(target=stop, daemon=True)
    late.start()
    try:
        yield
    except engine.failures as error:
        raise Unanswered(str(error)) from error
    finally:
        done.set()
        late.join()


def run(statement: str) -> list[dict[str, Any]]:
    """Give the rows of a statement of this thread's engine, by column."""
    return engine_here().run(statement)


def compiled(expression: Callable[..., Any]) -> Callable[..., str]:
    """Let a function that makes an Ibis expression give its statement in this thread's dialect, made once."""

    @lru_cache(maxsize=MOST_STATEMENTS)
    def written(dialect: str, *asked: Any) -> str:
        return _written(expression(*asked), dialect)

    @wraps(expression)
    def statement(*asked: Any) -> str:
        return written(engine_here().dialect, *asked)

    return statement


def sql_of(expression: Any) -> str:
    """Write an Ibis expression as a statement in this thread's dialect."""
    return _written(expression, engine_here().dialect)


def _written(expression: Any, dialect: str) -> str:
    """Let Ibis write and no more: the connection of Ibis 12 calls what DuckDB 2 has dropped."""
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))


def as_table(batches: Sequence[Any]) -> Any:
    """Join batches to a table with the schema of the files, in one piece, so that its bytes depend on nothing else."""
    import pyarrow as pa

    return pa.Table.from_batches(batches).cast(arrow_schema()).combine_chunks()
