"""Tally sheets: issued, entered once whoever sends them twice, corrected, withdrawn, counted."""

import threading
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry
from raquan.outings import commands as outings
from raquan.tallies import commands, queries
from raquan.tallies.commands import (
    correct_tally_sheet,
    enter_tally_sheet,
    issue_tally_sheets,
    withdraw_tally_sheet,
)
from raquan.tallies.models import TallyEntry, TallySheet
from raquan.tallies.queries import outing_tallies, tally_sheet
from raquan.tallies.rules import Tally, TallyKey, TallySource
from raquan.tallies.tests.world import Market, make_market

FILED = TallyKey("birth_registration", "filed", "guided")
ALONE = TallyKey("birth_registration", "filed", "self")


def enter(market: Market, now: datetime, number: str, cells: Tally, *, recorded_too: bool = False) -> bool:
    return enter_tally_sheet(
        by=market.officer, now=now, number=number, lines=cells, recorded_too=recorded_too, source=TallySource.PAGE
    )


def count(records: dict[UUID, Tally] | None = None, touched: Collection[UUID] = ()) -> int:
    """Count as the room of records does, which numbers the facts; here these are the records."""
    with transaction.atomic():
        return commands.count_tally_sheets(
            outing_ids=touched,
            recorded=lambda asked: {id_: cells for id_, cells in (records or {}).items() if id_ in asked},
            next_fact_seq=lambda: queries.max_fact_seq() + 1,
        )


def counted() -> int:
    """Give how many people figures count by sheets."""
    return sum(fact.quantity for fact in queries.tally_facts(1, 1000, 1000))


def test_sheets_are_numbered_by_their_outing(market: Market, now: datetime) -> None:
    first = issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=2)
    asked = uuid4()
    again = [
        issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=1, request_id=asked)
        for _ in range(2)
    ]
    code = market.outing_code
    assert first == (f"{code}-P01", f"{code}-P02")
    assert again == [(f"{code}-P03",), (f"{code}-P03",)]
    assert TallySheet.objects.count() == 3


def test_what_a_sheet_says_becomes_facts_once(market: Market, now: datetime, number: str) -> None:
    assert not queries.has_pending()
    enter(market, now, number, {FILED: 12, ALONE: 3})
    assert (queries.has_pending(), queries.pending_count(), queries.max_fact_seq()) == (True, 1, 0)
    assert (count(), count()) == (1, 0)
    assert (queries.has_pending(), queries.pending_count(), queries.max_fact_seq()) == (False, 0, 2)
    facts = queries.tally_facts(1, 2, 10)
    assert [(fact.fact_seq, fact.how, fact.quantity) for fact in facts] == [(1, "guided", 12), (2, "self", 3)]
    assert queries.tally_facts(2, 2, 10) == facts[1:]
    assert queries.tally_facts(1, 2, 1) == facts[:1]


def test_a_sheet_is_counted_anew_with_the_records_of_its_outing(market: Market, now: datetime, number: str) -> None:
    enter(market, now, number, {FILED: 5}, recorded_too=True)
    count()
    assert counted() == 5
    assert count({market.outing_id: {FILED: 2}}, touched=[market.outing_id]) == 0
    assert counted() == 3
    (fact,) = queries.tally_facts(1, 10, 10)
    assert (fact.fact_seq, fact.version) == (2, 2)
    count({market.outing_id: {FILED: 2}}, touched=[market.outing_id])
    assert queries.max_fact_seq() == 2  # nothing new takes no number


