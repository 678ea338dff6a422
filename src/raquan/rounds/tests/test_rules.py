"""The rules of rounds: when they open, the light of progress, the quick text, the states."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from raquan.rounds import rules
from raquan.rounds.rules import Every, Light, QuickFacts, RuleShape, due_rounds, light, quick_text

DOCUMENT = Path(__file__).parents[4] / "docs" / "unit-report-states.md"
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


def test_the_document_draws_the_states() -> None:
    assert DOCUMENT.read_text().split("```mermaid\n")[1].split("```")[0] == rules.TRANSITIONS.diagram()


@given(
    first=DAYS,
    length=st.integers(0, 60),
    every=st.sampled_from(Every),
    weekday=st.integers(1, 7),
    skips=st.sets(st.integers(0, 60)),
)
def test_rounds_cover_every_day_once(first: date, length: int, every: Every, weekday: int, skips: set[int]) -> None:
    last = first + timedelta(days=length)
    skipped = frozenset(first + timedelta(days=one) for one in skips)
    shape = RuleShape(every, first, last, time(17), weekday, skipped)
    found = due_rounds(shape, datetime.fromisoformat(f"{last}T23:00+07:00"))
    covered = [one.first_on + timedelta(days=n) for one in found for n in range((one.last_on - one.first_on).days + 1)]
    assert covered == [first + timedelta(days=n) for n in range(length + 1)]
    assert all(one.last_on not in skipped for one in found[:-1])
    before = due_rounds(shape, datetime.fromisoformat(f"{last}T00:30+07:00") - timedelta(days=1))
    assert found[: len(before)] == before


@given(
    done=st.integers(0, 500),
    more=st.integers(0, 500),
    target=st.integers(1, 500),
    start=DAYS,
    length=st.integers(0, 90),
    at=st.integers(-10, 120),
)
def test_doing_more_never_darkens_the_light(
    done: int, more: int, target: int, start: date, length: int, at: int
) -> None:
    due, today = start + timedelta(days=length), start + timedelta(days=at)
    order = [Light.OVERDUE, Light.BEHIND, Light.NOT_BEGUN, Light.ON_TIME, Light.DONE]
    found = light(done, target, start, due, today)
    assert order.index(light(done + more, target, start, due, today)) >= order.index(found)
    assert (found is Light.DONE) == (done >= target)
    if found is Light.OVERDUE:
        assert today > due
    if found is Light.BEHIND:
        assert start < today <= due


def test_the_line_is_read_at_the_end_of_yesterday() -> None:
    first, last = date(2023, 10, 1), date(2023, 10, 10)
    assert light(0, 100, first, last, first) is Light.ON_TIME
    assert light(49, 100, first, last, date(2023, 10, 6)) is Light.BEHIND
    assert light(50, 100, first, last, date(2023, 10, 6)) is Light.ON_TIME
    assert light(None, 100, first, last, first) is light(5, 0, first, last, first) is Light.UNKNOWN
    assert light(5, 10, None, last, first) is light(5, 10, last, first, first) is Light.UNKNOWN
    assert set(rules.LIGHT_NAMES) == set(Light)


@given(behind=st.lists(st.text(min_size=1, max_size=80), max_size=150), title=st.text(max_size=400))
def test_the_quick_text_is_short_and_says_what_is_synthetic(behind: list[str], title: str) -> None:
    facts = QuickFacts(
        title, "Kỳ 01/10/2023–07/10/2023", [("Lượt hỗ trợ", "1.234")], 3, 4, 184, behind, "Lúc 17:00", True
    )
    said = quick_text(facts)
    assert len(said) <= rules.QUICK_LIMIT
    assert said.startswith("[SỐ LIỆU MÔ PHỎNG]")
    assert said.endswith("Lúc 17:00")
    assert ("Chưa nộp" in said) >= bool(behind)


@given(target=st.integers(1, 500), start=DAYS, length=st.integers(0, 90), at=st.integers(-10, 120))
def test_what_the_line_wants_is_what_lights_the_light(target: int, start: date, length: int, at: int) -> None:
    due, today = start + timedelta(days=length), start + timedelta(days=at)
    wanted = rules.wanted_by(target, start, due, today)
    assert 0 <= wanted <= target
    assert not light(wanted, target, start, due, today).is_late
    assert wanted == 0 or light(wanted - 1, target, start, due, today).is_late


@given(
    state=st.sampled_from(rules.State), grace=st.integers(0, 1440), hours=st.integers(-60, 60), more=st.integers(0, 60)
)
def test_reminders_come_in_their_order_and_stop_when_the_report_comes(
    state: rules.State, grace: int, hours: int, more: int
) -> None:
    due = datetime.fromisoformat("2023-10-05T17:00+07:00")
    owed = rules.Owed(state, due, timedelta(minutes=grace))
    order = [None, *rules.Reminder]
    first, later = (rules.reminder(owed, due + timedelta(hours=n)) for n in (hours, hours + more))
    assert order.index(later) >= order.index(first)
    if state not in (rules.State.DRAFT, rules.State.RETURNED):
        assert first is later is None
    elif hours < -2:
        assert first is None
    if first is not None and rules.TO_OFFICE[first]:
        assert due + timedelta(hours=hours) >= rules.escalates_at(owed)


def test_a_reminder_waits_for_the_grace_and_for_an_extension() -> None:
    due = datetime.fromisoformat("2023-10-05T17:00+07:00")
    owed = rules.Owed(rules.State.DRAFT, due, timedelta(minutes=30))
    assert rules.reminder(owed, due) is rules.Reminder.SOON
    assert rules.reminder(owed, due + timedelta(minutes=30)) is rules.Reminder.DUE
    assert rules.reminder(owed, due + timedelta(hours=24, minutes=30)) is rules.Reminder.ESCALATED
    extended = rules.Owed(rules.State.DRAFT, due + timedelta(days=2))
    assert rules.reminder(extended, due + timedelta(days=1)) is None


def test_units_with_late_reports_come_first() -> None:
    one, two, three = rules.Owes(report=1), rules.Owes(task=5, missed=9), rules.Owes(report=1, silent=1)
    assert sorted([two, one, three], key=rules.urgency) == [three, one, two]
    assert rules.sum_of([one, two, three]) == rules.Owes(2, 5, 9, 1)
    assert rules.sum_of([one, two, three]).total == 17
    assert {kind: two.of(kind) for kind in rules.Kind} == {"report": 0, "task": 5, "missed": 9, "silent": 0}
