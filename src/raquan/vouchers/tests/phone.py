"""A counter's phone as it behaves in tests and benchmarks: it forgets answers, is sent twice, has a wrong clock."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from raquan.kernel.actor import Actor
from raquan.vouchers import commands, queries
from raquan.vouchers.rules import (
    MOST_ITEMS,
    ClockKind,
    Said,
    SaidRedemption,
    SaidReturn,
    SaidReversal,
    Verdict,
    Wanted,
    serials_in,
)


@dataclass
class HeldLease:
    """A lease as the phone knows it."""

    id: UUID
    granted: int
    expires_at: datetime
    spent: int = 0


@dataclass
class Phone:
    """A counter of one run; its log is what it has redeemed, `settled` what it has been told of."""

    actor: Actor
    run_id: UUID
    code: Callable[[int], str]
    skew: timedelta = timedelta(0)
    clock: ClockKind = ClockKind.ANCHORED
    leases: dict[UUID, HeldLease] = field(default_factory=dict)
    log: list[SaidRedemption] = field(default_factory=list)
    settled: dict[str, Verdict] = field(default_factory=dict)
    reversals: list[SaidReversal] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def redeem(self, serial: int, now: datetime) -> bool:
        """Redeem a voucher offline; False where the phone refuses by itself."""
        lease = next((one for one in self.leases.values() if one.spent < one.granted and now < one.expires_at), None)
        if lease is None or serial in self.used:
            return False
        lease.spent += 1
        self.used.add(serial)
        at = now + (self.skew if self.clock is ClockKind.WALL else timedelta(0))
        self.log.append(SaidRedemption(uuid4(), self.run_id, lease.id, self.code(serial), at, self.clock))
        return True

    def reverse(self, place: int, now: datetime) -> None:
        """Take a redemption back."""
        if self.log:
            self.reversals.append(SaidReversal(uuid4(), self.log[place % len(self.log)].id, "Trả hàng", now))

    def ask(self, now: datetime, *, want: int = 0, gives_back: bool = False) -> Said:
        """Say what is sent now: what was not answered yet, the leases that are given back, what is wanted."""
        return Said(
            request_id=uuid4(),
            sent_at=now + (self.skew if self.clock is ClockKind.WALL else timedelta(0)),
            redemptions=tuple(one for one in self.log if str(one.id) not in self.settled)[:MOST_ITEMS],
            reversals=tuple(one for one in self.reversals if str(one.id) not in self.settled)[:MOST_ITEMS],
            returns=tuple(SaidReturn(one.id, one.spent) for one in self.leases.values()) if gives_back else (),
            want=(Wanted(self.run_id, want),) if want else (),
        )

    def sync(self, said: Said, now: datetime, *, lost: bool = False) -> tuple[Verdict, ...]:
        """Send it; where the answer is lost the phone learns nothing."""
        verdicts = commands.sync_counter(by=self.actor, now=now, said=said)
        if not lost:
            self._learn(verdicts, now)
        return verdicts

    def _learn(self, verdicts: tuple[Verdict, ...], now: datetime) -> None:
        self.settled |= {one.id: one for one in verdicts}
        told = queries.counter_state(self.actor, now=now)
        held = {one.id: one for one in told.leases if one.state == "held"}
        self.leases = {
            id_: self.leases.get(id_, HeldLease(id_, one.granted, one.expires_at)) for id_, one in held.items()
        }
        for run in told.runs:
            if run.id == self.run_id:
                self.used |= set(serials_in(b64decode(run.used)))