def test_the_same_sheet_twice_is_one_and_other_content_is_refused(market: Market, now: datetime, number: str) -> None:
    assert enter(market, now, number, {FILED: 12})
    assert not enter(market, now, number, {FILED: 12})
    with pytest.raises(commands.TallyConflict) as refused:
        enter(market, now, number, {FILED: 1200 // 100, ALONE: 1})
    assert "12 lượt" in refused.value.text()
    assert "13 lượt" in refused.value.text()
    with pytest.raises(commands.TallyConflict):
        enter(market, now, number, {FILED: 12}, recorded_too=True)
    count()
    assert counted() == 12
    assert TallyEntry.objects.count() == 1
    assert AuditEntry.objects.filter(verb="enter_tally_sheet").count() == 1


def test_a_photo_that_comes_later_fills_its_place(market: Market, now: datetime, number: str) -> None:
    enter(market, now, number, {FILED: 12})
    again = {"by": market.officer, "now": now, "number": number, "lines": {FILED: 12}, "recorded_too": False}
    assert enter_tally_sheet(**again, source=TallySource.PAGE, photo="a" * 64)  # type: ignore[arg-type]
    assert not enter_tally_sheet(**again, source=TallySource.PAGE, photo="b" * 64)  # type: ignore[arg-type]
    assert TallyEntry.objects.get().photo_sha256 == "a" * 64


def test_a_correction_is_a_new_version_with_its_reason(market: Market, now: datetime, number: str) -> None:
    enter(market, now, number, {FILED: 12})
    count()
    told = {"by": market.officer, "now": now, "number": number, "source": TallySource.PAGE, "recorded_too": False}
    with pytest.raises(commands.ReasonMissing):
        correct_tally_sheet(**told, lines={FILED: 10}, reason=" ", version=1)  # type: ignore[arg-type]
    assert correct_tally_sheet(**told, lines={FILED: 10, ALONE: 1}, reason="Đọc nhầm", version=1)  # type: ignore[arg-type]
    assert not correct_tally_sheet(**told, lines={FILED: 10, ALONE: 1}, reason="Đọc nhầm", version=1)  # type: ignore[arg-type]
    with pytest.raises(commands.TallyOvertaken):
        correct_tally_sheet(**told, lines={FILED: 9}, reason="Đọc nhầm", version=1)  # type: ignore[arg-type]
    count()
    assert counted() == 11
    entries = tally_sheet(market.officer, number).entries
    assert [(one.version, one.total, one.reason) for one in entries] == [(2, 11, "Đọc nhầm"), (1, 12, "")]


def test_a_withdrawn_sheet_counts_no_more(market: Market, now: datetime, number: str) -> None:
    enter(market, now, number, {FILED: 12})
    count()
    assert withdraw_tally_sheet(by=market.officer, now=now, number=number, reason="Phiếu in thử")
    assert not withdraw_tally_sheet(by=market.officer, now=now, number=number, reason="Phiếu in thử")
    count()
    assert counted() == 0
    with pytest.raises(commands.TallyWithdrawn):
        enter(market, now, number, {FILED: 12})
    (row,) = outing_tallies(market.officer, market.outing_id).sheets
    assert (row.state, row.said, row.counted) == ("withdrawn", 0, 0)


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({}, commands.TallyEmpty),
        ({FILED: 0}, commands.TallyEmpty),
        ({FILED: 1000}, commands.NotOnSheet),
        ({FILED: -1}, commands.NotOnSheet),
        ({TallyKey("vietqr_payment", "installed", "self"): 1}, commands.NotOnSheet),
        ({TallyKey("birth_registration", "shop_opened", "self"): 1}, commands.NotOnSheet),
    ],
)
def test_what_no_box_can_say_is_refused(
    market: Market, now: datetime, number: str, cells: dict[TallyKey, int], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        enter(market, now, number, cells)
    assert not TallyEntry.objects.exists()


def test_only_the_outings_own_people_touch_its_sheets(market: Market, now: datetime, number: str) -> None:
    with pytest.raises(NotAllowed):
        issue_tally_sheets(by=market.city_officer, now=now, outing_id=market.outing_id, count=1)
    with pytest.raises(NotAllowed):
        issue_tally_sheets(by=market.helper, now=now, outing_id=market.outing_id, count=1)
    with pytest.raises(NotAllowed):
        enter_tally_sheet(
            by=market.city_officer,
            now=now,
            number=number,
            lines={FILED: 1},
            recorded_too=False,
            source=TallySource.PAGE,
        )
    assert enter_tally_sheet(
        by=market.helper, now=now, number=number, lines={FILED: 1}, recorded_too=False, source=TallySource.TELEPHONE
    )
    with pytest.raises(NotAllowed):
        withdraw_tally_sheet(by=market.helper, now=now, number=number, reason="Không dùng")


def test_a_sheet_waits_for_its_day_and_dies_with_its_outing(market: Market, now: datetime, number: str) -> None:
    with pytest.raises(commands.TallyTooEarly):
        enter(market, now - timedelta(days=30), number, {FILED: 1})
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=market.outing_id, reason="Mưa to")
    with pytest.raises(commands.OutingCalledOff):
        enter(market, now, number, {FILED: 1})
    with pytest.raises(commands.OutingCalledOff):
        issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=1)


def test_nobody_prints_a_heap(market: Market, now: datetime) -> None:
    for count in (0, 21):
        with pytest.raises(commands.TooManySheets):
            issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=count)


def test_an_unknown_number_is_not_found(market: Market, now: datetime) -> None:
    with pytest.raises(commands.TallyUnknown):
        enter(market, now, "XXX-0000-P01", {FILED: 1})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_people_enter_one_sheet_at_once(now: datetime) -> None:
    market = make_market(now)
    (number,) = issue_tally_sheets(by=market.officer, now=now, outing_id=market.outing_id, count=1)
    done: list[object] = []

    def work(cells: dict[TallyKey, int]) -> None:
        try:
            done.append(enter(market, now, number, cells))
        except commands.TallyConflict:
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
