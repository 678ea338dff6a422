"""The minute of the opening: 10,000 visitors come within a minute, while phones go on sending their records.

    python -m bench.crowd [--visitors 10000] [--seconds 60] [--outings 2000] [--phones 4] [--acts 0.5]

One `raquan serve` (SQLite) on loopback; the load generator is one more process on the same cores. A visitor opens a
connection, takes the home page and what it needs (a style sheet, a script, two fonts), reads, takes one or two pages of
a realistic mix, and leaves the connection open as browsers do. Every third has been here before: its pages are asked
for with their tags, and nothing else. Meanwhile phones sync batches of ten records, and the office changes the
programme of the Day so often a second that pages are built anew. The same syncs are measured before, without the crowd.
It ends with 1 where an answer was an error, where a page in a hundred took longer than SLOW, or where a sync in a
hundred took longer than that and than twice what one takes alone.
"""

import argparse
import asyncio
import json
import random
import re
import resource
import sys
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as hour
from urllib.request import urlopen

from bench.ingest import batched
from bench.machinery import world
from bench.machinery.system import serving

MIX = (
    ("/2023/outings/", 30),
    ("/2023/outings/?when=today", 15),
    ("/2023/day/", 25),
    ("/2023/help-desks/", 10),
    ("/2023/", 8),
    ("/2023/results/", 5),
    ("/2023/calendar/", 4),
    ("/guides/", 3),
)
READS, KEEPS_OPEN, PATIENCE = (1.0, 6.0), 12.0, 30.0
"""Seconds: how long a visitor reads a page, how long a browser leaves a connection open, when one gives up."""

SLOW = 1.0
"""Seconds within which 99 of 100 pages, and of 100 syncs beside them, are to be answered on a machine of its own."""
ACTS = "acts (not errors)"

ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"')


@dataclass
class Seen:
    """What came of it: seconds of every answer, what went wrong, connections open at most."""

    pages: list[float] = field(default_factory=list)
    assets: list[float] = field(default_factory=list)
    syncs: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    open: int = 0
    most_open: int = 0


class Line:
    """A kept connection on which one request after another is asked."""

    def __init__(self, seen: Seen, port: int) -> None:
        self.seen, self.port = seen, port
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def __aenter__(self) -> "Line":
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.seen.open += 1
        self.seen.most_open = max(self.seen.most_open, self.seen.open)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.seen.open -= 1
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()

    async def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send a request and give the status, head and body of its answer."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        body = await self.reader.readexactly(int(length[1])) if length and status != 304 else b""
        return status, head, body

    async def get(self, path: str, tag: str = "") -> tuple[int, bytes]:
        """Ask for a page as a browser does."""
        match = f"If-None-Match: {tag}\r\n" if tag else ""
        lines = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept: text/html\r\n{match}\r\n"
        status, head, _ = await self.ask(lines.encode())
        return status, head


async def visit(seen: Seen, port: int, assets: list[str], tags: dict[str, str], rng: random.Random) -> None:
    """Be one visitor."""
    has_been_here = rng.random() < 1 / 3
    try:
        async with asyncio.timeout(PATIENCE + 2 * READS[1] + KEEPS_OPEN), Line(seen, port) as line:
            await _timed(seen, seen.pages, line, "/", tags.get("/", "") if has_been_here else "")
            for path in () if has_been_here else assets:
                await _timed(seen, seen.assets, line, path, "")
            for path in rng.choices([p for p, _ in MIX], [w for _, w in MIX], k=rng.choice((1, 2))):
                await asyncio.sleep(rng.uniform(*READS))
                await _timed(seen, seen.pages, line, path, tags.get(path, "") if has_been_here else "")
            await asyncio.sleep(rng.uniform(0, KEEPS_OPEN))
    except (OSError, EOFError, TimeoutError) as error:
        seen.errors[type(error).__name__] += 1


async def _timed(seen: Seen, into: list[float], line: Line, path: str, tag: str) -> None:
    start = time.perf_counter()
    status, _ = await line.get(path, tag)
    into.append(time.perf_counter() - start)
    if status not in (200, 304):
        seen.errors[f"{status} {path}"] += 1


async def sync(seen: Seen, port: int, batches: list[bytes], until: float, pause: float) -> None:
    """Be a phone that sends a batch, waits for its receipts, and soon has the next."""
    try:
        async with Line(seen, port) as line:
            for batch in batches:
                if time.perf_counter() > until:
                    return
                start = time.perf_counter()
                status, _, body = await line.ask(batch)
                seen.syncs.append(time.perf_counter() - start)
                if status != 200 or b'"accepted"' not in body:
                    seen.errors[f"sync {status}"] += 1
                await asyncio.sleep(pause)
    except (OSError, EOFError) as error:
        seen.errors[f"sync {type(error).__name__}"] += 1


async def crowd(seen: Seen, port: int, visitors: int, seconds: float, assets: list[str], tags: dict[str, str]) -> None:
    """Let visitors come at their own moments within the minute."""
    rng = random.Random(10_10)
    began = time.perf_counter()
    coming = sorted(rng.uniform(0, seconds) for _ in range(visitors))
    async with asyncio.TaskGroup() as group:
        for at in coming:
            await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
            group.create_task(visit(seen, port, assets, tags, random.Random(rng.random())))


