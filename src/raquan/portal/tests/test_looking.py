"""Looking for help: by day, service and language, as a list, a month, a calendar of one's own, a feed, a poster."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from xml.etree import ElementTree

import icalendar
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import VIETNAM, install_offset, real_now
from raquan.outings import commands as outings
from raquan.portal.looking import days_of

THURSDAY = date(2023, 10, 5)


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Iterator[None]:
    """Let pages see the campaign's time: Thursday 5 October 2023, 09:00."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """Two units with an outing each on this day."""
    return make_field(now)


@pytest.fixture
def saturday(field: Field, now: datetime) -> UUID:
    """An outing of Saturday at a market whose spot is known, in Ê Đê, for electronic identity."""
    return plan(field, now, date(2023, 10, 7))


def plan(field: Field, now: datetime, day: date, *, language: str = "rad") -> UUID:
    """Plan an outing at a market of Cư M’gar."""
    site = outings.add_site(
        by=SYSTEM, now=now, name="Chợ Quảng Phú", kind="market", place_code="24259", lat=12.8231, lon=108.0812
    )
    return outings.plan_outing(
        by=SYSTEM,
        now=now,
        campaign_id=field.campaign_id,
        task_id=None,
        organization_id=field.cumgar_id,
        site_id=site,
        held_on=day,
        starts_at=time(6),
        ends_at=time(11),
        service_codes=["vneid_level2"],
        team=[],
        language=language,
    )


@pytest.mark.parametrize(
    ("when", "today", "first", "last"),
    [
        ("today", THURSDAY, THURSDAY, THURSDAY),
        ("weekend", THURSDAY, date(2023, 10, 7), date(2023, 10, 8)),
        ("weekend", date(2023, 10, 7), date(2023, 10, 7), date(2023, 10, 8)),
        ("weekend", date(2023, 10, 8), date(2023, 10, 8), date(2023, 10, 8)),
        ("2023-10-10", THURSDAY, date(2023, 10, 10), date(2023, 10, 10)),
        ("", THURSDAY, None, None),
        ("mai", THURSDAY, None, None),
        ("2023-13-10", THURSDAY, None, None),
    ],
)
def test_days_are_read(when: str, today: date, first: date | None, last: date | None) -> None:
    assert days_of(when, today) == (first, last)


def test_a_day_a_service_and_a_language_narrow_the_list(client: Client, saturday: UUID) -> None:
    def shows(**asked: str) -> bool:
        return "Chợ Quảng Phú" in client.get("/2023/outings/", asked).content.decode()

    assert shows()
    assert shows(when="weekend", service="vneid_level2", language="rad", q="cu mgar")
    assert not shows(when="today")
    assert not shows(service="birth_registration")
    assert not shows(language="vi")
    assert not shows(q="buon ma thuot")


def test_a_wish_that_nothing_meets_says_what_to_drop(client: Client, saturday: UUID) -> None:
    text = client.get("/2023/outings/", {"language": "hmn", "q": "cu mgar"}).content.decode()
    assert "Không có buổi nào đúng như vậy" in text
    assert 'href="/2023/outings/?q=cu+mgar"' in text
    assert '<option value="hmn" selected>' in text


def test_the_month_counts_what_is_to_come(client: Client, saturday: UUID, field: Field, now: datetime) -> None:
    september = datetime(2023, 9, 20, 2, tzinfo=UTC)
    plan(field, september, date(2023, 9, 28), language="vi")
    install_offset(september - real_now())
    text = client.get("/2023/calendar/").content.decode()
    assert "Tháng 9 năm 2023" in text
    assert 'href="/2023/outings/?when=2023-09-28"' in text
    assert "Tháng trước" not in text
    assert "Tháng sau (10/2023)" in text
    october = client.get("/2023/calendar/", {"month": "2023-10"}).content.decode()
    assert 'href="/2023/outings/?when=2023-10-07"' in october
    assert "2 buổi" in october  # of the fifth
    assert "Tháng trước (9/2023)" in october
    assert client.get("/2023/calendar/", {"month": "2023-99"}).status_code == 200
    assert "Chưa có buổi hỗ trợ nào" in client.get("/2023/calendar/", {"q": "không đâu"}).content.decode()


