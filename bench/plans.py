"""A plan of 400 rows: how long its upload, its reading, a page of it and bringing it into force take.

    python -m bench.plans [--rows 400]

Works in a database of its own, which is thrown away, with Đắk Lắk's organizations registered.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

T = TypeVar("T")


def timed(name: str, act: Callable[[], T]) -> T:
    """Do something and print how long it took."""
    start = time.perf_counter()
    done = act()
    print(f"{name:32} {time.perf_counter() - start:6.2f} s")
    return done


def measure(rows: int) -> None:
    """Take a plan of so many rows all the way, as the web server, the worker and the officer do."""
    from raquan.campaign.commands import import_reading
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.people.commands import load_organizations
    from raquan.places.commands import load_packaged_units
    from raquan.readings import commands, queries
    from raquan.readings.tests import books

    now = clock.now()
    load_packaged_units(by=SYSTEM, now=now)
    load_organizations(by=SYSTEM, now=now)
    units = "Sở Thông tin và Truyền thông", "Tỉnh đoàn, UBND các huyện"
    document = books.plan(*[(n, f"Hỗ trợ buôn {n}", *units, date(2024, 9, 20), "Hồ sơ") for n in range(1, rows + 1)])

    def read() -> None:
        while commands.read_on(now=now, reading_id=started.reading_id):
            pass

    begun = time.perf_counter()
    started = timed(
        "upload", lambda: commands.start_reading(by=SYSTEM, now=now, document=document, file_name="bench.xlsx")
    )
    timed("reading", read)
    page = timed("a page of 50 lines", lambda: queries.reading_page(SYSTEM, started.reading_id))
    done = timed(
        "bringing into force",
        lambda: import_reading(
            by=SYSTEM,
            now=now,
            reading_id=started.reading_id,
            version=page.reading.version,
            set_aside=True,
            starts_on=date(2024, 9, 15),
            ends_on=date(2024, 10, 15),
        ),
    )
    print(f"{done.tasks} tasks, {done.leftovers} left over: {time.perf_counter() - begun:.2f} s of 10")


def main() -> None:
    """Make the database, measure, throw it away."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=400)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(RAQUAN_HOME=home, DATABASE_URL="", DJANGO_SETTINGS_MODULE="raquan.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measure(rows)


if __name__ == "__main__":
    main()
