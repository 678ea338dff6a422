"""A run's life as a table, what may be asked for, and how much of its quota is where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class RunState(StrEnum):
    """Where a run stands."""

    DRAFT = "draft"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class RunStep(StrEnum):
    """What takes a run from one state to another; each is a command."""

    OPEN = "open_run"
    SUSPEND = "suspend_run"
    RESUME = "resume_run"
    CLOSE = "close_run"


RUN_TRANSITIONS: StateTable[RunState, RunStep] = StateTable(
    (RunState.DRAFT, RunStep.OPEN, RunState.OPEN),
    (RunState.OPEN, RunStep.SUSPEND, RunState.SUSPENDED),
    (RunState.SUSPENDED, RunStep.RESUME, RunState.OPEN),
    (RunState.DRAFT, RunStep.CLOSE, RunState.CLOSED),
    (RunState.OPEN, RunStep.CLOSE, RunState.CLOSED),
    (RunState.SUSPENDED, RunStep.CLOSE, RunState.CLOSED),
    begins={RunState.DRAFT: "make_run"},
    ends={RunState.CLOSED: ""},
)

WRITERS_STEPS = frozenset({RunStep.SUSPEND, RunStep.CLOSE})
"""Steps that the enterprise takes itself; opening is the office's."""

NEED_REASON = frozenset({RunStep.SUSPEND, RunStep.CLOSE})
"""Steps that say why."""

RUN_STATE_NAMES: Mapping[RunState, str] = {
    RunState.DRAFT: N_("Chờ mở"),
    RunState.OPEN: N_("Đang mở"),
    RunState.SUSPENDED: N_("Tạm dừng"),
    RunState.CLOSED: N_("Đã đóng"),
}

MOST_QUOTA = 100_000
"""The used serials of a run go to each counter as a bitmap: 12.5 KB for so many."""

LONGEST_LEASE_HOURS = 24 * 7
LONGEST_SETTLE_HOURS = 24 * 14
DAYS_TOLD = 14
"""So many days after its end a run still goes to counters, for what they have not sent."""


@dataclass(frozen=True, slots=True)
class RunTerms:
    """What a run is made with; hours of a lease's life, hours after it in which redemptions may still arrive.

    `per_card` and `per_counter_day` None is no limit; `lease_most` is how much of the quota a counter holds at once.
    """

    title: str
    starts_on: date
    ends_on: date
    quota: int
    title_en: str = ""
    per_card: int | None = None
    per_counter_day: int | None = None
    lease_most: int = 50
    lease_hours: int = 24
    settle_hours: int = 72

    def is_possible(self) -> bool:
        """Tell whether every number is one that a run can have."""
        limits = (self.per_card, self.per_counter_day)
        return (
            1 <= self.quota <= MOST_QUOTA
            and 1 <= self.lease_most <= MOST_QUOTA
            and 1 <= self.lease_hours <= LONGEST_LEASE_HOURS
            and 0 <= self.settle_hours <= LONGEST_SETTLE_HOURS
            and all(one is None or 1 <= one <= MOST_QUOTA for one in limits)
        )


class Stock(StrEnum):
    """How much is left, as the public may know it."""

    MUCH = "much"
    LITTLE = "little"
    NONE = "none"


STOCK_NAMES: Mapping[Stock, str] = {
    Stock.MUCH: N_("còn nhiều"),
    Stock.LITTLE: N_("sắp hết"),
    Stock.NONE: N_("đã hết"),
}


def stock_of(quota: int, counted: int) -> Stock:
    """Say how much is left: a fifth of the quota or less is little. Leases are still to be had at their counters."""
    if counted >= quota:
        return Stock.NONE
    return Stock.LITTLE if (quota - counted) * 5 <= quota else Stock.MUCH
