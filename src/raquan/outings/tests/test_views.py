"""The pages of outings, for nobody, for those who may not, and for those who may."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import install_offset, real_now
from raquan.outings import commands
from raquan.outings.models import Outing, Site
from raquan.outings.tests.conftest import World
from raquan.people.models import User

Plan = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Any:
    """Let pages see the campaign's time."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def outing_id(planned: Plan, now: datetime) -> UUID:
    """A planned outing."""
    return commands.plan_outing(**planned(now=now, code="CMG-7K2Q"))


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(full_name=actor.name))
    return client


def form_of(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "request_id": str(uuid4()),
        "task": str(world.task_id),
        "held_on": "06/10/2023",
        "starts_at": "7h30",
        "ends_at": "11:00",
        "site": str(world.site_id),
        "leader": str(world.leader.id),
        "helpers": [str(world.helper.id)],
        "services_cashless_payment": ["mobile_money"],
        "aim": "hands_on",
        "language": "vi",
    } | changes


def test_nobody_is_sent_to_the_door(world: World, outing_id: UUID) -> None:
    for address in ("/desk/outings/", "/desk/outings/new/", f"/desk/outings/{outing_id}/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in")


def test_those_without_the_duty_are_refused(world: World, outing_id: UUID) -> None:
    assert client_of(world.viewer).get("/desk/outings/new/").status_code == 403
    assert client_of(world.city_officer).get(f"/desk/outings/{outing_id}/").status_code == 403
    assert client_of(world.viewer).post(f"/desk/outings/{outing_id}/cancel/", {"reason": "x"}).status_code == 403
    assert client_of(world.city_officer).post(f"/desk/outings/{outing_id}/open/").status_code == 403
    assert Outing.objects.get().state == "planned"


def test_the_list_shows_outings_and_keeps_filters_in_the_address(world: World, outing_id: UUID) -> None:
    client = client_of(world.officer)
    page = client.get("/desk/outings/").content.decode()
    assert "CMG-7K2Q" in page
    assert "huyện Cư M’gar" in page
    filtered = client.get("/desk/outings/?state=done&on_from=01/10/2023").content.decode()
    assert "Không có buổi nào khớp" in filtered
    assert 'value="01/10/2023"' in filtered
    assert client.get("/desk/outings/?page=x&state=nonsense&on_from=32/13").status_code == 200


def test_the_empty_list_says_what_to_do(world: World) -> None:
    assert "Chưa có buổi ra quân nào" in client_of(world.officer).get("/desk/outings/").content.decode()


def test_an_officer_plans_by_the_form(world: World) -> None:
    client = client_of(world.officer)
    page = client.get(f"/desk/outings/new/?task={world.task_id}").content.decode()
    assert "Ra quân hướng dẫn người dân" in page
    assert "Mobile Money" in page
    answer = client.post("/desk/outings/new/", form_of(world))
    outing = Outing.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/outings/{outing.id}/"
    assert (outing.starts_at, outing.task_id, outing.site_id) == (time(7, 30), world.task_id, world.site_id)


def test_sent_twice_it_is_planned_once(world: World) -> None:
    client, form = client_of(world.officer), form_of(world)
    assert len({client.post("/desk/outings/new/", form)["Location"] for _ in range(2)}) == 1
    assert Outing.objects.count() == 1


def test_a_new_site_is_added_on_the_way(world: World) -> None:
    new = {"site": "new", "new_site_name": "Chợ Quảng Phú", "new_site_kind": "market", "new_site_place": "24259"}
    assert client_of(world.officer).post("/desk/outings/new/", form_of(world, **new)).status_code == 302
    assert Outing.objects.get().site_id == Site.objects.get(name="Chợ Quảng Phú").id


def test_what_was_typed_stays_when_something_is_wrong(world: World) -> None:
    wrong = form_of(world, held_on="20/10/2023", ends_at="10:45", expected_people="35")
    answer = client_of(world.officer).post("/desk/outings/new/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nằm ngoài thời gian của chiến dịch" in page
    for kept in ('value="20/10/2023"', 'value="10:45"', 'value="35"', wrong["request_id"]):
        assert kept in page
    assert not Outing.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_on": "mai"}, "Hãy viết ngày như 10/10/2023."),
        ({"starts_at": ""}, "Hãy ghi giờ bắt đầu."),
        ({"services_cashless_payment": []}, "Hãy chọn ít nhất một dịch vụ."),
        ({"leader": ""}, "Hãy chọn tổ trưởng."),
        ({"site": "new"}, "Hãy ghi tên địa điểm mới."),
    ],
)
def test_the_summary_says_what_to_mend(world: World, changes: dict[str, Any], said: str) -> None:
    answer = client_of(world.officer).post("/desk/outings/new/", form_of(world, **changes))
    assert answer.status_code == 422
    assert answer.content.decode().count(said) >= 2  # in the summary and at the field


def test_the_page_shows_the_code_and_takes_the_steps(world: World, now: datetime, outing_id: UUID) -> None:
    client, address = client_of(world.officer), f"/desk/outings/{outing_id}/"
    page = client.get(address).content.decode()
    assert "<svg" in page
    assert f'href="/desk/campaign/#task-{world.task_id}"' in page
    assert f'hx-get="/desk/records/panel/{outing_id}/"' in page
    assert f'href="/desk/records/panel/{outing_id}/"' in page
    assert "Bắt đầu buổi này" not in page
    early = client.post(f"{address}open/")
    assert early.status_code == 422
    assert "06/10/2023" in early.content.decode()
    assert client.post(f"{address}cancel/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}cancel/", {"reason": "Mưa lớn"}).status_code == 302
    assert "Mưa lớn" in client.get(address).content.decode()


def test_an_outing_opens_and_closes_by_its_buttons(world: World, planned: Plan, now: datetime) -> None:
    outing_id = commands.plan_outing(**planned(now=now, held_on=now.date()))
    client, address = client_of(world.officer), f"/desk/outings/{outing_id}/"
    for step, state in (("open", "open"), ("close", "done")):
        assert client.get(f"{address}{step}/").status_code == 405
        assert client.post(f"{address}{step}/").status_code == 302
        assert Outing.objects.get().state == state
    assert "Bắt đầu buổi này" not in client.get(address).content.decode()


def test_anybody_may_check_a_code(world: World, outing_id: UUID, now: datetime) -> None:
    page = Client().get("/2023/outings/CMG-7K2Q/").content.decode()
    for said in ("Buổi này có thật", "thị trấn Quảng Phú", "miễn phí", "mật khẩu", "mã OTP", "07:30"):
        assert said in page
    assert "Nguyễn Thị Lan" not in page
    commands.cancel_outing(by=SYSTEM, now=now, outing_id=outing_id, reason="Mưa lớn")
    assert "đã hủy" in Client().get("/2023/outings/cmg-7k2q/").content.decode()


def test_a_code_that_is_not_real_is_said_to_be_none(world: World, outing_id: UUID) -> None:
    for address in ("/2023/outings/CMG-XXXX/", "/2024/outings/CMG-7K2Q/"):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert "đừng làm theo" in answer.content.decode()
