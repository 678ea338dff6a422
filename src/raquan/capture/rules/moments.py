"""When a record happened, by clocks that may be wrong, that stand still, and that start again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from raquan.capture.rules.records import Issue, TimeQuality
from raquan.kernel.clock import VIETNAM

CLOCK_SLACK = timedelta(minutes=10)
"""How far a device's clock may run ahead before its time is doubted."""

EARLIEST = date(2020, 1, 1)
"""A device that says an earlier day has lost its clock (a flat battery gives 1970)."""


LONGEST_ROUND_TRIP = timedelta(minutes=2)
"""An answer that was longer on its way says too little about the server's time."""

_YEARS = range(1970, 2200)
_MOST_MS = 1e12
_MOST_ORIGIN = 64


@dataclass(frozen=True, slots=True)
class ClockAnchor:
    """What the server's clock said last, and what the device's monotonic clock said then; `rtt` in milliseconds."""

    server: datetime
    mono: float
    origin: str
    rtt: float


@dataclass(frozen=True, slots=True)
class ClockReading:
    """All the device's clocks as the record was made; `sent_at` is its wall clock as it was sent.

    `mono` counts milliseconds from `origin`, which changes whenever the page or the device starts again. It never
    runs ahead and is never set, but stands still while the device sleeps.
    """

    wall: datetime | None
    mono: float | None
    origin: str
    anchor: ClockAnchor | None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, how good that is, and what is to be doubted."""

    at: datetime
    quality: TimeQuality
    issue: Issue | None = None


def believe(device_time: datetime | None, time_shift: timedelta, received_at: datetime) -> Moment:
    """Decide when a record happened: by the device's clock, or when it was received if that cannot be."""
    if device_time is None:
        return Moment(received_at, TimeQuality.RECEIVED, Issue.TIME_MISSING)
    if device_time.date() < EARLIEST:
        return Moment(received_at, TimeQuality.DOUBTFUL, Issue.TIME_LOST)
    at = device_time + time_shift
    if at > received_at + CLOCK_SLACK:
        return Moment(received_at, TimeQuality.DOUBTFUL, Issue.TIME_FUTURE)
    return Moment(at, TimeQuality.DEVICE)


def derive_moment(clock: ClockReading, time_shift: timedelta, received_at: datetime) -> Moment:
    """Decide when a record happened from all of a device's clocks; a test holds the table of its cases.

    It happened after its anchor and before it was received. The monotonic clock that counts on from the anchor
    (anchored) is outvoted only by a later wall clock that was right, or is known to be wrong by how much, as the
    record was sent: the device had slept. Without it the wall clock is taken where it lies between the two
    (bounded), or moved by what it was wrong by at sending (repaired). Without an anchor a wall clock that can be
    is the device's word (device).
    """
    counted = _counted(clock, received_at)
    wall = _wall(clock, time_shift, received_at)
    if counted is not None:
        slept = wall is not None and clock.sent_at is not None and wall.at > counted + CLOCK_SLACK
        return wall if slept and wall else Moment(min(counted, received_at), TimeQuality.ANCHORED)
    return wall or Moment(received_at, TimeQuality.UNKNOWN, _lost(clock, time_shift, received_at))


def _counted(clock: ClockReading, received_at: datetime) -> datetime | None:
    """Count on from the anchor by the monotonic clock, when it is the same one and has not gone back."""
    anchor = clock.anchor
    if anchor is None or clock.mono is None or not clock.origin or anchor.origin != clock.origin:
        return None
    trip, passed = timedelta(milliseconds=anchor.rtt), timedelta(milliseconds=clock.mono - anchor.mono)
    if passed < timedelta(0) or not timedelta(0) <= trip <= LONGEST_ROUND_TRIP:
        return None
    counted = anchor.server + passed + trip / 2
    return counted if counted <= received_at + CLOCK_SLACK else None


def _wall(clock: ClockReading, time_shift: timedelta, received_at: datetime) -> Moment | None:
    """Give the first reading of the wall clock that can be: as it is, or moved by what it was wrong by at sending."""
    if clock.wall is None:
        return None
    plain = TimeQuality.DEVICE if clock.anchor is None else TimeQuality.BOUNDED
    readings: list[tuple[datetime, TimeQuality]] = []
    if clock.wall.date() >= EARLIEST:
        readings.append((clock.wall + time_shift, plain))
    if clock.sent_at is not None:
        wrong_by = received_at - (clock.sent_at + time_shift)
        if abs(wrong_by) > CLOCK_SLACK:
            readings.insert(0, (clock.wall + time_shift + wrong_by, TimeQuality.REPAIRED))
    return next((Moment(min(at, received_at), q) for at, q in readings if _can_be(at, clock, received_at)), None)


def _can_be(at: datetime, clock: ClockReading, received_at: datetime) -> bool:
    after_anchor = clock.anchor is None or at >= clock.anchor.server - CLOCK_SLACK
    return after_anchor and at <= received_at + CLOCK_SLACK


def _lost(clock: ClockReading, time_shift: timedelta, received_at: datetime) -> Issue:
    if clock.wall is None:
        return Issue.TIME_MISSING
    ahead = clock.wall.date() >= EARLIEST and clock.wall + time_shift > received_at + CLOCK_SLACK
    return Issue.TIME_FUTURE if ahead else Issue.TIME_LOST


def read_clock(said: Any, sent_at: Any = None) -> ClockReading | None:
    """Read a device's clocks from JSON that anybody may have written; what cannot be is as if not said."""
    if not isinstance(said, Mapping):
        return None
    origin = said.get("origin")
    return ClockReading(
        wall=_read_time(said.get("wall")),
        mono=_read_number(said.get("mono")),
        origin=origin[:_MOST_ORIGIN] if isinstance(origin, str) and origin.isprintable() else "",
        anchor=_read_anchor(said.get("anchor")),
        sent_at=_read_time(sent_at),
    )


def write_clock(clock: ClockReading) -> dict[str, Any]:
    """Write a reading as JSON that `read_clock` reads back, the time of sending beside it."""
    anchor = clock.anchor
    return {
        "wall": clock.wall.isoformat() if clock.wall else None,
        "mono": clock.mono,
        "origin": clock.origin,
        "anchor": None
        if anchor is None
        else {"server": anchor.server.isoformat(), "mono": anchor.mono, "origin": anchor.origin, "rtt": anchor.rtt},
        "sent_at": clock.sent_at.isoformat() if clock.sent_at else None,
    }


def _read_anchor(said: Any) -> ClockAnchor | None:
    if not isinstance(said, Mapping):
        return None
    server, mono, rtt = _read_time(said.get("server")), _read_number(said.get("mono")), _read_number(said.get("rtt"))
    origin = said.get("origin")
    if server is None or mono is None or rtt is None or not isinstance(origin, str) or not origin.isprintable():
        return None
    return ClockAnchor(server, mono, origin[:_MOST_ORIGIN], rtt)


def _read_time(said: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return None
    if found.year not in _YEARS:  # far from the ends of the calendar, where adding would fail
        return None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _read_number(said: Any) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(said) if abs(said) <= _MOST_MS else None  # false for NaN too
