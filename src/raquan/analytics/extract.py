"""Writes facts and snapshots to Parquet, so that a crash at any step neither loses nor doubles one."""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from raquan.analytics import engine
from raquan.analytics.engine import Source, World
from raquan.analytics.rules import (
    ACTIVITY,
    ROLLED_FROM,
    ROLLUP_FOLDER,
    ROLLUP_KIND,
    Chain,
    Part,
    SnapshotFile,
    chain,
    fact_file_name,
    merge_run,
    newest,
    outdated,
    rollup_chain,
    rollup_file_name,
    rows_digest,
)

READ_PAGE = 20_000
MOST_SMALL_FILES = 32
MERGED_FACTS = 1_000_000
ROWS_A_SNAPSHOT_FILE = 1_000_000
ROW_GROUP = 131_072
MOST_ROLLUPS = 8
SWEEP_AFTER = 300
"""Seconds for which a merged file's parts stay, for readers that have listed them."""

FactsAfter = Callable[[int, int], Sequence[Any]]

_temporary_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Appended:
    """How many facts were written, and up to which fact_seq there are files now."""

    facts: int
    watermark: int


def append_facts(folder: Path, facts_after: FactsAfter) -> Appended:
    """Write the facts that no file has yet; merge small files; sweep what merging has left.

    `facts_after(fact_seq, limit)` gives facts in the order of fact_seq. One writer at a time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_writer(folder):
        _sweep(folder)
        written = 0
        watermark = _chain(folder).watermark
        while facts := facts_after(watermark, READ_PAGE):
            table = engine.arrow_facts(facts)
            _write(folder / fact_file_name(watermark, facts[-1].fact_seq), table)
            written += len(facts)
            watermark = facts[-1].fact_seq
        _merge(folder)
        roll_up(folder)
        return Appended(written, watermark)


def write_simulated(folder: Path, world: World, *, records: int, seed: int, rollups: bool = True) -> int:
    """Write synthetic facts, a million in each file, after those that are there; give how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with _only_writer(folder):
        _sweep(folder)
        while (after := _chain(folder).watermark) < records:
            upto = min(after + MERGED_FACTS, records)
            write = partial(engine.write_simulated, world=world, seed=seed, after=after, upto=upto, records=records)
            _write_by(folder / fact_file_name(after, upto), write)
        if rollups:
            roll_up(folder)
        return _chain(folder).watermark


def roll_up(folder: Path) -> None:
    """Write rollups of the facts that no rollup has, a million at most in each; merge small ones.

    A run that is broken off leaves what is whole, and the next goes on from there. One writer at a time.
    """
    facts, home = _chain(folder), folder / ROLLUP_FOLDER
    if facts.watermark < ROLLED_FROM:
        return
    home.mkdir(exist_ok=True)
    files = tuple(folder / file.name for file in facts.files)
    while (after := _rollup_chain(home).watermark) < facts.watermark:
        upto = min(after + MERGED_FACTS, facts.watermark)
        _write_by(
            home / rollup_file_name(after, upto), partial(engine.write_rollup, files=files, after=after, upto=upto)
        )
    found = _rollup_chain(home)
    if run := merge_run(found.files, most_files=MOST_ROLLUPS, most_facts=MERGED_FACTS):
        parts = tuple(home / rollup_file_name(one.after, one.upto) for one in run)
        whole = home / rollup_file_name(run[0].after, run[-1].upto)
        _write_by(whole, partial(engine.merge_rollups, rollups=parts))
    _sweep_rollups(home)


def _sweep_rollups(home: Path) -> None:
    """Delete temporary files of writers that died, and, a while after the last was written, what holds nothing more."""
    for path in home.glob("*.tmp"):
        path.unlink(missing_ok=True)
    used = {rollup_file_name(one.after, one.upto) for one in _rollup_chain(home).files}
    newest_at = max((home / name).stat().st_mtime for name in used)
    for path in home.glob("*.parquet"):
        if path.name not in used and time.time() - newest_at > SWEEP_AFTER:
            path.unlink(missing_ok=True)


def _rollup_chain(home: Path) -> Chain:
    return rollup_chain(path.name for path in home.glob("*.parquet"))


def write_part(folder: Path, facts: Sequence[Any]) -> bool:
    """Write a day's facts as its next generation, unless the last one holds the same; say whether it was needed.

    What was written before stays: a late or corrected record makes a new file and changes none.
    """
    digest = rows_digest([getattr(fact, name) for name in ACTIVITY.columns] for fact in facts)
    last = newest(path.name for path in folder.glob("*.parquet"))
    if last is None and not facts:
        return False
    if last is not None and (last.rows, last.digest) == (len(facts), digest):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with _only_writer(folder):
        for path in folder.glob("*.tmp"):
            path.unlink(missing_ok=True)
        last = newest(path.name for path in folder.glob("*.parquet"))
        part = Part(last.generation + 1 if last else 1, len(facts), digest)
        _write(folder / part.name, engine.arrow_facts(facts, ACTIVITY))
    return True


