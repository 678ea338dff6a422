"""The pages of feedback, for who sends it and for who answers."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.capture.tests.world import Field
from raquan.feedback import gateways, queries
from raquan.feedback.rules import MOST_AN_HOUR
from raquan.feedback.tests.conftest import Send
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.open_forms import HourlyCount
from raquan.people.models import User


@pytest.fixture(autouse=True)
def campaign_time(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let pages see the campaign's time, and count what is sent from nothing."""
    monkeypatch.setattr("raquan.feedback.views.public.SENT", HourlyCount(MOST_AN_HOUR))
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


def ticket(client: Client, address: str = "/2023/feedback/") -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def of(login: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(login=login))
    return client


def test_three_taps_without_an_account_or_a_cookie(client: Client, field: Field, now: datetime) -> None:
    address = f"/2023/feedback/?about={field.outing_code}"
    page = client.get(address)
    assert "Ủy ban nhân dân huyện Cư M’gar" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    said: dict[str, Any] = {"ticket": ticket(client, address), "about": field.outing_code, "mood": "poor"}
    sent = client.post(address, said | {"topics": ["wait"]})
    assert sent.status_code == 302
    held = client.get(sent["Location"])
    assert "Đã nhận được" in held.content.decode()
    assert "Phải chờ lâu" in held.content.decode()
    assert held["Referrer-Policy"] == "no-referrer"
    assert not client.cookies
    assert client.post(address, said | {"topics": ["wait"]})["Location"] == sent["Location"]  # sent again
    assert queries.moods(field.officer, field.campaign_id)[2].count == 1


def test_what_was_written_stays_when_something_is_wrong(client: Client, field: Field, now: datetime) -> None:
    good = ticket(client)
    answer = client.post("/2023/feedback/", {"ticket": good, "wants_answer": "on", "topics": ["rude"]})
    assert answer.status_code == 422
    assert "hãy viết điều muốn hỏi" in answer.content.decode()
    assert f'value="{good}"' in answer.content.decode()
    old = client.post("/2023/feedback/", {"ticket": "x:y:z", "text": "Xin hỏi giờ mở cửa"})
    assert old.status_code == 422
    assert "Xin hỏi giờ mở cửa" in old.content.decode()
    assert "Trang này mở đã lâu" in old.content.decode()
    again = re.search(r'name="ticket" value="([^"]+)"', old.content.decode())
    assert again
    assert client.post("/2023/feedback/", {"ticket": again[1], "text": "Xin hỏi giờ mở cửa"}).status_code == 302


def test_what_fills_in_every_field_is_refused(client: Client, field: Field) -> None:
    said = {"ticket": ticket(client), "text": "Mua ngay", "website": "http://x.example"}
    assert client.post("/2023/feedback/", said).status_code == 422
    assert queries.waiting_count(field.office, field.campaign_id) == 0


def test_too_much_from_one_address_waits(client: Client, field: Field, now: datetime) -> None:
    count = HourlyCount(MOST_AN_HOUR)
    assert [count.is_too_many("10.0.0.1", now) for _ in range(MOST_AN_HOUR + 1)] == [False] * MOST_AN_HOUR + [True]
    assert not count.is_too_many("10.0.0.2", now)
    assert not count.is_too_many("10.0.0.1", now + timedelta(hours=1))
    assert b"10.0.0" not in repr(vars(count)).encode()
    assert isinstance(gateways.SENT, HourlyCount)


def test_who_has_the_address_reads_the_answer_and_asks_on(client: Client, field: Field, send: Send) -> None:
    feedback_id, token = send()
    officer = of("cumgar@example.vn")
    page = officer.get(f"/desk/feedback/{feedback_id}/").content.decode()
    assert "Mai có mặt ở chợ không?" in page
    said = {"text": "Có, từ 6 giờ.", "seen": "1"}
    assert officer.post(f"/desk/feedback/{feedback_id}/", said).status_code == 302
    held = client.get(f"/q/{token}/").content.decode()
    assert "Có, từ 6 giờ." in held
    assert "Ủy ban nhân dân huyện Cư M’gar" in held
    assert client.post(f"/q/{token}/", {"text": "Cảm ơn, mang gì theo?", "seen": "2"}).status_code == 302
    assert "mang gì theo?" in officer.get(f"/desk/feedback/{feedback_id}/").content.decode()
    assert client.get("/q/" + "x" * 22 + "/").status_code == 404


def test_an_answer_that_came_second_is_kept_in_the_field(field: Field, send: Send) -> None:
    feedback_id, _ = send()
    officer, office = of("cumgar@example.vn"), of("so@example.vn")
    address = f"/desk/feedback/{feedback_id}/"
    assert officer.post(address, {"text": "Có.", "seen": "1"}).status_code == 302
    late = office.post(address, {"text": "Không có.", "seen": "1"})
    assert late.status_code == 422
    assert "Có người vừa trả lời" in late.content.decode()


def test_it_is_handed_over_by_a_name_and_closed_with_a_reason(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send(about_code="")
    office = of("so@example.vn")
    unknown = office.post(f"/desk/feedback/{feedback_id}/hand-over/", {"organization": "không có"})
    assert unknown.status_code == 422
    assert "Chưa nhận ra đơn vị này" in unknown.content.decode()
    sent = office.post(f"/desk/feedback/{feedback_id}/hand-over/", {"organization": "ubnd huyen cu m'gar"})
    assert sent.status_code == 302
    officer = of("cumgar@example.vn")
    assert officer.post(f"/desk/feedback/{feedback_id}/close/", {"reason": ""}).status_code == 422
    assert officer.post(f"/desk/feedback/{feedback_id}/close/", {"reason": "Trùng"}).status_code == 302
    assert "Trùng" in officer.get(f"/desk/feedback/{feedback_id}/").content.decode()


def test_a_unit_lists_its_own(field: Field, send: Send, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(8):
        send(text=f"Câu hỏi số {number}")
    officer = of("cumgar@example.vn")
    text = officer.get("/desk/feedback/").content.decode()
    assert text.index("Câu hỏi số 0") < text.index("Câu hỏi số 7")
    with django_assert_max_num_queries(12):
        officer.get("/desk/feedback/?state=all")
    assert "Câu hỏi số 0" not in of("bmt@example.vn").get("/desk/feedback/?state=all").content.decode()
    assert officer.get("/desk/feedback/?page=x").status_code == 200


def test_places_that_can_be_spoken_of_lead_there(client: Client, field: Field) -> None:
    page = client.get(f"/2023/outings/{field.outing_code}/").content.decode()
    assert f"/2023/feedback/?about={field.outing_code}" in page
    assert "/2023/feedback/" in client.get("/2023/").content.decode()
