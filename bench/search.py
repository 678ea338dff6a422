"""The search among 100,000 things: how fast a province is read into the index, and what a search takes.

    python -m bench.search [--entries 100000] [--outings 3000] [--times 7]

A synthetic province (bench/machinery/province.py); once it is read, its entries are copied until there are as many as
are wanted: every second copy as a place, which everybody may see, the others as things that nobody may. Each search is
asked for in this process, without HTTP, as somebody who reads everything, as a unit's officer and as an officer of a
district; `ratio` is its median beside that of reading one entry by its key. Searches over 50 ms are marked.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.machinery import world as home

MOST_MS = 50.0
SEARCHES = (
    "mau-0",
    "nha van hoa",
    "nhà văn hóa đơn vị 120",
    "don vi mau 77 06/10/2023",
    "lan 31",
    "khong co gi het",
    "m",
    "xa",
)


def fill(outings: int) -> Any:
    """Make the matrix's two units and a province around them; give the matrix's world."""
    import django

    django.setup()
    from datetime import UTC, date, datetime

    from bench.machinery.province import Amounts, Ground, fill
    from django.core.management import call_command
    from django.test.utils import setup_test_environment
    from tests.matrix.world import make_world

    from raquan.kernel import clock

    now = datetime(2023, 10, 5, 2, tzinfo=UTC)
    clock.install_offset(now - clock.real_now())
    setup_test_environment(debug=False)
    call_command("migrate", verbosity=0)
    world = make_world(now)
    ground = Ground(
        campaign_id=world.base.campaign_id,
        starts_on=date(2023, 9, 15),
        ends_on=date(2023, 10, 15),
        district="648",
        phone=world.base.device,
        payload=lambda code, instance_id: b"",
    )
    fill(ground, Amounts(outings=outings, records=0), now=now)
    return world


def read() -> None:
    """Read everything into the index, and say how fast."""
    from raquan.search.commands import refresh, touch_everything
    from raquan.search.models import Entry, Word

    touch_everything()
    start = time.perf_counter()
    while refresh():
        pass
    took = time.perf_counter() - start
    entries, words = Entry.objects.count(), Word.objects.count()
    print(
        f"{home.vendor()}: {entries} entries with {words} words read in {took:.0f} s, {entries / took:.0f} a second",
        flush=True,
    )


def analyze() -> None:
    """Let PostgreSQL count what there is, as it does by itself every minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def copy(wanted: int) -> None:
    """Copy entries with their words, under other codes, until there are so many."""
    from uuid import uuid4

    from raquan.search.models import Entry, Word

    words: dict[int, list[str]] = {}
    for entry, word in Word.objects.values_list("entry_id", "word"):
        words.setdefault(entry, []).append(word)
    source = list(Entry.objects.filter(kind__in=("outing", "site", "help-desk", "task")))
    left, number = wanted - Entry.objects.count(), 0
    while number < left:
        some = [source[n % len(source)] for n in range(number, min(number + 2000, left))]
        rows = [_copy(one, "place" if n % 2 else "outing", uuid4()) for n, one in enumerate(some)]
        made = Entry.objects.bulk_create(rows)
        pairs = zip(made, some, strict=True)
        Word.objects.bulk_create([Word(entry=row, word=word) for row, one in pairs for word in words[one.pk]], 5000)
        number += len(some)


def _copy(one: Any, kind: str, object_id: Any) -> Any:
    from raquan.search.models import Entry

    keys = {"title_key": one.title_key, "spoken_key": one.spoken_key, "at": one.at}
    return Entry(kind=kind, object_id=object_id, title=one.title, line=one.line, href=one.href, **keys)


def timed(work: Callable[[], Any], times: int) -> tuple[Any, float]:
    """Give what some work gives, and its median milliseconds; the first time warms up."""
    given, took = work(), []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return given, median(took)


def main(entries: int, outings: int, times: int) -> None:
    """Print a line a search."""
    world = fill(outings)
    read()
    copy(entries)
    analyze()
    from uuid import uuid4

    from raquan.kernel.actor import Actor, ActorKind, Duty
    from raquan.outings.models import Outing
    from raquan.people.models import Organization
    from raquan.search.models import Entry
    from raquan.search.queries import find

    of = Organization.objects.get(name__startswith="Đơn vị mẫu 77 ").id
    code = Outing.objects.order_by("-id")[0].code
    district = Actor(ActorKind.USER, uuid4(), "cán bộ huyện", duties=(Duty("unit_officer", None, "648"),))
    unit = Actor(ActorKind.USER, uuid4(), "cán bộ đơn vị", duties=(Duty("unit_officer", of),))
    key = Entry.objects.values_list("id", flat=True)[0]
    one = timed(lambda: Entry.objects.get(id=key), times * 3)[1]
    over = 0
    for actor in (world.visitors["steering_officer@whole"].actor, unit, district):
        for text in (code, *SEARCHES):
            found, ms = timed(lambda actor=actor, text=text: find(actor, text), times)  # type: ignore[misc]
            over += ms > MOST_MS
            mark = "!" if ms > MOST_MS else " "
            more = "+" if found.is_cut else " "
            print(f"{mark} {ms:7.1f} ms  x{ms / one:6.1f}  {found.total:5}{more} of {actor.name:28} {text}", flush=True)
    print(f"{over} over {MOST_MS:.0f} ms; one entry by its key {one:.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--outings", type=int, default=3000)
    parser.add_argument("--times", type=int, default=7)
    said = parser.parse_args()
    main(said.entries, said.outings, said.times)
