"""The same batch from two tabs at once, and phones side by side, in real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from raquan.capture.models import Submission
from raquan.capture.tests.world import make_field
from raquan.field.tests.conftest import CODE, Phone, give_code, item
from raquan.people.models import Device

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 6


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Run `work` in several threads that start together, each with its own connection."""
    start = Barrier(THREADS)

    def run(number: int) -> Any:
        start.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_a_batch_sent_by_many_tabs_is_kept_once_and_all_hold_the_same_receipts(now: datetime) -> None:
    field = make_field(now)
    give_code(field, now)
    asked = {"code": CODE, "label": "Máy", "client_id": str(uuid4())}
    keys = {at.json()["key"] for at in at_once(lambda _: Phone(Client()).post("sign-in", asked))}
    assert len(keys) == 1
    assert Device.objects.filter(field_code__isnull=False).count() == 1
    (key,) = keys
    items = [item(field.outing_code, seq=n + 1) for n in range(20)]
    answers = at_once(lambda n: Phone(Client(), key).sync(*items[n:], *items[:n]))
    receipts = {(one["id"], one["receipt"]) for answer in answers for one in answer["verdicts"]}
    assert len(receipts) == 20
    outcomes = [one["outcome"] for answer in answers for one in answer["verdicts"]]
    assert outcomes.count("accepted") == 20
    assert outcomes.count("duplicate") == 20 * (THREADS - 1)
    assert Submission.objects.count() == 20
    assert all((answer["last_seq"], answer["gaps"]) == (20, []) for answer in answers)
