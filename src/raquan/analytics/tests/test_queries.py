"""What figures say about themselves, who may ask, how many queries it takes, what the public does not see."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from raquan.analytics import commands, queries
from raquan.analytics.rules import days_between
from raquan.analytics.rules.dimensions import NoSuchDimension
from raquan.analytics.rules.measures import NoSuchMeasure
from raquan.analytics.tests.conftest import Send
from raquan.capture.tests.world import DESK_CODE, Field, set_up_desk
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound


def test_a_live_figure_says_what_it_is(field: Field, send: Send, now: datetime) -> None:
    send({"how": "self"}, {"service": "mobile_money", "group": "cashless_payment", "result": "activated"})
    figure = queries.figure(field.officer, "assists", "service", campaign_id=field.campaign_id, now=now)
    assert figure.as_of == "Số liệu trực tiếp lúc 09 giờ 00 ngày 05/10/2023"
    assert {row.key: row.value for row in figure.rows} == {"birth_registration": 1, "mobile_money": 1}
    assert next(row.label for row in figure.rows if row.key == "mobile_money").startswith("Mobile Money")
    assert [(part.grade, part.value) for part in figure.parts] == [("counted", 2)]
    assert figure.total == 2
    assert figure.address == f"/desk/figures/assists/?by=service&campaign={field.campaign_id}"


def test_a_frozen_figure_says_when(field: Field, send: Send) -> None:
    send({})
    at = datetime(2023, 10, 12, 10, 0, tzinfo=UTC)
    frozen = commands.freeze_snapshot(by=SYSTEM, now=at, campaign_id=field.campaign_id)
    figure = queries.figure(field.officer, "assists", "commune", snapshot_id=frozen)
    assert figure.as_of == "Số liệu chốt lúc 17 giờ 00 ngày 12/10/2023"
    assert [(row.key, row.label, row.value) for row in figure.rows] == [("24259", "Thị trấn Quảng Phú", 1)]
    assert figure.address == f"/desk/figures/assists/?by=commune&snapshot={frozen}"
    assert figure.synthetic


def test_no_record_is_no_data_and_not_zero(field: Field) -> None:
    figure = queries.figure(SYSTEM, "assists", "commune", campaign_id=field.campaign_id)
    assert figure.is_empty
    assert figure.total is None


def test_figures_are_of_one_campaign(field: Field, send: Send) -> None:
    send({})
    assert queries.figure(SYSTEM, "assists", "day", campaign_id=uuid7()).total is None
    assert queries.figure(SYSTEM, "assists", "day").total == 1


def test_days_and_ladders_have_their_order(field: Field, send: Send) -> None:
    send({"result": "filed"}, {"result": "helped"}, {"result": "account"}, {"result": "account"})
    figure = queries.figure(SYSTEM, "assists", "stage", campaign_id=field.campaign_id)
    assert [(row.key, row.value) for row in figure.rows] == [("helped", 1), ("activated", 2), ("first_use", 1)]


@pytest.mark.parametrize("by", ["commune", "day", "service", "group", "organization", "bottleneck"])
def test_a_figure_takes_few_queries_however_many_records(
    field: Field, send: Send, by: str, django_assert_max_num_queries: Any
) -> None:
    send(*[{}] * 12)
    with django_assert_max_num_queries(8):
        queries.figure(SYSTEM, "assists", by, campaign_id=field.campaign_id)


def test_refusals(field: Field) -> None:
    for actor in (ANONYMOUS, field.helper):
        with pytest.raises(NotAllowed):
            queries.figure(actor, "assists", "commune")
        with pytest.raises(NotAllowed):
            queries.snapshots(actor)
    with pytest.raises(NoSuchMeasure):
        queries.figure(SYSTEM, "nonsense", "commune")
    with pytest.raises(NoSuchDimension):
        queries.figure(SYSTEM, "assists", "nonsense")
    with pytest.raises(NotFound):
        queries.figure(SYSTEM, "assists", "commune", snapshot_id=uuid7())


def test_a_number_opens_down_to_the_records_that_one_may_see(field: Field, send: Send, now: datetime) -> None:
    send({}, {})
    send({}, outing=field.city_outing_code)
    asked: dict[str, Any] = {"campaign_id": field.campaign_id, "now": now}
    everything = queries.figure_records(field.office, "assists", "group", "online_public_service", **asked)
    assert (len(everything.page.items), everything.page.total, everything.hidden) == (3, 3, 0)
    own = queries.figure_records(field.officer, "assists", "group", "online_public_service", **asked)
    assert (len(own.page.items), own.page.total, own.hidden) == (2, 3, 1)
    assert own.label == "Dịch vụ công trực tuyến"
    assert {one.outing_code for one in own.page.items} == {field.outing_code}


def test_a_help_desks_records_count_and_are_no_outing(field: Field, send: Send, now: datetime) -> None:
    set_up_desk(field, Span(4, time(7, 30), time(11)))
    send({}, {}, outing=DESK_CODE)
    send({})
    asked: dict[str, Any] = {"campaign_id": field.campaign_id, "now": now}
    assert queries.figure(SYSTEM, "assists", "commune", **asked).total == 3
    assert queries.figure(SYSTEM, "outings_with_records", "commune", **asked).total == 1
    opened = queries.figure_records(field.officer, "assists", "commune", "24259", **asked)
    assert sorted(one.outing_code for one in opened.page.items) == sorted([DESK_CODE, DESK_CODE, field.outing_code])


def test_records_are_paged(field: Field, send: Send) -> None:
    send(*[{}] * 5)
    seen: set[object] = set()
    for page in (1, 2, 3):
        found = queries.figure_records(
            SYSTEM, "assists", "hour", "08", page=page, size=2, campaign_id=field.campaign_id
        )
        seen |= {one.id for one in found.page.items}
    assert len(seen) == 5
    assert found.page.pages == 3


def test_the_public_sees_no_small_cell(field: Field, send: Send) -> None:
    send(*[{"how": "guided"}] * 6, *[{"how": "self"}] * 2, *[{"how": "done_for"}] * 9)
    figure = queries.public_figure(field.campaign_id, "assists", "how")
    assert {row.key: row.value for row in figure.rows} == {"self": None, "guided": None, "done_for": 9}
    assert (figure.total, figure.suppressed, figure.parts) == (17, 2, ())
    assert {row.href for row in figure.rows} == {""}


def test_days_are_kept_by_one_filter_with_their_grades_and_records(field: Field, send: Send, now: datetime) -> None:
    for day in ("02", "03", "04", "05"):
        send({"start": f"2023-10-{day}T08:12:00.000+07:00", "end": f"2023-10-{day}T08:13:00.000+07:00"})
    kept: dict[str, Any] = {
        "campaign_id": field.campaign_id,
        "filters": [("day", days_between(date(2023, 10, 3), date(2023, 10, 4)))],
    }
    figure = queries.figure(SYSTEM, "assists", "day", **kept)
    assert [row.key for row in figure.rows] == ["2023-10-03", "2023-10-04"]
    assert [(part.grade, part.value) for part in figure.parts] == [("counted", 2)]
    assert "where=day:2023-10-03..2023-10-04" in figure.address
    service = queries.figure(SYSTEM, "assists", "service", **kept).rows[0].key
    assert queries.figure_records(SYSTEM, "assists", "service", service, **kept).page.total == 2
    assert queries.figure(SYSTEM, "assists", "day", **kept | {"filters": [("day", "2023-10-03..x")]}).total is None
