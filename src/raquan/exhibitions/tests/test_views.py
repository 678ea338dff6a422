"""Pages say what was refused and lose nothing typed; papers are papers; a tap is counted without following anybody."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.exhibitions import commands
from raquan.exhibitions.rules import Purpose
from raquan.exhibitions.tests.conftest import Apply, Fair, Hold, Running
from raquan.exhibitions.tests.test_commands_photographing import picture
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.open_forms import HourlyCount
from raquan.people import commands as people
from raquan.people.rules import Role

BoothVisit = apps.get_model("exhibitions.BoothVisit")
Contact = apps.get_model("exhibitions.Contact")
BoothApplication = apps.get_model("exhibitions.BoothApplication")


@pytest.fixture(autouse=True)
def _on_that_day(now: datetime) -> Iterator[None]:
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture(autouse=True)
def _count_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("raquan.exhibitions.views.public.VISITS", HourlyCount(2))
    monkeypatch.setattr("raquan.exhibitions.views.public.CONTACTS", HourlyCount(2))


def _signed_in(now: datetime, role: Role, organization_id: Any) -> Client:
    login = f"{role.value}@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name="Người Thử", login=login, password="mot-cau-dai-2023")
    duty: dict[str, Any] = {"user_id": user_id, "role": role, "organization_id": organization_id}
    people.give_duty(by=SYSTEM, now=now, starts_on=date(2023, 1, 1), **duty)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id))
    return client


@pytest.fixture
def unit(fair: Fair, now: datetime) -> Client:
    """The browser of an officer of the unit that holds the exhibition."""
    return _signed_in(now, Role.UNIT_OFFICER, fair.field.cumgar_id)


@pytest.fixture
def officer(fair: Fair, now: datetime) -> Client:
    """The browser of an officer of the first enterprise."""
    return _signed_in(now, Role.ENTERPRISE_OFFICER, fair.enterprises[0])


def _ticket(client: Client, address: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def test_a_tap_counts_without_a_cookie_and_not_without_end(running: Running, client: Client) -> None:
    address = f"/2023/booths/{running.code}/here/"
    ticket = _ticket(client, address)
    for _again in range(2):
        answer = client.post(address, {"ticket": ticket})
        assert "Đã ghi một lượt ghé" in answer.content.decode()
    assert (answer["Cache-Control"], client.cookies.output()) == ("no-store", "")
    assert BoothVisit.objects.count() == 1
    refused = client.post(address, {"ticket": _ticket(client, address)})
    assert refused.status_code == 422
    assert "quá nhiều" in refused.content.decode()
    assert client.post(address, {"ticket": "x", "website": "máy"}).status_code == 422
    assert BoothVisit.objects.count() == 1
    assert client.get("/2023/booths/GH-222222/here/").status_code == 404


def test_consent_is_never_ticked_and_the_visitor_takes_it_back(running: Running, client: Client) -> None:
    address = f"/2023/booths/{running.code}/contact/"
    page = client.get(address).content.decode()
    assert 'name="agrees"' in page
    assert "checked" not in page
    said = {"ticket": _ticket(client, address), "purpose": "trial", "name": "H’Hen", "phone": "0905123456"}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "H’Hen" in refused.content.decode()
    assert not Contact.objects.exists()
    answer = client.post(address, said | {"agrees": "on"})
    held = answer["Location"].split("?")[0]
    shown = client.get(held)
    assert "0905123456" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    client.post(held)
    assert "0905123456" not in client.get(held).content.decode()
    assert Contact.objects.get().sealed is None


def test_public_pages_are_kept_and_say_where(running: Running, client: Client) -> None:
    for address in ("/2023/booths/", f"/2023/booths/{running.code}/", "/en/2023/booths/?q=so thu chi"):
        page = client.get(address).content.decode()
        assert "Sổ thu chi trên điện thoại" in page
        assert "Công ty Một" in page
    assert client.get("/2023/booths/at/TL-222222/").status_code == 404
    assert client.get(f"/2022/booths/{running.code}/").status_code == 404


def test_an_officer_writes_draws_and_opens(fair: Fair, unit: Client) -> None:
    said = {
        "organization": str(fair.field.cumgar_id),
        "name": "Ngày hội số",
        "place": "Quảng Phú",
        "where": "Sân vận động",
        "starts_on": "10/10/2023",
        "ends_on": "9/10/2023",
        "opens_at": "7h30",
        "closes_at": "20:00",
        "apply_until": "8/10/2023",
        "fields_said": "Nông nghiệp số\nThanh toán số",
        "most_booths": "1",
        "cell_cm": "2,5",
        "post_watts": "5.000",
    }
    refused = unit.post("/desk/exhibitions/new/", said)
    assert refused.status_code == 422
    assert "Sân vận động" in refused.content.decode()
    nowhere = unit.post("/desk/exhibitions/new/", said | {"ends_on": "11/10/2023", "place": "Không đâu"})
    assert "Không nhận ra: Không đâu" in nowhere.content.decode()
    plan = unit.post("/desk/exhibitions/new/", said | {"ends_on": "11/10/2023"})["Location"]
    begun = unit.get(f"{plan}?booths=6&a_row=3").content.decode()
    assert "B3" in begun
    wrong = unit.post(plan, {"plan": "A1 ?? A2", "seen": "1"})
    assert wrong.status_code == 422
    assert "A1 ?? A2" in wrong.content.decode()
    assert unit.post(plan, {"plan": "A1 A2\n+ .", "seen": "1"}).status_code == 302
    page = plan.replace("/plan/", "/")
    assert unit.post(f"{page}step/", {"step": "open_applications", "seen": "2"}).status_code == 302
    late = unit.post(f"{page}step/", {"step": "cancel_exhibition", "seen": "2", "reason": "Trời mưa to"})
    assert late.status_code == 422
    assert "Trời mưa to" in late.content.decode()


def test_an_enterprise_applies_and_reads_why(
    fair: Fair, hold: Hold, apply: Apply, now: datetime, unit: Client, officer: Client
) -> None:
    held = hold(plan="A1 +")
    said = {
        "organization": str(fair.enterprises[0]),
        "title": "Tem truy xuất",
        "field": "Nông nghiệp số",
        "items_said": "Tem: quét để biết",
        "width_cm": "9",
        "depth_cm": "3",
        "watts": "100",
        "tables": "1",
        "prefers": "Z1",
    }
    refused = officer.post(f"/desk/exhibitions/{held}/apply/", said)
    assert "Sơ đồ không có gian" in refused.content.decode()
    page = officer.post(f"/desk/exhibitions/{held}/apply/", said | {"prefers": ""})["Location"]
    assert unit.post(f"{page}step/", {"step": "approve_application", "seen": "1"}).status_code == 302
    board = f"/desk/exhibitions/{held}/allocation/"
    assert unit.post(f"{board}propose/", {"seen": "3"}).status_code == 302
    moved = unit.post(f"{board}{BoothApplication.objects.get().id}/", {"seen": "4", "booth": "A1"})
    assert moved.status_code == 422
    assert "đơn cần 9 × 3 m" in moved.content.decode()
    assert unit.post(f"{board}confirm/", {"seen": "4"}).status_code == 302
    assert "1 gian nhỏ hơn nhu cầu" in officer.get(page).content.decode()
    assert officer.get(board).status_code == 403


def test_papers_are_sheets_of_their_size(fair: Fair, running: Running, now: datetime, unit: Client) -> None:
    page = f"/desk/exhibitions/{running.held}/"
    for name, wide in (("plan-a4.pdf", 842), ("plan-a3.pdf", 1191), ("days/2023-10-05/sheet.pdf", 842)):
        answer = unit.get(f"{page}{name}")
        document = pypdfium2.PdfDocument(answer.content)
        assert round(document[0].get_width()) == wide
        assert len(answer.content) < 150_000
        assert "SỐ LIỆU MÔ PHỎNG" in document[0].get_textpage().get_text_range()
    assert unit.get(f"{page}days/2023-10-09/").status_code == 404
    assert unit.get(f"{page}days/hôm qua/").status_code == 404
    noted = unit.post(f"{page}days/2023-10-05/", {"at": "9:30", "text": "", "booth": "A1"})
    assert noted.status_code == 422
    assert f"/2023/booths/{running.code}/here/" in unit.get(f"{page}signs/").content.decode()


def test_days_and_outcomes_are_stated_on_their_pages(
    fair: Fair, running: Running, now: datetime, unit: Client, officer: Client
) -> None:
    page = f"/desk/exhibitions/applications/{running.booth}/"
    wrong = officer.post(f"{page}days/", {"held_on": "5/10/2023", "heads": "nhiều"})
    assert wrong.status_code == 422
    assert officer.post(f"{page}days/", {"held_on": "5/10/2023", "heads": "40", "seen": "0"}).status_code == 302
    assert unit.post(f"{page}days/", {"held_on": "5/10/2023", "heads": "31", "seen": "0"}).status_code == 302
    left = commands.Left("H’Hen", "0905123456", Purpose.TRIAL, agrees=True)
    made = commands.leave_contact(now=now, code=running.code, token="t" * 22, left=left, days=180)
    assert "H’Hen" in officer.get("/desk/exhibitions/contacts/").content.decode()
    assert officer.post(f"/desk/exhibitions/contacts/{made}/", {"seen": "1", "outcome": "x"}).status_code == 422
    assert officer.post(f"/desk/exhibitions/contacts/{made}/", {"seen": "1", "outcome": "trial"}).status_code == 302
    assert unit.get("/desk/exhibitions/contacts/").status_code == 403


def test_photos_are_added_shown_and_taken_off_on_pages(
    fair: Fair, running: Running, now: datetime, unit: Client, officer: Client, client: Client
) -> None:
    page, public = f"/desk/exhibitions/applications/{running.booth}/", f"/2023/booths/{running.code}/"
    sent = {"caption": "Máy sấy cà phê", "agrees": "on"}
    for wrong, said in (
        (sent | {"agrees": ""}, "Chưa đánh dấu về người trong ảnh"),
        (sent | {"caption": ""}, "trong ảnh có gì"),
    ):
        file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
        refused = officer.post(f"{page}photos/", wrong | {"file": file})
        assert (refused.status_code, said in refused.content.decode()) == (422, True)
    unread = officer.post(f"{page}photos/", sent | {"file": SimpleUploadedFile("a.gif", b"GIF89a")})
    assert unread.status_code == 422
    shown = unread.content.decode()
    assert "Hãy gửi ảnh JPEG hoặc PNG" in shown
    assert 'value="Máy sấy cà phê"' in shown
    assert re.search(r'name="agrees"[^>]*checked', shown)
    file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    assert officer.post(f"{page}photos/", sent | {"file": file}).status_code == 302
    found = re.search(
        r'<img src="([^"]+-240.jpg)" width="240" height="180" alt="Máy sấy cà phê" loading="lazy"',
        client.get(public).content.decode(),
    )
    assert found is not None
    assert client.get(found[1])["Cache-Control"] == "public, max-age=86400"
    assert "-240.jpg" not in client.get("/2023/booths/").content.decode()
    own = found[1].replace("/2023/booths/", "/desk/exhibitions/")
    assert unit.get(own)["Cache-Control"] == "private, no-store"
    assert client.get(own).status_code in (302, 403)
    take_off = f"{page}photos/{own.split('/')[-1].removesuffix('-240.jpg')}/take-off/"
    silent = unit.post(take_off, {"reason": ""})
    assert (silent.status_code, "Hãy ghi lý do" in silent.content.decode()) == (422, True)
    assert unit.post(take_off, {"reason": "Nhận ra trẻ em"}).status_code == 302
    assert "Nhận ra trẻ em" in officer.get(page).content.decode()
    assert client.get(found[1]).status_code == 404
    assert "-240.jpg" not in client.get(public).content.decode()
