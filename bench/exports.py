"""Exports of records with photos: how long, how large, and how much memory at most, by number of records.

    python -m bench.exports [--records 20000]

Makes one record and copies it, gives each copy one of a hundred photos of 60 KB, and exports CSV, XLSX, GeoJSON and the
ZIP with photos as the worker does, each in a process of its own. The peak is held against that of an export of a
tenth of the records: a memory that grows with them shows.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from bench.ingest import single
from bench.machinery import world
from bench.machinery.load import send_all
from bench.machinery.system import serving

PHOTO = 60_000
PHOTOS = 100


def fill(records: int) -> None:
    """Let so many records be stored and listed, each with a photo."""
    from raquan.capture.models import Attachment, Submission
    from raquan.files.commands import store_file
    from raquan.kernel.actor import SYSTEM

    world.multiply(records)
    names = [store_file(by=SYSTEM, data=os.urandom(PHOTO), media_type="image/jpeg").sha256 for _ in range(PHOTOS)]
    bare = Submission.objects.filter(attachments__isnull=True).values_list("id", flat=True)
    rows = (
        Attachment(submission_id=one, name="photo.jpg", expected=True, sha256=name)
        for one, name in zip(bare.iterator(), cycle(names), strict=False)
    )
    while made := list(islice(rows, 5000)):
        Attachment.objects.bulk_create(made)


def export(kind: str, done: "multiprocessing.Queue[tuple[float, float, int, int]]") -> None:
    """Make an export and tell seconds, megabytes held at most, records and bytes."""
    import django

    django.setup()
    from raquan.capture.rules import read_filter
    from raquan.exchange import commands
    from raquan.exchange.gateways.files import folder
    from raquan.exchange.models import Export
    from raquan.exchange.rules import ExportKind
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import real_now

    start = time.perf_counter()
    one = commands.start_export(by=SYSTEM, now=real_now(), kind=ExportKind(kind), filters=read_filter({}))
    while commands.run_export(now=real_now(), export_id=one):
        pass
    seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in folder().glob(f"{one}*"))
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    peak = int(held.split()[1]) / 1024
    done.put((seconds, peak, Export.objects.get(id=one).done, size))
    commands.remove_exports(now=real_now().replace(year=2100))


def kinds() -> Iterator[str]:
    """Give the kinds of exports."""
    from raquan.exchange.rules import ExportKind

    yield from (one.value for one in ExportKind)


def main(records: int) -> None:
    """Print a line for each kind, at a tenth of the records and at all of them."""
    world.prepare()
    with serving(world.postmaster()) as system:
        send_all(system.port, list(single(2)), concurrency=1, status=201)
        time.sleep(5)  # the worker lists them
    spawned = multiprocessing.get_context("spawn")
    small: dict[str, float] = {}
    for stored in (records // 10, records):
        fill(stored)
        for kind in kinds():
            done: multiprocessing.Queue[tuple[float, float, int, int]] = spawned.Queue()
            process = spawned.Process(target=export, args=(kind, done))
            process.start()
            seconds, peak, count, size = done.get()
            process.join()
            ratio = peak / small.setdefault(kind, peak)
            print(
                f"{kind:8} {count:7,} records {seconds:7.1f} s {count / seconds:7.0f}/s"
                f" {size / 1e6:8.1f} MB   peak {peak:4.0f} MB {ratio:5.2f}",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    main(parser.parse_args().records)
