"""Records and tally sheets of one outing: numbered from one row of numbers, each person counted once."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from raquan.capture import queries
from raquan.capture.commands import project_pending, receive_submissions, review_submission
from raquan.capture.queries import AssistFact
from raquan.capture.rules import ReviewState
from raquan.capture.tests.world import DAY, Field, envelope, instance, make_field
from raquan.outings.queries import outings_by_codes
from raquan.tallies.commands import counting, enter_tally_sheet, issue_tally_sheets
from raquan.tallies.queries import tally_sheet
from raquan.tallies.rules import TallyKey, TallySource

FILED = TallyKey("birth_registration", "filed", "guided")
ALONE = TallyKey("birth_registration", "filed", "self")
HELPED = TallyKey("birth_registration", "helped", "guided")


@pytest.fixture
def number(field: Field, now: datetime) -> str:
    """A blank sheet of Cư M’gar's outing."""
    return issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=1)[0]


def enter(field: Field, now: datetime, number: str, cells: dict[TallyKey, int], *, recorded_too: bool = False) -> bool:
    return enter_tally_sheet(
        by=field.officer, now=now, number=number, lines=cells, recorded_too=recorded_too, source=TallySource.PAGE
    )


def record(field: Field, now: datetime, *, how: str = "guided", instance_id: str | None = None) -> None:
    payload = instance(field.outing_code, how=how, instance_id=instance_id)
    (verdict,) = receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    assert verdict.is_taken
    while project_pending(now=now):
        pass


def current() -> list[AssistFact]:
    """Give the facts that count, as the engine would keep them."""
    latest = {fact.assist_id: fact for fact in queries.facts_after(0, 1000)}
    return [fact for fact in latest.values() if not fact.withdrawn]


def counted() -> tuple[int, int]:
    """Give how many assists are counted, and how many tallied."""
    facts = current()
    return tuple(sum(f.quantity for f in facts if f.grade == g) for g in ("counted", "tallied"))  # type: ignore[return-value]


def test_what_a_sheet_says_becomes_facts_of_their_own_grade(field: Field, now: datetime, number: str) -> None:
    assert enter(field, now, number, {FILED: 12, ALONE: 3, HELPED: 0})
    assert queries.has_pending()
    assert project_pending(now=now) == 1
    facts = {fact.how: fact for fact in queries.facts_after(0, 10)}
    assert {how: fact.quantity for how, fact in facts.items()} == {"guided": 12, "self": 3}
    fact = facts["guided"]
    assert (fact.grade, fact.hour, fact.bottleneck, fact.submission_id) == ("tallied", None, None, "")
    assert (fact.occurred_on, fact.district_code, fact.commune_code) == (DAY, "648", "24259")
    assert (fact.group_code, fact.stage, fact.outing_code) == ("online_public_service", "first_use", field.outing_code)
    assert (fact.organization_id, fact.campaign_id) == (str(field.cumgar_id), str(field.campaign_id))
    assert not queries.has_pending()
    assert project_pending(now=now) == 0


def test_people_who_were_recorded_too_are_counted_once(field: Field, now: datetime, number: str) -> None:
    record(field, now)
    record(field, now, how="self")
    enter(field, now, number, {FILED: 5}, recorded_too=True)
    project_pending(now=now)
    assert counted() == (2, 3)
    view = tally_sheet(field.officer, number)
    assert (view.total, view.counted_total) == (5, 3)


def test_people_who_were_not_recorded_are_counted_besides(field: Field, now: datetime, number: str) -> None:
    record(field, now)
    enter(field, now, number, {FILED: 5})
    project_pending(now=now)
    assert counted() == (1, 5)


def test_records_that_come_after_the_sheet_take_their_people_off_it(field: Field, now: datetime, number: str) -> None:
    enter(field, now, number, {FILED: 2}, recorded_too=True)
    project_pending(now=now)
    assert counted() == (0, 2)
    before = queries.max_fact_seq()
    totals = []
    for _ in range(3):
        record(field, now)
        totals.append(counted())
    assert totals == [(1, 1), (2, 0), (3, 0)]
    assert [fact.fact_seq for fact in queries.facts_after(before, 10)] == [2, 4, 5, 6]
    numbers = [fact.fact_seq for fact in queries.facts_after(0, 10)]
    assert numbers == sorted(set(numbers))


def test_a_record_that_is_rejected_gives_its_person_back_to_the_sheet(field: Field, now: datetime, number: str) -> None:
    record(field, now)
    enter(field, now, number, {FILED: 5}, recorded_too=True)
    project_pending(now=now)
    assert counted() == (1, 4)
    (one,) = queries.assists(field.officer).items
    review_submission(by=field.officer, now=now, submission_id=one.submission_id, state=ReviewState.REJECTED)
    assert counted() == (0, 5)


def test_two_sheets_of_one_outing_share_what_the_records_cover(field: Field, now: datetime) -> None:
    first, second = issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=2)
    record(field, now)
    enter(field, now, first, {FILED: 3}, recorded_too=True)
    enter(field, now, second, {FILED: 3}, recorded_too=True)
    project_pending(now=now)
    assert counted() == (1, 5)


def test_no_sheet_whose_records_changed_is_left_for_later(
    field: Field, now: datetime, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_SHEETS", 1)
    city = outings_by_codes([field.city_outing_code])[field.city_outing_code].id
    (other,) = issue_tally_sheets(by=field.city_officer, now=now, outing_id=city, count=1)
    enter(field, now, number, {FILED: 2}, recorded_too=True)
    enter_tally_sheet(
        by=field.city_officer,
        now=now,
        number=other,
        lines={FILED: 2},
        recorded_too=True,
        source=TallySource.PAGE,
    )
    assert [project_pending(now=now) for _ in range(3)] == [1, 1, 0]
    assert counted() == (0, 4)
    both = [envelope(instance(code)) for code in (field.outing_code, field.city_outing_code)]
    receive_submissions(by=field.device, now=now, envelopes=both)
    assert project_pending(now=now) == 2
    assert counted() == (2, 2)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_projectors_at_once_give_no_number_twice(now: datetime) -> None:
    field = make_field(now)
    numbers = issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=4)
    for number in numbers:
        enter(field, now, number, {FILED: 5, ALONE: 2}, recorded_too=True)
    payloads = [instance(field.outing_code) for _ in range(12)]
    receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])

    def work() -> None:
        try:
            while project_pending(now=now, limit=3):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seqs = [fact.fact_seq for fact in queries.facts_after(0, 100)]
    assert len(seqs) == len(set(seqs)) == 12 + 8
    assert counted() == (12, 28 - 12)
