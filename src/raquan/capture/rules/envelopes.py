"""What comes in at the doors, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from raquan.capture.rules.moments import ClockReading

MAX_PAYLOAD = 5 * 1024 * 1024
"""The largest XForm instance that is taken, in bytes."""


class Outcome(StrEnum):
    """What became of an envelope."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A record as it arrived. Ids left "" are read from the payload; when given they must agree with it.

    `time_shift` is added to the device's times (the demo's clock); `received_at` None means now; `clock` None
    means that the answers alone say when.
    """

    payload: bytes
    instance_id: str = ""
    form_id: str = ""
    version: str | None = None
    received_at: datetime | None = None
    device_id: str = ""
    time_shift: timedelta = field(default=timedelta(0))
    is_synthetic: bool = False
    clock: ClockReading | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an envelope; `code` and `message` say why when it was not taken, `status` is HTTP's.

    When it was taken, `sha256`, `received_at` and `device_id` are of what is stored: a duplicate names its first
    coming, and a receipt can be signed from it.
    """

    instance_id: str
    outcome: Outcome
    submission_id: UUID | None = None
    code: str = ""
    message: str = ""
    status: int = 201
    sha256: str = ""
    received_at: datetime | None = None
    device_id: UUID | None = None

    @property
    def is_taken(self) -> bool:
        """Tell whether the record is safe with us."""
        return self.outcome in (Outcome.ACCEPTED, Outcome.DUPLICATE)
