"""An enterprise with a run that is open, and counters that take part in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.kernel.actor import Actor
from raquan.market.tests.conftest import Market, Write, market, write
from raquan.vouchers import commands, queries
from raquan.vouchers.rules import ClockKind, RunTerms, Said, SaidRedemption, Verdict, Wanted

__all__ = ["market", "write"]

FIRST, LAST = date(2023, 10, 1), date(2023, 10, 31)
TERMS = RunTerms("Phiếu 50.000 đồng", FIRST, LAST, quota=10, lease_most=5)


@dataclass(frozen=True)
class Shop:
    """A run of the first enterprise, and its counters as actors."""

    market: Market
    run_id: UUID
    counters: tuple[Actor, ...]

    def code(self, serial: int) -> str:
        """Give the code of a voucher of the run."""
        return queries.code_of(self.run_id, serial, LAST)


Open = Callable[..., Shop]


def enroll(by: Actor, organization_id: UUID, now: datetime, name: str = "Quầy 1") -> Actor:
    """Make a phone a counter, and give it as an actor."""
    issued = commands.issue_enrolment_code(by=by, now=now, organization_id=organization_id)
    made = commands.enroll_counter(code=issued.code, name=name, address="", now=now, real_now=now)
    actor = queries.actor_by_counter_token(made.token)
    assert actor
    return actor


@pytest.fixture
def make_shop(market: Market, write: Write, now: datetime) -> Open:
    """Make a run as its terms say, and so many counters."""

    def make(counters: int = 2, *, whose: int = 0, is_open: bool = True, **terms: Any) -> Shop:
        officer, enterprise = market.officers[whose], market.enterprises[whose]
        run_id = commands.make_run(
            by=officer,
            now=now,
            request_id=uuid4(),
            offer_id=write(whose, until="published"),
            terms=replace(TERMS, **terms),
        )
        if is_open:
            commands.open_run(by=market.office, now=now, run_id=run_id, seen=1)
        made = tuple(enroll(officer, enterprise, now, f"Quầy {number}") for number in range(1, counters + 1))
        return Shop(market, run_id, made)

    return make


@pytest.fixture
def shop(make_shop: Open) -> Shop:
    """Ten vouchers, two counters of which each may hold five."""
    return make_shop()


def lease(shop: Shop, counter: int, count: int, now: datetime) -> UUID:
    """Give a counter a lease, and the lease's id."""
    by = shop.counters[counter]
    commands.sync_counter(by=by, now=now, said=Said(uuid4(), now, want=(Wanted(shop.run_id, count),)))
    return queries.counter_state(by, now=now).leases[-1].id


def redemption(shop: Shop, lease_id: UUID, serial: int, at: datetime, **more: Any) -> SaidRedemption:
    """Redeem a voucher under a lease, as a counter tells it."""
    said = SaidRedemption(uuid4(), shop.run_id, lease_id, shop.code(serial), at, ClockKind.ANCHORED)
    return replace(said, **more)


def send(shop: Shop, counter: int, now: datetime, **said: Any) -> list[str]:
    """Send as a counter, and give what became of each: its reason, or its outcome where there is none."""
    found = commands.sync_counter(by=shop.counters[counter], now=now, said=Said(uuid4(), now, **said))
    return [told(one) for one in found]


def told(verdict: Verdict) -> str:
    """Give why something is refused, or its outcome."""
    return verdict.reason.value or verdict.outcome.value
