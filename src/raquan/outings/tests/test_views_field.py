"""The pages for a team's day: its change, its coming, its sheets, its sites."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import install_offset, real_now
from raquan.outings import commands
from raquan.outings.models import Assignment, CheckIn, Site
from raquan.outings.tests.conftest import World
from raquan.people.models import User

Plan = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Any:
    """Let pages see the campaign's time: 5 October 2023, 09:00."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def outing_id(planned: Plan, now: datetime) -> UUID:
    """An outing of today, 07:30 to 11:00."""
    return commands.plan_outing(**planned(now=now, held_on=now.date(), code="CMG-7K2Q", capacity=40))


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(full_name=actor.name))
    return client


def test_nobody_is_sent_to_the_door(world: World, outing_id: UUID) -> None:
    own = f"/desk/outings/{outing_id}/"
    for address in (f"{own}team/", f"{own}day-sheet/", f"{own}attendance-sheet/", "/desk/outings/check-in/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in")


def test_those_without_the_duty_are_refused(world: World, outing_id: UUID) -> None:
    own = f"/desk/outings/{outing_id}/"
    assert client_of(world.helper).get(f"{own}team/").status_code == 403
    assert client_of(world.city_officer).get(f"{own}day-sheet/").status_code == 403
    assert client_of(world.city_officer).get(f"{own}attendance-sheet/").status_code == 403
    assert client_of(world.helper).get("/desk/outings/sites/").status_code == 403
    assert client_of(world.city_officer).get(f"/desk/outings/sites/{world.site_id}/").status_code == 403


def test_the_list_begins_today_and_leads_to_the_past(
    world: World, outing_id: UUID, planned: Plan, now: datetime
) -> None:
    for days, code in ((-1, "CMG-2222"), (-2, "CMG-3333"), (1, "CMG-4444")):
        commands.plan_outing(**planned(now=now, held_on=now.date() + timedelta(days=days), code=code))
    client = client_of(world.officer)
    page = client.get("/desk/outings/").content.decode()
    assert 'value="05/10/2023"' in page
    assert "CMG-7K2Q" in page
    assert "CMG-4444" in page
    assert "CMG-2222" not in page
    assert "/desk/outings/?on_to=04/10/2023" in page
    past = client.get("/desk/outings/?on_to=04/10/2023").content.decode()
    assert past.index("CMG-2222") < past.index("CMG-3333")
    assert "CMG-7K2Q" not in past
    for everything in ("?state=planned", "?on_from=&on_to=&state=&place="):
        assert "CMG-2222" in client.get(f"/desk/outings/{everything}").content.decode()
    assert "CMG-2222" not in client.get("/desk/outings/?place=24259&page=1").content.decode()


def test_an_officer_changes_the_team(world: World, outing_id: UUID) -> None:
    client, address = client_of(world.officer), f"/desk/outings/{outing_id}/team/"
    assert "Nguyễn Thị Lan" in client.get(address).content.decode()
    wrong = client.post(address, {"leader": "", "helpers": [str(world.helper.id)]})
    assert wrong.status_code == 422
    assert "Hãy chọn tổ trưởng." in wrong.content.decode()
    done = client.post(address, {"leader": str(world.helper.id), "helpers": [], "reason": "Ốm"}, follow=True)
    page = done.content.decode()
    assert "Đã đổi đội." in page
    assert "Những người đã ra khỏi đội" in page
    assert Assignment.objects.get(ended_at__isnull=True).user_id == world.helper.id


def test_a_closed_outing_keeps_its_team(world: World, outing_id: UUID, now: datetime) -> None:
    commands.open_outing(by=SYSTEM, now=now, outing_id=outing_id)
    commands.close_outing(by=SYSTEM, now=now, outing_id=outing_id)
    answer = client_of(world.officer).post(f"/desk/outings/{outing_id}/team/", {"leader": str(world.helper.id)})
    assert answer.status_code == 422
    assert "Đã xong" in answer.content.decode()


def test_a_helper_checks_in_from_the_qr(world: World, outing_id: UUID) -> None:
    client = client_of(world.helper)
    assert "/desk/outings/check-in/?code=CMG-7K2Q" in client.get("/2023/outings/CMG-7K2Q/").content.decode()
    assert "check-in" not in Client().get("/2023/outings/CMG-7K2Q/").content.decode()
    form = client.get("/desk/outings/check-in/?code=CMG-7K2Q").content.decode()
    assert "Bộ phận một cửa huyện" in form
    page = client.post("/desk/outings/check-in/", {"code": "cmg 7k2q"}, follow=True).content.decode()
    assert "Đến muộn, sau giờ bắt đầu" in page
    assert CheckIn.objects.get().user_id == world.helper.id


def test_a_wrong_code_is_said(world: World, outing_id: UUID) -> None:
    client = client_of(world.helper)
    assert client.post("/desk/outings/check-in/", {"code": ""}).status_code == 422
    wrong = client.post("/desk/outings/check-in/", {"code": "CMG-2222"})
    assert wrong.status_code == 422
    assert "Không có buổi ra quân mã CMG-2222" in wrong.content.decode()


