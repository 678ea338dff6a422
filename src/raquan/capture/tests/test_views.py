"""The desk's pages of records: for whom, with what, in which words."""

import re
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from raquan.capture import commands, queries
from raquan.capture.tests.test_commands_photos import photo, send
from raquan.capture.tests.world import Field, envelope, instance
from raquan.kernel.actor import Actor

LIST = "/desk/records/"


@pytest.fixture
def records(field: Field, now: datetime) -> Field:
    """One good and one doubtful record of Cư M’gar, one of the city."""
    payloads = [
        instance(field.outing_code),
        instance(field.outing_code, how="by_magic"),
        instance(field.city_outing_code, service="mobile_money", result="first_use"),
    ]
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    commands.project_pending(now=now)
    return field


def signed_in(actor: Actor) -> Client:
    """Give a browser in which the person has signed in."""
    assert actor.id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.id))
    return client


def pages(field: Field) -> list[str]:
    one = queries.assists(field.officer).items[0].submission_id
    return [
        LIST,
        reverse("capture:detail", kwargs={"submission_id": one}),
        reverse("capture:panel", kwargs={"outing_id": field.outing_id}),
    ]


def test_a_visitor_is_asked_to_sign_in(records: Field, client: Client) -> None:
    for address in pages(records):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "sign-in" in answer.headers["Location"]


def test_a_helper_may_not_open_them(records: Field) -> None:
    client = signed_in(records.helper)
    assert [client.get(address).status_code for address in pages(records)] == [403, 403, 403]


def test_an_officer_opens_the_list_and_a_record(records: Field) -> None:
    client = signed_in(records.officer)
    answer = client.get(LIST)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Đăng ký khai sinh" in text
    assert "Cần xem lại" in text
    assert records.city_outing_code not in text
    detail = client.get(pages(records)[1]).content.decode()
    assert "SHA-256" in detail
    assert records.outing_code in detail
    assert "Nhật ký" in detail


def test_another_units_record_is_closed(records: Field) -> None:
    assert signed_in(records.city_officer).get(pages(records)[1]).status_code == 403
    nothing = reverse("capture:detail", kwargs={"submission_id": uuid4()})
    assert signed_in(records.officer).get(nothing).status_code == 404


def test_filters_in_the_address_narrow_the_list(records: Field) -> None:
    client = signed_in(records.office)
    assert "1 bản ghi" in client.get(f"{LIST}?state=hasIssues&on_from=5/10/2023&on_to=5/10/2023").content.decode()
    assert "2 bản ghi" in client.get(f"{LIST}?place=24259&outing={records.outing_id}").content.decode()
    assert "Không có bản ghi nào khớp" in client.get(f"{LIST}?on_from=2023-10-06").content.decode()
    wrong = client.get(f"{LIST}?on_from=hôm%20nay&place=nowhere&page=x")
    assert wrong.status_code == 200
    assert "không phải là ngày" in wrong.content.decode()


def test_an_empty_list_says_so(field: Field) -> None:
    assert "Chưa có bản ghi nào" in signed_in(field.officer).get(LIST).content.decode()


def test_the_panel_is_a_fragment_for_htmx_and_a_page_without(records: Field) -> None:
    client, address = signed_in(records.officer), pages(records)[2]
    fragment = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert fragment.headers["Vary"].startswith("HX-Request") or "HX-Request" in fragment.headers["Vary"]
    page = client.get(address).content.decode()
    assert "<html" in page
    assert "Lượt hỗ trợ đã ghi" in page
    assert "Lượt hỗ trợ đã ghi" in fragment.content.decode()


def test_pages_speak_english_too(records: Field) -> None:
    answer = signed_in(records.officer).get("/en/desk/records/")
    assert answer.status_code == 200
    assert "Birth registration" in answer.content.decode()


def test_an_officer_decides_on_a_record_and_says_why(records: Field) -> None:
    client, address = signed_in(records.officer), pages(records)[1]
    text = client.get(address).content.decode()
    assert "Không tính bản ghi này" in text
    assert "Chỉ ghi ý kiến" in text
    without = client.post(f"{address}review/", {"state": "rejected", "body": ""})
    assert without.status_code == 422
    assert "Hãy ghi ý kiến." in without.content.decode()
    done = client.post(f"{address}review/", {"state": "rejected", "body": "Ghi nhầm người"}, follow=True)
    text = done.content.decode()
    assert "Đã ghi quyết định." in text
    assert "Ghi nhầm người" in text
    assert "Y Mek Ê Nuôl" in text
    assert client.post(f"{address}review/", {"state": "approved", "body": ""}).status_code == 302
    assert client.post(f"{address}review/", {"state": "edited", "body": "x"}).status_code == 422