def test_a_telephone_takes_the_calendar(client: Client, saturday: UUID) -> None:
    answer = client.get("/2023/outings.ics", {"when": "weekend"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2023, 10, 7, 6, tzinfo=VIETNAM)
    assert event.decoded("dtend") == datetime(2023, 10, 7, 11, tzinfo=VIETNAM)
    assert event["uid"] == f"{saturday}@raquan"
    assert "Chợ Quảng Phú" in str(event["location"])
    assert "Định danh điện tử VNeID mức 2" in str(event["description"])


def test_one_outing_is_an_entry_until_it_is_called_off(client: Client, saturday: UUID, now: datetime) -> None:
    from raquan.outings.queries import outing

    code = outing(SYSTEM, saturday).code
    assert f"/2023/outings/{code}.ics" in client.get(f"/2023/outings/{code}/").content.decode()
    assert len(icalendar.Calendar.from_ical(client.get(f"/2023/outings/{code}.ics").content).walk("VEVENT")) == 1
    assert client.get(f"/2024/outings/{code}.ics").status_code == 404
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=saturday, reason="Mưa lớn")
    assert client.get(f"/2023/outings/{code}.ics").status_code == 404
    assert f"{code}.ics" not in client.get(f"/2023/outings/{code}/").content.decode()


def test_a_link_that_is_sent_on_shows_what_it_leads_to(client: Client, saturday: UUID) -> None:
    from raquan.outings.queries import outing

    text = client.get(f"/2023/outings/{outing(SYSTEM, saturday).code}/").content.decode()
    assert 'property="og:title" content="Buổi hỗ trợ: Chợ Quảng Phú"' in text
    assert "07/10/2023, 06:00–11:00, thị trấn Quảng Phú" in text


def test_feeds_follow_the_same_wish(client: Client, saturday: UUID) -> None:
    atom = ElementTree.fromstring(client.get("/2023/outings.atom", {"when": "weekend"}).content)
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    assert [one.findtext("{http://www.w3.org/2005/Atom}id") for one in entries] == [f"urn:uuid:{saturday}"]
    answer = client.get("/2023/outings.json", {"q": "cu mgar"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    feed = json.loads(answer.content)
    assert [one["id"] for one in feed["items"]][-1] == str(saturday)
    assert feed["items"][-1]["_raquan"]["starts"] == "2023-10-07T06:00:00+07:00"
    assert feed["items"][-1]["_raquan"]["point"] == [108.0812, 12.8231]
    assert "team" not in answer.content.decode()


def test_a_phone_gets_what_it_measures_with_and_no_more(
    client: Client, saturday: UUID, field: Field, now: datetime
) -> None:
    plan(field, now, date(2023, 10, 14))  # too late to be near
    (one,) = json.loads(client.get("/2023/near.json").content)
    assert one[1:] == [
        "Chợ Quảng Phú",
        "thị trấn Quảng Phú, huyện Cư M’gar",
        "07/10/2023, 06:00–11:00",
        12.8231,
        108.0812,
    ]


def test_another_site_may_frame_the_widget_and_nothing_else(client: Client, saturday: UUID) -> None:
    answer = client.get("/2023/widget/", {"q": "cu mgar"})
    assert "Chợ Quảng Phú" in answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/2023/outings/")["Content-Security-Policy"]


def test_the_poster_of_a_commune(client: Client, saturday: UUID) -> None:
    text = client.get("/2023/posters/24259/").content.decode()
    assert "thị trấn Quảng Phú" in text
    assert "Chợ Quảng Phú" in text
    assert "/2023/outings/?q=24259" in text
    assert "<svg" in text
    assert client.get("/2023/posters/99999/").status_code == 404


def test_guides_are_listed_and_lead_to_help(client: Client, saturday: UUID) -> None:
    text = client.get("/guides/").content.decode()
    assert text.index("Dịch vụ công trực tuyến") < text.index("Định danh điện tử VNeID mức 2")
    guide = client.get("/guides/vneid_level2/").content.decode()
    assert "Thẻ căn cước còn hạn" in guide
    assert "Không ai kích hoạt giúp qua điện thoại" in guide
    assert "Chợ Quảng Phú" in guide
    assert "/2023/outings/?service=vneid_level2" in guide
    assert "Chợ Quảng Phú" not in client.get("/guides/birth_registration/").content.decode()
    assert client.get("/guides/nothing/").status_code == 404
    assert "electronic identity, level 2" in client.get("/en/guides/vneid_level2/").content.decode()


@pytest.mark.parametrize("address", ["/2023/outings/", "/2023/calendar/", "/2023/outings.ics", "/2023/near.json"])
def test_what_is_looked_for_costs_a_bounded_number_of_queries(
    client: Client,
    saturday: UUID,
    field: Field,
    now: datetime,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(8, 15):
        plan(field, now, date(2023, 10, day))
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)
