"""Durable writes a second through the writer seam, beside plain durable inserts on the same database in the same run.

python -m bench.grouped_writes [writes]
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")
os.environ["RAQUAN_HOME"] = tempfile.mkdtemp(prefix="raquan-bench-")


def main(writes: int) -> None:
    """Print the rate of each way and its ratio to the plain one."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections, transaction

    from raquan.kernel.actor import SYSTEM
    from raquan.ledger import commands

    call_command("migrate", verbosity=0)

    def insert() -> None:
        commands.record(by=SYSTEM, verb="bench", subject="bench", subject_id="1")

    def plain(_: int) -> None:
        with transaction.atomic():
            insert()

    def grouped(_: int) -> None:
        commands.write_grouped(insert)

    def rate(way: Callable[[int], None], threads: int) -> float:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(way, range(threads)))
            start = time.perf_counter()
            list(pool.map(way, range(writes)))
            elapsed = time.perf_counter() - start
            list(pool.map(lambda _: connections.close_all(), range(threads)))
        return writes / elapsed

    baseline = rate(plain, 1)
    print(f"{'plain insert, 1 thread':32} {baseline:8.0f}/s  1.00")
    for name, way, threads in [
        ("plain insert, 8 threads", plain, 8),
        ("grouped write, 1 thread", grouped, 1),
        ("grouped write, 8 threads", grouped, 8),
        ("grouped write, 32 threads", grouped, 32),
    ]:
        found = rate(way, threads)
        print(f"{name:32} {found:8.0f}/s  {found / baseline:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
