"""What a counter may redeem without asking: how much, until when, and when it is settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from raquan.kernel.clock import VIETNAM
from raquan.kernel.refused import N_
from raquan.vouchers.rules.runs import RunState

ANCHORED_SLACK = timedelta(minutes=5)
"""How far a counter's anchored clock may have drifted from ours over a lease."""

ENDED_TOLD = timedelta(days=7)
"""So long a lease that has ended is told to its counter, which may have missed it."""

DOUBLES_TOLD = timedelta(days=7)
"""So long a counter is told that another took a voucher that it had redeemed."""


class LeaseState(StrEnum):
    """Where a lease stands; a held one whose time is over waits for late redemptions until it is settled."""

    HELD = "held"
    RETURNED = "returned"
    EXPIRED = "expired"


LEASE_STATE_NAMES: Mapping[LeaseState, str] = {
    LeaseState.HELD: N_("Đang giữ"),
    LeaseState.RETURNED: N_("Đã trả lại"),
    LeaseState.EXPIRED: N_("Đã đối soát"),
}


class ClockKind(StrEnum):
    """By which clock a counter read the time: the server's time counted on, or the phone's own after a restart."""

    ANCHORED = "anchored"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class LeaseTimes:
    """Until when a counter redeems under a lease, and until when that may arrive."""

    expires_at: datetime
    settles_at: datetime


def remaining(granted: int, counted: int, freed: int) -> int:
    """Give what a lease still holds of the quota: what was neither counted under it nor went back."""
    return granted - counted - freed


def grant(*, want: int, free: int, holds: int, most: int) -> int:
    """Give how much a counter gets that wants `want` and holds `holds` already; never more than is free."""
    return max(0, min(want, free, most - holds))


def lease_times(now: datetime, *, ends_on: date, lease_hours: int, settle_hours: int) -> LeaseTimes:
    """Give a lease's times: it ends with the run's last day in Viet Nam at the latest."""
    expires_at = min(now + timedelta(hours=lease_hours), end_of(ends_on))
    return LeaseTimes(expires_at, expires_at + timedelta(hours=settle_hours))


def end_of(day: date) -> datetime:
    """Give the moment at which a day in Viet Nam is over."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=VIETNAM).astimezone(UTC)


def may_grant(state: RunState, *, today: date, ends_on: date, is_withdrawn: bool) -> bool:
    """Tell whether leases are given at all."""
    return state is RunState.OPEN and today <= ends_on and not is_withdrawn


def moment_of(said: datetime, clock: ClockKind, *, sent_at: datetime | None, received_at: datetime) -> datetime:
    """Give when a redemption happened by our clock; never after it arrived.

    The phone's own clock is corrected by how far it was from ours as it sent; an anchored one is believed.
    """
    if clock is ClockKind.WALL and sent_at is not None:
        said = said + (received_at - sent_at)
    return min(said, received_at)
