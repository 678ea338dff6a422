"""The desk's pages, for nobody, for those without a duty, and for those with one."""

import re
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import Field, envelope, instance
from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands as people

pytestmark = pytest.mark.usefixtures("campaign_time")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(full_name=actor.name))
    return client


def test_nobody_is_sent_to_the_door(field: Field) -> None:
    for address in ("/desk/", "/desk/progress/", "/desk/latest/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in")


def test_a_person_without_duties_is_told_kindly(field: Field, now: datetime) -> None:
    people.create_user(by=SYSTEM, now=now, full_name="Người Mới", login="moi@example.vn", password="mật khẩu dài đủ")
    client = Client()
    client.force_login(get_user_model().objects.get(login="moi@example.vn"))
    answer = client.get("/desk/")
    assert answer.status_code == 200
    assert "Bạn chưa được phân công việc nào" in answer.content.decode()
    assert client.get("/desk/progress/").status_code == 403


def test_the_home_leads_to_the_work(field: Field) -> None:
    page = client_of(field.officer).get("/desk/").content.decode()
    assert "Việc cần làm hôm nay" in page
    assert "/desk/outings/?on_from=05/10/2023" in page
    assert "Còn 5 ngày đến 10/10/2023." in page
    assert 'hx-get="/desk/progress/"' in page
    assert 'href="/desk/latest/"' in page


def test_a_helper_sees_no_panel_that_would_refuse(field: Field) -> None:
    page = client_of(field.helper).get("/desk/").content.decode()
    assert "/desk/latest/" not in page
    assert client_of(field.helper).get("/desk/latest/").status_code == 403


@pytest.mark.slow
def test_panels_are_bare_for_htmx_and_pages_for_others(field: Field, now: datetime) -> None:
    receive_submissions(by=field.device, now=now, envelopes=[envelope(instance(field.outing_code))])
    project_pending(now=now)
    client = client_of(field.officer)
    for name, said in (("latest", field.outing_code), ("progress", "Lượt hỗ trợ")):
        bare = client.get(f"/desk/{name}/", headers={"HX-Request": "true"}).content.decode()
        whole = client.get(f"/desk/{name}/").content.decode()
        assert said in bare
        assert said in whole
        assert "<html" not in bare
        assert "<html" in whole


def test_the_navigation_leads_nobody_to_a_locked_door(field: Field, now: datetime) -> None:
    def sections(client: Client) -> list[str]:
        page = client.get("/desk/").content.decode()
        return re.findall(r'class="rq-nav__link" href="([^"]+)"', page)

    everywhere = sections(client_of(field.office))
    own = sections(client_of(field.officer))
    people.create_user(by=SYSTEM, now=now, full_name="Người Mới", login="moi@example.vn", password="mật khẩu dài đủ")
    stranger = Client()
    stranger.force_login(get_user_model().objects.get(login="moi@example.vn"))
    assert set(everywhere) - set(own) == {
        *("/desk/forms/", "/desk/offers/", "/desk/people/", "/desk/press/", "/desk/press/items/", "/desk/vouchers/")
    }
    assert sections(stranger) == ["/desk/"]
    for client, addresses in ((client_of(field.office), everywhere), (client_of(field.officer), own)):
        assert {client.get(address).status_code for address in addresses} == {200}
