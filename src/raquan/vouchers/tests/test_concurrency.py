"""Many at once, on both databases: no more than the quota is counted, no serial twice, of two officers one wins."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import Conflict
from raquan.vouchers import commands
from raquan.vouchers.tests.conftest import Open
from raquan.vouchers.tests.phone import Phone
from raquan.vouchers.tests.sums import check_sums

QUOTA, THREADS, OFFLINE = 60, 8, 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_counters_redeem_no_more_than_there_is(make_shop: Open, now: datetime) -> None:
    shop = make_shop(counters=THREADS + OFFLINE, quota=QUOTA, lease_most=6)
    codes = {serial: shop.code(serial) for serial in range(1, QUOTA + 1)}
    phones = [Phone(one, shop.run_id, codes.__getitem__) for one in shop.counters]
    for phone in phones[THREADS:]:  # they have their lease, and are away until the others are done
        phone.sync(phone.ask(now, want=3), now)

    def work(number: int) -> None:
        lot, phone = random.Random(number), phones[number]
        try:
            for _ in range(8):
                for serial in lot.sample(range(1, QUOTA + 1), 4):
                    phone.redeem(serial, now)
                said = phone.ask(now, want=3, gives_back=lot.random() < 0.2)
                phone.sync(said, now, lost=lot.random() < 0.3)
                if lot.random() < 0.3:
                    phone.sync(said, now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    check_sums(shop.run_id)
    for number, phone in enumerate(phones[THREADS:]):
        for serial in random.Random(number).sample(range(1, QUOTA + 1), 10):
            phone.redeem(serial, now)
    for phone in phones:
        phone.sync(phone.ask(now), now)
        phone.sync(phone.ask(now, gives_back=True), now)
        assert {str(one.id) for one in phone.log} <= set(phone.settled)
    run = check_sums(shop.run_id)
    assert run.held == 0
    assert run.counted > QUOTA // 2


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Conflict:
            return "told"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_one_wins_and_a_code_makes_one_counter(make_shop: Open, now: datetime) -> None:
    shop = make_shop(counters=0, is_open=False)
    step: dict[str, Any] = {"by": SYSTEM, "now": now, "run_id": shop.run_id, "seen": 1}
    taken = _at_once([lambda: commands.open_run(**step), lambda: commands.close_run(**step, reason="Thôi")])
    assert taken == ["done", "told"]
    issued = commands.issue_enrolment_code(by=SYSTEM, now=now, organization_id=shop.market.enterprises[0])
    came: dict[str, Any] = {"code": issued.code, "name": "Quầy", "address": "", "now": now, "real_now": now}

    def enroll() -> None:
        try:
            commands.enroll_counter(**came)
        except commands.EnrolmentUsed:
            raise Conflict() from None

    assert _at_once([enroll, enroll]) == ["done", "told"]
