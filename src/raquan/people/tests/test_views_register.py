"""The pages of the register: searched, exported, within the tree; invitations and stand-ins from page to page."""

from datetime import datetime
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.kernel.actor import Actor
from raquan.people import commands
from raquan.people.models import User
from raquan.people.tests.conftest import PASSWORD
from raquan.people.tests.test_commands_inviting import invite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _campaign_time(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the campaign's day on the pages too."""
    monkeypatch.setattr("raquan.kernel.clock.now", lambda: now)


@pytest.fixture
def boss(client: Client, local_administrator: Actor) -> Client:
    """A browser in which the administrator of Cư M’gar is signed in."""
    assert local_administrator.id is not None
    client.force_login(get_user_model().objects.get(pk=local_administrator.id))
    return client


def test_people_are_found_and_exported(boss: Client, officer_id: UUID, now: datetime) -> None:
    text = boss.get("/desk/people/?q=h'trang").content.decode()
    assert "H’Trang Niê" in text
    assert "Lê Quang Trị</a>" not in text
    assert "Không có ai khớp" in boss.get("/desk/people/?state=closed").content.decode()
    User.objects.filter(id=officer_id).update(full_name="=HYPERLINK(1)")
    file = boss.get("/desk/people/?format=csv&role=unit_officer&organization=sai")
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert (file["Content-Type"], len(lines)) == ("text/csv; charset=utf-8", 2)
    assert lines[1].startswith("'=HYPERLINK(1),trang@example.vn,")
    assert lines[1].endswith(",Đang dùng")
    found = boss.get("/desk/people/organizations/?q=cu m'gar&sort=-people").content.decode()
    assert "UBND huyện Cư M’gar" in found


def test_an_invitation_from_page_to_page(boss: Client, cu_mgar: UUID) -> None:
    typed = {"full_name": "Lò Mới", "login": "sai", "role": "helper", "organization": cu_mgar, "starts_on": "5/10/2023"}
    refused = boss.post("/desk/people/invite/", typed)
    assert refused.status_code == 422
    assert 'value="Lò Mới"' in refused.content.decode()
    text = boss.post("/desk/people/invite/", typed | {"login": "lo@example.vn"}).content.decode()
    address = "/invitation/" + text.partition("/invitation/")[2].partition("<")[0]
    visitor = Client()
    twice = {"password": PASSWORD, "again": PASSWORD}
    assert "không giống nhau" in visitor.post(address, twice | {"again": "khác"}).content.decode()
    assert "Mời bạn đăng nhập" in visitor.post(address, twice, follow=True).content.decode()
    assert [visitor.get(address).status_code, visitor.post(address, twice).status_code] == [410, 410]


def test_a_list_comes_back_with_what_was_refused(boss: Client, cu_mgar: UUID) -> None:
    rows = "Lò A;a@example.vn;helper;UBND huyện Cư M'gar\nLò B;b@example.vn;Vua;UBND huyện Cư M'gar"
    text = boss.post("/desk/people/invite-many/", {"rows": rows}).content.decode()
    assert "1 người đã xong, 1 dòng cần sửa" in text
    kept = text.partition("<textarea")[2].partition("</textarea>")[0]
    assert "Lò B;b@example.vn;Vua;" in kept
    assert "Lò A" not in kept
    assert boss.post("/desk/people/invite-many/", {"rows": "chỉ tên"}).status_code == 422


def test_an_account_is_closed_and_opened_and_a_duty_given(
    boss: Client, cu_mgar: UUID, officer_id: UUID, local_administrator: Actor, now: datetime
) -> None:
    page = f"/desk/people/{officer_id}/"
    for step, said in (("close", "Đã khóa tài khoản."), ("reopen", "Đã mở lại tài khoản.")):
        assert said in boss.post(f"{page}{step}/", follow=True).content.decode()
    duty = {"role": "viewer", "organization": cu_mgar, "starts_on": "6/10/2023", "ends_on": "5/10/2023"}
    assert boss.post(f"{page}duties/", duty).status_code == 422
    assert "Đã phân công." in boss.post(f"{page}duties/", duty | {"ends_on": ""}, follow=True).content.decode()
    invited = invite(local_administrator, now, cu_mgar)
    assert "/invitation/" in boss.post(f"/desk/people/{invited.user_id}/invite/").content.decode()


def test_an_officer_names_a_stand_in_and_comes_back(
    client: Client, cu_mgar: UUID, officer_id: UUID, local_administrator: Actor, now: datetime
) -> None:
    assert client.get("/desk/people/me/").status_code == 302
    client.force_login(get_user_model().objects.get(pk=officer_id))
    text = client.get("/desk/people/me/").content.decode()
    duty = text.partition('<option value="')[2].partition('"')[0]
    typed = {"duty": duty, "user": local_administrator.id, "starts_on": "5/10/2023", "ends_on": "1/1/2024"}
    assert client.post("/desk/people/me/stand-in/", typed).status_code == 422
    done = client.post("/desk/people/me/stand-in/", typed | {"ends_on": "9/10/2023"}, follow=True).content.decode()
    assert "Thôi từ ngày mai" in done
    mine = done.partition("/desk/people/duties/")[2].partition("/")[0]
    back = client.post(f"/desk/people/duties/{mine}/end/", {"ends_on": "05/10/2023"}, follow=True).content.decode()
    assert "Đã ghi ngày kết thúc." in back
    assert client.get("/desk/people/").status_code == 403
    commands.close_account(by=local_administrator, now=now, user_id=officer_id)
    assert client.get("/desk/people/me/").status_code == 302
