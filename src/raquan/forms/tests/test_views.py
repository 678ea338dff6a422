"""The desk's pages of forms: for whom, with what, and that a refusal loses nothing."""

from datetime import datetime
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from raquan.forms import commands, queries
from raquan.forms.models import FormDraft
from raquan.forms.tests.world import book, office, organization, publish, settings, trees, trial, workbook
from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands as people
from raquan.people.rules import Role

pytestmark = pytest.mark.django_db
LIST = "/desk/forms/"


def signed_in(actor: Actor) -> Client:
    assert actor.id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.id))
    return client


@pytest.fixture
def desk(db: None, now: datetime) -> Client:
    """The browser of an officer who may publish; her duty began on the campaign's day."""
    return signed_in(office(now))


def file(data: bytes, name: str = "bieu-mau.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def upload(desk: Client, data: bytes) -> HttpResponse:
    answer = desk.post(f"{LIST}new/", {"file": file(data)})
    assert isinstance(answer, HttpResponse)
    return answer


def row_of(form_id: str) -> UUID:
    (line,) = [one for one in queries.form_lines(SYSTEM).items if one.form_id == form_id]
    return line.id


def pages(row: UUID) -> list[str]:
    below = ["", "draft/", "units/", "questions/", "file/"]
    return [LIST, f"{LIST}new/", *(f"{LIST}{row}/{name}" for name in below)]


def test_who_may_open_them(client: Client, now: datetime) -> None:
    kept = commands.keep_draft(by=SYSTEM, now=now, data=trees(), file_name="a.xlsx")
    user_id = people.create_user(
        by=SYSTEM, now=now, full_name="H’Trang Niê", login="trang@example.vn", password="mật khẩu dài đủ"
    )
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, role=Role.HELPER, organization_id=None, starts_on=now.date())
    helper = Client()
    helper.force_login(get_user_model().objects.get(pk=user_id))
    for address in pages(kept.form_row):
        assert client.get(address).status_code == 302
        assert helper.get(address).status_code == 403


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    text = desk.get(LIST).content.decode()
    assert "Chưa có biểu mẫu nào" in text
    assert f"{LIST}new/" in text


def test_a_form_is_uploaded_tried_and_published(desk: Client, now: datetime) -> None:
    draft = upload(desk, trees()).headers["Location"]
    commands.receive_trial(now=now, token=FormDraft.objects.get().token, payload=trial())
    text = desk.get(draft).content.decode()
    for words in (
        "Đếm cây",
        "Nơi trồng",
        "Bắt buộc",
        "“Đất nhà mình?” là “Không”",
        "câu trả lời &gt; 0 và câu trả lời ≤ 100",
        "Từ 1 đến 100 cây",
        "species.csv",
        "Còn thiếu",
        "uuid:thu-1",
        "<svg",
    ):
        assert words in text
    row = row_of("trees")
    put = desk.post(f"{LIST}{row}/draft/media/", {"name": "tree.jpg", "file": file(b"picture", "IMG_1.jpg")})
    assert put.headers["Location"] == draft
    md5 = FormDraft.objects.get().md5
    done = desk.post(draft, {"md5": md5}, follow=True)
    assert "Phiên bản 1 đã được đưa vào dùng." in done.content.decode()
    page = desk.get(f"{LIST}{row}/").content.decode()
    assert "Đang dùng" in page
    assert "còn thiếu 1 tệp" in page
    assert "Thiếu 1 tệp" in desk.get(LIST).content.decode()
    assert "Nơi trồng" in desk.get(f"{LIST}{row}/questions/?version=1").content.decode()


