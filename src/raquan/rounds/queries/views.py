"""What pages and other rooms are told about rounds and the reports of units."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from raquan.kernel.paging import Page
from raquan.rounds.queries.figures import PeriodFigure
from raquan.rounds.rules import STATE_NAMES, State


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round; of `units` reports some were submitted, returned, approved, and some are behind."""

    id: UUID
    campaign_id: UUID
    every: str
    first_on: date
    last_on: date
    due_at: datetime
    grace: timedelta
    units: int
    submitted: int
    returned: int
    approved: int
    behind: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The newest version of a unit's report in a list; it gives away no text."""

    id: UUID
    organization_id: UUID
    organization_name: str
    version: int
    edition: int
    state: State
    due_at: datetime
    submitted_at: datetime | None
    is_behind: bool
    is_extended: bool

    @property
    def state_name(self) -> str:
        """Name the state, a message id."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Told:
    """The text of a report, in the words of the unit."""

    results: str
    limits: str
    causes: str
    proposals: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A version of a report with its figures; `told` is None for who may not see a draft.

    `figures` are frozen once it was approved; `late` is what came for its days after that, and `supplement` what came
    for the round before after that one was approved.
    """

    row: ReportRow
    round_id: UUID
    first_on: date
    last_on: date
    edition: int
    reason: str
    correction: str
    told: Told | None
    figures: tuple[PeriodFigure, ...]
    is_frozen: bool
    late: int
    supplement: int
    may_write: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with a page of its reports."""

    round: RoundView
    reports: Page[ReportRow]
    may_decide: bool


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """What a unit told in a round, as approved."""

    organization_id: UUID
    organization_name: str
    first_on: date
    last_on: date
    version: int
    snapshot_id: UUID | None
    told: Told


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report that waits for somebody, with the days that it is about."""

    row: ReportRow
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Queues:
    """What waits for somebody: reports due today, returned ones, those that wait for a decision, late ones, `calls`.

    The last three are of the units on whose reports the person decides; `calls` are units to be called again by now.
    """

    due_today: int = 0
    returned: int = 0
    to_decide: int = 0
    late: int = 0
    calls: int = 0
