"""Refusals are said in words, nothing typed is lost, and offers say how they stand."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.open_forms import HourlyCount
from raquan.market import commands, queries
from raquan.market.rules import registration_path
from raquan.market.tests.conftest import TOKEN, TOLD, Market, Write
from raquan.people import commands as people
from raquan.people.rules import Role

Offer = apps.get_model("market.Offer")
Registration = apps.get_model("market.Registration")
PASSWORD = "mot-cau-de-nho-2023"


@pytest.fixture(autouse=True)
def _on_that_day(now: datetime) -> Iterator[None]:
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture(autouse=True)
def _count_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("raquan.market.views.public.SENT", HourlyCount(3))


def _signed_in(now: datetime, role: Role, organization_id: UUID | None) -> Client:
    login = f"{role.value}@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name="Người Thử", login=login, password=PASSWORD)
    duty: dict[str, Any] = {"user_id": user_id, "role": role, "organization_id": organization_id}
    people.give_duty(by=SYSTEM, now=now, starts_on=date(2023, 1, 1), **duty)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id))
    return client


@pytest.fixture
def officer(market: Market, now: datetime) -> Client:
    """The browser of an officer of the first enterprise."""
    return _signed_in(now, Role.ENTERPRISE_OFFICER, market.enterprises[0])


@pytest.fixture
def office(market: Market, now: datetime) -> Client:
    """The browser of the steering office."""
    return _signed_in(now, Role.STEERING_OFFICER, None)


def _code(offer_id: UUID) -> str:
    return str(Offer.objects.get(id=offer_id).code)


def _registration(client: Client, **said: str) -> dict[str, str]:
    page = client.get("/2023/offers/register/").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    told = {name: getattr(TOLD, name) for name in TOLD.__slots__}
    return {"ticket": ticket[1], **told, **said}


def test_an_enterprise_registers_and_chooses_its_password(market: Market, now: datetime, client: Client) -> None:
    answer = client.post("/2023/offers/register/", _registration(client))
    assert answer.status_code == 302
    held = answer["Location"].split("?")[0]
    assert answer["Cache-Control"] == "no-store"
    page = client.get(held)
    assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    assert TOLD.name in page.content.decode()
    assert client.post(f"{held}account/")["Location"] == held, "not before it is accepted"
    row = Registration.objects.get()
    commands.accept_registration(by=market.office, now=now, registration_id=row.id, seen=1)
    assert client.post(f"{held}account/")["Location"].startswith("/invitation/")
    assert client.post("/dk/" + "z" * 22 + "/account/").status_code == 404


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(market: Market, client: Client) -> None:
    answer = client.post("/2023/offers/register/", _registration(client, tax_code="12", name="Tên đã gõ"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tên đã gõ" in text
    assert "10 số" in text
    assert client.post("/2023/offers/register/", _registration(client, website="http://x")).status_code == 422
    assert not Registration.objects.exists()


def test_too_many_registrations_from_one_network_wait(market: Market, client: Client) -> None:
    codes = [client.post("/2023/offers/register/", _registration(client)).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 422]


def test_a_returned_registration_is_completed_on_its_page(market: Market, now: datetime, client: Client) -> None:
    id_ = commands.send_registration(now=now, token=TOKEN, told=TOLD)
    commands.return_registration(by=market.office, now=now, registration_id=id_, reason="Thiếu số nhà", seen=1)
    path = registration_path(TOKEN)
    assert "Thiếu số nhà" in client.get(path).content.decode()
    told = {name: getattr(TOLD, name) for name in TOLD.__slots__} | {"address": "Số 5", "seen": "1"}
    assert client.post(path, told).status_code == 302
    again = client.post(path, told | {"address": "Số 6"})
    assert again.status_code == 422
    assert "Số 6" in again.content.decode()
    assert Registration.objects.get().address == "Số 5"


def test_the_public_list_and_page_say_how_an_offer_stands(
    market: Market, write: Write, now: datetime, client: Client
) -> None:
    offer_id = write(until="published")
    page = client.get("/2023/offers/").content.decode()
    assert "Giảm 30%" in page
    assert "không doanh nghiệp nào trả tiền" in page
    path = f"/2023/offers/{_code(offer_id)}/"
    assert "Đang áp dụng" in client.get(path).content.decode()
    assert 'property="og:title"' in client.get(path).content.decode()
    assert client.get(path.replace("2023", "2022")).status_code == 404
    commands.suspend_offer(by=market.office, now=now, offer_id=offer_id, seen=4, reason="Chờ xác minh")
    text = client.get(path).content.decode()
    assert "tạm dừng" in text
    assert "Chờ xác minh" not in text, "why is between the office and the enterprise"
    commands.end_offer(by=market.office, now=now, offer_id=offer_id, seen=5, reason="Hết")
    assert "đã kết thúc" in client.get(path).content.decode()
    assert _code(offer_id) not in client.get("/2023/offers/").content.decode()


def test_the_feed_holds_what_the_list_shows(market: Market, write: Write, client: Client) -> None:
    shown = write(until="published")
    write(until="approved", title="Chưa đăng")
    feed = json.loads(client.get("/2023/offers.json?form=discount").content)
    assert [one["id"] for one in feed["items"]] == [str(shown)]
    assert feed["items"][0]["_raquan"]["places"] == ["24259"]
    assert json.loads(client.get("/2023/offers.json?form=gift").content)["items"] == []


def test_an_officer_writes_an_offer_and_reads_what_the_law_says(market: Market, now: datetime, officer: Client) -> None:
    said = {
        "organization": str(market.enterprises[0]),
        "title": "Giảm 60% phí",
        "form": "discount",
        "starts_on": "1/10/2023",
        "ends_on": "31/10/2023",
        "percent": "60",
        "unit_price": "1.500.000",
        "places": "Cư M’gar, Nơi Không Có",
        "redeem": "link",
        "link": "https://example.vn",
    }
    wrong = officer.post("/desk/offers/new/", said)
    assert wrong.status_code == 422
    assert "Nơi Không Có" in wrong.content.decode()
    answer = officer.post("/desk/offers/new/", said | {"places": "cu mgar"})
    assert answer.status_code == 302
    page = officer.get(answer["Location"]).content.decode()
    assert "Nghị định 81/2018/NĐ-CP, Điều 7" in page
    assert "1.500.000 ₫" in page
    assert "Duyệt" not in page
    row = Offer.objects.get()
    assert (row.places, row.percent, row.unit_price) == ("/648/", 60, 1_500_000)
    edited = officer.get(f"/desk/offers/{row.id}/edit/").content.decode()
    assert "huyện Cư M’gar" in edited
    foreign = officer.post("/desk/offers/new/", said | {"organization": str(market.enterprises[1])})
    assert foreign.status_code == 422
    assert Offer.objects.count() == 1


def test_a_lost_race_keeps_the_reason_that_was_typed(
    market: Market, write: Write, now: datetime, office: Client
) -> None:
    offer_id = write(until="submitted")
    commands.approve_offer(by=market.office, now=now, offer_id=offer_id, seen=2)
    answer = office.post(
        f"/desk/offers/{offer_id}/step/", {"step": "return_offer", "seen": "2", "reason": "Lý do đã gõ"}
    )
    assert answer.status_code == 422
    assert "Lý do đã gõ" in answer.content.decode()
    assert Offer.objects.get(id=offer_id).state == "approved"


def test_a_competitor_is_refused(market: Market, write: Write, officer: Client) -> None:
    offer_id = write(1, until="published")
    for path in (f"/desk/offers/{offer_id}/", f"/desk/offers/{offer_id}/edit/", "/desk/offers/registrations/"):
        assert officer.get(path).status_code == 403
    answer = officer.post(f"/desk/offers/{offer_id}/results/", {"month": "10/2023", "redeemed": "5"})
    assert answer.status_code == 403
    assert not queries.results_of(SYSTEM, market.campaign_id).items


def test_results_are_stated_and_their_figures_stand_on_the_page(market: Market, write: Write, officer: Client) -> None:
    offer_id = write(until="published")
    path = f"/desk/offers/{offer_id}/"
    wrong = officer.post(f"{path}results/", {"month": "tháng 10", "redeemed": "1.234"})
    assert wrong.status_code == 422
    assert officer.post(f"{path}results/", {"month": "10/2023", "redeemed": "1.234"}).status_code == 302
    assert officer.post(f"{path}results/", {"month": "10/2023", "redeemed": "1.235"}).status_code == 302
    assert "1.235" in officer.get(path).content.decode()
    assert "1.235" in officer.get("/desk/offers/results/").content.decode()


def test_the_list_of_results_is_filled_in_and_sent_back(market: Market, write: Write, officer: Client) -> None:
    offer_id = write(until="published")
    officer.post(f"/desk/offers/{offer_id}/results/", {"month": "10/2023", "redeemed": "12"})
    listed = officer.get("/desk/offers/results/?format=xlsx")
    data = b"".join(listed.streaming_content)  # type: ignore[attr-defined]
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cells in book.worksheets[0].iter_rows():
        for cell in cells:
            if str(cell.value) == "12":
                cell.value = 34
    file = io.BytesIO()
    book.save(file)
    sent = {"organization": str(market.enterprises[0]), "file": SimpleUploadedFile("a.xlsx", file.getvalue())}
    answer = officer.post("/desk/offers/results/import/", sent)
    assert "1 trên 1 dòng" in answer.content.decode()
    (row,) = queries.results_of(SYSTEM, market.campaign_id).items
    assert (row.redeemed, row.grade, row.edition) == (34, "supplied", 2)


def test_a_returned_offer_waits_in_the_day_of_who_wrote_it(
    market: Market, write: Write, now: datetime, officer: Client, office: Client
) -> None:
    offer_id = write(until="submitted")
    commands.return_offer(by=market.office, now=now, offer_id=offer_id, seen=2, reason="Ghi rõ thể lệ")
    assert "ưu đãi bị trả lại" in officer.get("/desk/").content.decode()
    assert "ưu đãi bị trả lại" not in office.get("/desk/").content.decode()