def part_rows(folder: Path) -> list[Sequence[Any]]:
    """Read the rows of the generation that holds, in the order of the columns; none where there is no file."""
    import pyarrow.parquet as parquet

    part = newest(path.name for path in folder.glob("*.parquet"))
    if part is None:
        return []
    table = parquet.read_table(folder / part.name, partitioning=None)
    return list(zip(*(table.column(name).to_pylist() for name in ACTIVITY.columns), strict=True))


def write_snapshot(folder: Path, source: Source, upto: int) -> tuple[tuple[SnapshotFile, ...], bool]:
    """Write the current facts up to a fact_seq as files named by their content; say whether any is synthetic.

    The same facts give the same bytes, so that what has not changed is stored once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[SnapshotFile] = []
    synthetic = False
    for table in engine.current_facts(source, upto, ROWS_A_SNAPSHOT_FILE):
        files.append(_write_by_content(folder, partial(_write_parquet, table=table), table.num_rows))
        synthetic = synthetic or any(table.column("synthetic").to_pylist())
    return (*files, *_roll_up_frozen(folder, files)), synthetic


def _roll_up_frozen(folder: Path, files: Sequence[SnapshotFile]) -> list[SnapshotFile]:
    """Write a rollup of each file; few facts need none. They are frozen as the facts are: named, hashed, signed."""
    if sum(file.rows for file in files) < ROLLED_FROM:
        return []
    return [
        _write_by_content(folder, partial(engine.write_rollup, files=(folder / file.name,)), file.rows, ROLLUP_KIND)
        for file in files
    ]


def write_activity(folder: Path, kind: str, facts: Sequence[Any]) -> tuple[SnapshotFile, ...]:
    """Write a snapshot's facts of a kind beside the assists, as a file named by its content; none of none."""
    if not facts:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    table = engine.arrow_facts(facts, ACTIVITY)
    return (_write_by_content(folder, partial(_write_parquet, table=table), table.num_rows, kind),)


def write_manifest(folder: Path, data: bytes, sha256: str, signature: str) -> None:
    """Lay a manifest and its signature beside its files, named by its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in ((f"{sha256}.jws", signature.encode()), (f"{sha256}.json", data)):
        temporary = _temporary(folder)
        temporary.write_bytes(content)
        _sync(temporary)
        _put(temporary, folder / name)


def _merge(folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    run = merge_run(_chain(folder).files, most_files=MOST_SMALL_FILES, most_facts=MERGED_FACTS)
    if run:
        parts = [parquet.read_table(folder / file.name) for file in run]
        _write(folder / fact_file_name(run[0].after, run[-1].upto), pa.concat_tables(parts))


def _sweep(folder: Path) -> None:
    """Delete temporary files of writers that died, parts that were merged a while ago, files of earlier schemas."""
    for path in folder.glob("*.tmp"):
        path.unlink(missing_ok=True)
    for name in outdated(path.name for path in folder.glob("*.parquet")):
        (folder / name).unlink(missing_ok=True)
    found = _chain(folder)
    for part in found.superseded:
        whole = next((f for f in found.files if f.after <= part.after and part.upto <= f.upto), None)
        if whole and time.time() - (folder / whole.name).stat().st_mtime > SWEEP_AFTER:
            (folder / part.name).unlink(missing_ok=True)


def _chain(folder: Path) -> Chain:
    return chain(path.name for path in folder.glob("*.parquet"))


def _write_by_content(folder: Path, write: Callable[[Path], None], rows: int, kind: str = "assist") -> SnapshotFile:
    temporary = _temporary(folder)
    write(temporary)
    _sync(temporary)
    with temporary.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    written = SnapshotFile(sha256, temporary.stat().st_size, rows, kind)
    _put(temporary, folder / written.name)
    return written


def _write(path: Path, table: Any) -> None:
    """Write a file so that it is there whole or not at all, whenever the power fails."""
    _write_by(path, partial(_write_parquet, table=table))


def _write_by(path: Path, write: Callable[[Path], None]) -> None:
    temporary = _temporary(path.parent)
    write(temporary)
    _sync(temporary)
    _put(temporary, path)


def _write_parquet(path: Path, table: Any) -> None:
    import pyarrow.parquet as parquet

    parquet.write_table(table, path, row_group_size=ROW_GROUP, compression="zstd", version="2.6")


def _put(temporary: Path, path: Path) -> None:
    temporary.rename(path)
    _sync(path.parent)


def _temporary(folder: Path) -> Path:
    return folder / f"{os.getpid()}-{next(_temporary_numbers)}.tmp"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Wait for the folder's other writer, if there is one; a writer that dies lets go."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
