"""What pages show of runs, counters and what counters sent."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RunView:
    """A run; names in the reader's language. quota = counted + held + free. `steps` are what its reader may take."""

    id: UUID
    title: str
    offer_id: UUID
    offer_title: str
    offer_code: str
    organization_id: UUID
    organization_name: str
    campaign_id: UUID
    year: int
    is_synthetic: bool
    starts_on: date
    ends_on: date
    quota: int
    counted: int
    held: int
    free: int
    per_card: int | None
    per_counter_day: int | None
    lease_most: int
    lease_hours: int
    settle_hours: int
    state: str
    state_name: str
    edition: int
    reason: str
    made_at: datetime
    made_by_name: str
    opened_at: datetime | None
    steps: tuple[str, ...] = ()
    may_print: bool = False


@dataclass(frozen=True, slots=True)
class LeaseView:
    """A lease that is held: by which counter, how much of it is left, until when."""

    counter_name: str
    granted: int
    counted: int
    left: int
    expires_at: datetime
    settles_at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A number under a label, as charts draw it."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of an offer: what was counted by voucher, and what its enterprise told; None where it told nothing."""

    month: date
    counted: int
    told: int | None
    grade_name: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """All that the page of a run shows; `refused` and `failed` by reason, the most first."""

    run: RunView
    leases: tuple[LeaseView, ...]
    days: tuple[Bar, ...]
    refused: tuple[Bar, ...]
    failed: tuple[Bar, ...]
    months: tuple[MonthView, ...]
    reversed: int
    by_wall_clock: int
    amount: int


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter as its enterprise and the office know it."""

    id: UUID
    name: str
    organization_name: str
    enrolled_at: datetime
    synced_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    held: int
    counted: int

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether it gets nothing more."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class RedemptionView:
    """A redemption as it arrived, and whether it counts; `state` is counted, reversed or the reason of refusal."""

    id: UUID
    run_id: UUID | None
    run_title: str
    organization_name: str
    counter_name: str
    serial: int | None
    redeemed_at: datetime
    received_at: datetime
    amount: int | None
    state: str
    state_name: str
    is_by_wall_clock: bool


@dataclass(frozen=True, slots=True)
class FailureView:
    """A voucher that a counter refused by itself."""

    id: UUID
    run_title: str
    organization_name: str
    counter_name: str
    reason: str
    reason_name: str
    failed_at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class PublicRun:
    """A run as everybody may know it: how much is left only roughly."""

    title: str
    offer_title: str
    offer_code: str
    organization_name: str
    starts_on: date
    ends_on: date
    is_suspended: bool
    stock: str
    stock_name: str
