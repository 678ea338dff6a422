"""What pages about progress and those behind are told, in a bounded number of queries; on both databases."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raquan.analytics.tests.conftest import Send
from raquan.campaign import commands as plan_commands
from raquan.campaign import queries as campaigns
from raquan.campaign.models import Plan, Task, TaskUnit
from raquan.campaign.queries import CampaignView
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outings import commands as outings
from raquan.outings.models import Outing
from raquan.people.models import Organization
from raquan.rounds import commands, queries
from raquan.rounds.queries import BehindFilter
from raquan.rounds.rules import Light
from raquan.rounds.tests.conftest import office_of, open_rounds

LATER = timedelta(days=2)


@pytest.fixture
def task_id(field: Field) -> UUID:
    """Give a task from 1 to 10 October that Cư M’gar leads and whose only outing is Cư M’gar's; another has none."""
    plan = Plan.objects.create(campaign_id=field.campaign_id, number="163/KH-UBND", title="Kế hoạch", state="in_force")
    days = {"starts_on": date(2023, 10, 1), "due_on": date(2023, 10, 10)}
    task = Task.objects.create(
        plan=plan, position=1, path="1", title="Ra quân hỗ trợ người dân", source="đoạn 1", **days
    )
    Task.objects.create(plan=plan, position=2, path="2", title="Soạn tài liệu", source="đoạn 2")
    TaskUnit.objects.create(
        task=task, position=1, part="lead", as_written="UBND huyện", organization_id=field.cumgar_id, score=1.0
    )
    Outing.objects.filter(id=field.outing_id).update(task=task)
    return task.id


def campaign_of(now: datetime) -> CampaignView:
    found = campaigns.current_campaign(now)
    assert found is not None
    return found


def test_progress_is_counted_from_outings_and_records(field: Field, task_id: UUID, send: Send, now: datetime) -> None:
    send({}, {})
    known: dict[str, Any] = {"now": now}
    one = queries.task_progress(field.office, task_id, **known)
    assert (one.light, one.outings.total, one.outings.held, one.wanted, one.assists) == (Light.BEHIND, 1, 0, 1, 2)
    outings.open_outing(by=SYSTEM, now=now, outing_id=field.outing_id)
    assert queries.task_progress(field.office, task_id, **known).light is Light.DONE
    with CaptureQueriesContext(connection) as ran:
        found = queries.tasks_page(field.officer, field.campaign_id, **known)
    assert len(ran) <= 9
    assert [row.light for row in found.items] == [Light.DONE, Light.UNKNOWN]
    late = queries.tasks_page(field.officer, field.campaign_id, **known, only=[Light.BEHIND])
    assert late.total == 0
    with pytest.raises(NotAllowed):
        queries.task_progress(field.helper, task_id, **known)
    with pytest.raises(NotFound):
        queries.task_progress(field.office, field.campaign_id, **known)


def test_what_is_shown_and_stated_stands_beside_what_was_counted(field: Field, task_id: UUID, now: datetime) -> None:
    known: dict[str, Any] = {"by": SYSTEM, "now": now, "task_id": task_id, "organization_id": field.cumgar_id}
    before = queries.task_progress(field.office, task_id, now=now)
    for data, is_illustration in ((b"%PDF-1.7 one", False), (b"%PDF-1.7 two", True)):
        file: dict[str, Any] = {"data": data, "file_name": "a.pdf", "media_type": "application/pdf", "caption": "Một"}
        plan_commands.add_evidence(**known, **file, is_illustration=is_illustration)
    plan_commands.state_progress(**known, body="Đã in 500 tờ rơi", percent=90)
    one = queries.task_progress(field.office, task_id, now=now)
    assert one.evidence == 1
    assert one.stated is not None
    assert (one.stated.body, one.stated.percent) == ("Đã in 500 tờ rơi", 90)
    assert (one.light, one.outings, one.assists) == (before.light, before.outings, before.assists)


def test_a_unit_is_behind_with_reports_tasks_and_outings(
    field: Field, task_id: UUID, send: Send, now: datetime
) -> None:
    open_rounds(field, now)
    later = now + LATER
    commands.open_due_rounds(by=SYSTEM, now=later)
    campaign = campaign_of(now)
    with CaptureQueriesContext(connection) as ran:
        found = queries.behind(field.office, campaign, now=later)
    assert len(ran) <= 12
    assert [one.unit.id for one in found.page.items] == [field.cumgar_id, field.city_id]
    first = found.page.items[0]
    assert (first.owes.report, first.owes.task, first.owes.missed, first.owes.silent) == (4, 1, 1, 0)
    assert first.contacts[0].name == "Y Mek Ê Nuôl"
    assert found.sums.report == 8
    only = queries.behind(field.office, campaign, now=later, wanted=BehindFilter(kind="task", text="cu m’gar"))
    assert [one.unit.id for one in only.page.items] == [field.cumgar_id]
    assert queries.behind(field.office, campaign, now=later, wanted=BehindFilter(level="union")).page.total == 0

    own = queries.behind(field.city_officer, campaign, now=later)
    assert [one.unit.id for one in own.page.items] == [field.city_id]
    assert (own.may_call, own.page.items[0].contacts) == (False, ())
    with pytest.raises(NotFound):
        queries.behind_unit(field.city_officer, campaign, field.cumgar_id, now=later)
    with pytest.raises(NotAllowed):
        queries.behind(field.helper, campaign, now=later)

    send({})  # a record proves that the outing was held though nobody pressed the button
    assert queries.behind_unit(field.office, campaign, field.cumgar_id, now=later).owes.missed == 0
    outings.open_outing(by=SYSTEM, now=now, outing_id=Outing.objects.get(code=field.city_outing_code).id)
    silent = queries.behind_unit(field.office, campaign, field.city_id, now=later)
    assert (silent.owes.missed, silent.owes.silent) == (0, 1)


def test_who_works_for_a_place_reaches_its_units_alone(field: Field, now: datetime) -> None:
    Organization.objects.filter(id=field.cumgar_id).update(place_code="648")
    report_id = open_rounds(field, now)
    around = office_of(field, "648")
    campaign = campaign_of(now)
    assert [one.unit.id for one in queries.behind(around, campaign, now=now).page.items] == [field.cumgar_id]
    assert queries.report_page(around, report_id, now=now).may_decide
    commands.extend_due(by=around, now=now, report_id=report_id, due_at=now + LATER, reason="Mưa lũ")
    commands.record_call(by=around, now=now, campaign_id=campaign.id, organization_id=field.cumgar_id, said="Chiều nộp")
    with pytest.raises(NotFound):
        commands.record_call(by=around, now=now, campaign_id=campaign.id, organization_id=field.city_id, said="Nộp")
    assert queries.queues(around, now).late == 1  # of the two of the unit one has more time now
    nowhere = office_of(field, "643")
    assert queries.behind(nowhere, campaign, now=now).page.total == 0
    with pytest.raises(NotFound):
        queries.report_page(nowhere, report_id, now=now)
