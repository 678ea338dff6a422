"""Every page of the desk in a full province: its queries, and its CPU time beside that of an empty page.

    python -m bench.pages [--outings 3000] [--records 10000] [--times 7]

A synthetic province (bench/machinery/province.py) of 102 communes, 40 departments and 300 units. Each page is asked for
in this process, without HTTP, as the steering office's officer and as a unit's. Its queries are counted when only the
reference data is remembered; its time is of the CPU, the database (SQLite) included, with `x` beside the empty page in
the same run. Pages over 12 queries or 100 ms are marked.
"""

import argparse
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.machinery import world as home

MOST_QUERIES, MOST_MS = 12, 100.0
EMPTY = "styleguide/error/<int:status>/"


def fill(outings: int, records: int, *, province: bool = True) -> Any:
    """Make the two units that the matrix tries, and a province around them if wanted; give the matrix's world."""
    import django

    django.setup()
    from datetime import UTC, date, datetime

    from bench.machinery.province import Amounts, Ground, fill
    from django.core.management import call_command
    from django.test.utils import setup_test_environment
    from tests.matrix.whole import make_whole_world

    from raquan.analytics.commands import extract_facts
    from raquan.capture.tests.world import instance
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    now = datetime(2023, 10, 5, 2, tzinfo=UTC)
    clock.install_offset(now - clock.real_now())
    setup_test_environment(debug=False)  # lets the client name its host
    call_command("migrate", verbosity=0)
    world = make_whole_world(now)
    if not province:
        return world
    ground = Ground(
        campaign_id=world.base.campaign_id,
        starts_on=date(2023, 9, 15),
        ends_on=date(2023, 10, 15),
        district="648",
        phone=world.base.device,
        payload=lambda code, instance_id: instance(code, instance_id=instance_id),
    )
    fill(ground, Amounts(outings=outings, records=records), now=now)
    extract_facts(by=SYSTEM, now=now)  # as the worker does every few minutes
    return world


def pages(world: Any) -> Iterator[tuple[str, str, str]]:
    """Give each page of the desk: who asks, its route, its address."""
    from tests.matrix.cases import CASES
    from tests.matrix.test_matrix import address_of, reads

    for name in ("steering_officer@whole", "unit_officer@own"):
        visitor = world.visitors[name]
        for route, case in CASES.items():
            if route.startswith("desk/") and case.get == 200 and reads(world, visitor, route, case):
                for query in case.queries:
                    yield name, route + query, address_of(world, visitor, route, case) + query.format(**world.things)


def measure(client: Any, address: str, times: int) -> tuple[int, float]:
    """Give the number of queries of a page, and its median milliseconds of CPU; the first answer warms up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from raquan.config.reference import read_reference
    from raquan.kernel.remembering import forget_everything

    forget_everything()
    read_reference()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, secure=True)
        b"".join(answer)
    queries = len(asked)  # the next request forgets them
    assert answer.status_code == 200 or "error" in address, f"{address}: {answer.status_code}"
    took = []
    for _ in range(times):
        start = time.process_time()
        b"".join(client.get(address, secure=True))
        took.append((time.process_time() - start) * 1000)
    return queries, median(took)


def main(outings: int, records: int, times: int) -> None:
    """Print a line a page, the slow and the many first."""
    world = fill(outings, records)
    client = world.visitors["steering_officer@whole"].client
    empty = measure(client, "/styleguide/error/404/", times * 3)[1]
    print(f"{home.vendor()}: {outings} outings, {records} records; the empty page {empty:.1f} ms")
    lines = [(*measure(world.visitors[who].client, address, times), who, route) for who, route, address in pages(world)]
    for queries, ms, who, route in sorted(lines, key=lambda line: (line[1], line[0]), reverse=True):
        mark = "!" if queries > MOST_QUERIES or ms > MOST_MS else " "
        print(f"{mark} {queries:3} queries {ms:7.1f} ms  x{ms / empty:5.1f}  {who:22} {route}")
    over = sum(1 for line in lines if line[0] > MOST_QUERIES or line[1] > MOST_MS)
    print(f"{len(lines)} pages, {over} over {MOST_QUERIES} queries or {MOST_MS:.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outings", type=int, default=3000)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=7)
    said = parser.parse_args()
    main(said.outings, said.records, said.times)
