"""The pages of help desks, for nobody, for those who may not, and for those who may."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from raquan.helpdesks import commands
from raquan.helpdesks.models import Closure, HelpDesk, Shift
from raquan.helpdesks.tests.test_commands import FIRST, desk_arguments
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.outings.tests.conftest import World
from raquan.outings.tests.test_views_field import client_of
from raquan.people import commands as people
from raquan.people.models import User
from raquan.people.rules import Role

LIST = "/desk/help-desks/"
CODE = "CMG-7K2QA"
PUBLIC = f"/2023/help-desks/{CODE}/"


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Any:
    """Let pages see the campaign's time: Thursday 5 October 2023, 09:00."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def desk_id(world: World, now: datetime) -> UUID:
    """A desk at the one-stop shop of Cư M’gar."""
    return commands.set_up_help_desk(**desk_arguments(world, now), code=CODE)


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
    assert "Nghỉ lễ" in Client().get(PUBLIC).content.decode()


def test_anybody_finds_a_desk(world: World, desk_id: UUID) -> None:
    client = Client()
    page = client.get("/2023/help-desks/").content.decode()
    assert "Đang mở, đến 11:00" in page
    assert PUBLIC in page
    assert "Đang mở" in client.get("/2023/help-desks/?q=cu mgar").content.decode()
    assert "Chưa có điểm hỗ trợ nào ở đây" in client.get("/2023/help-desks/?q=buon ma thuot").content.decode()
    assert "Không tìm thấy nơi nào" in client.get("/2023/help-desks/?q=xyz").content.decode()
    own = client.get(PUBLIC).content.decode()
    assert "Thứ Hai – Thứ Tư, Thứ Sáu: 07:30–11:00" in own
    assert "Mobile Money" in own


def test_what_is_not_there_is_not_found(world: World) -> None:
    nowhere = "01890a5d-ac96-774b-bcce-b302099a8057"
    assert Client().get("/2019/help-desks/").status_code == 404
    unknown = Client().get("/2023/help-desks/CMG-22222/")
    assert unknown.status_code == 404
    assert "Chưa thấy mã này" in unknown.content.decode()
    assert client_of(world.officer).get(f"{LIST}{nowhere}/").status_code == 404


def test_the_check_of_a_code_knows_desks(world: World, desk_id: UUID, now: datetime) -> None:
    assert Client().get("/2023/outings/cmg 7k2qa/")["Location"] == PUBLIC
    assert "Điểm này có thật và đang mở" in Client().get(PUBLIC).content.decode()
    commands.end_help_desk(by=world.officer, now=now, desk_id=desk_id, on=date(2023, 10, 4), reason="Dời")
    assert "không còn mở" in Client().get(PUBLIC).content.decode()


def test_an_officer_keeps_the_roster(world: World, desk_id: UUID) -> None:
    client, own = client_of(world.officer), f"{LIST}{desk_id}/"
    assert "Chưa xếp ai trực ở đây" in client.get(own).content.decode()
    typed = {"user": str(world.helper.id), "weekdays": ["1", "4"], "first_on": "02/10/2023"}
    assert client.post(f"{own}roster/", typed | {"user": "x"}).status_code == 422
    assert client.post(f"{own}roster/", typed | {"first_on": "01/10/2023"}).status_code == 422
    assert client.post(f"{own}roster/", typed).status_code == 302
    assert "Hôm nay: H’Trang Niê" in client.get(own).content.decode()
    thursday = Shift.objects.get(weekday=4)
    assert client.post(f"{LIST}shifts/{thursday.id}/end/")["Location"] == own
    assert "Hôm nay: H’Trang Niê" not in client.get(own).content.decode()


def test_who_is_there_is_not_told_to_strangers(world: World, desk_id: UUID, now: datetime) -> None:
    assert world.helper.id is not None
    commands.put_on_roster(by=world.officer, now=now, desk_id=desk_id, user_id=world.helper.id, first_on=FIRST)
    stranger, own = client_of(world.city_officer), f"{LIST}{desk_id}/"
    page = stranger.get(own).content.decode()
    assert "Giờ mở cửa" in page
    assert "Lịch trực" not in page
    assert "H’Trang Niê" not in page
    assert stranger.get(f"{own}day-sheet/").status_code == 403
    assert stranger.post(f"{own}roster/", {"user": str(world.helper.id)}).status_code == 422
    assert client_of(world.helper).post(f"{own}roster/").status_code == 403
    assert Client().get(f"{own}day-sheet/")["Location"].startswith("/sign-in")


def test_a_day_sheet_says_who_when_and_what(world: World, desk_id: UUID, now: datetime) -> None:
    assert world.helper.id is not None
    shift: dict[str, Any] = {"desk_id": desk_id, "user_id": world.helper.id, "weekdays": [4], "first_on": FIRST}
    commands.put_on_roster(by=world.officer, now=now, **shift)
    client, own = client_of(world.officer), f"{LIST}{desk_id}/day-sheet/"
    sheet = client.get(own).content.decode()
    assert "05/10/2023, 07:30–11:00, 13:30–16:30" in sheet
    assert "H’Trang Niê" in sheet
    assert PUBLIC in sheet
    for day in ("2023-10-04", "x"):  # past, and no day at all: today's
        assert "05/10/2023" in client.get(own, {"on": day}).content.decode()
    another = client.get(own, {"on": "2023-10-06"}).content.decode()
    assert '<th scope="row">H’Trang Niê</th>' not in another
    assert "Ngày này điểm hỗ trợ không mở" in client.get(own, {"on": "2023-10-07"}).content.decode()
    assert client.get(f"{LIST}{world.site_id}/day-sheet/").status_code == 404


def test_an_officer_sees_the_own_units_desks_first(world: World, desk_id: UUID) -> None:
    other = client_of(world.city_officer)
    assert CODE not in other.get(LIST).content.decode()
    assert CODE in other.get(LIST, {"all": "1"}).content.decode()
    assert CODE in client_of(world.officer).get(LIST).content.decode()
