"""The plan's pages, as people meet them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from raquan.campaign import commands
from raquan.campaign.models import Plan, Task
from raquan.campaign.tests.test_commands_readings import partly
from raquan.kernel.actor import SYSTEM, Actor
from raquan.readings import commands as readings
from raquan.readings.tests import papers

SignIn = Callable[[Actor], Client]
PLAN, IMPORT = "/desk/campaign/", "/desk/campaign/readings/"
BRING = f"{PLAN}bring/018b0000-0000-7000-8000-00000000000a/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PLAN, BRING])
def test_strangers_are_asked_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/sign-in")


def test_a_viewer_reads_and_does_not_import(viewer: Actor, signed_in: SignIn) -> None:
    browser = signed_in(viewer)
    page = browser.get(PLAN)
    assert page.status_code == 200
    assert "Chưa có kế hoạch nào" in page.content.decode()
    assert IMPORT not in page.content.decode()
    assert browser.get(BRING).status_code == 403
    assert browser.post(BRING).status_code == 403


def test_without_a_duty_the_door_is_closed(stranger: Actor, signed_in: SignIn) -> None:
    assert signed_in(stranger).get(PLAN).status_code == 403


def _start(now: datetime, document: bytes, name: str = "ke-hoach.docx") -> str:
    reading_id = readings.start_reading(by=SYSTEM, now=now, document=document, file_name=name).reading_id
    return f"{PLAN}bring/{reading_id}/"


WINDOW = {"version": "1", "edition": "0", "campaign_year": "2023", "starts_on": "15/9/2023", "ends_on": "15/10/2023"}


def test_an_officer_brings_a_document_into_force(officer: Actor, signed_in: SignIn, now: datetime) -> None:
    browser, address = signed_in(officer), _start(now, papers.plain_plan())
    asked = browser.get(address).content.decode()
    for words in ("2 nhiệm vụ", "Còn 1 dòng chưa được xem lại", 'value="15/09/2023"', 'value="2023"'):
        assert words in asked
    for given, words in (
        ({"starts_on": "hôm nay"}, "Hãy viết ngày như 10/10/2023."),
        ({}, "Còn 1 dòng chưa được xem lại. Hãy xem hết"),
        ({"set_aside": "on", "version": "9"}, "có người vừa sửa bản đọc này"),
    ):
        refused = browser.post(address, WINDOW | given)
        assert refused.status_code == 422
        assert words in refused.content.decode()
        assert str((WINDOW | given)["starts_on"]) in refused.content.decode()  # nothing typed is lost
    assert not Plan.objects.exists()
    done = browser.post(address, WINDOW | {"set_aside": "on"})
    assert (done.status_code, done["Location"]) == (302, PLAN)
    page = browser.get(PLAN).content.decode()
    for words in ("Đã đưa kế hoạch vào thực hiện", "Khai thác dữ liệu số để tạo ra giá trị", "I. Ra quân", "Tỉnh đoàn"):
        assert words in page
    assert "Ghi chú: Quan trọng" in page
    assert "/files/" in page
    assert "không còn chờ" in browser.get(address).content.decode()


def test_an_amendment_is_shown_as_differences_and_put_in_force(
    officer: Actor, signed_in: SignIn, now: datetime
) -> None:
    browser, address = signed_in(officer), _start(now, partly(), "sua-doi.docx")
    assert "không có kế hoạch số đó đang thực hiện" in browser.get(address).content.decode()
    commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="a.docx")
    asked = browser.get(address).content.decode()
    for words in ("Các sở, ban, ngành", "Đây là nhiệm vụ mới", "Mở điểm hỗ trợ ở chợ", "Hỗ trợ người dân nộp hồ sơ"):
        assert words in asked
    gone = str(Task.objects.get(title="Hỗ trợ người dân nộp hồ sơ").id)
    said = {name: WINDOW[name] for name in ("version", "edition", "starts_on")} | {"ends_on": "31/10/2023"}
    refused = browser.post(address, said | {"withdrawn": gone})
    assert refused.status_code == 422
    assert f'value="{gone}" checked' in refused.content.decode()
    done = browser.post(address, said | {"withdrawn": gone, "set_aside": "on"})
    assert (done.status_code, done["Location"]) == (302, PLAN)
    page = browser.get(PLAN).content.decode()
    for words in ("thêm 1, sửa 1, bỏ 1 nhiệm vụ", "Đã bỏ theo 201/KH-UBND", "Sửa theo 201/KH-UBND", "31/10/2023"):
        assert words in page
    assert browser.post(address, said | {"withdrawn": "xyz"}).status_code == 404


def test_tasks_are_found_without_accents(officer: Actor, signed_in: SignIn, now: datetime) -> None:
    commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="a.docx")
    page = signed_in(officer).get(PLAN, {"q": "tuyen truyen"}).content.decode()
    assert "Tuyên truyền" in page
    assert "Hỗ trợ người dân nộp hồ sơ" not in page
    assert "Không có nhiệm vụ nào khớp" in signed_in(officer).get(PLAN, {"q": "xyz"}).content.decode()
