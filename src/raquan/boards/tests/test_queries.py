"""What boards and indicators say is what was counted, whoever of those who may asks."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from raquan.analytics import commands
from raquan.analytics import queries as analytics
from raquan.analytics.tests.conftest import Send
from raquan.boards import queries
from raquan.boards.rules import BOARDS
from raquan.campaign import commands as campaign_commands
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.rounds import queries as rounds
from raquan.rounds.rules import Light


@pytest.fixture
def campaign(field: Field) -> CampaignView:
    found = campaigns.campaign_of_year(2023)
    assert found is not None
    return found


def panels(field: Field, key: str, campaign: CampaignView, now: datetime, of: str = "") -> dict[str, queries.PanelView]:
    page = queries.board_page(field.officer, BOARDS[key], of, campaign, now=now)
    return {one.panel.key: one for one in page.panels}


def test_a_board_says_what_its_figures_say(field: Field, send: Send, campaign: CampaignView, now: datetime) -> None:
    send({}, {"how": "self"}, {"bottleneck": "signal", "result": "helped"}, outing=field.city_outing_code)
    shown = panels(field, "campaign", campaign, now)
    numbers = {one.figure.measure.key: one for one in shown["numbers"].numbers}
    assert numbers["assists"].figure.total == 3
    assert numbers["communes_reached"].whole == ("xã, phường, thị trấn", 2)
    assert [row.value for row in shown["trend"].rows if row.value] == [3]
    cover = shown["coverage"].cover
    assert cover is not None
    assert (cover.communes, cover.reached, [one.code for one in cover.rows]) == (2, 1, ["24259", "24133"])
    groups = shown["groups"].groups
    assert groups is not None
    assert "chưa xếp nhóm" in groups.source


def test_groups_of_the_plan_are_used(field: Field, send: Send, campaign: CampaignView, now: datetime) -> None:
    rows = apps.get_model("campaign.CommuneInGroup").objects
    rows.create(campaign_id=field.campaign_id, place_code="24133", group="urban")
    send({}, {}, outing=field.city_outing_code)
    groups = panels(field, "campaign", campaign, now)["groups"].groups
    assert groups is not None
    assert {row.key: (row.communes, row.reached, row.values[0]) for _, row in groups.rows} == {
        "urban": (1, 1, 2),
        "market": (0, 0, 0),
        "remote": (0, 0, 0),
        "": (1, 0, 0),
    }


def test_a_board_of_a_unit_keeps_to_it(field: Field, send: Send, campaign: CampaignView, now: datetime) -> None:
    send({}, {})
    send({}, outing=field.city_outing_code)
    shown = panels(field, "unit", campaign, now, str(field.cumgar_id))
    assert shown["numbers"].numbers[0].figure.total == 2
    assert {row.label: row.value for row in shown["place"].rows} == {"Thị trấn Quảng Phú": 2}


@pytest.mark.parametrize("of", ["unit", "commune", "service"])
def test_there_is_no_board_of_nothing(field: Field, campaign: CampaignView, now: datetime, of: str) -> None:
    with pytest.raises(NotFound):
        queries.board_page(field.officer, BOARDS[of], "nothing", campaign, now=now)


def test_last_year_is_compared_by_the_same_day(field: Field, send: Send, campaign: CampaignView, now: datetime) -> None:
    send({}, {})
    assert panels(field, "campaign", campaign, now)["numbers"].numbers[0].change is None
    days = {"day_on": "2022-10-10", "starts_on": "2022-09-15", "ends_on": "2022-10-15"}
    last = apps.get_model("campaign.Campaign").objects.create(year=2022, code="2022", name={"vi": "N"}, **days)
    apps.get_model("campaign.Plan").objects.create(campaign=last, number="1/KH", title="K", state="closed")
    facts = apps.get_model("capture.Assist").objects.filter(campaign_id=field.campaign_id)
    first = facts.first()
    assert first is not None
    facts.filter(pk=first.pk).update(campaign_id=last.pk, occurred_on="2022-10-05")
    campaigns.forget_campaigns()
    shown = panels(field, "campaign", campaign, now)
    change = shown["numbers"].numbers[0].change
    assert change is not None
    assert (change.before, change.difference) == (1, 0)
    assert [row.before for row in shown["trend"].rows if row.value] == [1]


def test_a_panel_that_cannot_be_read_says_so_and_the_others_stay(
    field: Field, send: Send, campaign: CampaignView, now: datetime, home: Path
) -> None:
    send({})
    wanted = [("assists", "day"), ("outings_planned", "day")]
    commands.extract_facts(by=SYSTEM, now=now)
    folder = home / "facts" / "assist"
    for path in folder.glob("*.parquet"):
        path.write_bytes(b"not a file")
    found = analytics.figures_or_none(
        field.officer, wanted, campaign_id=field.campaign_id, allowance=analytics.Allowance(5), now=now
    )
    assert found["assists", "day"] is None
    planned = found["outings_planned", "day"]
    assert planned is not None
    assert planned.total == 2
    shown = panels(field, "unit", campaign, now, str(field.cumgar_id))
    assert shown["trend"].failed
    assert [one.figure.measure.key for one in shown["numbers"].numbers] == ["outings_held"]


def test_an_indicator_counts_by_unit_and_by_place(
    field: Field, send: Send, indicators: dict[str, UUID], campaign: CampaignView, now: datetime
) -> None:
    send({}, {}, {"result": "helped"}, {"group": "cashless_payment", "service": "vietqr", "result": "first_use"})
    send({}, outing=field.city_outing_code)
    filed, typed = rounds.standings(field.office, campaign, now=now)
    assert (filed.attained.total, filed.part) == (3, Decimal(3) / 50)
    assert {one.target.scope.value: one.counted for one in filed.targets} == {"all": 3, "unit": 2, "place": 2}
    assert {one.light for one in filed.targets} <= set(Light)
    assert typed.attained.total is None
    assert typed.first is None
    (own,) = rounds.standings(field.office, campaign, now=now, units=[field.cumgar_id])
    assert {one.target.scope.value for one in own.targets} == {"unit"}


def test_boards_are_for_who_may_read_figures(field: Field, campaign: CampaignView, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        queries.board_page(field.helper, BOARDS["campaign"], "", campaign, now=now)
    with pytest.raises(NotAllowed):
        queries.subjects(field.helper, BOARDS["unit"], campaign, now=now)


def test_a_task_is_as_far_as_its_indicators(
    field: Field, send: Send, indicators: dict[str, UUID], campaign: CampaignView, now: datetime
) -> None:
    apps.get_model("people.Organization").objects.filter(id=field.cumgar_id).update(place_code="648")
    made = apps.get_model("campaign.Plan").objects.get(campaign_id=field.campaign_id)
    task = apps.get_model("campaign.Task").objects.create(plan=made, position=1, path="1", title="Hỗ trợ", source="x")
    apps.get_model("campaign.TaskUnit").objects.create(
        task=task, position=1, part="lead", as_written="Huyện", organization_id=field.cumgar_id, score=1
    )
    assert rounds.task_progress(field.office, task.pk, now=now).light is Light.UNKNOWN
    known: dict[str, Any] = {"by": field.office, "now": now, "task_id": task.pk}
    with pytest.raises(campaign_commands.ReasonMissing):
        campaign_commands.set_task_indicators(**known, indicator_ids=[indicators["filed"]])
    with pytest.raises(NotAllowed):
        campaign_commands.set_task_indicators(**known | {"by": field.officer}, indicator_ids=[indicators["filed"]])
    with pytest.raises(NotFound):
        campaign_commands.set_task_indicators(**known, indicator_ids=[task.pk], reason="Rõ hơn")
    said: dict[str, Any] = {"indicator_ids": [indicators["filed"]], "reason": "Rõ hơn"}
    assert campaign_commands.set_task_indicators(**known, **said) == 1
    assert campaign_commands.set_task_indicators(**known, **said) == 0
    assert rounds.task_progress(field.office, task.pk, now=now).light is Light.UNKNOWN
    send({}, {}, {})
    one = rounds.task_progress(field.office, task.pk, now=now)
    (told,) = one.indicators
    assert {it.target.scope.value: it.counted for it in told.targets} == {"unit": 3, "place": 3}
    assert {it.target.scope.value: it.light for it in told.targets}["unit"] is Light.DONE
    assert one.light is Light.ON_TIME
