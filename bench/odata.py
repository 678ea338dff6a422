"""Reading a form's records as OData: page by page beside all at once, on as many records.

    python -m bench.odata [--records 20000] [--page 250]

The records are read into rows first, as the worker does; then one client reads over one kept connection.
"""

import argparse
import json
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bench.machinery import world
from bench.machinery.system import System, serving


def store(records: int) -> None:
    """Let so many records come and be read."""
    import uuid

    from django.db import connection

    from raquan.capture.commands import project_pending, receive_submissions
    from raquan.capture.rules import Envelope
    from raquan.kernel import clock
    from raquan.people.queries import actor_by_device_key

    now = datetime(world.YEAR, 10, 5, 2, tzinfo=UTC)  # a row belongs to the year that its record came in
    sender = actor_by_device_key(world.KEY, clock.local_date(now))
    assert sender is not None
    for start in range(0, records, 500):
        ones = [Envelope(payload=world.record(str(uuid.uuid4()))) for _ in range(min(500, records - start))]
        receive_submissions(by=sender, now=now, envelopes=ones)
    while project_pending(now=now):
        pass
    connection.close()


def read(system: System, path: str) -> tuple[int, int, float]:
    """Follow a table from its first page to its last; give its rows, its pages and the seconds."""
    line = HTTPConnection("127.0.0.1", system.port, timeout=600)
    line.request("POST", "/v1/sessions", json.dumps({"email": world.LOGIN, "password": world.PASSWORD}))
    answer = line.getresponse()
    said = json.loads(answer.read())
    headers = {"Authorization": f"Bearer {said['token']}"}
    rows, pages, start = 0, 0, time.perf_counter()
    following: str | None = path
    while following:
        line.request("GET", following, headers=headers)
        page = json.loads(line.getresponse().read())
        rows, pages = rows + len(page["value"]), pages + 1
        following = page.get("@odata.nextLink")
        if following:
            parts = urlsplit(following)
            following = f"{parts.path}?{parts.query}"
    return rows, pages, time.perf_counter() - start


def main(records: int, size: int) -> None:
    """Print both ways and their ratio."""
    world.prepare()
    store(records)
    postmaster = world.postmaster()
    table = f"/v1/projects/{world.YEAR}/forms/{world.FORM}.svc/Submissions"
    print(world.vendor())
    with serving(postmaster) as system, system.without_later_work(world.may_write):
        read(system, f"{table}?$top={size}")
        found = {}
        for name, path in (("whole", table), (f"pages of {size}", f"{table}?$top={size}")):
            before = system.use()
            rows, pages, seconds = read(system, path)
            used = system.use().since(before)
            found[name] = used.web + used.database
            print(
                f"{name:16} {rows:6} rows, {pages:3} pages   {seconds:5.1f} s   "
                f"CPU {used.web + used.database:5.1f} s   {system.largest():.0f} MB"
            )
        whole, paged = found.values()
        print(f"paged costs {paged / whole:.2f} of the whole")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--page", type=int, default=250)
    said = parser.parse_args()
    main(said.records, said.page)
