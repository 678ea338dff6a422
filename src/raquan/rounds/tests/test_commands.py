"""Reports of units from the round's opening to a correction; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from raquan.analytics.tests.conftest import Send
from raquan.capture.tests.world import Field, make_field
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ledger.models import AuditEntry
from raquan.people.rules import Level
from raquan.rounds import commands, queries
from raquan.rounds.models import ReportingRound, UnitReport
from raquan.rounds.rules import State
from raquan.rounds.tests.conftest import DAILY, open_rounds

WORDS = {"results": "Giúp 2 người cài ứng dụng.", "limits": "Sóng yếu.", "causes": "", "proposals": "Thêm trạm."}


def submitted(by: Actor, now: datetime, report_id: UUID) -> None:
    """Write and submit."""
    edition = UnitReport.objects.get(id=report_id).edition
    edition = commands.save_draft(by=by, now=now, report_id=report_id, edition=edition, told=WORDS)
    commands.submit_report(by=by, now=now, report_id=report_id, edition=edition)


def test_rounds_open_once_for_every_unit(field: Field, report_id: UUID, now: datetime) -> None:
    assert ReportingRound.objects.count() == 2
    assert UnitReport.objects.count() == 4
    assert commands.open_due_rounds(by=SYSTEM, now=now) == 0
    assert commands.open_due_rounds(by=SYSTEM, now=now + timedelta(days=2)) == 2
    with pytest.raises(NotAllowed):
        commands.open_due_rounds(by=field.office, now=now)
    with pytest.raises(NotAllowed):
        commands.set_round_rule(
            by=field.officer, now=now, campaign_id=field.campaign_id, level=Level.COMMUNE, shape=DAILY
        )
    assert AuditEntry.objects.filter(verb="set_round_rule").count() == 1


def test_a_report_is_written_returned_approved_and_corrected(
    field: Field, report_id: UUID, send: Send, now: datetime
) -> None:
    send({}, {})
    known: dict[str, Any] = {"now": now, "report_id": report_id}
    with pytest.raises(commands.ResultsMissing):
        commands.submit_report(by=field.officer, **known, edition=0)
    with pytest.raises(NotFound):
        commands.save_draft(by=field.city_officer, **known, edition=0, told=WORDS)
    assert commands.save_draft(by=field.officer, **known, edition=0, told=WORDS) == 1
    assert commands.save_draft(by=field.officer, **known, edition=0, told=WORDS) == 1  # the same words
    with pytest.raises(commands.DraftChanged):
        commands.save_draft(by=field.officer, **known, edition=0, told=WORDS | {"causes": "Khác"})
    assert queries.report_page(field.office, report_id, now=now).told is None
    commands.submit_report(by=field.officer, **known, edition=1)
    commands.submit_report(by=field.officer, **known, edition=1)
    with pytest.raises(commands.NotBeingWritten):
        commands.save_draft(by=field.officer, **known, edition=1, told=WORDS | {"causes": "Khác"})
    with pytest.raises(NotAllowed):
        commands.approve_report(by=field.officer, **known, edition=1)
    with pytest.raises(commands.ReasonMissing):
        commands.return_report(by=field.office, **known, reason=" ")
    commands.return_report(by=field.office, **known, reason="Ghi rõ nơi")
    with pytest.raises(commands.AlreadyDecided, match="Bị trả lại"):
        commands.approve_report(by=field.office, **known, edition=1)
    commands.save_draft(by=field.officer, **known, edition=1, told=WORDS | {"causes": "Mạng yếu"})
    commands.submit_report(by=field.officer, **known, edition=2)
    with pytest.raises(commands.ReadAnother):
        commands.approve_report(by=field.office, **known, edition=1)
    commands.approve_report(by=field.office, **known, edition=2)
    commands.approve_report(by=field.office, **known, edition=2)

    send({})  # after the cut-off: nothing is locked, the round shows it, the frozen figure stays
    page = queries.report_page(field.officer, report_id, now=now)
    assert (page.is_frozen, page.figures[0].value, page.late) == (True, 2, 1)
    assert sum(value for _, value in page.figures[0].grades) == 2
    (text,) = queries.approved_texts(field.office, field.campaign_id)
    assert text.told.results == WORDS["results"]

    with pytest.raises(commands.ReasonMissing):
        commands.correct_report(by=field.officer, **known, reason="")
    second = commands.correct_report(by=field.officer, **known, reason="Đếm sót một người")
    assert commands.correct_report(by=field.officer, **known, reason="Lần nữa") == second
    later = now + timedelta(minutes=5)
    commands.submit_report(by=field.officer, now=later, report_id=second, edition=0)
    assert UnitReport.objects.get(id=report_id).state == State.APPROVED.value
    commands.approve_report(by=field.office, now=later, report_id=second, edition=0)
    assert UnitReport.objects.get(id=report_id).state == State.REPLACED.value
    assert queries.report_page(field.officer, second, now=later).figures[0].value == 3
    assert queries.report_page(field.officer, report_id, now=later).figures[0].value == 2


def test_what_comes_after_the_cut_off_is_a_supplement_of_the_next_round(
    field: Field, report_id: UUID, send: Send, now: datetime
) -> None:
    send({})
    submitted(field.officer, now, report_id)
    commands.approve_report(by=field.office, now=now, report_id=report_id, edition=1)
    send({}, {"start": "2023-10-05T20:10:00.000+07:00", "end": "2023-10-05T20:12:00.000+07:00"})  # in the evening
    tomorrow = now + timedelta(days=1)
    commands.open_due_rounds(by=SYSTEM, now=tomorrow)
    after = UnitReport.objects.get(organization_id=field.cumgar_id, round__last_on="2023-10-06").id
    page = queries.report_page(field.officer, after, now=tomorrow)
    assert (page.supplement, page.figures[0].value) == (2, None)  # the evening keeps its day
    before = queries.report_page(field.officer, report_id, now=tomorrow)
    assert (before.late, before.figures[0].value) == (2, 1)


def test_officers_see_the_rows_of_their_unit_in_bounded_queries(field: Field, report_id: UUID, now: datetime) -> None:
    round_id = UnitReport.objects.get(id=report_id).round_id
    own = queries.round_page(field.officer, round_id, now=now)
    assert [one.organization_id for one in own.reports.items] == [field.cumgar_id]
    assert own.round.behind == own.round.units == 1
    with CaptureQueriesContext(
        connection,
    ) as ran:
        everyone = queries.round_page(field.office, round_id, now=now, only="behind")
    assert len(ran) <= 4
    assert {one.organization_id for one in everyone.reports.items} == {field.cumgar_id, field.city_id}
    with pytest.raises(NotFound):
        queries.report_page(field.city_officer, report_id, now=now)
    assert queries.round_page(field.city_officer, round_id, now=now, only="submitted").reports.total == 0
    submitted(field.officer, now, report_id)
    with CaptureQueriesContext(connection) as ran:
        assert queries.queues(field.officer, now) == queries.Queues(due_today=1, returned=0, to_decide=0)
    assert len(ran) == 1
    assert queries.queues(field.office, now).to_decide == 1
    assert queries.queues(field.helper, now) == queries.Queues(0, 0, 0)


def test_more_time_is_given_with_a_reason(field: Field, report_id: UUID, now: datetime) -> None:
    given: dict[str, Any] = {"now": now, "report_id": report_id, "due_at": now + timedelta(days=1)}
    with pytest.raises(NotAllowed):
        commands.extend_due(by=field.officer, **given, reason="Mưa lũ")
    with pytest.raises(commands.ReasonMissing):
        commands.extend_due(by=field.office, **given, reason="")
    commands.extend_due(by=field.office, **given, reason="Mưa lũ")
    commands.extend_due(by=field.office, **given, reason="Mưa lũ")
    assert not queries.report_page(field.officer, report_id, now=now).row.is_behind
    assert AuditEntry.objects.filter(verb="extend_due").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(now: datetime) -> None:
    field = make_field(now)
    report_id = open_rounds(field, now)
    submitted(field.officer, now, report_id)

    def decide(turn: int) -> str:
        try:
            if turn % 2:
                commands.approve_report(by=field.office, now=now, report_id=report_id, edition=1)
            else:
                commands.return_report(by=field.office, now=now, report_id=report_id, reason="Thiếu")
        except Refused as refused:
            return refused.text()
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(decide, range(2)))
    state = State(UnitReport.objects.get(id=report_id).state)
    assert state in (State.APPROVED, State.RETURNED)
    assert sorted(map(bool, said)) == [False, True]
    assert AuditEntry.objects.filter(verb__in=["approve_report", "return_report"]).count() == 1
