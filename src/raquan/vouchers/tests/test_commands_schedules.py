"""Whatever counters do in whichever order, no more than the quota is counted and no serial twice."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raquan.kernel.actor import SYSTEM
from raquan.vouchers import commands
from raquan.vouchers.models import Redemption, VoucherRun
from raquan.vouchers.queries import code_of
from raquan.vouchers.rules import ClockKind
from raquan.vouchers.tests.conftest import LAST, TERMS, Open
from raquan.vouchers.tests.phone import Phone
from raquan.vouchers.tests.sums import check_sums

QUOTA, COUNTERS = 8, 3
PLAYED = replace(TERMS, quota=QUOTA, lease_most=4)
place = st.integers(0, 20)
counter = st.integers(0, COUNTERS - 1)
STEPS = st.one_of(
    st.tuples(st.just("redeem"), counter, st.integers(1, QUOTA)),
    st.tuples(st.just("redeem"), counter, st.integers(1, QUOTA)),
    st.tuples(st.just("sync"), counter, st.integers(0, 5)),
    st.tuples(st.just("lost"), counter, st.integers(0, 5)),
    st.tuples(st.just("again"), counter, st.integers(0, 5)),
    st.tuples(st.just("restart"), counter, st.integers(-30_000, 30_000)),
    st.tuples(st.just("crash"), counter, place),
    st.tuples(st.just("return"), counter, place),
    st.tuples(st.just("reverse"), counter, place),
    st.tuples(st.just("wait"), counter, st.sampled_from([1, 10, 25, 97, 200])),
    st.tuples(st.just("settle"), counter, place),
)


@dataclass
class Play:
    """A run with its phones, and the time."""

    run_id: UUID
    phones: list[Phone]
    now: datetime

    def step(self, what: str, number: int, value: Any) -> None:
        """Do one thing."""
        phone = self.phones[number]
        if what == "redeem":
            phone.redeem(value, self.now)
        elif what in ("sync", "lost", "again"):
            said = phone.ask(self.now, want=value)
            first = phone.sync(said, self.now, lost=what != "sync")
            if what == "again":
                assert phone.sync(said, self.now) == first, "the same again is the same"
        elif what == "restart":
            phone.clock, phone.skew = ClockKind.WALL, timedelta(hours=value)
        elif what == "crash":  # what it was told is gone; its log and its leases' counts are on the disk
            phone.settled, phone.used = {}, set()
        elif what == "return":
            phone.sync(phone.ask(self.now, gives_back=True), self.now)
        elif what == "reverse":
            phone.reverse(value, self.now)
        elif what == "wait":
            self.now += timedelta(hours=value)
        else:
            commands.settle_leases(by=SYSTEM, now=self.now)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_quota_holds_in_any_order(make_shop: Open, now: datetime) -> None:
    shop = make_shop(counters=COUNTERS)
    offer_id = VoucherRun.objects.get(id=shop.run_id).offer_id

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(STEPS, min_size=5, max_size=40))
    def hold(steps: list[tuple[str, int, Any]]) -> None:
        terms = {"request_id": uuid4(), "offer_id": offer_id}
        run_id = commands.make_run(by=SYSTEM, now=now, terms=PLAYED, **terms)
        commands.open_run(by=SYSTEM, now=now, run_id=run_id, seen=1)
        codes = {serial: code_of(run_id, serial, LAST) for serial in range(1, QUOTA + 1)}
        play = Play(run_id, [Phone(one, run_id, codes.__getitem__) for one in shop.counters], now)
        for phone in play.phones:
            phone.sync(phone.ask(now, want=3), now)
        for step in steps:
            play.step(*step)
            check_sums(run_id)
        _end(play)

    hold()


def _end(play: Play) -> None:
    """Let all come home: everything sent has one outcome, and nothing is held."""
    for phone in play.phones:
        phone.sync(phone.ask(play.now), play.now)
        sent = {str(one.id) for one in phone.log}
        assert sent <= set(phone.settled)
        kept = dict(Redemption.objects.filter(id__in=sent).values_list("id", "outcome"))
        assert {str(id_): outcome for id_, outcome in kept.items()} == {one: phone.settled[one].outcome for one in sent}
    commands.settle_leases(by=SYSTEM, now=play.now + timedelta(days=90))
    assert check_sums(play.run_id).held == 0
