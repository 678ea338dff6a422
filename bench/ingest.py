"""Acknowledged durable records over HTTP: rate, latency, CPU and memory, beside plain durable single-row inserts.

    python -m bench.ingest [--records 4000] [--preload 1000000] [--with-later-work]
    python tests/with_postgres.py python -m bench.ingest

One `raquan serve` on a database of its own (SQLite, or the PostgreSQL of DATABASE_URL); the load generator is one
more process on the same cores. Single records are sent as ODK Collect sends them, without the HEAD before each;
batches as the field app sends them. CPU is that of the web process and of the database together; worker and clock,
which make facts of what has come, are halted meanwhile unless `--with-later-work` is said.
"""

import argparse
import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import nullcontext

from bench.machinery import world
from bench.machinery.load import send_all
from bench.machinery.system import System, serving

BATCH = 50
BOUNDARY = "raquan-bench"


def single(count: int) -> Iterator[bytes]:
    """Give so many requests with one record each."""
    path = f"/v1/key/{world.KEY}/projects/{world.YEAR}/submission?deviceID=bench"
    part = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    )
    mark = str(uuid.uuid4())
    body = part.encode() + world.record(mark) + f"\r\n--{BOUNDARY}--\r\n".encode()
    said = {
        "Host": "127.0.0.1",
        "Accept-Encoding": "gzip",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(body)),
        "User-Agent": "org.odk.collect.android/v2026.2.4 Dalvik/2.1.0 (Linux; U; Android 13)",
        "X-OpenRosa-Version": "1.0",
    }
    before, _, after = (_head("POST", path, said) + body).partition(mark.encode())
    for _ in range(count):
        yield before + str(uuid.uuid4()).encode() + after


def batched(count: int, version: str, first: int, size: int = BATCH) -> Iterator[bytes]:
    """Give so many records in batches, numbered from `first` on."""
    for start in range(first, first + count, size):
        items = []
        for seq in range(start, start + size):
            instance = str(uuid.uuid4())
            payload = world.assist(version, instance)
            digest = hashlib.sha256(payload.encode()).hexdigest()
            items.append({"id": f"uuid:{instance}", "seq": seq, "kind": "assist", "payload": payload, "sha256": digest})
        batch = {"schema": 1, "client_id": str(uuid.UUID(int=7)), "app": "bench", "items": items}
        body = json.dumps(batch).encode()
        said = {
            "Host": "127.0.0.1",
            "Authorization": f"Bearer {world.KEY}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }
        yield _head("POST", "/api/field/v1/sync", said) + body


def _head(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()


def measure(system: System, name: str, requests: list[bytes], *, concurrency: int, each: int, plain: float) -> None:
    """Send requests of `each` records and print what came of it."""
    status = 201 if each == 1 else 200
    before = system.use()
    load = send_all(system.port, requests, concurrency=concurrency, status=status)
    used, records = system.use().since(before), len(requests) * each
    rate = load.rate * each
    print(
        f"{f'{name}, concurrency {concurrency}':34} {rate:7.0f}/s {rate / plain:6.2f}   "
        f"median {load.at(0.5):4.0f} ms, p99 {load.at(0.99):4.0f} ms   "
        f"CPU a record {1000 * (used.web + used.database) / records:.2f} ms"
        f" (web {1000 * used.web / records:.2f}, database {1000 * used.database / records:.2f});"
        f" later work {used.later:.1f} s, load {1000 * load.own_cpu / records:.2f} ms   {system.largest():.0f} MB",
        flush=True,
    )


def main(records: int, preload: int, *, later_work: bool) -> None:
    """Print rates, latencies, CPU and ratios to the plain inserts, on the fresh database and after the preload."""
    version = world.prepare()
    plain = world.plain_inserts(2000)
    print(f"{world.vendor()}\n{'plain durable inserts':34} {plain:7.0f}/s   1.00")
    with serving(world.postmaster()) as system:
        send_all(system.port, list(single(400)), concurrency=8, status=201)
        seq = 1
        for stored in [0, preload] if preload else [0]:
            with nullcontext() if later_work else system.without_later_work(world.may_write):
                if stored:
                    world.multiply(stored)
                    print(f"with {stored:,} records stored and listed", flush=True)
                for concurrency in (8, 32):
                    measure(system, "single", list(single(records)), concurrency=concurrency, each=1, plain=plain)
                batches = list(batched(records, version, seq))
                measure(system, f"batches of {BATCH}", batches, concurrency=8, each=BATCH, plain=plain)
                seq += records


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--preload", type=int, default=0)
    parser.add_argument("--with-later-work", action="store_true")
    said = parser.parse_args()
    main(said.records, said.preload, later_work=said.with_later_work)
