"""The pages of notices: what each says empty, full and refused, and to whom it is closed."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.notices.models import Browser, Dispatch, Message, Reach
from raquan.notices.tests.conftest import Staff, add_person
from raquan.notices.tests.test_concurrency import SUBSCRIPTION
from raquan.notices.tests.test_queries import tell
from raquan.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_time(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the campaign's day on the pages too."""
    monkeypatch.setattr("raquan.kernel.clock.now", lambda: now)


def sign_in(client: Client, user_id: UUID) -> None:
    """Let the client be somebody."""
    client.force_login(get_user_model().objects.get(pk=user_id))


def test_one_s_own_list_is_read_line_by_line(client: Client, staff: Staff, now: datetime) -> None:
    assert client.get("/desk/notices/").status_code == 302
    sign_in(client, staff.officer)
    assert "Không có tin nào đang chờ" in client.get("/desk/notices/").content.decode()
    tell(now, staff.officer, 2)
    text = client.get("/desk/notices/").content.decode()
    assert text.count('href="/desk/1/"') == 1
    first = text.partition('action="/desk/notices/')[2].partition('"')[0]
    assert client.post(f"/desk/notices/{first}").status_code == 302
    assert "1–1 trong 1" in client.get("/desk/notices/").content.decode()
    assert "Đã đánh dấu xem 1 tin" in client.post("/desk/notices/read/", follow=True).content.decode()
    assert "1–2 trong 2" in client.get("/desk/notices/?all=1").content.decode()
    assert client.get("/desk/notices/sent/").status_code == 403


def test_how_one_is_reached_keeps_what_was_typed(client: Client, staff: Staff) -> None:
    sign_in(client, staff.officer)
    typed = {"email": "không phải", "phone": "0905 123 456", "quiet_from": "20:00", "quiet_to": "7h00"}
    answer = client.post("/desk/notices/reach/", typed)
    assert answer.status_code == 422
    assert 'value="không phải"' in answer.content.decode()
    assert client.post("/desk/notices/reach/", typed | {"email": ""}).status_code == 302
    assert Reach.objects.get().phone == "0905123456"


def test_what_failed_is_sent_again_from_the_page(client: Client, staff: Staff, now: datetime) -> None:
    message = Message.objects.create(user_id=staff.officer, made_at=now)
    failed = Dispatch.objects.create(
        message=message, channel="sms", address="0911222333", state="failed", answer="eSMS 103"
    )
    sign_in(client, add_person(now, "boss@example.vn", Role.ADMINISTRATOR, staff.district))
    text = client.get("/desk/notices/sent/?failed=1").content.decode()
    assert "eSMS 103" in text
    assert "0911222333" not in text
    assert "Sẽ gửi lại" in client.post(f"/desk/notices/sent/{failed.id}/again/", follow=True).content.decode()
    assert "không còn" in client.post(f"/desk/notices/sent/{failed.id}/again/", follow=True).content.decode()


def test_a_browser_comes_and_is_ended_on_the_page(client: Client, staff: Staff, settings: Any) -> None:
    sign_in(client, staff.officer)
    text = client.get("/en/desk/notices/reach/").content.decode()
    assert 'data-worker="/desk/notices/push.js" data-scope="/desk/notices/"' in text
    assert "data-push-mark" not in text
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    add = "/desk/notices/browsers/"
    answer = client.post(add, SUBSCRIPTION, headers={"User-Agent": agent}, follow=True)
    assert "Firefox, Linux" in answer.content.decode()
    assert SUBSCRIPTION["endpoint"] not in answer.content.decode()
    assert "không cho địa chỉ" in client.post(add, {"endpoint": "x"}, follow=True).content.decode()
    end = f"{add}{Browser.objects.get().id}/end/"
    assert "không nhận tin của bạn nữa" in client.post(end, follow=True).content.decode()
    assert client.post(end).status_code == 302
    settings.RAQUAN_WEB_PUSH = False
    assert "không gửi tin tới trình duyệt" in client.get("/desk/notices/reach/").content.decode()


def test_the_worker_is_never_from_a_cache(client: Client) -> None:
    answer = client.get("/desk/notices/push.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")
    assert b"showNotification" in answer.content
    assert b"'fetch'" not in answer.content
