"""The pages of documents that wait for the plan, as officers meet them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.kernel.actor import SYSTEM, Actor
from raquan.readings import commands, queries
from raquan.readings.commands import LineWanted
from raquan.readings.models import Reading
from raquan.readings.rules import Show
from raquan.readings.tests import papers
from raquan.readings.tests.test_commands import FIRST, SECOND, line, long_plan

SignIn = Callable[[Actor], Client]
LIST = "/desk/campaign/readings/"


def _file(document: bytes, name: str = "ke-hoach.docx") -> dict[str, SimpleUploadedFile]:
    return {"document": SimpleUploadedFile(name, document)}


def test_strangers_sign_in_and_viewers_are_kept_out(
    client: Client, viewer: Actor, signed_in: SignIn, reading_id: UUID
) -> None:
    one = line(reading_id, FIRST)
    for address in ("", f"{reading_id}/", f"{reading_id}/add/", f"{reading_id}/lines/{one.id}/"):
        assert client.get(LIST + address)["Location"].startswith("/sign-in")
    browser = signed_in(viewer)
    for address in ("", f"{reading_id}/", f"{reading_id}/add/", f"{reading_id}/lines/{one.id}/"):
        assert browser.get(LIST + address).status_code == 403
    for step in ("resume/", "discard/", "add/", f"lines/{one.id}/", f"lines/{one.id}/decide/"):
        assert browser.post(f"{LIST}{reading_id}/{step}").status_code == 403


def test_an_officer_uploads_and_sees_each_line_beside_what_was_understood(officer: Actor, signed_in: SignIn) -> None:
    browser = signed_in(officer)
    assert "Văn bản đã nạp" not in browser.get(LIST).content.decode()
    document = papers.plain_plan()
    sent = browser.post(LIST, _file(document))
    page = browser.get(sent["Location"]).content.decode()
    for words in (
        "138/KH-UBND",
        FIRST,
        "Ghi chú: Quan trọng",
        "Còn ngờ: còn phần chưa xếp được",
        "Còn 1 dòng phải xem",
    ):
        assert words in page
    assert "nhận ra là Ủy ban nhân dân huyện Cư M’gar, độ khớp 100%" in page
    assert SECOND not in page  # nothing doubtful about it
    for show, words in (("tasks", SECOND), ("leftovers", "Chưa dùng đến"), ("all", "Căn cứ"), ("lạ", FIRST)):
        assert words in browser.get(sent["Location"], {"show": show}).content.decode()
    again = browser.post(LIST, _file(document, "ten-khac.docx"))
    assert again["Location"] == sent["Location"]
    assert "đã được nạp từ trước" in browser.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("document", "name", "words"),
    [
        (b"<html></html>", "a.docx", "không phải là văn bản Word"),
        (papers.with_font(".VnTime"), "a.docx", "phông chữ cũ “.VnTime”"),
        (papers.with_font("VNI-Times"), "a.docx", "phông chữ cũ “VNI-Times”"),
        (b"a;b", "a.csv", "lưu thành .xlsx"),
        (b"", "a.docx", "Tệp này trống"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(
    officer: Actor, signed_in: SignIn, document: bytes, name: str, words: str
) -> None:
    answer = signed_in(officer).post(LIST, _file(document, name))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_long_document_shows_how_far_it_is_and_becomes_its_page(
    officer: Actor, signed_in: SignIn, now: datetime
) -> None:
    browser = signed_in(officer)
    address = browser.post(LIST, _file(long_plan(310), "a.xlsx"))["Location"]
    page = browser.get(address).content.decode()
    for words in (
        "Đã đọc 0 trên 312 dòng",
        '<noscript><meta http-equiv="refresh"',
        "<progress",
        'hx-trigger="every 2s"',
    ):
        assert words in page
    fragment = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Đã đọc 0 trên" in fragment
    assert "<html" not in fragment
    reading_id = Reading.objects.get().id
    assert browser.post(f"{LIST}{reading_id}/resume/")["Location"] == address
    commands.read_on(now=now, reading_id=reading_id)
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    tasks = browser.get(address, {"show": "tasks", "page": "7"}).content.decode()
    assert "Trang 7 trên 7" in tasks
    assert "Việc thứ 310" in tasks


def test_a_line_is_decided_on_and_who_is_late_is_told(
    officer: Actor, other: Actor, signed_in: SignIn, now: datetime, reading_id: UUID
) -> None:
    browser, one = signed_in(officer), line(reading_id, FIRST)
    address = f"{LIST}{reading_id}/lines/{one.id}/decide/"
    given = {"version": "1", "show": "open", "page": "1"}
    done = browser.post(address, given | {"step": "confirm"})
    assert done["Location"] == f"{LIST}{reading_id}/?show=open&page=1#d-{one.id}"
    assert "Đã xem hết" in browser.get(done["Location"]).content.decode()
    commands.dismiss_line(by=other, now=now, line_id=one.id, version=2)
    browser.post(address, {"version": "2", "step": "dismiss"}, follow=True)
    late = browser.post(address, {"version": "1", "step": "restore"}, follow=True).content.decode()
    assert "Y Mek Ê Nuôl vừa sửa dòng này" in late
    for wrong in ({"version": "1", "step": "erase"}, {"version": "x", "step": "confirm"}):
        assert browser.post(address, wrong).status_code == 404


def test_a_refused_correction_loses_nothing_and_shows_what_the_other_wrote(
    officer: Actor, other: Actor, signed_in: SignIn, now: datetime, reading_id: UUID
) -> None:
    browser, one = signed_in(officer), line(reading_id, SECOND)
    address = f"{LIST}{reading_id}/lines/{one.id}/"
    asked = browser.get(address, {"show": "tasks", "page": "1"}).content.decode()
    assert '<option value="Ủy ban nhân dân huyện Cư M’gar">' in asked
    typed = {"version": "1", "use": "task", "title": "Việc của tôi", "show": "tasks", "page": "1"}
    typed |= {"lead_written": "Sở mới", "lead_organization": "Sở Lạ", "deliverable": "Tờ rơi"}
    unknown = browser.post(address, typed)
    assert unknown.status_code == 422
    assert "Danh bạ không có đơn vị “Sở Lạ”" in unknown.content.decode()
    typed["lead_organization"] = ""
    bad_day = browser.post(address, typed | {"due_on": "hôm nay"}).content.decode()
    assert "Hãy viết ngày như 10/10/2023." in bad_day
    commands.correct_line(by=other, now=now, line_id=one.id, version=1, wanted=LineWanted("Việc của Y Mek"))
    late = browser.post(address, typed).content.decode()
    for words in (
        "Y Mek Ê Nuôl vừa sửa dòng này",
        "Việc của Y Mek",
        "Việc của tôi",
        "Sở mới",
        'name="version" value="2"',
    ):
        assert words in late
    done = browser.post(address, typed | {"version": "2"})
    assert done["Location"] == f"{LIST}{reading_id}/?show=tasks&page=1#d-{one.id}"
    assert line(reading_id, SECOND).title == "Việc của tôi"


def test_a_task_is_added_and_a_reading_discarded(officer: Actor, signed_in: SignIn, reading_id: UUID) -> None:
    browser, one = signed_in(officer), line(reading_id, FIRST)
    address = f"{LIST}{reading_id}/add/"
    assert f'name="after" value="{one.id}"' in browser.get(address, {"after": str(one.id)}).content.decode()
    empty = browser.post(address, {"use": "task", "deliverable": "Tờ rơi", "after": str(one.id)})
    assert "Hãy ghi tên nhiệm vụ." in empty.content.decode()
    assert "Tờ rơi" in empty.content.decode()
    assert browser.post(address, {"use": "task", "title": "Việc thêm", "after": str(one.id)}).status_code == 302
    titles = [it.title for it in queries.reading_page(SYSTEM, reading_id, Show.TASKS).lines.items]
    assert titles[1] == "Việc thêm"
    assert browser.post(f"{LIST}{reading_id}/discard/")["Location"] == LIST
    assert "Bản đọc này đã bị bỏ" in browser.get(f"{LIST}{reading_id}/").content.decode()