def change_programme(stop: "asyncio.Event", campaign_id: uuid.UUID, every: float, seen: Seen) -> None:
    """Add an item to the Day's programme again and again, which is public: pages are built anew."""
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import real_now
    from raquan.press import commands

    while not stop.is_set() and every > 0:
        said = commands.ItemSaid(hour(8), "Quảng trường", f"Việc lúc {real_now():%H:%M:%S}")
        try:
            commands.add_programme_item(
                by=SYSTEM, now=real_now(), item_id=uuid.uuid4(), campaign_id=campaign_id, said=said
            )
        except commands.ProgrammeFull:
            return
        seen.errors[ACTS] += 1
        time.sleep(every)


def percentile(times: list[float], part: float) -> float:
    """Give the milliseconds within which a part of the answers came."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000 if times else 0.0


async def minute(
    seen: Seen, port: int, said: argparse.Namespace, batches: list[list[bytes]], campaign: uuid.UUID
) -> bool:
    """Measure the syncs alone, then with the crowd, and print both; tell whether all was answered, and in time."""
    assets, tags = first_look(port)
    quiet = Seen()
    until = time.perf_counter() + said.seconds / 3
    await asyncio.gather(*(sync(quiet, port, one[: len(one) // 4], until, said.pause) for one in batches))
    print(f"{'sync, nobody else':28} {len(quiet.syncs):6} {_words(quiet.syncs)}", flush=True)
    stop = asyncio.Event()
    began = time.perf_counter()
    phones = [
        asyncio.create_task(sync(seen, port, one[len(one) // 4 :], began + said.seconds, said.pause)) for one in batches
    ]
    acts = asyncio.to_thread(change_programme, stop, campaign, 1 / said.acts if said.acts else 0, seen)
    office = asyncio.create_task(acts)
    await crowd(seen, port, said.visitors, said.seconds, assets, tags)
    took = time.perf_counter() - began
    stop.set()
    await asyncio.gather(office, *phones)
    print(f"{'sync, beside the crowd':28} {len(seen.syncs):6} {_words(seen.syncs)}")
    print(f"{'pages':28} {len(seen.pages):6} {_words(seen.pages)}")
    print(f"{'styles, scripts, fonts':28} {len(seen.assets):6} {_words(seen.assets)}")
    answers = len(seen.pages) + len(seen.assets)
    print(f"{answers / took:.0f} answers a second over {took:.0f} s, {len(seen.pages) / took:.0f} of them pages;")
    print(f"at most {seen.most_open} connections open; {json.dumps(seen.errors)}; quiet: {json.dumps(quiet.errors)}")
    errors = quiet.errors.total() + seen.errors.total() - seen.errors[ACTS]
    # On busy cores a sync is slow with nobody else there: the crowd is to blame for what comes on top of that.
    patience = max(SLOW * 1000, 2 * percentile(quiet.syncs, 0.99))
    return not errors and percentile(seen.pages, 0.99) <= SLOW * 1000 and percentile(seen.syncs, 0.99) <= patience


def first_look(port: int) -> tuple[list[str], dict[str, str]]:
    """Give what the home page needs besides itself, and the tags of the pages."""
    tags = {}
    for path in ("/", *(path for path, _ in MIX)):
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            tags[path] = answer.headers.get("ETag", "")
            if path == "/":
                assets = sorted({one.decode() for one in ASSET.findall(answer.read())})
    return assets, tags


def _words(times: list[float]) -> str:
    shown = (f"{name} {percentile(times, part):6.0f} ms" for name, part in (("p50", 0.5), ("p99", 0.99), ("most", 1.0)))
    return ", ".join(shown)


def fill(outings: int) -> uuid.UUID:
    """Make a province around the campaign, on the morning of the Day; give the campaign's id."""
    from bench.machinery.province import Amounts, Ground
    from bench.machinery.province import fill as fill_province
    from django.apps import apps

    from raquan.campaign.queries import campaign_of_year
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import real_now

    now = datetime(2023, 10, 10, 1, tzinfo=UTC)  # eight o'clock in Viet Nam
    campaign = campaign_of_year(world.YEAR)
    assert campaign
    ground = Ground(campaign.id, campaign.starts_on, campaign.ends_on, "648", SYSTEM, lambda *_: b"")
    fill_province(ground, Amounts(communes=60, departments=10, units=120, outings=outings, records=0), now=now)
    apps.get_model("demo.DemoState").objects.create(clock_offset=now - real_now())  # the server reads it as it starts
    return campaign.id


def main(said: argparse.Namespace) -> bool:
    """Make the province, serve it, and let the crowd come; tell whether it was served well."""
    version = world.prepare()
    campaign = fill(said.outings)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    rounds = int(said.seconds * 1.4 / said.pause) + 10
    every = list(batched(said.phones * rounds * 10, version, 1, size=10))
    batches = [every[n * rounds : (n + 1) * rounds] for n in range(said.phones)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))  # the server has what it is given elsewhere
    with serving(None) as system:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        before = system.use()
        is_well = asyncio.run(minute(Seen(), system.port, said, batches, campaign))
        used = system.use().since(before)
        print(f"CPU: web {used.web:.0f} s, worker and clock {used.later:.0f} s; {system.largest():.0f} MB", flush=True)
    print("served well" if is_well else "not served well: an error, or answers that were too slow", flush=True)
    return is_well


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--outings", type=int, default=2_000)
    parser.add_argument("--phones", type=int, default=4)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--acts", type=float, default=0.5)
    sys.exit(0 if main(parser.parse_args()) else 1)
