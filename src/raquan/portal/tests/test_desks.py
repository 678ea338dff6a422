"""Where a villager looks, help desks and outings stand together."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.capture.tests.world import Field, make_field
from raquan.helpdesks import commands as helpdesks
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.outings import commands as outings

HOURS = [Span(day, time(7, 30), time(11)) for day in range(1, 6)]


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Any:
    """Let pages see the campaign's time: Thursday 5 October 2023, 09:00."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """Two units with an outing each on this day."""
    return make_field(now)


def desk(field: Field, now: datetime, number: int = 1, **other: Any) -> UUID:
    """Set a desk of Cư M’gar up, open on weekday mornings."""
    hall: dict[str, Any] = {"name": f"Một cửa số {number}", "kind": "one_stop_shop", "place_code": "24259"}
    usual: dict[str, Any] = {
        "organization_id": field.cumgar_id,
        "site_id": outings.add_site(by=SYSTEM, now=now, **hall),
        "service_codes": ["birth_registration"],
        "hours": HOURS,
        "valid_from": date(2023, 9, 1),
    }
    return helpdesks.set_up_help_desk(by=SYSTEM, now=now, **usual | other)


def test_the_home_says_where_help_is_had_today(client: Client, field: Field, now: datetime) -> None:
    desk(field, now)
    desk(field, now, 2, hours=[Span(4, time(6), time(8))])  # over for today
    desk(field, now, 3, hours=[Span(1, time(6), time(8))])
    text = client.get("/").content.decode()
    assert "Điểm hỗ trợ gần nhà" in text
    assert "Đang mở, đến 11:00" in text
    assert "Một cửa số 1" in text
    assert "Một cửa số 2" not in text
    assert "Một cửa số 3" not in text
    assert "Hôm nay, 07:30–11:00" in text  # the outings of the day stand below


def test_a_holiday_leaves_the_outings_alone(client: Client, field: Field, now: datetime) -> None:
    desk(field, now)
    helpdesks.close_days(by=SYSTEM, now=now, first_on=now.date(), last_on=now.date(), reason="Nghỉ lễ")
    text = client.get("/").content.decode()
    assert "Một cửa số 1" not in text
    assert "Hôm nay, 07:30–11:00" in text


def test_a_place_lists_its_desks_before_its_outings(client: Client, field: Field, now: datetime) -> None:
    for number in range(1, 9):
        desk(field, now, number)
    near = client.get("/2023/outings/", {"q": "cu mgar"}).content.decode()
    assert near.index("Mở cửa hằng tuần") < near.index("Các buổi hỗ trợ sắp tới")
    assert "Thứ Hai – Thứ Sáu: 07:30–11:00" in near
    assert "/2023/help-desks/?q=cu+mgar" in near
    assert "Xem cả 8 điểm hỗ trợ" in near
    assert "Mở cửa hằng tuần" not in client.get("/2023/outings/", {"q": "buon ma thuot"}).content.decode()
    assert "Mở cửa hằng tuần" not in client.get("/2023/outings/", {"page": "2"}).content.decode()


def test_a_place_without_outings_still_has_its_desk(client: Client, field: Field, now: datetime) -> None:
    desk(field, now)
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=field.outing_id, reason="Mưa")
    text = client.get("/2023/outings/", {"q": "cu mgar"}).content.decode()
    assert "Một cửa số 1" in text
    assert "Chưa có buổi hỗ trợ nào sắp tới ở đây." in text


def test_pages_ask_as_little_for_many_desks_as_for_one(
    client: Client, field: Field, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 9):
        desk(field, now, number)
    for address, most in (("/", 30), ("/2023/outings/", 25)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
