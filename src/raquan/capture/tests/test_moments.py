"""The truth table of when a record happened, by all of a device's clocks."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raquan.capture.rules import (
    CLOCK_SLACK,
    ClockAnchor,
    ClockReading,
    Issue,
    TimeQuality,
    derive_moment,
    read_clock,
    write_clock,
)

NONE = timedelta(0)
Q = TimeQuality


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Give a moment of the day on which all of this happens, by the true clock."""
    return datetime(2023, 10, 5, hour, minute, second, tzinfo=UTC)


def lost(moment: datetime) -> datetime:
    """Give what a clock that began anew in 1970 says at a moment."""
    return moment - (at(0) - datetime(1970, 1, 1, tzinfo=UTC))


RECEIVED = at(12)
MADE = at(9)
"""When the record was truly made, unless a row says otherwise; its anchor is of eight, received at noon."""

HOUR = 3_600_000.0


def anchor(origin: str = "page", rtt: float = 2000, server: datetime | None = None) -> ClockAnchor:
    """Make the anchor of eight o'clock, when the monotonic clock said 5,000."""
    return ClockAnchor(server=server or at(8), mono=5000, origin=origin, rtt=rtt)


@dataclass(frozen=True)
class Case:
    """A row of the table."""

    why: str
    clock: ClockReading
    at: datetime
    quality: TimeQuality
    issue: Issue | None = None


SAME = HOUR + 5000
TABLE = [
    Case(
        "the monotonic clock counts on from the anchor, half the round trip added",
        ClockReading(MADE, SAME, "page", anchor(), RECEIVED),
        at(9, 0, 1),
        Q.ANCHORED,
    ),
    Case(
        "…whatever the wall clock says: 1970",
        ClockReading(lost(MADE), SAME, "page", anchor(), lost(RECEIVED)),
        at(9, 0, 1),
        Q.ANCHORED,
    ),
    Case(
        "…or a day ahead",
        ClockReading(MADE + timedelta(1), SAME, "page", anchor(), RECEIVED + timedelta(1)),
        at(9, 0, 1),
        Q.ANCHORED,
    ),
    Case("…or nothing", ClockReading(None, SAME, "page", anchor(), None), at(9, 0, 1), Q.ANCHORED),
    Case(
        "…or earlier, for the monotonic clock never runs ahead",
        ClockReading(at(8, 10), SAME, "page", anchor(), RECEIVED),
        at(9, 0, 1),
        Q.ANCHORED,
    ),
    Case(
        "the phone slept: a wall clock that was right at sending is later, and wins",
        ClockReading(at(11), SAME, "page", anchor(), RECEIVED),
        at(11),
        Q.BOUNDED,
    ),
    Case(
        "…one that was wrong by a known amount too",
        ClockReading(at(11) + timedelta(2), SAME, "page", anchor(), RECEIVED + timedelta(2)),
        at(11),
        Q.REPAIRED,
    ),
    Case(
        "…one that nobody has checked does not",
        ClockReading(at(11), SAME, "page", anchor(), None),
        at(9, 0, 1),
        Q.ANCHORED,
    ),
    Case(
        "a slow line says too little about the server's time",
        ClockReading(MADE, SAME, "page", anchor(rtt=121_000), RECEIVED),
        MADE,
        Q.BOUNDED,
    ),
    Case(
        "an impossible round trip says nothing about it",
        ClockReading(MADE, SAME, "page", anchor(rtt=-1), RECEIVED),
        MADE,
        Q.BOUNDED,
    ),
    Case(
        "a monotonic clock that went back has begun anew",
        ClockReading(MADE, 4000, "page", anchor(), RECEIVED),
        MADE,
        Q.BOUNDED,
    ),
    Case(
        "the app was started again without a signal: the wall clock lies between anchor and reception",
        ClockReading(MADE, 70.0, "later page", anchor(), RECEIVED),
        MADE,
        Q.BOUNDED,
    ),
    Case(
        "…nobody knows the page: two unnamed ones are not the same",
        ClockReading(MADE, SAME, "", anchor(origin=""), RECEIVED),
        MADE,
        Q.BOUNDED,
    ),
    Case(
        "…a little before the anchor is still believed",
        ClockReading(at(7, 55), 70.0, "later page", anchor(), RECEIVED),
        at(7, 55),
        Q.BOUNDED,
    ),
    Case(
        "…the clock was right when the record was made and fell to 1970 before it was sent",
        ClockReading(MADE, 70.0, "later page", anchor(), lost(RECEIVED)),
        MADE,
        Q.BOUNDED,
    ),
    Case(
        "…the clock of 1970 ran on until it was sent: moved by what it was wrong by",
        ClockReading(lost(MADE), 70.0, "later page", anchor(), lost(RECEIVED)),
        MADE,
        Q.REPAIRED,
    ),
    Case(
        "…five hours ahead, likewise",
        ClockReading(at(14), 70.0, "later page", anchor(), at(17)),
        MADE,
        Q.REPAIRED,
    ),
    Case(
        "…the clock of 1970 was put right before it was sent: nobody knows",
        ClockReading(lost(MADE), 70.0, "later page", anchor(), RECEIVED),
        RECEIVED,
        Q.UNKNOWN,
        Issue.TIME_LOST,
    ),
    Case(
        "…a clock ahead that was put right before it was sent: nobody knows",
        ClockReading(at(15), 70.0, "later page", anchor(), RECEIVED),
        RECEIVED,
        Q.UNKNOWN,
        Issue.TIME_FUTURE,
    ),
    Case(
        "…a time before the anchor cannot be",
        ClockReading(at(7), 70.0, "later page", anchor(), RECEIVED),
        RECEIVED,
        Q.UNKNOWN,
        Issue.TIME_LOST,
    ),
    Case(
        "…and no wall clock: nobody knows",
        ClockReading(None, 70.0, "later page", anchor(), None),
        RECEIVED,
        Q.UNKNOWN,
        Issue.TIME_MISSING,
    ),
    Case(
        "an anchor of the future is none of ours: what was counted from it cannot be",
        ClockReading(MADE, SAME, "page", anchor(server=at(20)), RECEIVED),
        RECEIVED,
        Q.UNKNOWN,
        Issue.TIME_LOST,
    ),
    Case("no anchor: the device's word", ClockReading(MADE, SAME, "page", None, RECEIVED), MADE, Q.DEVICE),
    Case("…unchecked", ClockReading(MADE, None, "", None, None), MADE, Q.DEVICE),
    Case(
        "…or repaired",
        ClockReading(lost(MADE), SAME, "page", None, lost(RECEIVED)),
        MADE,
        Q.REPAIRED,
    ),
    Case(
        "…or lost",
        ClockReading(lost(MADE), SAME, "page", None, None),
        RECEIVED,
        Q.UNKNOWN,
        Issue.TIME_LOST,
    ),
    Case("nothing at all", ClockReading(None, None, "", None, None), RECEIVED, Q.UNKNOWN, Issue.TIME_MISSING),
    Case(
        "what ends a little after it was received is cut there",
        ClockReading(at(12, 5), SAME, "page", None, RECEIVED),
        RECEIVED,
        Q.DEVICE,
    ),
]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.why)
def test_when_a_record_happened(case: Case) -> None:
    moment = derive_moment(case.clock, NONE, RECEIVED)
    assert (moment.at, moment.quality, moment.issue) == (case.at, case.quality, case.issue)


