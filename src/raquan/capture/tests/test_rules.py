"""When a record happened, by a clock that may be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from raquan.capture.rules import CLOCK_SLACK, Issue, TimeQuality, believe

RECEIVED = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
NONE = timedelta(0)


def test_a_device_is_believed() -> None:
    at = RECEIVED - timedelta(days=3)
    moment = believe(at, NONE, RECEIVED)
    assert (moment.at, moment.quality, moment.issue) == (at, TimeQuality.DEVICE, None)


def test_a_device_in_the_demo_is_moved_with_its_clock() -> None:
    shift = timedelta(days=-1000)
    at = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
    assert believe(at, shift, RECEIVED).at == at + shift


def test_a_clock_a_little_ahead_is_believed() -> None:
    assert believe(RECEIVED + CLOCK_SLACK, NONE, RECEIVED).issue is None


@pytest.mark.parametrize(
    ("device", "quality", "issue"),
    [
        (None, TimeQuality.RECEIVED, Issue.TIME_MISSING),
        (datetime(1970, 1, 1, tzinfo=UTC), TimeQuality.DOUBTFUL, Issue.TIME_LOST),
        (RECEIVED + timedelta(hours=1), TimeQuality.DOUBTFUL, Issue.TIME_FUTURE),
    ],
)
def test_a_time_that_cannot_be_is_replaced_and_doubted(
    device: datetime | None, quality: TimeQuality, issue: Issue
) -> None:
    moment = believe(device, NONE, RECEIVED)
    assert (moment.at, moment.quality, moment.issue) == (RECEIVED, quality, issue)
