"""The pages of help desks, for nobody, for those who may not, and for those who may."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.outings import commands
from raquan.outings.models import Closure, HelpDesk
from raquan.outings.tests.conftest import World
from raquan.outings.tests.test_commands_help_desks import desk_arguments
from raquan.outings.tests.test_views_field import client_of
from raquan.people import commands as people
from raquan.people.models import User
from raquan.people.rules import Role

LIST = "/desk/outings/help-desks/"


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Any:
    """Let pages see the campaign's time: Thursday 5 October 2023, 09:00."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def desk_id(world: World, now: datetime) -> UUID:
    """A desk at the one-stop shop of Cư M’gar."""
    return commands.set_up_help_desk(**desk_arguments(world, now))


def test_nobody_and_those_without_the_duty_are_kept_out(world: World, desk_id: UUID) -> None:
    assert Client().get(LIST)["Location"].startswith("/sign-in")
    assert client_of(world.helper).get(f"{LIST}new/").status_code == 403
    assert client_of(world.helper).post(f"{LIST}{desk_id}/hours/").status_code == 403
    stranger = client_of(world.city_officer)
    assert "Đổi giờ mở cửa" not in stranger.get(f"{LIST}{desk_id}/").content.decode()
    assert stranger.post(f"{LIST}{desk_id}/hours/", {"day_1": "8h-11h"}).status_code == 422
    assert stranger.post(f"{LIST}close-days/", {"first_on": "1/9/2023"}).status_code == 422


def test_an_officer_sets_a_desk_up(world: World) -> None:
    client = client_of(world.officer)
    assert "Chưa có điểm hỗ trợ nào" in client.get(LIST).content.decode()
    form = client.get(f"{LIST}new/").content.decode()
    assert "Thứ Hai" in form
    typed = {
        "site": str(world.site_id),
        "valid_from": "02/10/2023",
        "day_1": "7h30-11h, 13:30-16:30",
        "language": "rad",
        "services_cashless_payment": ["mobile_money"],
        "request_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    }
    wrong = client.post(f"{LIST}new/", typed | {"day_2": "sáng"})
    assert wrong.status_code == 422
    assert "Hãy viết giờ như 07:30-11:00" in wrong.content.decode()
    assert 'value="sáng"' in wrong.content.decode()
    answers = {client.post(f"{LIST}new/", typed)["Location"] for _ in range(2)}
    desk = HelpDesk.objects.get()
    assert answers == {f"{LIST}{desk.id}/"}
    assert (desk.hours.count(), desk.language) == (2, "rad")


def test_an_officer_changes_closes_and_ends_it(world: World, desk_id: UUID) -> None:
    client, own = client_of(world.officer), f"{LIST}{desk_id}/"
    assert 'value="07:30-11:00, 13:30-16:30"' in client.get(own).content.decode()
    assert client.post(f"{own}hours/", {"day_1": ""}).status_code == 422
    assert client.post(f"{own}hours/", {"day_1": "8h-11h"}).status_code == 302
    assert "Thứ Hai: 08:00–11:00" in client.get(own).content.decode()
    days = {"first_on": "09/10/2023", "last_on": "09/10/2023"}
    assert client.post(f"{own}close-days/", days).status_code == 422
    assert client.post(f"{own}close-days/", days | {"reason": "Sửa điện"}).status_code == 302
    page = client.get(own).content.decode()
    assert "Sửa điện" in page
    assert "Mở lại 08:00 ngày 16/10/2023" in page
    client.post(f"{LIST}closures/{Closure.objects.get().id}/reopen/")
    assert "Sửa điện" not in client.get(own).content.decode()
    assert client.post(f"{own}end/", {"on": "mai", "reason": "Dời"}).status_code == 422
    assert client.post(f"{own}end/", {"on": "06/10/2023", "reason": "Dời"}).status_code == 302
    assert HelpDesk.objects.get().valid_to == date(2023, 10, 6)


def test_the_office_writes_holidays(world: World, desk_id: UUID, now: datetime) -> None:
    steering = people.create_user(
        by=SYSTEM, now=now, full_name="Văn phòng", login="vp@example.vn", password="mật khẩu dài đủ"
    )
    people.give_duty(by=SYSTEM, now=now, user_id=steering, role=Role.STEERING_OFFICER, starts_on=date(2023, 1, 1))
    client = Client()
    client.force_login(User.objects.get(id=steering))
    holiday = {"first_on": "05/10/2023", "last_on": "06/10/2023", "reason": "Nghỉ lễ"}
    assert client.post(f"{LIST}close-days/", holiday).status_code == 302
    assert "Nghỉ lễ" in client.get(LIST).content.decode()
    assert "Nghỉ lễ" in Client().get(f"/2023/outings/help-desks/{desk_id}/").content.decode()


def test_anybody_finds_a_desk(world: World, desk_id: UUID) -> None:
    client = Client()
    page = client.get("/2023/outings/help-desks/").content.decode()
    assert "Đang mở, đến 11:00" in page
    assert f"/2023/outings/help-desks/{desk_id}/" in page
    assert "Đang mở" in client.get("/2023/outings/help-desks/?q=cu mgar").content.decode()
    assert "Chưa có điểm hỗ trợ nào ở đây" in client.get("/2023/outings/help-desks/?q=buon ma thuot").content.decode()
    assert "Không tìm thấy nơi nào" in client.get("/2023/outings/help-desks/?q=xyz").content.decode()
    own = client.get(f"/2023/outings/help-desks/{desk_id}/").content.decode()
    assert "Thứ Hai – Thứ Tư: 07:30–11:00" in own
    assert "Mobile Money" in own


def test_what_is_not_there_is_not_found(world: World) -> None:
    nowhere = "01890a5d-ac96-774b-bcce-b302099a8057"
    for address in ("/2019/outings/help-desks/", f"/2023/outings/help-desks/{nowhere}/"):
        assert Client().get(address).status_code == 404
    assert client_of(world.officer).get(f"{LIST}{nowhere}/").status_code == 404
