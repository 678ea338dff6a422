"""A reader pages through rows over HTTP while a quarter more arrive: none missed, none twice."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from threading import Event, Thread
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from tests.thorough import amount

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import PASSWORD, Field, envelope, instance, make_field
from raquan.odk.tests.test_central import OFFICE

BEFORE, MORE, BATCH, PAGE = amount(3_000, 20_000), amount(750, 5_000), amount(150, 1_000), amount(75, 500)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def send(field: Field, now: datetime, first: int, last: int, pause: Event | None = None) -> None:
    """Take records by their numbers and make facts of them."""
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        payloads = [instance(field.outing_code, instance_id=f"uuid:{number}") for number in numbers]
        receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
        project_pending(now=now)
        if pause is not None:
            pause.wait(0.2)


def ask(address: str, **headers: str) -> Any:
    """Read an answer of the server, or post what stands in `body`."""
    body = headers.pop("body", None)
    request = Request(address, data=body.encode() if body else None, headers=headers)
    with urlopen(request, timeout=120) as answer:
        return json.loads(answer.read())


def pages(server: str, token: str) -> Iterator[list[str]]:
    """Follow the links from the newest row to the oldest."""
    address = f"{server}/v1/projects/2023/forms/assist.svc/Submissions?%24top={PAGE}&%24select=__id"
    while address:
        page = ask(address, Authorization=f"Bearer {token}")
        yield [row["__id"] for row in page["value"]]
        address = page.get("@odata.nextLink", "")


def test_pages_neither_miss_nor_repeat_over_http(live_server: LiveServer, now: datetime) -> None:
    field = make_field(now)
    send(field, now, 0, BEFORE)
    said = json.dumps({"email": OFFICE, "password": PASSWORD})
    token = ask(f"{live_server.url}/v1/sessions", body=said, **{"Content-Type": "application/json"})["token"]
    reading, never = Event(), Event()

    def arrive() -> None:
        try:
            reading.wait(60)
            send(field, now, BEFORE, BEFORE + MORE, pause=never)
        finally:
            connection.close()

    writer = Thread(target=arrive)
    writer.start()
    seen: Counter[str] = Counter()
    for page in pages(live_server.url, token):
        reading.set()
        seen.update(page)
    writer.join()
    assert set(seen.values()) == {1}
    assert seen.keys() >= {f"uuid:{number}" for number in range(BEFORE)}
    again = Counter(one for page in pages(live_server.url, token) for one in page)
    assert len(again) == BEFORE + MORE
    assert set(again.values()) == {1}