def test_a_leader_checks_in_a_helper(world: World, outing_id: UUID) -> None:
    address = f"/desk/outings/{outing_id}/"
    helper = {"code": "CMG-7K2Q", "user": str(world.helper.id)}
    assert f'value="{world.helper.id}"' not in client_of(world.helper).get(address).content.decode()
    leader = client_of(world.leader)
    assert f'value="{world.helper.id}"' in leader.get(address).content.decode()
    leader.post("/desk/outings/check-in/", helper)
    assert "Nguyễn Thị Lan điểm danh" in leader.get(address).content.decode()
    assert (
        client_of(world.helper).post("/desk/outings/check-in/", {**helper, "user": str(world.leader.id)}).status_code
        == 422
    )
    assert CheckIn.objects.count() == 1


def test_the_day_sheet_holds_what_a_team_needs(world: World, outing_id: UUID, settings: Any) -> None:
    settings.RAQUAN_PUBLIC_URL = "https://ngay.daklak.example"
    page = client_of(world.helper).get(f"/desk/outings/{outing_id}/day-sheet/").content.decode()
    assert page.count('class="sheet-qr"') == 2
    assert all("<svg" in part for part in page.split('class="sheet-qr"')[1:])
    for said in (
        "CMG-7K2Q",
        "05/10/2023, 07:30–11:00",
        "thị trấn Quảng Phú",
        "Nguyễn Thị Lan (Tổ trưởng)",
        "Mobile Money",
        "https://ngay.daklak.example/2023/outings/CMG-7K2Q/",
        "https://ngay.daklak.example/v1/projects/2023",
        "mã OTP",
        "phục vụ được 40",
    ):
        assert said in page


def test_a_team_ticks_its_kit_off(world: World, outing_id: UUID, now: datetime) -> None:
    commands.load_kit(by=SYSTEM, now=now)
    address = f"/desk/outings/{outing_id}/"
    client = client_of(world.helper)
    assert 'value="power_bank">' in client.get(address).content.decode()
    assert client.post(f"{address}kit/", {"packed": ["badge", "power_bank"]}).status_code == 302
    assert 'value="power_bank" checked>' in client.get(address).content.decode()
    assert client.get(f"{address}day-sheet/").content.decode().count("✓") == 2
    assert client_of(world.viewer).post(f"{address}kit/", {"packed": []}).status_code == 403
    assert client.post(f"{address}kit/", {"packed": ["elephant"]}).status_code == 422
    assert client.get(f"{address}day-sheet/").content.decode().count("✓") == 2


def test_the_attendance_sheet_has_lines_for_everybody(world: World, outing_id: UUID, now: datetime) -> None:
    commands.check_in(by=world.helper, now=now, outing_code="CMG-7K2Q", at=now)
    page = client_of(world.leader).get(f"/desk/outings/{outing_id}/attendance-sheet/").content.decode()
    for said in ("Bảng chấm công", "H’Trang Niê", "09:00", "Đến muộn", "Ký tên"):
        assert said in page
    assert page.count("<tr>") == 1 + 2 + 8  # its head, what it is about, and eight lines


def test_an_officer_corrects_and_ends_a_site(world: World) -> None:
    client, address = client_of(world.officer), f"/desk/outings/sites/{world.site_id}/"
    assert address in client.get("/desk/outings/sites/").content.decode()
    assert 'value="12.8254"' in client.get(address).content.decode()
    true = {"name": "Trung tâm hành chính", "kind": "one_stop_shop", "address": "", "lat": "12.8", "lon": "108.1"}
    assert client.post(address, true | {"lat": ""}).status_code == 422
    assert client.post(address, true).status_code == 302
    assert Site.objects.get(id=world.site_id).name == "Trung tâm hành chính"
    assert client.post(f"{address}end/", {"on": "06/10/2023", "reason": ""}).status_code == 422
    assert client.post(f"{address}end/", {"on": "06/10/2023", "reason": "Dời trụ sở"}).status_code == 302
    assert "Dời trụ sở" in client.get(address).content.decode()


def test_a_leader_reads_who_is_not_ready(world: World, outing_id: UUID, say: Callable[..., None]) -> None:
    client, address = client_of(world.leader), f"/desk/outings/{outing_id}/"
    say(world.leader, "Máy của Lan", unsent=3)
    page = client.get(address).content.decode()
    assert "Chưa sẵn sàng: H’Trang Niê" in page
    assert "Còn 3 lượt chưa gửi" in page
    say(world.helper, "Máy của H’Trang")
    page = client.get(address).content.decode()
    assert "Máy của cả đội đã sẵn sàng." in page
    assert "Chưa sẵn sàng:" not in page
    assert "Máy của đội" not in client_of(world.viewer).get(address).content.decode()
