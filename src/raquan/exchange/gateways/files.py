"""Files that grow piece by piece on disk and, after a crash, are cut back to the last piece that is certain."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import IO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings

_COPY = 1024 * 1024


def folder() -> Path:
    """Give the folder in which exports are made."""
    found = Path(settings.RAQUAN_EXCHANGE)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def path_of(export_id: UUID, suffix: str) -> Path:
    """Give the path of one of an export's files."""
    return folder() / f"{export_id}.{suffix}"


@contextmanager
def only_one(export_id: UUID) -> Iterator[bool]:
    """Keep a second worker away from an export's files; False when another has them. A dead worker lets go."""
    with path_of(export_id, "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def append(path: Path, at: int, pieces: Iterable[bytes]) -> int:
    """Cut a file to `at` bytes, write pieces behind, and give its size once it is on disk."""
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(at)
        file.seek(at)
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def is_whole(path: Path, size: int) -> bool:
    """Tell whether a file still has what was written to it: another machine's disk has not."""
    return size == 0 or (path.exists() and path.stat().st_size >= size)


def archive(path: Path, size: int, entries: Iterable[tuple[str, IO[bytes]]]) -> int:
    """Add files to a ZIP that was whole at `size` bytes, and give its size now, on disk.

    Adding overwrites the list of contents at the ZIP's end; a copy of that end is kept beside it first, so that a
    crash in between can be undone.
    """
    tail = path.with_suffix(".tail")
    _restore(path, size, tail)
    if size:
        _keep_tail(path, tail)
    with ZipFile(path, "a", ZIP_STORED, allowZip64=True) as target:
        for name, source in entries:
            with source, target.open(ZipInfo(name), "w", force_zip64=True) as entry:
                copyfileobj(source, entry, _COPY)
    return _synced(path)


def _restore(path: Path, size: int, tail: Path) -> None:
    if size == 0:
        path.unlink(missing_ok=True)
        tail.unlink(missing_ok=True)
        return
    if not tail.exists():
        return
    kept = tail.read_bytes()
    start, end = int.from_bytes(kept[:8], "big"), kept[8:]
    if start + len(end) == size:  # else nothing was added since it was whole
        append(path, start, [end])


def _keep_tail(path: Path, tail: Path) -> None:
    with ZipFile(path) as whole:
        start = whole.start_dir
    with path.open("rb") as file:
        file.seek(start)
        end = file.read()
    draft = tail.with_suffix(".draft")
    append(draft, 0, [start.to_bytes(8, "big"), end])
    draft.replace(tail)


def _synced(path: Path) -> int:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return file.seek(0, os.SEEK_END)


def pack(target: Path, parts: Iterable[tuple[str, bytes | Path]]) -> None:
    """Write a ZIP of some parts whole or not at all; a part that is a path is read as it is packed."""
    draft = target.with_suffix(".draft")
    with ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=5) as package:
        for name, part in parts:
            if isinstance(part, Path):
                package.write(part, name)
            else:
                package.writestr(name, part)
    _synced(draft)
    draft.replace(target)


def remove(export_id: UUID) -> None:
    """Delete all files of an export."""
    for path in folder().glob(f"{export_id}.*"):
        path.unlink(missing_ok=True)
