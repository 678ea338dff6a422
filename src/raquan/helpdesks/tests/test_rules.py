"""The rules of help desks, without a database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.helpdesks import rules
from raquan.helpdesks.rules import Calendar, DatedSpan, RosteredDays, Span
from raquan.kernel.clock import VIETNAM

DAY = date(2023, 10, 5)  # a Thursday


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("", []),
        ("7h30-11h", [(time(7, 30), time(11))]),
        ("07:30–11:00, 13g30 - 16:30", [(time(7, 30), time(11)), (time(13, 30), time(16, 30))]),
        ("8.00-11.30;", [(time(8), time(11, 30))]),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, hours: list[tuple[time, time]]) -> None:
    assert [(one.opens_at, one.closes_at) for one in rules.read_spans(1, written)] == hours


@pytest.mark.parametrize("written", ["sáng", "7-11", "25h-26h", "7h30", "07:75-11:00"])
def test_what_is_no_hours_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        rules.read_spans(1, written)


def test_days_with_the_same_hours_stand_together() -> None:
    week = [rules.Span(day, time(8), time(11)) for day in (1, 2, 3, 5, 6)] + [rules.Span(5, time(14), time(16))]
    lines = [(line.runs, len(line.spans)) for line in rules.week_lines(week)]
    assert lines == [(((1, 3), (6, 6)), 1), (((5, 5),), 2)]


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(0, 22)), min_size=1, max_size=8, unique=True),
    st.integers(0, 14 * 24 * 60),
)
def test_the_next_opening_is_the_soonest(hours: list[tuple[int, int]], minutes: int) -> None:
    spans = [rules.Span(day, time(hour), time(hour, 59)) for day, hour in hours]
    now = datetime(2023, 10, 2, tzinfo=UTC) + timedelta(minutes=minutes)
    found = rules.next_opening(spans, Calendar(date(2023, 10, 4), None), now=now)
    assert found is not None
    assert found.ends > now
    assert found.is_now is (found.starts <= now)
    for day in (date(2023, 10, 4) + timedelta(days=n) for n in range(30)):
        for one in spans:
            starts = datetime.combine(day, one.opens_at, tzinfo=VIETNAM)
            if one.weekday == day.isoweekday() and datetime.combine(day, one.closes_at, tzinfo=VIETNAM) > now:
                assert found.starts <= starts


def test_a_desk_that_is_closed_too_long_has_no_opening() -> None:
    span, now = rules.Span(1, time(8), time(11)), datetime(2023, 10, 2, tzinfo=UTC)
    long = ((DAY, date(2024, 10, 5)), (date(2023, 10, 1), date(2023, 10, 4)))
    assert rules.next_opening([span], Calendar(DAY, None, long), now=now) is None
    assert rules.next_opening([span], Calendar(DAY, DAY), now=now) is None


def at(text: str) -> datetime:
    """Give a moment of Viet Nam's time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "was_open"),
    [
        ("2023-10-05 07:29", True),  # half an hour before and after belongs to it: helping begins and ends so
        ("2023-10-05 06:59", False),
        ("2023-10-05 11:30", True),
        ("2023-10-05 11:31", False),
        ("2023-10-06 08:00", False),  # no hours on a Friday
        ("2023-10-12 08:00", False),  # a closed day
        ("2023-09-28 08:00", False),  # before its first day
        ("2023-11-02 08:00", False),  # after its last
    ],
)
def test_a_record_is_held_against_the_hours(moment: str, was_open: bool) -> None:
    calendar = Calendar(date(2023, 10, 1), date(2023, 10, 31), ((date(2023, 10, 11), date(2023, 10, 12)),))
    hours = [DatedSpan(Span(4, time(7, 30), time(11)), None, None)]
    assert rules.was_open(hours, calendar, at(moment).astimezone(UTC)) is was_open


def test_a_late_record_is_held_against_the_hours_of_its_own_time() -> None:
    changed = at("2023-10-06 09:00")
    hours = [
        DatedSpan(Span(4, time(7, 30), time(11)), None, changed),
        DatedSpan(Span(4, time(14), time(16)), changed, None),
    ]
    calendar = Calendar(date(2023, 10, 1), None)
    assert rules.was_open(hours, calendar, at("2023-10-05 08:00"))
    assert not rules.was_open(hours, calendar, at("2023-10-05 15:00"))
    assert not rules.was_open(hours, calendar, at("2023-10-12 08:00"))
    assert rules.was_open(hours, calendar, at("2023-10-12 15:00"))


def test_a_shift_has_its_days() -> None:
    thursdays = RosteredDays(4, DAY, date(2023, 10, 12))
    days = [date(2023, 9, 28) + timedelta(days=n) for n in range(30)]
    assert [day for day in days if thursdays.has(day)] == [DAY, date(2023, 10, 12)]
    every = RosteredDays(rules.EVERY_DAY, DAY, None)
    assert [day for day in days if every.has(day)] == [day for day in days if day >= DAY]
