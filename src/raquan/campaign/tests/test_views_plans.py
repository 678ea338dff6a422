"""A unit's sub-plan and the office's plan, as people meet them on pages; who may is tried in the matrix."""

import io
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.campaign import commands
from raquan.campaign.models import Objective, Statement, SubPlan, TaskChange
from raquan.campaign.tests.test_commands_readings import _amend, _bring, _read, partly
from raquan.kernel.actor import SYSTEM, Actor
from raquan.readings.tests import papers

SignIn = Callable[[Actor], Client]
DESK = "/desk/campaign/"


def test_a_unit_writes_prints_issues_and_sends(
    writer: Actor, tasks: list[UUID], cu_mgar: UUID, signed_in: SignIn
) -> None:
    browser = signed_in(writer)
    assert "Soạn kế hoạch của đơn vị" in browser.get(f"{DESK}tasks/{tasks[0]}/").content.decode()
    begun = browser.post(f"{DESK}tasks/{tasks[0]}/sub-plans/", {"organization": cu_mgar})
    address = begun["Location"]
    words = {
        "edition": 0,
        "title": "Giúp dân nộp hồ sơ",
        "aims": "Mỗi buôn một tổ",
        "what_0": "Họp buôn",
        "who_0": "Tổ",
    }
    assert browser.post(f"{address}save/", words).status_code == 302
    stale = browser.post(f"{address}save/", words | {"title": "Chữ của tôi"})
    assert stale.status_code == 422
    assert "Chữ của tôi" in stale.content.decode()
    paper = docx.Document(io.BytesIO(browser.get(f"{address}document/").content))
    text = "\n".join(one.text for one in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Giúp dân nộp hồ sơ" in text
    assert "Căn cứ Kế hoạch số 138/KH-UBND" in text
    assert "Họp buôn" in cells
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in one for one in cells)
    page = paper.sections[0]
    assert page.left_margin is not None
    assert page.page_width is not None
    assert (round(page.left_margin.mm), round(page.page_width.mm)) == (30, 210)
    unfinished = browser.post(f"{address}issue/", {"edition": 1, "number": "", "issued_on": "hôm nay"})
    assert unfinished.status_code == 422
    assert "Hãy chọn một tệp." in unfinished.content.decode()
    signed = {
        "edition": 1,
        "number": "12/KH",
        "issued_on": "1/10/2023",
        "document": SimpleUploadedFile("k.pdf", b"%PDF"),
    }
    assert browser.post(f"{address}issue/", signed).status_code == 302
    assert browser.post(f"{address}send/").status_code == 302
    assert SubPlan.objects.get().state == "sent"
    assert "Đã gửi" in browser.get(f"{DESK}sub-plans/").content.decode()


def test_a_photo_that_is_none_and_an_unfinished_statement_are_explained(
    writer: Actor, tasks: list[UUID], cu_mgar: UUID, signed_in: SignIn
) -> None:
    browser = signed_in(writer)
    file = SimpleUploadedFile("a.jpg", b"not a photo", content_type="image/jpeg")
    given = {"organization": cu_mgar, "caption": "Bà con ký nhận", "document": file}
    refused = browser.post(f"{DESK}tasks/{tasks[0]}/evidence/", given)
    assert refused.status_code == 422
    assert "Bà con ký nhận" in refused.content.decode()
    assert browser.post(f"{DESK}tasks/{tasks[0]}/statements/", {"organization": cu_mgar}).status_code == 422
    stated = browser.post(
        f"{DESK}tasks/{tasks[0]}/statements/", {"organization": cu_mgar, "body": "Đã họp", "percent": 40}
    )
    page = browser.get(stated["Location"]).content.decode()
    assert "Lời người ghi, không đếm từ bản ghi" in page
    assert "40%" in page


def test_refused_rows_lose_nothing(officer: Actor, plan: commands.PlanImported, signed_in: SignIn) -> None:
    browser = signed_in(officer)
    aim = Objective.objects.get().id
    address = browser.post(
        f"{DESK}plans/{plan.plan_id}/indicators/add/",
        {"name": "Hồ sơ", "objective": aim, "version": 0, "reason": "Mới"},
    )["Location"]
    given = {"version": 1, "rows": "Toàn tỉnh; 900\nXứ lạ; 5", "reason": "Giao"}
    page = browser.post(f"{address}targets/", given)
    assert page.status_code == 422
    for words in ("Toàn tỉnh; 900", "Không nhận ra tên hoặc mã này.", "1 dòng chưa nhận được"):
        assert words in page.content.decode()
    assert browser.post(f"{address}targets/", given | {"rows": "Toàn tỉnh; 900"}).status_code == 302
    assert "900" in browser.get(address).content.decode()


def test_the_office_starts_the_next_year_and_puts_it_in_force(
    officer: Actor, viewer: Actor, plan: commands.PlanImported, signed_in: SignIn
) -> None:
    browser = signed_in(officer)
    page = browser.get(f"{DESK}plans/{plan.plan_id}/").content.decode()
    for words in ("Chủ đề quốc gia", "Lập kế hoạch năm sau", "15/09/2024"):
        assert words in page
    days = {"starts_on": "15/9/2024", "ends_on": "15/10/2024", "day_on": "10/10/2024"}
    draft = browser.post(f"{DESK}plans/{plan.plan_id}/start-year/", {"year": 2024} | days)["Location"]
    assert "Bản nháp chỉ cơ quan thường trực xem được" in browser.get(draft).content.decode()
    assert browser.post(f"{draft}put-in-force/", {"number": "", "issued_on": ""}).status_code == 422
    assert browser.post(f"{draft}put-in-force/", {"number": "9/KH", "issued_on": "1/8/2024"}).status_code == 302
    unreasoned = browser.post(f"{draft}change/", {"edition": 0, "theme": "Chủ đề mới"} | days)
    assert unreasoned.status_code == 422
    assert "Chủ đề mới" in unreasoned.content.decode()
    assert "9/KH" in browser.get(f"{DESK}plans/").content.decode()


def test_an_amendment_is_withdrawn_on_its_page(officer: Actor, cu_mgar: UUID, now: datetime, signed_in: SignIn) -> None:
    _bring(now, _read(now, papers.plain_plan()))
    done = _amend(now, _read(now, partly()))
    browser = signed_in(officer)
    page = f"{DESK}amendments/{done.amendment_id}/"
    assert page in browser.get(f"{DESK}plans/{done.plan_id}/").content.decode()
    assert "Hãy ghi lý do" in browser.post(f"{page}withdraw/", {"reason": ""}).content.decode()
    commands.state_progress(by=SYSTEM, now=now, task_id=_added(), organization_id=cu_mgar, body="Đã mở hai điểm")
    stood = browser.post(f"{page}withdraw/", {"reason": "Nhầm"})
    assert (stood.status_code, "Tiến độ tự ghi" in stood.content.decode()) == (422, True)
    Statement.objects.all().delete()
    assert "trở lại như trước" in browser.post(f"{page}withdraw/", {"reason": "Nhầm"}, follow=True).content.decode()
    assert "rút từ trước" in browser.post(f"{page}withdraw/", {"reason": "Nhầm"}, follow=True).content.decode()
    assert "văn bản đó đã được rút" in browser.get(f"{DESK}tasks/{_added()}/").content.decode()


def _added() -> UUID:
    return TaskChange.objects.get(kind="added").task_id