@pytest.mark.parametrize(
    "case",
    # A lost clock says 1970 in the demo too.
    [case for case in TABLE if case.clock.wall is None or case.clock.wall.year >= 2020],
    ids=lambda case: case.why,
)
def test_the_demos_clock_moves_the_walls_and_not_the_servers(case: Case) -> None:
    shift = timedelta(days=-1145)
    wall, sent_at = case.clock.wall, case.clock.sent_at
    real = replace(case.clock, wall=wall - shift if wall else None, sent_at=sent_at - shift if sent_at else None)
    moment = derive_moment(real, shift, RECEIVED)
    assert (moment.at, moment.quality, moment.issue) == (case.at, case.quality, case.issue)


FIRST = datetime(1970, 1, 1, tzinfo=UTC)
times = st.timedeltas(timedelta(0), timedelta(days=80_000)).map(lambda after: FIRST + after)
numbers = st.floats(-1e12, 1e12)
anchors = st.builds(ClockAnchor, times, numbers, st.sampled_from(["a", "b", ""]), numbers)
readings = st.builds(
    ClockReading,
    st.none() | times,
    st.none() | numbers,
    st.sampled_from(["a", "b", ""]),
    st.none() | anchors,
    st.none() | times,
)


@given(readings, st.timedeltas(timedelta(-4000), timedelta(4000)))
def test_any_reading_gives_a_moment_that_can_be(clock: ClockReading, shift: timedelta) -> None:
    moment = derive_moment(clock, shift, RECEIVED)
    assert moment.at <= RECEIVED
    assert (moment.issue is not None) == (moment.quality is Q.UNKNOWN)
    if moment.quality in (Q.BOUNDED, Q.REPAIRED, Q.ANCHORED) and clock.anchor and clock.anchor.server < RECEIVED:
        assert moment.at >= clock.anchor.server - CLOCK_SLACK


@given(readings)
def test_a_reading_is_stored_and_read_back(clock: ClockReading) -> None:
    stored = json.loads(json.dumps(write_clock(clock)))
    assert read_clock(stored, stored["sent_at"]) == clock


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | times.map(datetime.isoformat),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["wall", "mono", "origin", "anchor", "server", "rtt", "x"]), inner, max_size=7
        )
    ),
)


# Recursive values of whatever kind are slow to make on a busy machine, which says nothing about what is tested.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anything, anything)
def test_whatever_a_device_says_of_its_clocks_is_read_or_left(said: Any, sent_at: Any) -> None:
    clock = read_clock(said, sent_at)
    if clock is not None:
        assert derive_moment(clock, NONE, RECEIVED).at <= RECEIVED
        assert "\x00" not in json.dumps(write_clock(clock), allow_nan=False)
