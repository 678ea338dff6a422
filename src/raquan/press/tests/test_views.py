"""The pages of publications and of the programme, at the desk and in public."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.capture.tests.world import Field
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.ids import uuid7
from raquan.people.models import User
from raquan.press import commands
from raquan.press.commands import ItemSaid, PictureSaid
from raquan.press.rules import Kind, PhotoConsent
from raquan.press.tests.conftest import TEXT, Draft
from raquan.press.tests.test_commands import photo, publish

pytestmark = pytest.mark.usefixtures("campaign_time")


def office(field: Field) -> Client:
    client = Client()
    client.force_login(User.objects.get(id=str(field.office.id)))
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_the_office_writes_publishes_corrects_and_everybody_reads(
    client: Client, field: Field, snapshot_id: UUID
) -> None:
    desk = office(field)
    form: dict[str, Any] = {
        "title": "Cư M’gar ra quân",
        "body": TEXT,
        "dated_on": "6/10/2023",
        "snapshot": str(snapshot_id),
        "number": "12/TCBC",
        "contact": "Sở TT&TT",
    }
    ticket = re.search(r'name="ticket" value="([^"]+)"', text_of(desk, "/desk/press/start/"))
    assert ticket
    refused = desk.post("/desk/press/start/", form | {"ticket": ticket[1], "kind": "release", "body": "{{assists"})
    assert refused.status_code == 422
    assert "Cư M’gar ra quân" in refused.content.decode()
    own = desk.post("/desk/press/start/", form | {"ticket": ticket[1], "kind": "release"})["Location"]
    assert "Đã có " in text_of(desk, own)
    assert client.get("/2023/press/1/").status_code == 404
    assert desk.post(f"{own}publish/", {"seen": "1"}).status_code == 302
    shown = text_of(client, "/2023/press/1/")
    assert f"snapshot={snapshot_id}" in shown
    assert "Sở TT&amp;TT" in shown
    late = desk.post(own, form | {"seen": "1", "title": "Khác", "what": "Tên", "why": "Nhầm"})
    assert late.status_code == 422
    desk.post(own, form | {"seen": "2", "title": "Ea Kpam ra quân", "what": "Tên xã", "why": "Ghi nhầm"})
    shown = text_of(client, "/2023/press/1/")
    assert "Ea Kpam ra quân" in shown
    assert "Ghi nhầm" in shown
    assert "Cư M’gar ra quân" in shown
    desk.post(f"{own}withdraw/", {"seen": "3", "reason": "Số liệu của hôm khác"})
    shown = text_of(client, "/2023/press/1/")
    assert "Số liệu của hôm khác" in shown
    assert "lượt hỗ trợ." not in shown
    assert "Đã thu hồi: Ea Kpam" in text_of(client, "/2023/press.atom")
    assert "Số liệu của hôm khác" in text_of(client, "/2023/press/")


def test_empty_lists_and_feeds(client: Client, field: Field) -> None:
    for address in ("/2023/press/", "/2023/news/", "/2023/press.atom", "/2023/news.atom", "/en/2023/news/"):
        text_of(client, address)
    assert client.get("/1999/press/").status_code == 404
    assert "Chưa có bài nào" in text_of(client, "/2023/news/")


def test_photos_are_sent_in_sizes_while_shown(client: Client, field: Field, draft: Draft, now: datetime) -> None:
    one, desk = draft(), office(field)
    body: dict[str, Any] = {"alternative": "Chợ", "caption": "Ở chợ", "credit": "Sở", "licence": "cc_by"}
    file = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    own = f"/desk/press/{one}/"
    assert desk.post(f"{own}photos/", body | {"file": file, "consent": "agreed"}).status_code == 422
    file.seek(0)
    assert desk.post(f"{own}photos/", body | {"file": file, "consent": "nobody"}).status_code == 302
    source = re.search(r'src="(/desk/press/photos/[^"]+)"', text_of(desk, own))
    assert source
    assert desk.get(source[1])["Content-Type"] == "image/jpeg"
    public = source[1].replace("/desk/", "/2023/")
    assert client.get(public).status_code == 404
    publish(field, now, one)
    shown = text_of(client, "/2023/press/1/")
    assert 'alt="Chợ"' in shown
    assert "900w" in shown
    assert "max-age" in client.get(public)["Cache-Control"]
    picture = re.search(r"photos/([0-9a-f-]{36})-", public)
    assert picture
    assert desk.post(f"{own}photos/{picture[1]}/take-off/", {"reason": "Rút lại"}).status_code == 302
    assert client.get(public).status_code == 404


def test_the_day_before_on_and_after(client: Client, field: Field, now: datetime) -> None:
    desk = office(field)
    item = {
        "ticket": str(uuid7()),
        "starts_at": "8h",
        "ends_at": "9:30",
        "what": "Lễ phát động",
        "place": "Quảng trường",
    }
    assert desk.post("/desk/press/programme/", item | {"ends_at": "7:00"}).status_code == 422
    assert desk.post("/desk/press/programme/", item).status_code == 302
    assert "Còn 5 ngày" in text_of(client, "/2023/day/")
    install_offset(now + timedelta(days=5) - real_now())
    shown = text_of(client, "/2023/day/")
    assert "đang diễn ra" in shown
    assert "Bây giờ đến đâu" in shown
    assert "data-live" in shown
    assert "<html" not in text_of(client, "/2023/day/now/")
    install_offset(now + timedelta(days=6) - real_now())
    shown = text_of(client, "/2023/day/")
    assert "Ngày này đã qua" in shown
    assert "Bây giờ đến đâu" not in shown
    desk.post(f"/desk/press/programme/{item['ticket']}/cancel/", {"seen": "1", "reason": "Mưa bão"})
    assert "Mưa bão" in text_of(client, "/2023/day/")
    assert "STATUS:CANCELLED" in text_of(client, "/2023/day.ics")


def test_news_stand_on_the_home_page(client: Client, field: Field, draft: Draft, now: datetime) -> None:
    publish(field, now, draft(Kind.NEWS, title="Chợ phiên có tổ hỗ trợ"))
    assert "Chợ phiên có tổ hỗ trợ" in text_of(client, "/")


@pytest.mark.parametrize("count", [1, 20])
def test_pages_ask_as_much_for_many_as_for_one(
    field: Field, draft: Draft, now: datetime, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        publish(field, now, draft(Kind.NEWS, title=f"Tin {n}"))
        said = ItemSaid(time(8, n), "Quảng trường", f"Việc {n}")
        commands.add_programme_item(by=field.office, now=now, item_id=uuid7(), campaign_id=field.campaign_id, said=said)
    last = draft()
    for n in range(min(count, 8)):
        said_of = PictureSaid("Ảnh", "Ảnh", "Sở", "cc_by", PhotoConsent.NOBODY)
        commands.add_picture(by=field.office, now=now, publication_id=last, data=photo(100 + n), said=said_of)
    publish(field, now, last)
    for address in ("/2023/news/", "/2023/press/1/", "/2023/day/"):
        with django_assert_max_num_queries(10):
            text_of(Client(), address)
