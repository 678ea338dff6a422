"""Two clocks at once spread, escalate and gather a notice once; two tellers tell it once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from raquan.kernel.actor import SYSTEM
from raquan.notices import commands
from raquan.notices.models import Browser, Dispatch, Message, Notice, Telling
from raquan.notices.rules import OnDuty
from raquan.notices.tests.conftest import Staff
from raquan.people.rules import Role

SUBSCRIPTION = {
    "endpoint": "https://push.example.org/a",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


def at_once(work: Callable[[], Any]) -> list[Any]:
    """Do the same in two threads that begin together."""
    gate = Barrier(2)

    def run(_number: int) -> Any:
        try:
            gate.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_as_one(staff: Staff, now: datetime, settings: Any) -> None:
    settings.EMAIL_HOST, settings.RAQUAN_SMS_GATEWAY = "localhost", "esms"
    said = {"kind": "rounds.late", "key": "a", "text": "Trễ", "href": "/desk/"}
    to, later = OnDuty(staff.district, Role.UNIT_OFFICER), now + timedelta(hours=1)
    told = at_once(lambda: commands.tell(by=SYSTEM, now=now, to=to, escalate_at=later, **said))  # type: ignore[arg-type]
    assert (Notice.objects.count(), len(set(told))) == (1, 1)
    assert sum(at_once(lambda: commands.spread_due(now=now))) == 1
    assert sum(at_once(lambda: commands.gather(now=now))) == 1
    assert sum(at_once(lambda: commands.escalate_overdue(now=later))) == 1
    assert (Telling.objects.count(), Message.objects.count(), Dispatch.objects.count()) == (2, 1, 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_browser_that_comes_twice_at_once_is_one(staff: Staff, now: datetime) -> None:
    by = staff.actor(staff.officer)
    ids = at_once(lambda: commands.subscribe_browser(by=by, now=now, **SUBSCRIPTION))
    assert (len(set(ids)), Browser.objects.count()) == (1, 1)
    assert sorted(at_once(lambda: commands.end_browser(by=by, now=now, browser_id=ids[0]))) == [False, True]
