"""What a counter sends, read and bounded: redemptions, failures, reversals, returns, what it wants."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.vouchers.rules.leases import ClockKind
from raquan.vouchers.rules.outcomes import FailureReason

MOST_ITEMS = 200
MOST_REASON = 300


@dataclass(frozen=True, slots=True)
class SaidRedemption:
    """A redemption as a counter tells it; `amount` in dong."""

    id: UUID
    run_id: UUID
    lease_id: UUID
    code: str
    redeemed_at: datetime
    clock: ClockKind
    card: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class SaidFailure:
    """A voucher that a counter refused by itself."""

    id: UUID
    reason: FailureReason
    failed_at: datetime
    code: str = ""


@dataclass(frozen=True, slots=True)
class SaidReversal:
    """That a counter takes a redemption back."""

    id: UUID
    redemption_id: UUID
    reason: str
    reversed_at: datetime


@dataclass(frozen=True, slots=True)
class SaidReturn:
    """That a counter gives a lease back, under which it ever made `spent` redemptions."""

    lease_id: UUID
    spent: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many vouchers of a run a counter wants to hold besides."""

    run_id: UUID
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """All that a counter sends at once."""

    request_id: UUID
    sent_at: datetime | None = None
    redemptions: tuple[SaidRedemption, ...] = ()
    failures: tuple[SaidFailure, ...] = ()
    reversals: tuple[SaidReversal, ...] = ()
    returns: tuple[SaidReturn, ...] = ()
    want: tuple[Wanted, ...] = ()
