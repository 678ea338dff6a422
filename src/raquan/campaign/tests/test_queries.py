"""What other rooms and pages are told, in a bounded number of questions to the database."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.campaign import commands, queries
from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.kernel.refused import NotAllowed
from raquan.places.commands import load_units
from raquan.places.rules import Level, UnitRow
from raquan.readings.tests import papers


def _import(now: datetime, document: bytes) -> commands.PlanImported:
    return commands.import_plan(by=SYSTEM, now=now, document=document, file_name="a.docx", synthetic=True)


@pytest.fixture
def plan(cu_mgar: UUID, now: datetime) -> commands.PlanImported:
    """The plan of 2023, in a province that is known."""
    province = UnitRow("66", date(2023, 1, 1), None, Level.PROVINCE, "tỉnh", "Đắk Lắk", "", None, None)
    load_units(by=SYSTEM, now=now, units=(province,), changes=())
    return _import(now, papers.plain_plan())


def test_there_may_be_no_campaign(db: None, now: datetime, officer: Actor) -> None:
    assert queries.current_campaign(now) is None
    assert queries.campaign_of_year(2023) is None
    assert queries.campaigns() == ()
    assert queries.plan_page(officer, now=now) is None


def test_the_campaign_as_everybody_may_see_it(
    plan: commands.PlanImported, now: datetime, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        campaign = queries.current_campaign(now)
    assert campaign is not None
    assert campaign.id == plan.campaign_id
    assert (campaign.name, campaign.plan_number) == ("Ngày Chuyển đổi số năm 2023", "138/KH-UBND")
    assert (campaign.day_on, campaign.is_synthetic) == (date(2023, 10, 10), True)
    assert (campaign.province_code, campaign.province_name) == ("66", "Tỉnh Đắk Lắk")
    assert [one.scope for one in campaign.observances] == ["national", "province"]
    assert queries.campaign_of_year(2023) == campaign
    assert queries.campaign_of_year(2022) is None


def test_more_campaigns_cost_no_more_questions(
    plan: commands.PlanImported, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for year in (2024, 2025):
        _import(now, papers.plain_plan(year=year))
    with django_assert_max_num_queries(4):
        assert [one.year for one in queries.campaigns()] == [2025, 2024, 2023]


def test_tasks_by_text_and_by_unit(
    plan: commands.PlanImported, officer: Actor, cu_mgar: UUID, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        page = queries.tasks(officer, plan.campaign_id)
    assert [one.path for one in page.items] == ["I.1", "I.2"]
    assert page.total == 2
    first = page.items[0]
    assert (first.section, first.deliverable, first.campaign_id) == ("I. Ra quân", "Hồ sơ", plan.campaign_id)
    assert (first.lead_units[0].written, first.lead_units[0].organization_name) == (
        "UBND huyện Cư M’gar",
        "Ủy ban nhân dân huyện Cư M’gar",
    )
    assert [one.path for one in queries.tasks(officer, plan.campaign_id, text="TUYEN truyen").items] == ["I.2"]
    assert [one.path for one in queries.tasks(officer, plan.campaign_id, text="cu mgar").items] == ["I.1"]
    assert [one.path for one in queries.tasks(officer, plan.campaign_id, unit=cu_mgar).items] == ["I.1"]
    assert queries.tasks(officer, plan.campaign_id, page=2).items == ()


def test_one_task(plan: commands.PlanImported, officer: Actor) -> None:
    known = queries.tasks(officer, plan.campaign_id).items[0]
    assert queries.task(officer, known.id) == known
    assert queries.task(officer, plan.plan_id) is None
    assert queries.task_for_outings(plan.campaign_id) == known.id


def test_the_plan_and_what_is_left(
    plan: commands.PlanImported, officer: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    found = queries.plan(officer, plan.campaign_id)
    assert found is not None
    assert [one.text for one in found.objectives] == ["Lan tỏa vai trò của chuyển đổi số"]
    assert [(one.source, one.text) for one in queries.leftovers(officer, plan.plan_id)] == [
        ("bảng 2, dòng 3", "Ghi chú: Quan trọng")
    ]
    with django_assert_max_num_queries(12):
        page = queries.plan_page(officer, now=now)
    assert page is not None
    assert [(one.title, len(one.tasks)) for one in page.sections] == [("I. Ra quân", 2)]


def test_who_has_no_duty_sees_no_plan(plan: commands.PlanImported, stranger: Actor, now: datetime) -> None:
    for actor in (stranger, ANONYMOUS):
        with pytest.raises(NotAllowed):
            queries.plan(actor, plan.campaign_id)
        with pytest.raises(NotAllowed):
            queries.tasks(actor, plan.campaign_id)
        with pytest.raises(NotAllowed):
            queries.task(actor, plan.plan_id)
        with pytest.raises(NotAllowed):
            queries.leftovers(actor, plan.plan_id)
        with pytest.raises(NotAllowed):
            queries.plan_page(actor, now=now)
