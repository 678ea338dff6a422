"""The pages of reports, for nobody, for those who may not, and for those who may."""

import pytest
from django.test import Client

from raquan.kernel.actor import Actor
from raquan.people.models import User
from raquan.reports.models import Report
from raquan.reports.tests.conftest import Frozen

pytestmark = pytest.mark.usefixtures("campaign_time")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(full_name=actor.name))
    return client


def test_nobody_is_sent_to_the_door(frozen: Frozen) -> None:
    assert Client().get("/desk/reports/")["Location"].startswith("/sign-in")
    assert Client().post("/desk/reports/build/").status_code == 302


def test_those_without_the_duty_are_refused(frozen: Frozen) -> None:
    assert client_of(frozen.field.helper).get("/desk/reports/").status_code == 403
    assert client_of(frozen.field.officer).post("/desk/reports/build/").status_code == 403
    assert Report.objects.count() == 0


def test_a_report_is_built_and_downloaded(frozen: Frozen) -> None:
    client = client_of(frozen.field.office)
    assert "Chưa có báo cáo nào" in client.get("/desk/reports/").content.decode()
    asked = {"snapshot": str(frozen.snapshot_id)}
    page = client.post("/desk/reports/build/", asked, follow=True).content.decode()
    assert "Đã lập báo cáo" in page
    assert f"/desk/figures/snapshots/{frozen.snapshot_id}/" in page
    address = page.split('href="/files/')[1].split('"')[0]
    answer = client.get(f"/files/{address}")
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"PK")
    again = client.post("/desk/reports/build/", asked, follow=True).content.decode()
    assert "đã được lập trước đó" in again
    assert Report.objects.count() == 1


def test_an_officer_reads_the_list(frozen: Frozen) -> None:
    page = client_of(frozen.field.officer).get("/desk/reports/").content.decode()
    assert "Chưa có báo cáo nào" in page
    assert '<form method="post" action="/desk/reports/build/"' not in page


def test_what_is_not_a_snapshot_is_not_found(frozen: Frozen) -> None:
    assert client_of(frozen.field.office).post("/desk/reports/build/", {"snapshot": "x"}).status_code == 404