def test_what_is_uploaded_can_be_downloaded_for_ever(desk: Client, now: datetime) -> None:
    data = workbook()
    publish(now, data)
    row = row_of("other")
    publish(now, workbook("2"))
    found = desk.get(f"{LIST}{row}/file/?version=1&as=workbook")
    assert found.content == data
    assert "other.xlsx" in found.headers["Content-Disposition"]
    assert b'version="1"' in desk.get(f"{LIST}{row}/file/?version=1").content
    assert desk.get(f"{LIST}{row}/file/?version=3").status_code == 404
    assert desk.get(f"{LIST}{row}/draft/").status_code == 404


def test_a_refused_form_says_where(desk: Client) -> None:
    answer = upload(desk, workbook(type="select_one nothing"))
    assert answer.status_code == 422
    assert "survey!A2" in answer.content.decode()
    assert desk.post(f"{LIST}new/", {}).status_code == 422
    assert FormDraft.objects.count() == 0


def test_warnings_must_be_confirmed(desk: Client) -> None:
    warned = book(survey=[{"type": "text", "name": "a", "label::Tiếng Việt": "A"}], settings=settings())
    draft = upload(desk, warned).headers["Location"]
    md5 = FormDraft.objects.get().md5
    answer = desk.post(draft, {"md5": md5})
    assert answer.status_code == 422
    assert "Hãy đọc các cảnh báo" in answer.content.decode()
    assert desk.post(draft, {"md5": md5, "confirmed": "on"}).status_code == 302


def test_a_draft_that_changed_meanwhile_is_not_published(desk: Client) -> None:
    draft = upload(desk, trees()).headers["Location"]
    answer = desk.post(draft, {"md5": "0" * 32})
    assert answer.status_code == 422
    assert "vừa thay bản nháp" in answer.content.decode()


def test_a_wrong_file_is_refused_beside_its_field(desk: Client, now: datetime) -> None:
    publish(now, trees())
    row = row_of("trees")
    answer = desk.post(f"{LIST}{row}/media/", {"name": "other.jpg", "file": file(b"x")})
    assert answer.status_code == 422
    done = desk.post(
        f"{LIST}{row}/media/", {"name": "species.csv", "file": file(b"name,label\n", "a.csv")}, follow=True
    )
    assert "Đã nhận tệp “species.csv”." in done.content.decode()
    upload(desk, trees("2"))
    empty = desk.post(f"{LIST}{row}/draft/media/", {"name": "tree.jpg", "file": file(b"")})
    assert empty.status_code == 422


def test_a_draft_is_thrown_away(desk: Client, now: datetime) -> None:
    upload(desk, trees())
    row = row_of("trees")
    assert desk.post(f"{LIST}{row}/draft/discard/").headers["Location"] == LIST
    publish(now, trees())
    upload(desk, trees("2"))
    row = row_of("trees")
    assert desk.post(f"{LIST}{row}/draft/discard/").headers["Location"] == f"{LIST}{row}/"


def test_a_form_is_closed_and_opened(desk: Client, now: datetime) -> None:
    publish(now, workbook())
    row = row_of("other")
    for state, name in (("closing", "Sắp đóng"), ("closed", "Đã đóng"), ("published", "Đang dùng")):
        assert name in desk.post(f"{LIST}{row}/state/", {"state": state}, follow=True).content.decode()
    desk.post(f"{LIST}{row}/state/", {"state": "draft"})
    assert queries.form_page(SYSTEM, row).line.state == "published"


def test_a_form_is_given_to_a_unit_and_taken_back(desk: Client, now: datetime) -> None:
    publish(now, workbook())
    own, row = organization(now), row_of("other")
    address = f"{LIST}{row}/units/"
    assert "Cư M’gar" in desk.get(f"{address}?q=cu mgar").content.decode()
    assert "Không có đơn vị nào" in desk.get(f"{address}?q=zzz").content.decode()
    given = desk.post(address, {"organization": str(own), "give": "on"}, follow=True).content.decode()
    assert "Thôi giao" in given
    assert "1 đơn vị" in desk.get(LIST).content.decode()
    assert "mọi người được điền" in desk.post(address, {"organization": str(own)}, follow=True).content.decode()
