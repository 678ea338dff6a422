"""Acknowledged durable records a second over HTTP, beside plain durable single-row inserts in the same run.

    python bench/ingest.py [records] [concurrency …]

One `raquan serve` on a database of its own (SQLite, or the PostgreSQL of DATABASE_URL); the load generator is one
more process on the same cores. Each record is sent as ODK Collect does, without the HEAD before it.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")
os.environ["RAQUAN_HOME"] = tempfile.mkdtemp(prefix="raquan-bench-")

ROOT = Path(__file__).resolve().parents[1]
KEY = "bench" * 13
BOUNDARY = "raquan-bench"


def prepare() -> str:
    """Make a campaign, the assist form and a device; give the form's version."""
    import django

    django.setup()
    from django.core.management import call_command

    from raquan.campaign import commands as campaigns
    from raquan.catalogue import commands as catalogue
    from raquan.forms.commands import publish_form
    from raquan.forms.queries import forms_for
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import real_now
    from raquan.people import commands as people
    from raquan.people.rules import Level, Role
    from raquan.places import commands as places

    call_command("migrate", verbosity=0)
    now = real_now()
    places.load_packaged_units(by=SYSTEM, now=now)
    catalogue.load_catalogue(by=SYSTEM, now=now)
    plan, form = ROOT / "examples" / "ke-hoach-138-2023.docx", ROOT / "forms" / "assist.xlsx"
    campaigns.import_plan(by=SYSTEM, now=now, document=plan.read_bytes(), file_name=plan.name, synthetic=True)
    publish_form(by=SYSTEM, now=now, xlsform=form.read_bytes(), file_name=form.name)
    unit = people.register_organization(by=SYSTEM, now=now, name="UBND huyện Thử", level=Level.DISTRICT)
    owner = people.create_user(by=SYSTEM, now=now, full_name="Thử", login="bench@example.vn", password="0123456789")
    people.give_duty(
        by=SYSTEM, now=now, user_id=owner, role=Role.HELPER, organization_id=unit, starts_on=date(2023, 1, 1)
    )
    people.register_device(by=SYSTEM, now=now, label="bench", owner_id=owner, organization_id=unit, key=KEY[:64])
    return forms_for(SYSTEM, form_id="assist")[0].version


def baseline(writes: int) -> float:
    """Give the rate of plain durable single-row inserts of a record's size, one connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (id varchar(64) PRIMARY KEY, body text)")
        body = record("0", str(uuid.uuid4())).decode()
        start = time.perf_counter()
        for _ in range(writes):
            cursor.execute("INSERT INTO bench_plain VALUES (%s, %s)", [str(uuid.uuid4()), body])
        elapsed = time.perf_counter() - start
        cursor.execute("DROP TABLE bench_plain")
    return writes / elapsed


def record(version: str, instance: str) -> bytes:
    """Give a record of about 1 KB."""
    note = "x" * 520
    return (
        f'<?xml version="1.0"?><data id="assist" version="{version}"><start>2023-10-05T08:00:00+07:00</start>'
        f"<deviceid>{note}</deviceid><outing>CMG-7K2Q</outing><service>birth_registration</service>"
        "<group>online_public_service</group><result>filed</result><how>guided</how><language>vi</language>"
        f"<meta><instanceID>uuid:{instance}</instanceID></meta></data>"
    ).encode()


def send(connection: http.client.HTTPConnection, version: str) -> float:
    """Send one record; give the seconds until its acknowledgment."""
    part = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    ).encode()
    body = part + record(version, str(uuid.uuid4())) + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-OpenRosa-Version": "1.0"}
    start = time.perf_counter()
    connection.request("POST", f"/v1/key/{KEY[:64]}/projects/2023/submission", body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 201:
        raise SystemExit(f"status {answer.status}")
    return time.perf_counter() - start


def load(port: int, version: str, records: int, concurrency: int) -> tuple[float, list[float]]:
    """Send `records` over `concurrency` kept connections; give the rate and each latency."""

    def worker(share: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        return [send(connection, version) for _ in range(share)]

    start = time.perf_counter()
    with ThreadPoolExecutor(concurrency) as pool:
        latencies = [one for part in pool.map(worker, [records // concurrency] * concurrency) for one in part]
    return len(latencies) / (time.perf_counter() - start), sorted(latencies)


def main(records: int, concurrencies: list[int]) -> None:
    """Print rates, latencies and ratios to the plain inserts."""
    version = prepare()
    plain = baseline(2000)
    print(f"{'plain durable inserts':24} {plain:7.0f}/s   1.00")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([str(Path(sys.executable).parent / "raquan"), "serve", "--port", str(port)])
    try:
        for _ in range(300):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        load(port, version, 320, 8)
        for concurrency in concurrencies:
            rate, latencies = load(port, version, records, concurrency)
            middle, worst = statistics.median(latencies), latencies[int(len(latencies) * 0.99)]
            print(
                f"{f'records, concurrency {concurrency}':24} {rate:7.0f}/s   {rate / plain:.2f}   "
                f"median {middle * 1000:.0f} ms, p99 {worst * 1000:.0f} ms"
            )
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    main(numbers[0] if numbers else 4000, numbers[1:] or [8, 32])