def test_an_officer_comments_on_a_record_once(records: Field) -> None:
    client, address = signed_in(records.officer), pages(records)[1]
    said = {"body": "Đã gọi hỏi lại", "request_id": str(uuid4())}
    answers = [client.post(f"{address}comments/", said).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert client.get(address).content.decode().count("Đã gọi hỏi lại") == 1
    assert client.post(f"{address}comments/", {"body": " "}).status_code == 422


def test_others_decide_nothing(records: Field, client: Client) -> None:
    address = pages(records)[1]
    for step in ("review", "comments"):
        said = {"state": "rejected", "body": "x"}
        assert client.post(f"{address}{step}/", said).status_code == 302
        assert signed_in(records.helper).post(f"{address}{step}/", said).status_code == 403
        assert signed_in(records.city_officer).post(f"{address}{step}/", said).status_code == 403
        assert signed_in(records.officer).get(f"{address}{step}/").status_code == 405
    assert {one.review_state for one in queries.assists(records.officer).items} == {"received", "hasIssues"}


def test_many_records_are_reviewed_from_the_search(records: Field) -> None:
    client = signed_in(records.officer)
    text = client.get(LIST).content.decode()
    assert "Làm với cả 2 bản ghi tìm được" in text
    nothing = client.post(f"{LIST}tasks/start/", {"kind": "review:approved"})
    assert nothing.status_code == 422
    assert "Chưa chọn bản ghi nào" in nothing.content.decode()
    done = client.post(
        f"{LIST}tasks/start/?state=hasIssues", {"kind": "review:approved", "everything": "on"}, follow=True
    )
    assert "Đã làm xong" in done.content.decode()
    assert "1 trên 1" in done.content.decode()
    assert "1 trên 1" in client.get(f"{LIST}tasks/").content.decode()
    assert client.post(f"{LIST}tasks/start/", {"kind": "burn:"}).status_code == 422
    assert signed_in(records.helper).post(f"{LIST}tasks/start/", {"kind": "review:approved"}).status_code == 403


def test_a_record_is_corrected_and_deleted_on_its_page(records: Field, now: datetime) -> None:
    client, address = signed_in(records.officer), pages(records)[1]
    assert client.post(f"{address}correct/", {"reason": "Sai"}).status_code == 422
    done = client.post(f"{address}correct/", {"reason": "Chọn nhầm", "service": "mobile_money"}, follow=True)
    assert "Đã ghi bản sửa" in done.content.decode()
    commands.project_pending(now=now)
    text = client.get(done.redirect_chain[0][0]).content.decode()
    for said in ("Bản 2", "Chọn nhầm", "Khác bản trước", "mobile_money", "Biên nhận đã ký"):
        assert said in text
    gone = done.redirect_chain[0][0]
    assert client.post(f"{gone}delete/", {}).status_code == 422
    assert "đã bị xóa" in client.post(f"{gone}delete/", {"reason": "Ghi thử"}, follow=True).content.decode()
    assert signed_in(records.helper).post(f"{gone}delete/", {"reason": "x"}).status_code == 403


def test_the_map_and_a_forms_overview(records: Field, client: Client) -> None:
    for address, said in ((f"{LIST}map/", "thị trấn Quảng Phú"), (f"{LIST}forms/assist/", "Bản ghi theo ngày")):
        assert client.get(address).status_code == 302
        assert said in signed_in(records.officer).get(address).content.decode()
        assert signed_in(records.helper).get(address).status_code == 403
    assert signed_in(records.officer).get(f"{LIST}forms/none/").status_code == 404
    assert "Không có bản ghi nào khớp" in signed_in(records.officer).get(f"{LIST}map/?q=xyz").content.decode()


def test_a_record_shows_its_photos_and_what_was_agreed(records: Field, now: datetime) -> None:
    payload = instance(records.outing_code)
    (verdict,) = commands.receive_submissions(by=records.device, now=now, envelopes=[envelope(payload)])
    commands.project_pending(now=now)
    address = reverse("capture:detail", kwargs={"submission_id": verdict.submission_id})
    officer = signed_in(records.officer)
    assert "record-photos" not in officer.get(address).content.decode()
    said = replace(photo(verdict.instance_id), consent="agreed", agreed_by=("beneficiary",), is_illustration=True)
    send(records, now, replace(said, caption="Bà con <tự> bấm"))
    page = officer.get(address).content.decode()
    for text in ("Người trong ảnh đồng ý", "Đã đồng ý: người được hỗ trợ", "Chỉ để minh họa", "Bà con &lt;tự&gt; bấm"):
        assert text in page
    shown = re.search(r'<img src="([^"]+)"', page)
    assert shown
    picture = officer.get(shown.group(1))
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"108.03E" not in b"".join(picture.streaming_content)  # type: ignore[attr-defined]
