"""Tally sheets: issued, entered once whoever sends them twice, corrected, withdrawn, and counted once."""

import threading
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from raquan.capture import queries
from raquan.capture.commands import project_pending, receive_submissions, review_submission, tallies
from raquan.capture.commands.tallies import (
    correct_tally_sheet,
    enter_tally_sheet,
    issue_tally_sheets,
    withdraw_tally_sheet,
)
from raquan.capture.models import TallyEntry, TallySheet
from raquan.capture.queries import AssistFact
from raquan.capture.queries.tallies import outing_tallies, tally_sheet
from raquan.capture.rules import ReviewState, TallyKey, TallySource
from raquan.capture.tests.world import DAY, Field, envelope, instance, make_field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry
from raquan.outings import commands as outings

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


def test_sheets_are_numbered_by_their_outing(field: Field, now: datetime) -> None:
    first = issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=2)
    asked = uuid4()
    again = [
        issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=1, request_id=asked)
        for _ in range(2)
    ]
    code = field.outing_code
    assert first == (f"{code}-P01", f"{code}-P02")
    assert again == [(f"{code}-P03",), (f"{code}-P03",)]
    assert TallySheet.objects.count() == 3


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


def test_the_same_sheet_twice_is_one_and_other_content_is_refused(field: Field, now: datetime, number: str) -> None:
    assert enter(field, now, number, {FILED: 12})
    assert not enter(field, now, number, {FILED: 12})
    with pytest.raises(tallies.TallyConflict) as refused:
        enter(field, now, number, {FILED: 1200 // 100, ALONE: 1})
    assert "12 lượt" in refused.value.text()
    assert "13 lượt" in refused.value.text()
    with pytest.raises(tallies.TallyConflict):
        enter(field, now, number, {FILED: 12}, recorded_too=True)
    project_pending(now=now)
    assert counted() == (0, 12)
    assert TallyEntry.objects.count() == 1
    assert AuditEntry.objects.filter(verb="enter_tally_sheet").count() == 1


def test_a_photo_that_comes_later_fills_its_place(field: Field, now: datetime, number: str) -> None:
    enter(field, now, number, {FILED: 12})
    again = {"by": field.officer, "now": now, "number": number, "lines": {FILED: 12}, "recorded_too": False}
    assert enter_tally_sheet(**again, source=TallySource.PAGE, photo="a" * 64)  # type: ignore[arg-type]
    assert not enter_tally_sheet(**again, source=TallySource.PAGE, photo="b" * 64)  # type: ignore[arg-type]
    assert TallyEntry.objects.get().photo_sha256 == "a" * 64


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


def test_a_correction_is_a_new_version_with_its_reason(field: Field, now: datetime, number: str) -> None:
    enter(field, now, number, {FILED: 12})
    project_pending(now=now)
    told = {"by": field.officer, "now": now, "number": number, "source": TallySource.PAGE, "recorded_too": False}
    with pytest.raises(tallies.ReasonMissing):
        correct_tally_sheet(**told, lines={FILED: 10}, reason=" ", version=1)  # type: ignore[arg-type]
    assert correct_tally_sheet(**told, lines={FILED: 10, ALONE: 1}, reason="Đọc nhầm", version=1)  # type: ignore[arg-type]
    assert not correct_tally_sheet(**told, lines={FILED: 10, ALONE: 1}, reason="Đọc nhầm", version=1)  # type: ignore[arg-type]
    with pytest.raises(tallies.TallyOvertaken):
        correct_tally_sheet(**told, lines={FILED: 9}, reason="Đọc nhầm", version=1)  # type: ignore[arg-type]
    project_pending(now=now)
    assert counted() == (0, 11)
    entries = tally_sheet(field.officer, number).entries
    assert [(one.version, one.total, one.reason) for one in entries] == [(2, 11, "Đọc nhầm"), (1, 12, "")]


def test_a_withdrawn_sheet_counts_no_more(field: Field, now: datetime, number: str) -> None:
    enter(field, now, number, {FILED: 12})
    project_pending(now=now)
    assert withdraw_tally_sheet(by=field.officer, now=now, number=number, reason="Phiếu in thử")
    assert not withdraw_tally_sheet(by=field.officer, now=now, number=number, reason="Phiếu in thử")
    project_pending(now=now)
    assert counted() == (0, 0)
    with pytest.raises(tallies.TallyWithdrawn):
        enter(field, now, number, {FILED: 12})
    (row,) = outing_tallies(field.officer, field.outing_id).sheets
    assert (row.state, row.said, row.counted) == ("withdrawn", 0, 0)


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({}, tallies.TallyEmpty),
        ({FILED: 0}, tallies.TallyEmpty),
        ({FILED: 1000}, tallies.NotOnSheet),
        ({FILED: -1}, tallies.NotOnSheet),
        ({TallyKey("vietqr_payment", "installed", "self"): 1}, tallies.NotOnSheet),
        ({TallyKey("birth_registration", "shop_opened", "self"): 1}, tallies.NotOnSheet),
    ],
)
def test_what_no_box_can_say_is_refused(
    field: Field, now: datetime, number: str, cells: dict[TallyKey, int], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        enter(field, now, number, cells)
    assert not TallyEntry.objects.exists()


def test_only_the_outings_own_people_touch_its_sheets(field: Field, now: datetime, number: str) -> None:
    with pytest.raises(NotAllowed):
        issue_tally_sheets(by=field.city_officer, now=now, outing_id=field.outing_id, count=1)
    with pytest.raises(NotAllowed):
        issue_tally_sheets(by=field.helper, now=now, outing_id=field.outing_id, count=1)
    with pytest.raises(NotAllowed):
        enter_tally_sheet(
            by=field.city_officer,
            now=now,
            number=number,
            lines={FILED: 1},
            recorded_too=False,
            source=TallySource.PAGE,
        )
    assert enter_tally_sheet(
        by=field.helper, now=now, number=number, lines={FILED: 1}, recorded_too=False, source=TallySource.TELEPHONE
    )
    with pytest.raises(NotAllowed):
        withdraw_tally_sheet(by=field.helper, now=now, number=number, reason="Không dùng")


def test_a_sheet_waits_for_its_day_and_dies_with_its_outing(field: Field, now: datetime, number: str) -> None:
    with pytest.raises(tallies.TallyTooEarly):
        enter(field, now - timedelta(days=30), number, {FILED: 1})
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=field.outing_id, reason="Mưa to")
    with pytest.raises(tallies.OutingCalledOff):
        enter(field, now, number, {FILED: 1})
    with pytest.raises(tallies.OutingCalledOff):
        issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=1)


def test_nobody_prints_a_heap(field: Field, now: datetime) -> None:
    for count in (0, 21):
        with pytest.raises(tallies.TooManySheets):
            issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=count)


def test_an_unknown_number_is_not_found(field: Field, now: datetime) -> None:
    with pytest.raises(tallies.TallyUnknown):
        enter(field, now, "XXX-0000-P01", {FILED: 1})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_people_enter_one_sheet_at_once(now: datetime) -> None:
    field = make_field(now)
    (number,) = issue_tally_sheets(by=field.officer, now=now, outing_id=field.outing_id, count=1)
    done: list[object] = []

    def work(cells: dict[TallyKey, int]) -> None:
        try:
            done.append(enter(field, now, number, cells))
        except tallies.TallyConflict:
            done.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=({FILED: n},)) for n in (5, 5, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done.count(True) == 1
    assert sorted(map(str, done)) in (["False", "True", "conflict"], ["True", "conflict", "conflict"])
    assert TallyEntry.objects.count() == 1


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
