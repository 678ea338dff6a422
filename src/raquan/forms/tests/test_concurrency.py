"""Two who do the same at the same moment: one does it, the other is told that it is done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from raquan.forms import commands
from raquan.forms.models import Form, FormMedia, FormVersion, TrialRecord
from raquan.forms.tests.world import publish, trees, trial
from raquan.kernel.actor import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
T = TypeVar("T")


def at_once(work: Callable[[], T]) -> list[T]:
    """Do a thing in four threads that begin together."""
    start = Barrier(4)

    def run() -> T:
        try:
            start.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        return [one.result() for one in [pool.submit(run) for _ in range(4)]]


def test_a_form_is_published_once(now: datetime) -> None:
    publish(now, trees("0"))
    done = at_once(lambda: publish(now, trees()))
    assert sorted(one.already for one in done) == [False, True, True, True]
    assert (Form.objects.count(), FormVersion.objects.count()) == (1, 2)


def test_a_new_form_is_made_once(now: datetime) -> None:
    data = trees()
    kept = at_once(lambda: commands.keep_draft(by=SYSTEM, now=now, data=data, file_name="a.xlsx"))
    assert len({one.form_row for one in kept}) == 1
    done = at_once(lambda: commands.publish_draft(by=SYSTEM, now=now, form_id="trees", md5=kept[0].md5))
    assert sorted(one.already for one in done) == [False, True, True, True]


def test_a_file_and_a_trial_are_kept_once(now: datetime) -> None:
    publish(now, trees())
    put = {"by": SYSTEM, "now": now, "form_id": "trees", "name": "tree.jpg"}
    at_once(lambda: commands.put_media(**put, data=BytesIO(b"picture")))  # type: ignore[arg-type]
    assert FormMedia.objects.count() == 1
    token = commands.start_draft(by=SYSTEM, now=now, form_id="trees").token
    new = at_once(lambda: commands.receive_trial(now=now, token=token, payload=trial()))
    assert sorted(new) == [False, False, False, True]
    assert TrialRecord.objects.count() == 1
