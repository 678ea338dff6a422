"""The plan's pages, as people meet them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.campaign import commands
from raquan.campaign.models import Plan
from raquan.kernel.actor import SYSTEM, Actor
from raquan.readings.tests import papers

SignIn = Callable[[Actor], Client]
IMPORT, CONFIRM, PLAN = "/desk/campaign/import/", "/desk/campaign/import/confirm/", "/desk/campaign/"


def _file(document: bytes, name: str = "ke-hoach.docx") -> dict[str, SimpleUploadedFile]:
    return {"document": SimpleUploadedFile(name, document)}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PLAN, IMPORT])
def test_strangers_are_asked_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/sign-in")


def test_a_viewer_reads_and_does_not_import(viewer: Actor, signed_in: SignIn) -> None:
    browser = signed_in(viewer)
    page = browser.get(PLAN)
    assert page.status_code == 200
    assert "Chưa có kế hoạch nào" in page.content.decode()
    assert IMPORT not in page.content.decode()
    assert browser.get(IMPORT).status_code == 403
    assert browser.post(CONFIRM).status_code == 403


def test_without_a_duty_the_door_is_closed(stranger: Actor, signed_in: SignIn) -> None:
    assert signed_in(stranger).get(PLAN).status_code == 403


def test_an_officer_uploads_looks_and_confirms(officer: Actor, signed_in: SignIn) -> None:
    browser = signed_in(officer)
    assert "Đọc văn bản" in browser.get(IMPORT).content.decode()
    preview = browser.post(IMPORT, _file(papers.plain_plan()))
    text = preview.content.decode()
    assert preview.status_code == 200
    for words in ("138/KH-UBND", "bảng 2, dòng 3", "Ghi chú: Quan trọng", "Còn phần chưa xếp được", "15/09/2023"):
        assert words in text
    assert "nhận ra là Ủy ban nhân dân huyện Cư M’gar" in text
    assert not Plan.objects.exists()

    given = {"sha256": _hidden(text, "sha256"), "file_name": "ke-hoach.docx", "campaign_year": "2023"}
    given |= {"starts_on": "15/9/2023", "ends_on": "15/10/2023"}
    done = browser.post(CONFIRM, given)
    assert (done.status_code, done["Location"]) == (302, PLAN)
    page = browser.get(PLAN).content.decode()
    for words in ("Đã đưa kế hoạch vào thực hiện", "Khai thác dữ liệu số để tạo ra giá trị", "I. Ra quân", "Tỉnh đoàn"):
        assert words in page
    assert "Ghi chú: Quan trọng" in page
    assert "/files/" in page


def test_tasks_are_found_without_accents(officer: Actor, signed_in: SignIn, now: datetime) -> None:
    commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="a.docx")
    page = signed_in(officer).get(PLAN, {"q": "tuyen truyen"}).content.decode()
    assert "Tuyên truyền" in page
    assert "Hỗ trợ người dân nộp hồ sơ" not in page
    assert "Không có nhiệm vụ nào khớp" in signed_in(officer).get(PLAN, {"q": "xyz"}).content.decode()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"<html></html>", "không phải là văn bản Word"),
        (papers.with_font(".VnTime"), "phông chữ cũ “.VnTime”"),
        (b"", "Tệp này trống"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(
    officer: Actor, signed_in: SignIn, document: bytes, words: str
) -> None:
    answer = signed_in(officer).post(IMPORT, _file(document))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_refused_confirmation_loses_nothing(officer: Actor, signed_in: SignIn, now: datetime) -> None:
    browser = signed_in(officer)
    text = browser.post(IMPORT, _file(papers.plain_plan())).content.decode()
    given = {"sha256": _hidden(text, "sha256"), "file_name": "ke-hoach.docx", "campaign_year": "2023"}

    unfinished = browser.post(CONFIRM, given | {"starts_on": "hôm nay", "ends_on": "15/10/2023"})
    assert unfinished.status_code == 422
    assert "Hãy viết ngày như 10/10/2023." in unfinished.content.decode()
    assert given["sha256"] in unfinished.content.decode()

    commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(title="Khác năm 2023"), file_name="b.docx")
    refused = browser.post(CONFIRM, given | {"starts_on": "15/9/2023", "ends_on": "15/10/2023"})
    assert refused.status_code == 422
    assert "đã có kế hoạch 138/KH-UBND đang thực hiện" in refused.content.decode()
    assert "bảng 2, dòng 3" in refused.content.decode()


def test_a_forged_confirmation_finds_nothing(officer: Actor, signed_in: SignIn) -> None:
    given = {"sha256": "0" * 64, "file_name": "x", "campaign_year": "2023"}
    given |= {"starts_on": "15/9/2023", "ends_on": "15/10/2023"}
    assert signed_in(officer).post(CONFIRM, given).status_code == 404
    assert signed_in(officer).post(CONFIRM, {"sha256": "../../etc"}).status_code == 404


def _hidden(text: str, name: str) -> str:
    return text.split(f'name="{name}" value="')[1].split('"')[0]
