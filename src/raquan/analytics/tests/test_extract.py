"""Files of facts: a crash between any two steps neither loses nor doubles a fact; snapshots are the same bytes."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from raquan.analytics import engine, extract
from raquan.analytics.engine import Source
from raquan.analytics.rules import DIMENSIONS, MEASURES
from raquan.analytics.tests.facts import Fact, after, sample


class Crash(Exception):
    """The power went."""


def _read(folder: Path) -> list[int]:
    files = extract._chain(folder).files
    return [n for file in files for n in parquet.read_table(folder / file.name)["fact_seq"].to_pylist()]


def _source(facts: list[Fact]) -> Callable[[int, int], list[Fact]]:
    return lambda seq, limit: after(facts, seq, limit)


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    facts = [replace(f, outing_id=None if f.fact_seq % 2 else "x", outing_code="X") for f in sample(7)]
    done = extract.append_facts(tmp_path, _source(facts))
    assert (done.facts, done.watermark) == (7, 7)
    table = parquet.read_table(tmp_path / extract._chain(tmp_path).files[0].name)
    assert [Fact(**row) for row in table.to_pylist()] == facts


def test_doing_it_again_writes_nothing(tmp_path: Path) -> None:
    extract.append_facts(tmp_path, _source(sample(3)))
    again = extract.append_facts(tmp_path, _source(sample(3)))
    assert (again.facts, again.watermark) == (0, 3)
    assert _read(tmp_path) == [1, 2, 3]


STEPS = ("write", "sync", "rename", "sync folder", "after")


@pytest.mark.parametrize("at", STEPS)
def test_a_crash_between_any_two_steps_neither_loses_nor_doubles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    extract.append_facts(tmp_path, _source(sample(2)))
    with monkeypatch.context() as broken:
        _crash(broken, at)
        with pytest.raises(Crash):
            extract.append_facts(tmp_path, _source(sample(5)))
    assert _read(tmp_path) in ([1, 2], [1, 2, 3, 4, 5])
    extract.append_facts(tmp_path, _source(sample(6)))
    assert _read(tmp_path) == [1, 2, 3, 4, 5, 6]
    assert not list(tmp_path.glob("*.tmp"))


def _crash(broken: pytest.MonkeyPatch, at: str) -> None:
    """Make the power go just before a step (or after the last one)."""
    real_write, real_sync, synced = parquet.write_table, os.fsync, []

    def write(table: Any, path: Path, **options: Any) -> None:
        real_write(table.slice(0, 1), path, **options)  # half of it reached the disk
        raise Crash

    def sync(descriptor: int) -> None:
        synced.append(descriptor)
        if (at, len(synced)) in {("sync", 1), ("sync folder", 2)}:
            raise Crash
        real_sync(descriptor)

    def rename(self: Path, target: Path) -> Path:
        raise Crash

    def merge(folder: Path) -> None:
        raise Crash

    broken.setattr(os, "fsync", sync)
    if at == "write":
        broken.setattr(parquet, "write_table", write)
    if at == "rename":
        broken.setattr(Path, "rename", rename)
    if at == "after":
        broken.setattr(extract, "_merge", merge)


def test_small_files_are_merged_and_their_parts_swept_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MOST_SMALL_FILES", 3)
    for count in range(1, 5):
        extract.append_facts(tmp_path, _source(sample(count)))
    assert [(f.after, f.upto) for f in extract._chain(tmp_path).files] == [(0, 4)]
    assert len(list(tmp_path.glob("*.parquet"))) == 5
    monkeypatch.setattr(extract, "SWEEP_AFTER", -1)
    extract.append_facts(tmp_path, _source(sample(5)))
    assert [path.name for path in sorted(tmp_path.glob("*.parquet"))] == [
        "v3-000000000000000-000000000000004.parquet",
        "v3-000000000000004-000000000000005.parquet",
    ]
    assert _read(tmp_path) == [1, 2, 3, 4, 5]


def test_files_of_an_earlier_schema_are_written_anew(tmp_path: Path) -> None:
    (tmp_path / "v1-000000000000000-000000000000002.parquet").write_bytes(b"of an earlier release")
    done = extract.append_facts(tmp_path, _source(sample(3)))
    assert (done.facts, _read(tmp_path)) == (3, [1, 2, 3])
    assert [path.name for path in tmp_path.glob("v1-*")] == []


def test_two_writers_at_once_write_each_fact_once(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: extract.append_facts(tmp_path, _source(sample(50))), range(4)))
    assert sum(one.facts for one in done) == 50
    assert _read(tmp_path) == list(range(1, 51))


def test_the_same_facts_give_the_same_snapshot_however_they_lie(tmp_path: Path) -> None:
    facts = [replace(f, commune_code=None if f.fact_seq % 3 else "24256") for f in sample(40)]
    live, _ = extract.write_snapshot(tmp_path / "a", Source((), facts), 40)
    extract.append_facts(tmp_path / "facts", _source(facts[:13]))
    files = tuple((tmp_path / "facts").glob("*.parquet"))
    mixed, _ = extract.write_snapshot(tmp_path / "b", Source(files, list(reversed(facts[13:]))), 40)
    assert live == mixed
    assert [file.rows for file in live] == [40]


def test_a_snapshot_holds_the_latest_versions_up_to_its_fact(tmp_path: Path) -> None:
    facts = sample(3)
    facts += [
        replace(facts[0], fact_seq=4, version=2, how="self"),
        replace(facts[1], fact_seq=5, version=2, withdrawn=True),
    ]
    formula, by = MEASURES["assists"].formula, DIMENSIONS["how"]
    for upto, expected in ((3, {"guided": 3}), (4, {"guided": 2, "self": 1}), (5, {"guided": 1, "self": 1})):
        files, _ = extract.write_snapshot(tmp_path, Source((), facts), upto)
        counted = engine.evaluate(Source(tuple(tmp_path / file.name for file in files)), formula, by)
        assert {cell.key: cell.value for cell in counted.cells} == expected


def test_a_great_snapshot_is_cut_into_files_of_one_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "ROWS_A_SNAPSHOT_FILE", 4)
    files, synthetic = extract.write_snapshot(tmp_path, Source((), sample(10, synthetic=True)), 10)
    assert [file.rows for file in files] == [4, 4, 2]
    assert synthetic
